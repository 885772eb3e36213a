"""For whom something is asked, and in which words a listing may say so."""

import pytest

from tejido.finder.domain import ranking
from tejido.finder.domain.answer import Question, Where
from tejido.finder.domain.kinds import kinds_of
from tejido.finder.domain.lexicon import Unit
from tejido.finder.domain.people import (
    NARROW,
    PEOPLE,
    asked_by,
    narrowed_by,
    parted,
    said_alike,
)
from tejido.finder.queries.search import find_services
from tejido.finder.testing import CONCEPTS, NOW, OAKLAND, a_concept, a_listing
from tejido.finder.tests.phone import packs_of

COUNSELING = Unit(("counseling",), ("mental-health",))
TEEN = Unit(("teen",), ("youth-help",))
YOUTH = a_concept("youth-help", en=["Help for young people", "teen"], es=["Jóvenes"])
NEAR = Where(*OAKLAND, "Oakland")


def found(settings, words, *listings):
    packs_of(settings.SNAPSHOTS, listings, concepts=(*CONCEPTS, YOUTH))
    answer = find_services(Question(at=NOW, words=words, where=NEAR))
    return [hit.listing.id.int for hit in answer.hits], answer


def test_a_word_names_one_kind_of_people_and_is_written_as_searches_compare_it():
    for groups in (PEOPLE, NARROW):
        words = [word for group in groups.values() for word in group]
        assert len(words) == len(set(words))
        assert all(word == word.lower() and word.isascii() and word.isalpha() for word in words)
    assert "familias" in said_alike("kids")
    assert said_alike("street") == ()


def test_parted_tells_what_is_asked_for_from_whom_it_is_for():
    assert parted([TEEN, COUNSELING]) == ([COUNSELING], [TEEN])


def test_parted_asks_for_people_where_nothing_else_is():
    assert parted([TEEN]) == ([TEEN], [])


def test_for_whom_counts_for_more_than_a_word():
    for_anybody = kinds_of([COUNSELING], [TEEN], {})[-1]
    without_word = kinds_of([COUNSELING], [Unit(("garden",))], {})[-1]

    passing = ranking.TIMES_AS_FAR_IN_PASSING
    assert for_anybody.times == passing * ranking.TIMES_AS_FAR_FOR_ANYBODY
    assert without_word.times == passing * ranking.TIMES_AS_FAR_WITHOUT_WORDS


@pytest.mark.parametrize("words", ["teen counseling", "counseling para jóvenes"])
def test_counseling_for_young_people_is_counseling(settings, words):
    order, answer = found(
        settings,
        words,
        a_listing(1, needs=("mental-health",)),
        a_listing(2, needs=("youth-help",)),
        a_listing(3, needs=("mental-health",), name="Teen house", at=(37.85, -122.27)),
    )

    assert order == [3, 1]
    assert answer.wanted == (("mental-health",), ("youth-help",))
    assert answer.total == 2


def test_some_of_the_people_asked_for_are_better_than_anybody(settings):
    order, _ = found(
        settings,
        "counseling for women with kids",
        a_listing(1, needs=("mental-health",)),
        a_listing(2, needs=("mental-health",), description="For families.", at=(37.83, -122.27)),
        a_listing(3, needs=("mental-health",), description="Mothers, niños.", at=(37.88, -122.27)),
    )

    assert order == [3, 2, 1]


def test_a_name_says_whom_alone_a_place_is_for():
    assert narrowed_by(["Mercy Clinic", "The Weavers"]) == 0
    assert narrowed_by(["Lincoln High School Clinic"]) == narrowed_by(["Pediatric clinic"])
    assert narrowed_by(["Clínica para Niños"]) == narrowed_by(["Pediatric clinic"])
    assert narrowed_by(["VA dental"]) == narrowed_by(["VA clinic"]) | narrowed_by(["Dentists"])


@pytest.mark.parametrize(
    ("name", "words", "needs", "facts"),
    [
        ("Teen clinic", ["teens"], [], []),
        ("Teen clinic", ["my", "hijo"], [], []),
        ("Teen clinic", [], ["youth-help"], []),
        ("High school clinic", [], [], ["all-ages"]),
        ("Dental clinic", ["toothache"], ["dental-care"], []),
        ("House for mothers", [], ["pregnancy-care"], []),
    ],
)
def test_who_says_so_is_among_them(name, words, needs, facts):
    assert narrowed_by([name]) & ~asked_by(words, needs, facts) == 0


def test_what_is_for_others_counts_as_farther(settings):
    listings = [
        a_listing(1, needs=("mental-health",), name="Veterans house"),
        a_listing(2, needs=("mental-health",), at=(37.85, -122.27)),
    ]

    assert found(settings, "counseling", *listings)[0] == [2, 1]
    assert found(settings, "counseling for a veteran", *listings)[0] == [1, 2]
