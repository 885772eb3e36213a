from dataclasses import replace
from datetime import timedelta

import pytest

from tejido.directory.domain.vocabulary import Fact, Mode, Tier
from tejido.finder.domain import ranking
from tejido.finder.domain.answer import Open, Question, Where
from tejido.finder.domain.drawbacks import Drawback
from tejido.finder.domain.kinds import kinds_of
from tejido.finder.domain.lexicon import Unit
from tejido.finder.domain.related import INSTEAD, closest_to, standing_in_for
from tejido.finder.queries.search import find_services
from tejido.finder.testing import NOW, OAKLAND, a_listing, a_snapshot

NEAR = Where(*OAKLAND, "Oakland")


def found(settings, listings, words, **more):
    a_snapshot(settings.SNAPSHOTS, listings)
    answer = find_services(Question(at=NOW, words=words, where=NEAR, **more))
    return [hit.listing.id.int for hit in answer.hits], answer


def test_kinds_go_from_all_that_was_asked_for_to_something_else():
    needs = [Unit(("narcan",), ("naloxone",)), Unit(("soup",), ("food",))]
    kinds = kinds_of(
        needs, [Unit(("night",))], {"food": ("food", "basics"), "basics": ("basics",)}
    )

    assert [kind.times for kind in kinds] == sorted(kind.times for kind in kinds)
    assert kinds[0].groups == (("o_naloxone",), ("o_food",), ("t_night",))
    instead = [kind.lacks for kind in kinds if kind.instead]
    assert instead == [(Drawback.INSTEAD,), (Drawback.INSTEAD, Drawback.NO_WORDS)]


def test_words_beside_a_need_make_one_place_better_and_no_place_disappear(settings):
    listings = [
        a_listing(1, needs=("naloxone",)),
        a_listing(2, needs=("naloxone",), description="Ask for the blue kit."),
    ]

    order, _ = found(settings, listings, "blue narcan unheardof")

    assert order == [2, 1]


def test_several_needs_are_best_together_and_each_alone_still_helps(settings):
    listings = [
        a_listing(1, needs=("naloxone",)),
        a_listing(2, needs=("tests",)),
        a_listing(3, needs=("naloxone", "tests")),
    ]

    order, answer = found(settings, listings, "narcan and tests")

    assert order[0] == 3
    assert sorted(order) == [1, 2, 3]
    assert answer.total == 1
    assert answer.having == answer.hits


def test_what_may_help_instead_comes_after_what_was_asked_for_and_says_so(settings):
    listings = [a_listing(1, needs=("tests",)), a_listing(2, needs=("hepatitis-c-test",))]

    order, answer = found(settings, listings, "hep c")

    assert order == [2, 1]
    assert [hit.instead for hit in answer.hits] == [(), ("tests",)]
    assert answer.hits[1].why[0] == "instead:tests"
    assert [hit.listing.id.int for hit in answer.having] == [2]


def test_the_closest_of_what_may_help_comes_before_a_door_to_ask_at():
    asked = Unit(("bupe",), ("buprenorphine",))
    broader = {each: (each,) for each in ("buprenorphine", "methadone", "treatment")}

    kinds = kinds_of([asked], [], broader)
    closest, _by_name, doors = [kind for kind in kinds if kind.instead]

    assert (closest.groups, closest.times) == (
        (("o_methadone",),),
        ranking.TIMES_AS_FAR_INSTEAD,
    )
    assert (doors.groups, doors.times) == (
        (("o_treatment",),),
        ranking.TIMES_AS_FAR_INSTEAD_BROADLY,
    )


def test_what_was_asked_for_stands_in_for_nothing():
    broader = {each: (each,) for each in ("hiv-test", "tests", "sti-test", "primary-care")}

    assert closest_to(["hiv-test"], broader) == ["tests"]
    assert closest_to(["hiv-test", "tests"], broader) == ["sti-test", "primary-care"]


def test_a_name_is_less_sure_than_what_a_place_says_that_it_offers(settings):
    listings = [
        a_listing(1, name="Methadone House"),
        a_listing(2, needs=("methadone",), at=(OAKLAND[0] + 0.003, OAKLAND[1])),
    ]

    order, _ = found(settings, listings, "methadone")

    assert order == [2, 1]


def test_what_opens_within_three_hours_comes_before_what_opens_next_week(settings):
    early = NOW - timedelta(hours=3)
    listings = [
        a_listing(1, needs=("naloxone",), rules=()),
        a_listing(2, needs=("naloxone",), at=(OAKLAND[0] + 0.01, OAKLAND[1])),
    ]
    a_snapshot(settings.SNAPSHOTS, listings)

    hits = find_services(Question(at=early, words="narcan", where=NEAR)).hits

    assert [hit.listing.id.int for hit in hits] == [2, 1]
    assert {hit.hours.state for hit in hits} == {Open.CLOSED}


def test_what_opens_soon_is_not_open_now(settings):
    a_snapshot(settings.SNAPSHOTS, [a_listing(1, needs=("naloxone",))])
    early = NOW - timedelta(hours=3)

    answer = find_services(Question(at=early, words="narcan", where=NEAR, only_open=True))

    assert [hit.hours.state for hit in answer.hits] == [Open.CLOSED]
    assert (answer.total, answer.has_closed) == (0, True)


def test_a_letter_needs_no_opening_hours(settings):
    listings = [
        a_listing(1, needs=("naloxone",), at=None, mode=Mode.MAIL, hours_known=False, rules=()),
        a_listing(2, needs=("naloxone",), at=(40.0, -122.0)),
    ]

    order, _ = found(settings, listings, "narcan")

    assert order == [1, 2]


def test_a_wish_in_words_counts_as_one_that_was_ticked(settings):
    listings = [
        a_listing(1, needs=("naloxone",)),
        a_listing(2, needs=("naloxone",), facts={Fact.NO_ID: True}),
        a_listing(3, needs=("naloxone",), facts={Fact.NO_ID: False}),
    ]

    order, _ = found(settings, listings, "narcan no id")

    assert order == [2, 1]


def test_harm_reduction_comes_first_where_nothing_was_asked_for(settings):
    listings = [
        a_listing(1, tier=Tier.CONTEXT, needs=("methadone",)),
        a_listing(2, needs=("naloxone",)),
    ]

    order, _ = found(settings, listings, "")

    assert order == [2, 1]


def test_nothing_stands_in_for_itself_or_for_what_does_not_exist():
    for need, others in INSTEAD.items():
        assert need not in others
    assert standing_in_for(["wound-care"], {"wound-care": ("wound-care",)}) == []


@pytest.mark.parametrize("field", ["before_you_go", "landmark"])
def test_how_to_find_a_place_says_nothing_of_what_it_offers_but_its_words_count(settings, field):
    plain = a_listing(1, needs=("syringes",))
    (text,) = plain.texts
    told = replace(text, **{field: "The blue van waits behind the narcan house."})
    listings = [plain, replace(a_listing(2), texts=(told,))]

    assert found(settings, listings, "narcan")[0] == [1]
    assert found(settings, listings, "blue van")[0] == [2]
