"""Nothing that leaves depends on what a partner keeps back."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tejido.disclosure.domain.partners import PartnerRule, draft_with_partners, kept_back
from tejido.disclosure.domain.releasing import draft_of
from tejido.disclosure.domain.suppression import Rule
from tejido.disclosure.domain.tables import Levels

PLACES = ("a", "b", "c", "d")
LEVELS = [Levels({"all": ("north", "d"), "north": ("a", "b", "c")}), Levels({})]
ASKED = [(place, "q") for place in ("all", "north", *PLACES)]
COUNT = st.integers(0, 60)
NUMBERS = st.lists(COUNT, min_size=4, max_size=4)


def counted(numbers):
    return {(place, "q"): count for place, count in zip(PLACES, numbers, strict=True)}


def draft(numbers, *rules, rule=None):
    return draft_with_partners(
        ASKED, counted(numbers), levels=LEVELS, rule=rule or Rule(), rules=rules
    )


@settings(deadline=None, max_examples=60)
@given(NUMBERS, COUNT, st.sampled_from(PLACES))
def test_whatever_a_partner_counts_the_release_is_the_same_until_it_says_yes(
    numbers, other, place
):
    silent = PartnerRule(frozenset({place}), threshold=11, says_yes=False)
    changed = list(numbers)
    changed[PLACES.index(place)] = other

    seen = draft(numbers, silent)

    assert seen == draft(changed, silent)
    assert (place, "q") in seen.hidden
    assert ("all", "q") in seen.hidden


@settings(deadline=None, max_examples=40)
@given(NUMBERS, st.integers(11, 40))
def test_after_a_yes_no_count_under_its_own_threshold_is_shown(numbers, threshold):
    told = PartnerRule(frozenset({"a"}), threshold=threshold, says_yes=True)

    seen = draft(numbers, told)

    assert not [count for count in seen.shown.values() if 0 < count < threshold]


def test_without_partners_the_release_is_as_ever():
    numbers = (3, 20, 30, 40)

    assert draft(numbers) == draft_of(ASKED, counted(numbers), levels=LEVELS, rule=Rule())


def test_sums_without_the_partner_stay():
    silent = PartnerRule(frozenset({"d"}), threshold=11, says_yes=False)

    assert kept_back(ASKED, LEVELS, [silent]) == {("all", "q"), ("d", "q")}
    assert draft((20, 30, 40, 50), silent).shown[("north", "q")] == 90


def test_where_everything_is_kept_back_nothing_leaves():
    silent = PartnerRule(frozenset(PLACES), threshold=11, says_yes=False)

    seen = draft((20, 30, 40, 50), silent)

    assert (seen.shown, seen.hidden) == ({}, frozenset(ASKED))
