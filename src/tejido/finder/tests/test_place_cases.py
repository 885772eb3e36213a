"""One set of cases for both: a place in words is the same with signal and without."""

import json
import random
from pathlib import Path

import pytest

from tejido.finder.queries.places import find_place, split_place
from tejido.finder.testing import CONCEPTS, FRESNO, OAKLAND, a_listing
from tejido.finder.tests.phone import packs_of, run_node
from tejido.geography.domain.places import Ambiguous, Found, Place, PlaceKind, Unknown

CASES = json.loads(Path(__file__).with_name("place_cases.json").read_text(encoding="utf-8"))
SENTENCES = 4_000


def a_place(name, *, kind=PlaceKind.TOWN, fips="06001", at=OAKLAND, weight=1):
    return Place(kind, name, fips, *at, approximate=True, weight=weight)


def a_landmark(names, town, fips, at):
    return Place(
        PlaceKind.LANDMARK,
        f"{names[0]}, {town}",
        fips,
        *at,
        approximate=False,
        also=names,
        town=town,
    )


PLACES = (
    *(
        a_place(f"{name} County", kind=PlaceKind.COUNTY, fips=fips)
        for name, fips in (
            *(("Alameda", "06001"), ("Fresno", "06019"), ("Marin", "06041"), ("Mono", "06051")),
            *(("Los Angeles", "06037"), ("San Francisco", "06075"), ("Orange", "06059")),
        )
    ),
    a_place("Oakland", weight=27),
    a_place("Alameda", weight=2),
    a_place("Fresno", fips="06019", at=FRESNO, weight=60),
    a_place("San Francisco", fips="06075", at=(37.77, -122.42), weight=60),
    a_place("Los Angeles", fips="06037", at=(34.05, -118.29), weight=97),
    a_place("East Los Angeles", fips="06037", at=(34.02, -118.16)),
    a_place("San Jose", fips="06085", at=(37.33, -121.89), weight=58),
    a_place("Saint Helena", fips="06055"),
    a_place("Mountain View", fips="06085", at=(37.4, -122.08), weight=3),
    a_place("Mountain View", fips="06013", at=(38.0, -122.1), weight=2),
    a_place("Needles", fips="06071", at=(34.8, -114.6)),
    a_place("Rough and Ready", fips="06057"),
    *(a_place(code, kind=PlaceKind.ZIP, weight=0) for code in ("93721", "94606", "90011")),
    a_landmark(("Central Library", "Biblioteca Central"), "Fresno", "06019", FRESNO),
    a_landmark(("Central Library",), "Oakland", "06001", OAKLAND),
    a_landmark(("Library", "La Biblioteca"), "Fresno", "06019", (36.75, -119.8)),
    a_landmark(("St. Mary's Church",), "Los Angeles", "06037", (34.05, -118.2)),
)
WORDS = (
    *("methadone", "narcan", "in", "near", "en", "cerca", "de", "the", "la", "LA", "at", "close"),
    *("to", "oakland", "Oakland,", "Fresno", "Fresnno", "fresno", "san", "josé", "francisco"),
    *("los angeles", "county", "condado de", "alameda", "94606", "93721-1234", "00501", "ca"),
    *("CA", "needles", "mono", "marin", "sf", "S.F.", "oc", "mtn view", "st helena", "reno"),
    *("nevada", "las vegas", "library", "central", "biblioteca", "st. mary's", "church", "el"),
    *("street", "rough and ready", "drop in", "-", "💉", "tahoe", "east", "downtown", "biblio"),
)


def told(place):
    """Return what the server takes a place for as the phone tells it."""
    match place:
        case Found():
            return [[place.place.kind.value, place.place.name]]
        case Ambiguous():
            return [[each.kind.value, each.name] for each in place.places]
        case Unknown():
            return {"unknown": place.text}
    return None


def expected(case):
    if "unknown" in case:
        return case["rest"], {"unknown": case["unknown"]}
    return case["rest"], [case["place"]] if "place" in case else None


@pytest.fixture
def pack(settings, tmp_path):
    settings.SNAPSHOTS = tmp_path / "snapshots"
    listings = [a_listing()]
    return packs_of(settings.SNAPSHOTS, listings, concepts=CONCEPTS, places=PLACES)["core", "en"]


def read_on_phone(folder, pack, words):
    return run_node(folder, "places.mjs", {"pack": pack, "words": words})


def test_the_server_finds_the_place_of_each_case(pack):
    found = [split_place(case["words"]) for case in CASES]

    assert [(rest, told(place)) for rest, place in found] == [*map(expected, CASES)]


def test_the_phone_finds_the_place_of_each_case(pack, tmp_path):
    found = read_on_phone(tmp_path, pack, [case["words"] for case in CASES])

    assert [(each["rest"], each["place"]) for each in found] == [*map(expected, CASES)]


def test_the_phone_finds_places_in_whatever_is_typed_as_the_server_does(pack, tmp_path):
    draw = random.Random(2)
    asked = [" ".join(draw.choices(WORDS, k=draw.randrange(1, 7))) for _ in range(SENTENCES)]

    found = read_on_phone(tmp_path, pack, asked)

    differing = []
    for words, one in zip(asked, found, strict=True):
        rest, place = split_place(words)
        whole = find_place(words)
        other = {"rest": rest, "place": told(place), "whole": told(whole)}
        if one != other:
            differing.append((words, one, other))
    assert differing == []
