"""The ledger of releases: added to, never changed."""

from contextlib import suppress
from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction

from tejido.disclosure.domain.guidelines import Described
from tejido.disclosure.domain.releasing import Draft
from tejido.disclosure.domain.suppression import Rule
from tejido.disclosure.models import Release
from tejido.disclosure.queries import (
    digest_of,
    judged,
    left_digest,
    releases_of,
    written_tables,
)
from tejido.disclosure.services import ReleaseRefused, release
from tejido.foundation.scope import network_scope

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 21, 12, tzinfo=UTC)
TABLE = Draft(
    {("06029", "2026-Q3"): 40, ("06019", "2026-Q3"): 0}, frozenset({("06003", "2026-Q3")})
)
PLAIN = Described(smallest=40, months=3, people=900_000, variables=("other_in_5_to_9_groups",))
SMALL = Described(smallest=40, months=3, people=1_204, variables=("other_in_5_to_9_groups",))


def let_out(after=0, tables=None, described=PLAIN, review=""):
    return release(
        subject="searches",
        period="2026-Q3",
        tables={"naloxone": TABLE} if tables is None else tables,
        rule=Rule(),
        judged=judged(described),
        after=after,
        released_by=UUID(int=1),
        at=AT,
        review=review,
    )


def test_what_left_is_read_as_it_left():
    key = let_out()

    (released,) = releases_of("searches")

    assert (released.id, released.number, released.period) == (key, 1, "2026-Q3")
    assert released.tables == {"naloxone": TABLE}
    assert (released.rule, released.is_unchanged) == (Rule(), True)


def test_what_the_guidelines_said_is_written_down_with_what_left():
    let_out(described=SMALL, review=" Ana of the county looked: searches are no people. ")

    (released,) = releases_of("searches")

    assert released.judged == judged(SMALL)
    assert released.judged.score.parts == (
        ("events", 5), ("months", 4), ("place", 7), ("other_in_5_to_9_groups", 5), ("stacked", 1),
    )  # fmt: skip
    assert released.review == "Ana of the county looked: searches are no people."
    assert released.is_unchanged


def test_without_the_review_that_the_guidelines_ask_for_nothing_leaves():
    with pytest.raises(ReleaseRefused) as refused:
        let_out(described=SMALL, review="  ")

    assert refused.value.code == "not-reviewed"
    assert releases_of("searches") == []


def test_a_reason_that_nobody_asked_for_is_not_kept():
    let_out(review="a name")

    assert releases_of("searches")[0].review == ""


def test_a_release_from_before_scores_is_as_it_left():
    tables = written_tables({"naloxone": TABLE})
    with network_scope():
        Release.objects.create(
            subject="searches", number=1, period="2026-Q3", threshold=11, shows_zero=True,
            tables=tables, digest=digest_of(tables), released_by=UUID(int=1), released_at=AT,
        )  # fmt: skip

    (released,) = releases_of("searches")

    assert (released.judged, released.is_unchanged) == (None, True)


def test_the_digest_holds_the_score_and_the_reason_too():
    let_out(described=SMALL, review="Ana looked.")
    row = Release.objects.get()
    left = [row.tables, row.edition, row.judged, row.review]

    others = [[*left[:2], {}, left[3]], [*left[:3], "Nobody looked."]]

    assert left_digest(*left) == row.digest
    assert row.digest not in [left_digest(*other) for other in others]


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
