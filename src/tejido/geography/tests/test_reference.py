import csv
from statistics import median

import pytest
from django.db import IntegrityError, transaction

from tejido.geography.domain.distance import METRES_PER_MILE, distance_m
from tejido.geography.domain.gazetteer import Gazetteer
from tejido.geography.domain.places import Found, PlaceKind
from tejido.geography.models import County, Town, ZipPoint
from tejido.geography.queries.places import all_places, counties
from tejido.geography.reference import load_reference


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """Load once for this file and take it away again."""
    said = []
    with django_db_blocker.unblock():
        load_reference(said.append)
        yield said
        for table in (Town, ZipPoint, County):
            table.objects.all().delete()


@pytest.fixture
def places(loaded, db):
    return all_places()


def test_load_reference_says_what_it_loaded(loaded):
    assert loaded == ["geography: 58 counties, 2655 ZIP codes, 1557 towns"]


def test_counties_hold_the_people_counted_in_2020(places):
    assert (len(counties()), sum(c.weight for c in counties())) == (58, 39_538_223)
    assert County.objects.get(fips="06001").name == "Alameda"


def test_load_reference_again_writes_nothing(places, django_assert_num_queries):
    with django_assert_num_queries(5):  # savepoint, three reads, release
        load_reference(lambda line: None)


def test_load_reference_mends_what_was_changed_and_removes_what_the_source_lost(places):
    ZipPoint.objects.filter(code="94606").update(latitude=0)
    ZipPoint.objects.create(code="00501", town="Holtsville", latitude=1, longitude=1)
    Town.objects.filter(name="Oakland").delete()

    load_reference(lambda line: None)

    assert all_places() == places


def test_all_places_takes_four_queries(places, django_assert_num_queries):
    with django_assert_num_queries(4):
        all_places()


def test_every_place_is_approximate_and_lies_in_or_beside_california(places):
    assert all(place.approximate for place in places)
    assert all(32 < p.latitude < 42.5 and -124.8 < p.longitude < -113.9 for p in places)


def test_almost_every_town_and_zip_code_knows_its_county(places):
    assert [place.name for place in places if not place.county_fips] == []


def test_every_name_that_is_loaded_resolves(places):
    gazetteer = Gazetteer(places)

    lost = [place.name for place in places if not isinstance(gazetteer.resolve(place.name), Found)]

    assert lost == []


def test_zip_codes_are_text_of_five_digits(places):
    codes = [place.name for place in places if place.kind == PlaceKind.ZIP]

    assert all(code.isdecimal() and len(code) == 5 for code in codes)
    assert "94606" in codes


@pytest.mark.parametrize(
    ("table", "values"),
    [
        (County, {"fips": "6001", "name": "Nowhere", "population_2020": 1}),
        (County, {"fips": "36001", "name": "Albany", "population_2020": 1}),
        (ZipPoint, {"code": "501", "town": "Holtsville"}),
        (Town, {"key": "none/x", "name": "X", "zip_count": 0}),
    ],
)
def test_tables_refuse_what_is_no_fact_of_california(db, table, values):
    with pytest.raises(IntegrityError), transaction.atomic():
        table.objects.create(**values, latitude=0, longitude=0)


def test_town_stands_once_in_a_county(places):
    with pytest.raises(IntegrityError), transaction.atomic():
        Town.objects.create(
            key="b", name="Oakland", county_id="06001", latitude=0, longitude=0, zip_count=1
        )


@pytest.mark.shared
def test_county_facts_equal_the_published_ones(places, shared_data):
    with (shared_data / "geo" / "ca_counties.csv").open(encoding="utf-8") as lines:
        published = [
            (
                r["fips"],
                r["name"],
                int(r["pop_2020"]),
                float(r["popcenter_lat"]),
                float(r["popcenter_lon"]),
            )
            for r in csv.DictReader(lines)
        ]

    ours = County.objects.values_list("fips", "name", "population_2020", "latitude", "longitude")

    assert sorted(ours) == sorted(published)


@pytest.mark.shared
def test_zip_points_are_a_mile_off_as_a_rule_and_63_at_worst(places, shared_data):
    with (shared_data / "geo" / "ca_zcta_2020.csv").open(encoding="utf-8") as lines:
        areas = {r["ZCTA5"]: (float(r["LAT"]), float(r["LON"])) for r in csv.DictReader(lines)}
    off = sorted(
        distance_m(p.latitude, p.longitude, *areas[p.name]) / METRES_PER_MILE
        for p in places
        if p.kind == PlaceKind.ZIP and p.name in areas
    )

    measured = (
        len(off),
        round(median(off), 2),
        round(off[int(0.9 * len(off))], 1),
        round(off[-1], 1),
    )

    assert measured == (1802, 0.98, 5.4, 63.1)
