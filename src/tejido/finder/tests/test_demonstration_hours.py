"""The invented network as people meet it: a part with hours of its own is a service of its own."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tejido.directory.demo import plant
from tejido.directory.queries.public import public_listings
from tejido.finder.domain.answer import Open, Question
from tejido.finder.queries.need_words import needs_of
from tejido.finder.queries.places import find_place, where_at
from tejido.finder.queries.search import find_services
from tejido.finder.queries.times import split_time
from tejido.finder.services.build import Content, build_from
from tejido.finder.synthetic import bench_concepts
from tejido.finder.testing import PLACES, built_once
from tejido.geography.domain.places import Place, PlaceKind

ZONE = ZoneInfo("America/Los_Angeles")
SATURDAY = datetime(2026, 11, 21, 12, tzinfo=ZONE)
DOWNTOWN = Place(PlaceKind.ZIP, "90011", "06037", 34.0075, -118.2585, approximate=True)
PART_OF_WEEK = re.compile(
    r"\b(two|three|four|five|dos|tres|cuatro|cinco) (days?|nights?|días|noches)"
)


@pytest.fixture
def network(db, settings):
    settings.SNAPSHOTS = built_once("demonstration on a Saturday", built)


def built(folder):
    plant(report=lambda _: None, at=SATURDAY)
    content = Content(public_listings(), bench_concepts(), (*PLACES, DOWNTOWN))
    build_from(content, folder=folder, at=SATURDAY, report=lambda _: None)


def near_downtown(words, hour, **asked):
    where = where_at(find_place("90011").place, label="90011")
    at = SATURDAY.replace(hour=hour)
    hits = find_services(Question(at=at, words=words, where=where, **asked)).having
    return {hit.listing.texts[0].name: hit.hours.state for hit in hits if hit.near}


def test_a_shower_is_open_when_the_shower_is_and_not_when_the_yard_is(network):
    assert near_downtown("shower", 3) == {"Showers": Open.CLOSED}
    assert near_downtown("ducha", 9) == {"Showers": Open.OPEN}


@pytest.mark.parametrize(
    ("hour", "state"), [(3, Open.OPEN), (6, Open.OPEN), (7, Open.CLOSED), (18, Open.CLOSED),
                        (19, Open.OPEN), (23, Open.OPEN)]
)  # fmt: skip
def test_beds_are_there_over_midnight(network, hour, state):
    assert near_downtown("a bed", hour)["Beds for the night"] is state


@pytest.mark.parametrize(
    "words",
    [
        *("somewhere to sleep", "bed", "a bed tonight", "i need a bed", "place to stay tonight"),
        *("where can i sleep tonight", "spend the night", "roof over my head", "nowhere to sleep"),
        *("una cama", "una cama esta noche", "dónde dormir", "donde puedo dormir hoy", "cama"),
        *("pasar la noche", "un lugar para dormir", "duermo en la calle", "no tengo donde dormir"),
    ],
)
def test_whoever_looks_for_a_bed_is_sent_to_a_shelter_first(network, words):
    rest, _chosen = split_time(words, now=SATURDAY)

    assert "shelter" in needs_of(rest)
    assert next(iter(near_downtown(rest, 21))) == "Beds for the night"


def test_what_a_service_tells_fits_the_week_of_each_of_its_stops(network):
    told = [
        part
        for listing in public_listings()
        for text in listing.texts
        for part in (text.name, text.description, text.before_you_go)
    ]

    assert [part for part in told if PART_OF_WEEK.search(part)] == []
