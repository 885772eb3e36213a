"""Every filter of the HSDS API, alone and together, against a plain look at each record."""

import json
from datetime import UTC, datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.test import Client
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tejido.directory.domain.opening import openings
from tejido.directory.domain.vocabulary import Mode
from tejido.directory.domain.words import stems, tokens_of
from tejido.directory.testing import NOON, a_feed
from tejido.directory.tests.asking_hsds import ROOT, ask, contents, ids, unhurried
from tejido.directory.tests.public_listings import (
    CONCEPTS,
    NEEDS,
    PLACES,
    WORDS,
    ZIPS,
    a_listing,
    random_listings,
)
from tejido.geography.domain.distance import distance_m

__all__ = ["unhurried"]
LATER = NOON + timedelta(days=2)
CALIFORNIA = ZoneInfo("America/Los_Angeles")
HOLD_DAYS = {Mode.MOBILE: 30}


class Naive:
    """All records and the listings that they are made of, looked through one by one."""

    def __init__(self, listings):
        self.services = {each["id"]: each for each in contents("/services", full=1, per_page=999)}
        places = contents("/service_at_locations", full=1, per_page=999)
        self.places = {each["id"]: each for each in places}
        self.listings = {
            str(key): list(its) for key, its in groupby(listings, key=lambda each: each.service_id)
        }

    def found(self, path, asked):
        if path == "/services":
            return [
                key
                for key, record in self.services.items()
                if self.fits(record, record, asked)
                and any(spot_fits(each, asked) for each in self.listings[key])
            ]
        return [
            key
            for key, record in self.places.items()
            if self.fits(record, self.services[record["service"]["id"]], asked)
            and spot_fits(self.listing(record), asked)
        ]

    def listing(self, place):
        return next(
            each for each in self.listings[place["service"]["id"]] if str(each.id) == place["id"]
        )

    def fits(self, record, service, asked):
        terms = list(terms_in(record))
        needs = {each["code"] for each in terms if each["taxonomy"] == "Tejido needs"}
        tests = {
            "taxonomy_term_id": lambda value: value in {each["id"] for each in terms},
            "taxonomy_id": lambda value: value in {TAXONOMY_IDS[t["taxonomy"]] for t in terms},
            "organization_id": lambda value: service["organization"]["id"] == value,
            "modified_after": lambda value: instant(record["last_modified"]) >= instant(value),
            "language": lambda value: value in {c["code"] for c in service.get("languages", ())},
            "concept": lambda value: bool(needs & below(value)),
        }
        return all(test(asked[name]) for name, test in tests.items() if name in asked)


TAXONOMY_IDS = {}


def instant(text):
    return datetime.fromisoformat(text)


def below(need):
    return {need}.union(*(below(key) for key, parent in NEEDS.items() if parent == need))


def terms_in(value):
    if isinstance(value, dict):
        if "taxonomy_term" in value:
            yield value["taxonomy_term"]
        value = list(value.values())
    for each in value if isinstance(value, list) else ():
        yield from terms_in(each)


def spot_fits(listing, asked):
    tests = {
        "search": lambda value: says(listing, value),
        "radius_m": lambda value: is_within(listing, asked["lat"], asked["lon"], value),
        "proximity": lambda value: is_within(listing, *zip_of(asked["postcode"])[:2], value),
        "postcode": lambda value: not listing.reach or zip_of(value)[2] in listing.reach,
        "open_at": lambda value: is_open(listing, instant(value)),
    }
    return all(test(asked[name]) for name, test in tests.items() if name in asked)


def says(listing, text):
    said = [listing.organization, listing.city, *listing.address_lines, *listing.keywords]
    said += [part for each in listing.texts for part in (each.name, each.description)]
    said += [f"{need} help ayuda" for need in listing.needs]
    known = {stem for part in said for word in tokens_of(part) for stem in stems(word)}
    # Small words count only alone; of those that are asked here these two are.
    words = [each for each in tokens_of(text) if each not in {"help", "ayuda"}] or tokens_of(text)
    return all(known & set(stems(word)) for word in words)


def is_within(listing, latitude, longitude, metres):
    point = listing.point
    return (
        bool(point) and distance_m(point.latitude, point.longitude, latitude, longitude) <= metres
    )


def zip_of(code):
    return next(rest for each, *rest in ZIPS if each == code)


def is_open(listing, at):
    if listing.temporarily_closed or not listing.hours_known or listing.confirmed_on is None:
        return False
    day = at.astimezone(CALIFORNIA).date()
    if day > listing.confirmed_on + timedelta(days=HOLD_DAYS.get(listing.mode, 90)):
        return False
    spans = openings(
        rules=listing.rules,
        exceptions=listing.exceptions,
        zone=CALIFORNIA,
        first=day - timedelta(days=2),
        last=day + timedelta(days=1),
    )
    return any(start <= at < end for start, end in spans)


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """Build twice, so that some records have an older date than others; return the folder."""
    folder = tmp_path_factory.mktemp("feeds")
    listings = random_listings(150, seed=5)
    early = [each for each in listings if each.service_id.int % 3]
    a_feed(folder, early, at=NOON, concepts=CONCEPTS, places=PLACES)
    a_feed(folder, listings, at=LATER, concepts=CONCEPTS, places=PLACES)
    return folder, listings


@pytest.fixture
def naive(kept):
    folder, listings = kept
    settings.SNAPSHOTS = folder
    TAXONOMY_IDS.update({each["name"]: each["id"] for each in contents("/taxonomies")})
    return Naive(listings)


def questions(naive):
    """Return a strategy for questions that narrow in one way or in several."""
    terms = sorted({each["id"] for each in terms_in(list(naive.services.values()))})
    organizations = sorted({each["organization"]["id"] for each in naive.services.values()})
    word = st.sampled_from([*WORDS, "help", "ayuda", "oakland", "nothing", "WOUND"])
    changes = [NOON, LATER, LATER + timedelta(microseconds=1)]
    metres = st.sampled_from([0, 500, 5_000, 20_000, 20_000_000])
    hours = st.integers(-30, 30 * 24).map(lambda hour: LATER + timedelta(hours=hour, minutes=7))
    circle = st.fixed_dictionaries(
        {"lat": st.floats(37.5, 38.1), "lon": st.floats(-122.6, -122.0), "radius_m": metres}
    )
    near_zip = st.fixed_dictionaries(
        {"postcode": st.sampled_from([code for code, *_ in ZIPS])}, optional={"proximity": metres}
    )
    others = st.fixed_dictionaries(
        {},
        optional={
            "search": st.lists(word, min_size=1, max_size=3).map(" ".join),
            "taxonomy_term_id": st.sampled_from(terms),
            "taxonomy_id": st.sampled_from(sorted(TAXONOMY_IDS.values())),
            "organization_id": st.sampled_from(organizations),
            "modified_after": st.sampled_from(changes).map(datetime.isoformat),
            "language": st.sampled_from(["en", "es", "vi", "fr"]),
            "concept": st.sampled_from(sorted(NEEDS)),
            "open_at": hours.map(datetime.isoformat),
        },
    )
    where = st.one_of(st.just({}), circle, near_zip)
    return st.builds(lambda one, other: one | other, others, where)


@pytest.mark.parametrize("path", ["/services", "/service_at_locations"])
def test_every_question_finds_what_a_look_at_each_record_finds(naive, path):
    found = []

    @hypothesis_settings(max_examples=100, derandomize=True, database=None)
    @given(questions(naive))
    def holds(asked):
        expected = naive.found(path, asked)
        answer = ids(path, **asked)
        found.append(len(answer))
        assert answer == expected

    holds()
    assert 0 in found
    assert len([each for each in found if each]) > 30


def test_the_records_of_this_test_are_not_all_alike(naive):
    dates = {each["last_modified"] for each in naive.services.values()}

    assert dates == {"2026-11-20T12:00:00Z", "2026-11-22T12:00:00Z"}
    assert 80 < len(naive.places) < 300


def test_organizations_are_found_by_what_they_offer(naive):
    terms = sorted({each["id"] for each in terms_in(list(naive.services.values()))})
    for term in terms:
        offering = {
            each["organization"]["id"]
            for each in naive.services.values()
            if term in {its["id"] for its in terms_in(each)}
        }
        assert set(ids("/organizations", taxonomy_term_id=term)) == offering
    taxonomy = ids("/taxonomies")[0]
    assert len(ids("/organizations", taxonomy_id=taxonomy)) == 5


def test_organizations_and_terms_are_searched_by_their_words(naive):
    assert len(contents("/organizations", search="organization")) == 5
    assert [each["name"] for each in contents("/organizations", search="3")] == ["Organization 3"]
    assert [each["code"] for each in contents("/taxonomy_terms", search="ayuda burns")] == [
        "burns"
    ]
    assert [each["name"] for each in contents("/taxonomies", search="needs people")] == [
        "Tejido needs"
    ]


def test_terms_are_those_of_a_taxonomy_and_below_a_term(naive):
    needs = TAXONOMY_IDS["Tejido needs"]
    terms = {each["code"]: each for each in contents("/taxonomy_terms", taxonomy_id=needs)}

    assert set(terms) == set(NEEDS)
    below_care = contents("/taxonomy_terms", parent_id=terms["care"]["id"])
    assert [each["code"] for each in below_care] == ["wounds"]
    top = contents("/taxonomy_terms", taxonomy_id=needs, top_only="true")
    assert {each["code"] for each in top} == {"care", "food"}


def test_each_list_tells_what_changed_since(naive):
    for path in ("/organizations", "/taxonomies", "/taxonomy_terms"):
        records = contents(path, per_page=999)
        since = {"modified_after": LATER.isoformat(), "per_page": 999}
        later = [each for each in records if instant(each["last_modified"]) >= LATER]
        assert contents(path, **since) == later


def test_distance_orders_by_the_nearest_place_that_fits(naive):
    middle = {"lat": 37.8, "lon": -122.25}
    for path, radius in (("/services", {}), ("/services", {"radius_m": 9_000})):
        keys = ids(path, sort="distance", **middle, **radius)
        nearest = [nearest_of(naive.listings[key], radius.get("radius_m", 1e9)) for key in keys]
        assert nearest == sorted(nearest)
        assert set(keys) == set(ids(path, **middle, **radius) if radius else ids(path))
    places = ids("/service_at_locations", sort="distance", **middle)
    far = [nearest_of([naive.listing(naive.places[key])], 1e9) for key in places]
    assert far == sorted(far)


def nearest_of(listings, radius):
    found = [
        distance_m(each.point.latitude, each.point.longitude, 37.8, -122.25)
        for each in listings
        if each.point
    ]
    return min((each for each in found if each <= radius), default=1e9)


def test_name_and_change_order_without_a_gap_between_pages(naive):
    for path in ("/services", "/service_at_locations", "/organizations", "/taxonomy_terms"):
        for sort in ("name", "modified"):
            whole = contents(path, sort=sort, per_page=999)
            pages = [
                each
                for page in range(1, len(whole) // 40 + 2)
                for each in contents(path, sort=sort, per_page=40, page=page)
            ]
            assert pages == whole
            if sort == "modified":
                changes = [each["last_modified"] for each in whole]
                assert changes == sorted(changes, reverse=True)


def test_names_are_ordered_as_people_order_them(naive):
    a_feed(
        settings.SNAPSHOTS / "few",
        [a_listing(1, name="zebra"), a_listing(2, name="Águila"), a_listing(3, name="alba")],
    )
    settings.SNAPSHOTS /= "few"

    names = [each["name"] for each in contents("/services", sort="name")]

    assert names == ["Águila", "alba", "zebra"]


def test_a_service_is_found_only_where_one_place_fits_all_that_was_asked(settings):
    near, far = {"point": a_listing().point}, {"point": None}
    always = a_listing().rules
    a_feed(
        settings.SNAPSHOTS,
        [
            a_listing(1, 9, **near, hours_known=False),
            a_listing(2, 9, **far, rules=always),
        ],
    )
    at = datetime(2026, 11, 20, 20, 0, tzinfo=UTC).isoformat()
    circle = {"lat": 37.8, "lon": -122.25, "radius_m": 100}

    assert len(ids("/services", open_at=at)) == 1
    assert len(ids("/services", **circle)) == 1
    assert ids("/services", open_at=at, **circle) == []


def test_a_post_filters_as_a_get_does(naive):
    asked = {"concept": "care", "language": "es", "per_page": 999}

    by_post = Client().post(f"{ROOT}/services", json.dumps(asked), "application/json")

    assert [each["id"] for each in by_post.json()["contents"]] == ids("/services", **asked)
    assert by_post.json()["total_items"] > 0


def test_ids_that_nothing_has_find_nothing(naive):
    nobody = "00000000-0000-4000-8000-000000000000"
    for name in ("taxonomy_term_id", "taxonomy_id", "organization_id"):
        assert ask("/services", **{name: nobody}).json()["empty"] is True
