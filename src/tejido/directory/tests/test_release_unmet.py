"""Unmet searches leave only by disclosure: by need, county and quarter, eleven or more."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from tejido.directory.domain.unmet_pools import Together
from tejido.directory.queries.unmet import (
    ALONE,
    STATE,
    draft_unmet,
    released_unmet,
    unreleased_quarters,
)
from tejido.directory.queries.unmet_lines import UnmetLine, unmet_lines
from tejido.directory.reference import load_reference as load_needs
from tejido.directory.services.release_unmet import release_unmet
from tejido.directory.services.unmet import add_unmet
from tejido.disclosure import queries as disclosure_queries
from tejido.disclosure.models import Release
from tejido.disclosure.services import ReleaseRefused
from tejido.foundation.quarters import Quarter
from tejido.foundation.testing import begin_with, quietly
from tejido.geography.reference import load_reference as load_places

pytestmark = pytest.mark.django_db
ALPINE, FRESNO, KERN, YOLO = "06003", "06019", "06029", "06113"
KINGS, TULARE = "06031", "06107"
WHO = UUID(int=7)
LATE = datetime(2027, 1, 15, 12, tzinfo=UTC)
THIRD, FOURTH = Quarter(2026, 3), Quarter(2026, 4)


@pytest.fixture(autouse=True)
def places():
    begin_with(quietly(load_places), quietly(load_needs))


def count(day: date, **counties: int) -> None:
    names = {"alpine": ALPINE, "fresno": FRESNO, "kern": KERN, "yolo": YOLO}
    names |= {"kings": KINGS, "tulare": TULARE}
    add_unmet({("naloxone", names[name], day): searches for name, searches in counties.items()})


def released(quarter=THIRD, together=ALONE):
    release_unmet(quarter=quarter, released_by=WHO, today=LATE.date(), at=LATE, together=together)
    return released_unmet()[0]


def test_a_quarter_is_offered_on_the_second_day_after_it():
    count(date(2026, 10, 2), kern=40)

    assert unreleased_quarters(today=date(2026, 12, 31)) == []
    assert unreleased_quarters(today=date(2027, 1, 1)) == []
    assert unreleased_quarters(today=date(2027, 1, 2)) == [FOURTH]


def test_a_small_county_is_hidden_and_cannot_be_worked_out_of_the_state():
    count(date(2026, 7, 4), alpine=2, fresno=60, kern=90, yolo=31)

    shown = released().tables["naloxone"].shown

    # The state less the others would be the 2 of Alpine, so something else is hidden too.
    assert (ALPINE, "2026-Q3") not in shown
    counties = {FRESNO, KERN, YOLO}
    assert not {(place, "2026-Q3") for place in (STATE, *counties)} <= shown.keys()
    assert shown[KERN, "2026-Q3"] == 90 or shown[STATE, "2026-Q3"] == 183


def test_a_need_with_large_counts_alone_is_told_by_county():
    count(date(2026, 7, 4), fresno=60, kern=90)
    count(date(2026, 9, 30), kern=5)

    lines = unmet_lines(released().tables, "2026-Q3", "en")

    counties = (("Kern", 95), ("Fresno", 60))
    assert lines == [UnmetLine("Naloxone", 155, counties, (), (), ())]


def test_a_need_names_the_counties_whose_count_is_hidden():
    count(date(2026, 7, 4), alpine=2, fresno=60, kern=90, yolo=31)

    (line,) = unmet_lines(released().tables, "2026-Q3", "en")

    assert len(line.hidden) + len(line.counties) == 4
    assert "Alpine" in line.hidden


def test_days_after_the_quarter_wait_for_theirs():
    count(date(2026, 9, 30), kern=40)
    count(date(2026, 10, 1), kern=500)

    assert released().tables["naloxone"].shown[KERN, "2026-Q3"] == 40


def test_the_year_is_told_beside_quarters_that_hide_nothing():
    count(date(2026, 7, 4), kern=40)
    count(date(2026, 10, 4), kern=50, fresno=70)
    released(THIRD)

    shown = released(FOURTH).tables["naloxone"].shown

    assert (shown[KERN, "2026"], shown[FRESNO, "2026"], shown[STATE, "2026"]) == (90, 70, 160)


def test_the_year_does_not_tell_a_hidden_quarter():
    count(date(2026, 7, 4), kern=40)
    count(date(2026, 10, 4), kern=5, fresno=70)
    released(THIRD)

    shown = released(FOURTH).tables["naloxone"].shown

    # 45 less the 40 of the summer would be the 5 of the autumn.
    assert (KERN, "2026") not in shown
    assert (KERN, "2026-Q4") not in shown
    assert shown[FRESNO, "2026-Q4"] == 70


def test_a_search_that_was_counted_late_keeps_the_need_from_leaving_again():
    for day in (date(2026, 7, 4), date(2026, 10, 4)):
        count(day, kern=40, fresno=70)
    released(THIRD)
    count(date(2026, 9, 30), kern=1)

    with pytest.raises(ReleaseRefused) as refused:
        released(FOURTH)

    # The year less what was published would tell the one.
    assert refused.value.code == "nothing-to-show"


def test_numbers_that_changed_since_somebody_looked_stay():
    count(date(2026, 7, 4), kern=40)
    seen = draft_unmet(THIRD).mark
    count(date(2026, 7, 5), kern=1)

    with pytest.raises(ReleaseRefused) as refused:
        release_unmet(quarter=THIRD, released_by=WHO, today=LATE.date(), at=LATE, mark=seen)

    assert refused.value.code == "counts-changed"
    assert Release.objects.count() == 0


def test_a_quarter_leaves_once():
    count(date(2026, 7, 4), kern=40)
    released()

    with pytest.raises(ReleaseRefused) as refused:
        released()

    assert refused.value.code == "not-to-release"
    assert Release.objects.count() == 1


def test_where_every_count_is_small_nothing_leaves():
    count(date(2026, 7, 4), kern=4)

    with pytest.raises(ReleaseRefused) as refused:
        released()

    assert refused.value.code == "nothing-to-show"
    assert Release.objects.count() == 0


def test_what_is_hidden_is_nowhere_in_what_is_kept_of_a_release():
    count(date(2026, 7, 4), alpine=7, fresno=61, kern=93, yolo=31)
    released()

    kept = Release.objects.get().tables["naloxone"]
    assert {len(row) for row in kept["shown"]} == {3}
    assert {len(row) for row in kept["hidden"]} == {2}
    assert 7 not in [searches for *_, searches in kept["shown"]]


def test_what_somebody_changed_in_the_ledger_is_neither_shown_nor_reckoned_with(monkeypatch):
    count(date(2026, 7, 4), kern=40)
    count(date(2026, 10, 4), kern=40)
    released()
    monkeypatch.setattr(disclosure_queries, "digest_of", lambda _: "another one")

    with pytest.raises(ReleaseRefused) as refused:
        release_unmet(quarter=FOURTH, released_by=WHO, today=LATE.date(), at=LATE)

    assert refused.value.code == "ledger-changed"
    assert released_unmet() == []


def test_two_who_release_at_once_do_not_both(monkeypatch):
    count(date(2026, 7, 4), kern=40)
    from tejido.directory.services import release_unmet as service

    old = draft_unmet(THIRD)
    released()
    monkeypatch.setattr(service, "unreleased_quarters", lambda **_: [THIRD])
    monkeypatch.setattr(service, "draft_unmet", lambda *_: old)

    with pytest.raises(ReleaseRefused) as refused:
        released()

    assert refused.value.code == "released-meanwhile"


def test_a_number_of_a_small_county_leaves_only_after_a_review():
    count(date(2026, 7, 4), alpine=40, kern=90)

    with pytest.raises(ReleaseRefused) as refused:
        released()

    assert refused.value.code == "not-reviewed"
    assert Release.objects.count() == 0


def test_what_left_keeps_the_score_that_it_left_with():
    count(date(2026, 7, 4), kern=90)

    said = released().judged

    # 90 of 909,235 people in a quarter, by need.
    assert said.described.people == 909_235
    assert (said.score.total, said.needs_review) == (5 + 4 - 1 + 3 + 1, False)


def test_small_neighbors_are_told_together():
    count(date(2026, 7, 4), kern=900, fresno=800, kings=9, tulare=8)

    left = released(together=Together(people=250_000))

    assert unmet_lines(left.tables, "2026-Q3", "en") == [
        UnmetLine(
            need="Naloxone",
            state=1_717,
            counties=(("Kern", 900), ("Fresno", 800)),
            together=(("Kings and Tulare together", 17),),
            hidden=("Kings", "Tulare"),
            nowhere=(),
        )
    ]
    assert left.judged.described.people == 152_486 + 473_117


def test_small_quarters_are_told_together():
    count(date(2026, 7, 4), kern=90, fresno=7)
    count(date(2026, 10, 4), kern=80, fresno=8)
    released(THIRD)

    left = released(FOURTH, Together(quarters=2))

    (line,) = unmet_lines(left.tables, "2026-Q3-Q4", "en")
    assert ("Fresno", 15) in line.counties
    assert not {(FRESNO, "2026-Q3"), (FRESNO, "2026-Q4")} & left.tables["naloxone"].shown.keys()


def test_two_quarters_that_waited_do_not_tell_each_other():
    # Of 10 and 10 nothing is shown; whoever knows that could read both out of 20.
    count(date(2026, 7, 4), kern=10)
    count(date(2026, 10, 4), kern=10)

    drafts = [draft_unmet(THIRD), draft_unmet(FOURTH, Together(quarters=2))]

    assert [draft.numbers for draft in drafts] == [0, 0]


def test_a_county_of_a_pool_that_left_is_not_told_by_a_later_quarter_with_its_year():
    count(date(2026, 7, 4), kern=900, fresno=800, kings=9, tulare=8)
    count(date(2026, 10, 4), kern=900, fresno=800, kings=40, tulare=40)
    released(THIRD, Together(people=250_000))

    shown = released(FOURTH, Together(people=250_000)).tables["naloxone"].shown

    # The year less the winter would be the 9 and the 8.
    for county in (KINGS, TULARE):
        assert not {(county, "2026"), (county, "2026-Q4")} <= shown.keys()
    assert shown[f"{KINGS}+{TULARE}", "2026"] == 97
