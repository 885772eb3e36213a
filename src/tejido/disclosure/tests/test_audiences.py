"""Who asks for counts decides what of them is shown (DESIGN decision 9)."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tejido.disclosure.domain.audiences import Audience, Counted, NotAgreed, Permit, draft_for
from tejido.disclosure.domain.releasing import Draft, draft_of
from tejido.disclosure.domain.suppression import Rule
from tejido.disclosure.domain.tables import Levels

PARTS = ("north", "south", "west")
COUNTS = {("north", "2026"): 3, ("south", "2026"): 40, ("west", "2026"): 50}
DAYS = {
    "2025": (date(2025, 1, 1), date(2025, 12, 31)),
    "2026": (date(2026, 1, 1), date(2026, 12, 31)),
}
TABLE = Counted(
    code="people",
    asked=[("all", "2026"), *COUNTS],
    counts=COUNTS,
    levels=[Levels({"all": PARTS}), Levels({})],
    days_of=lambda cell: DAYS[cell[1]],
)
PERMIT = Permit(Audience.NETWORK, frozenset({"people"}), date(2026, 1, 1), None)
ALL = {("all", "2026"): 93, **COUNTS}


def test_its_own_program_sees_every_count():
    assert draft_for(Audience.OWN, TABLE) == Draft(ALL, frozenset())


def test_an_authorizer_sees_exact_counts_under_an_agreement_that_names_the_table():
    permit = replace(PERMIT, audience=Audience.AUTHORIZER)

    assert draft_for(Audience.AUTHORIZER, TABLE, permit=permit) == Draft(ALL, frozenset())


def test_the_network_sees_small_counts_of_people_served_hidden():
    seen = draft_for(Audience.NETWORK, TABLE, permit=PERMIT)

    assert ("north", "2026") in seen.hidden
    assert len(seen.hidden) > 1
    assert seen == draft_of(TABLE.asked, COUNTS, levels=TABLE.levels, rule=Rule())


def test_the_network_sees_counts_of_staff_as_they_are():
    staff = replace(TABLE, is_of_people_served=False)

    assert draft_for(Audience.NETWORK, staff, permit=PERMIT).hidden == frozenset()


def test_the_public_never_needs_an_agreement_and_never_sees_a_small_count():
    seen = draft_for(Audience.PUBLIC, replace(TABLE, is_of_people_served=False))

    assert ("north", "2026") in seen.hidden


@pytest.mark.parametrize("audience", [Audience.AUTHORIZER, Audience.NETWORK])
@pytest.mark.parametrize(
    "permit",
    [
        None,
        replace(PERMIT, tables=frozenset({"other"})),
        replace(PERMIT, audience=Audience.OWN),
    ],
)
def test_without_an_agreement_that_names_the_table_for_them_nobody_else_sees_anything(
    audience, permit
):
    with pytest.raises(NotAgreed):
        draft_for(audience, TABLE, permit=permit)


def test_periods_that_an_agreement_does_not_cover_are_left_out_entirely():
    counts = COUNTS | {("south", "2025"): 70}
    both = replace(TABLE, asked=[*counts], counts=counts)

    seen = draft_for(Audience.NETWORK, both, permit=replace(PERMIT, last=date(2026, 12, 30)))
    whole = draft_for(Audience.NETWORK, both, permit=PERMIT)

    assert seen == Draft({}, frozenset())
    assert {cell[1] for cell in [*whole.shown, *whole.hidden]} == {"2026"}


@given(st.lists(st.integers(0, 60), min_size=3, max_size=3))
def test_no_audience_but_its_own_and_its_authorizer_ever_sees_a_small_count_of_people_served(
    numbers,
):
    counts = dict(zip(COUNTS, numbers, strict=True))
    table = replace(TABLE, counts=counts)

    for audience in (Audience.NETWORK, Audience.PUBLIC):
        seen = draft_for(audience, table, permit=PERMIT)
        assert not [count for count in seen.shown.values() if 0 < count < 11]
