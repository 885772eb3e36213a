"""Words that are a listing's own name and a part of a town: both readings are found."""

import pytest

from tejido.directory.domain.schedule import Rule
from tejido.finder.domain.answer import Question
from tejido.finder.queries.places import split_place, where_at
from tejido.finder.queries.search import find_services
from tejido.finder.synthetic import bench_concepts
from tejido.finder.testing import NOW, PLACES, a_listing, a_snapshot
from tejido.finder.tests.reading import ALWAYS
from tejido.geography.domain.places import Found, Place, PlaceKind

HEIGHTS = (34.0437, -118.2100)
SPOT = Place(
    PlaceKind.LANDMARK,
    "Boyle Heights, Los Angeles",
    "06037",
    *HEIGHTS,
    approximate=True,
    also=("Boyle Heights",),
    town="Los Angeles",
)
CARE = {"needs": ("primary-care",), "rules": ALWAYS}
NAMED = a_listing(1, name="Boyle Heights Health Clinic", at=HEIGHTS, **CARE)
BESIDE = a_listing(2, name="Soto Street doctors", at=(34.05, -118.211), **CARE)
FAR = a_listing(3, name="Fresno clinic", at=(36.74, -119.79), **CARE)


@pytest.fixture(autouse=True)
def concepts(monkeypatch):
    monkeypatch.setattr("tejido.finder.testing.CONCEPTS", bench_concepts())


def found(words):
    rest, place = split_place(words)
    where = where_at(place.place, label="") if isinstance(place, Found) else None
    hits = find_services(Question(at=NOW, words=rest, where=where)).having
    return [hit.listing.id.int for hit in hits], where


@pytest.mark.parametrize("words", ["boyle heights clinic", "clinic boyle heights",
                                   "clínica en boyle heights"])  # fmt: skip
def test_a_part_of_a_town_that_is_known_is_where_to_look_and_the_place_called_so_is_first(
    settings, words
):
    a_snapshot(settings.SNAPSHOTS, [FAR, BESIDE, NAMED], places=(*PLACES, SPOT))

    ids, where = found(words)

    assert ids == [1, 2, 3]
    assert (where.latitude, where.longitude) == HEIGHTS


def test_one_that_nobody_has_entered_is_still_the_name_of_the_place_called_so(settings):
    a_snapshot(settings.SNAPSHOTS, [FAR, BESIDE, NAMED])

    ids, where = found("boyle heights clinic")

    assert ids[0] == 1
    assert where is None


def test_its_name_alone_finds_what_is_called_so_and_what_lies_around_it(settings):
    closed = (Rule("WEEKLY", ("SU",), ALWAYS[0].opens_at, ALWAYS[0].closes_at),)
    food = a_listing(4, name="Soup", at=(34.045, -118.21), needs=("food",), rules=closed)
    a_snapshot(settings.SNAPSHOTS, [FAR, food, NAMED], places=(*PLACES, SPOT))

    ids, _where = found("boyle heights")

    assert ids[:2] == [1, 4]
