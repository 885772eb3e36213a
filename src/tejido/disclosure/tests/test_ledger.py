"""The ledger of releases: added to, never changed."""

from contextlib import suppress
from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction

from tejido.disclosure.domain.releasing import Draft
from tejido.disclosure.domain.suppression import Rule
from tejido.disclosure.models import Release
from tejido.disclosure.queries import releases_of
from tejido.disclosure.services import ReleaseRefused, release

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 21, 12, tzinfo=UTC)
TABLE = Draft(
    {("06029", "2026-Q3"): 40, ("06019", "2026-Q3"): 0}, frozenset({("06003", "2026-Q3")})
)


def let_out(after=0, tables=None):
    return release(
        subject="searches",
        period="2026-Q3",
        tables={"naloxone": TABLE} if tables is None else tables,
        rule=Rule(),
        after=after,
        released_by=UUID(int=1),
        at=AT,
    )


def test_what_left_is_read_as_it_left():
    key = let_out()

    (released,) = releases_of("searches")

    assert (released.id, released.number, released.period) == (key, 1, "2026-Q3")
    assert released.tables == {"naloxone": TABLE}
    assert (released.rule, released.is_unchanged) == (Rule(), True)


def test_other_subjects_have_their_own_ledger():
    let_out()

    assert releases_of("encounters") == []


def test_a_release_that_was_not_held_against_the_last_one_is_refused():
    let_out()

    with pytest.raises(ReleaseRefused) as refused:
        let_out(after=0)

    assert refused.value.code == "released-meanwhile"
    assert len(releases_of("searches")) == 1


@pytest.mark.parametrize(
    "tables", [{}, {"naloxone": Draft({("06019", "2026-Q3"): 0}, frozenset())}]
)
def test_without_a_count_to_show_nothing_is_written(tables):
    with pytest.raises(ReleaseRefused) as refused:
        let_out(tables=tables)

    assert refused.value.code == "nothing-to-show"


@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_application_can_neither_change_nor_take_back_a_release(change):
    let_out()
    rows = Release.objects.all()

    with suppress(DatabaseError), transaction.atomic():
        rows.update(period="2020-Q1") if change == "update" else rows.delete()

    assert [each.period for each in releases_of("searches")] == ["2026-Q3"]
