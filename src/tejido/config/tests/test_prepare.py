from typing import Any

import pytest
from django.db import connection

from tejido.config.prepare import area_modules, as_owner, prepare


def test_areas_take_part_from_the_ground_up(settings: Any) -> None:
    areas = [area for area, _ in area_modules("reference")]

    assert areas == sorted(areas, key=settings.AREAS.index)
    assert {"geography", "directory"} <= set(areas)


def test_area_without_the_module_is_left_out() -> None:
    assert list(area_modules("no_such_module")) == []


@pytest.mark.django_db
def test_owner_is_the_same_connection_where_no_other_is_set(settings: Any) -> None:
    settings.OWNER_DATABASE = None
    before = dict(connection.settings_dict)

    with as_owner():
        assert connection.settings_dict == before


@pytest.mark.django_db(transaction=True)  # changing the role ends a transaction
def test_prepare_twice_changes_nothing() -> None:
    from tejido.directory.queries.concepts import all_concepts
    from tejido.geography.queries.places import all_places

    seen = []
    for _ in range(2):
        prepare(report=lambda _: None)
        seen.append((list(all_concepts()), list(all_places())))

    assert seen[0] == seen[1]
    assert all(seen[0])
