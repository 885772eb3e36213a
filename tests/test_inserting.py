"""Many rows at once stand in the tables as Django's own way puts them there."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from tejido.directory.models import Act, Change, Location, Schedule, Source
from tejido.foundation.inserting import insert_rows
from tejido.translation.models import Unit

AT = datetime(2026, 11, 1, 9, 30, 0, 125, tzinfo=UTC)
ONE, OTHER = UUID(int=1), UUID(int=2)

pytestmark = pytest.mark.django_db


def a_location(key, **facts):
    source, _ = Source.objects.get_or_create(
        id=ONE, key="list", defaults={"name": "List", "created_at": AT, "updated_at": AT}
    )
    named = {"precision": "exact", "visibility": "public", "created_at": AT, "updated_at": AT}
    return Location(id=key, source=source, provenance={}, **named, **facts)


def units():
    for number in range(3):
        yield Unit(
            id=UUID(int=number),
            object_type="directory.service",
            object_id=ONE,
            field=f"field {number}",
            language="es",
            text="¿Dónde? 'Aquí' %s 100 %",
            state="reviewed",
            reviewed_by=OTHER,
            reviewed_for=ONE,
            reviewed_on=date(2026, 11, 1),
        )


def locations():
    yield a_location(ONE, latitude=37.8, longitude=-122, languages=["es"], extra={"a": [None, 1]})
    yield a_location(OTHER, name="%s", own_words={"name": {"said": "ñ", "read": ""}})


def changes():
    act, _ = Act.objects.get_or_create(id=ONE, kind="edit", at=AT, state="done")
    for before, after in ((None, None), ({"name": "ñ"}, [1.5]), ("", 0), (True, False)):
        yield Change(act=act, object_type="x", object_id=ONE, before=before, after=after)


def schedules():
    insert_rows(Location, [a_location(ONE)])
    yield Schedule(
        id=OTHER,
        location_id=ONE,
        freq="WEEKLY",
        byday="MO",
        opens_at="09:30",
        closes_at="17:00",
        dtstart=date(2026, 11, 2),
        created_at=AT,
        updated_at=AT,
    )


@pytest.mark.parametrize("made", [units, locations, changes, schedules])
def test_rows_stand_as_bulk_create_puts_them(made):
    def stored(add):
        with transaction.atomic():
            rows = list(made())
            model = type(rows[0])
            add(model, rows)
            said = list(model.objects.order_by("pk").values())
            transaction.set_rollback(True)
        # The ids that the database counts go on.
        return [row | {"id": row["id"] if isinstance(row["id"], UUID) else ""} for row in said]

    assert stored(insert_rows) == stored(lambda model, rows: model.objects.bulk_create(rows))


def test_a_row_that_was_added_is_no_new_one():
    row = a_location(ONE)

    insert_rows(Location, [row])
    row.save()

    assert Location.objects.count() == 1


def test_no_rows_are_no_statement(django_assert_num_queries):
    with django_assert_num_queries(0):
        insert_rows(Location, [])


def test_a_row_that_breaks_a_constraint_is_refused():
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_rows(Location, [a_location(ONE, latitude=200, longitude=0)])
