"""The files that the Census Bureau really publishes, where they are near."""

import gzip
import json

import pytest

from tejido.geography.domain.boundaries import read_boundaries
from tejido.geography.models import County, CountyOutline, Town, Tract, ZipPoint
from tejido.geography.queries.outlines import county_at, county_outlines
from tejido.geography.reference import load_reference
from tejido.geography.services.load_boundaries import load_boundaries
from tejido.geography.services.load_tracts import load_tracts

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker, shared_data):
    """Load once for this file and take it away again."""
    with django_db_blocker.unblock():
        load_reference(lambda line: None)
        yield {
            "tracts": load_tracts(path=shared_data / "geo" / "ca_tract_centers_2020.csv"),
            "outlines": load_boundaries(path=shared_data / "geo" / "us_counties_10m.topojson"),
        }
        for table in (Tract, CountyOutline, Town, ZipPoint, County):
            table.objects.all().delete()


@pytest.fixture
def tracts(loaded, db):
    return loaded["tracts"]


@pytest.fixture
def outlines(loaded, db):
    return county_outlines()


def test_tracts_hold_every_person_of_2020_county_by_county(tracts):
    assert (tracts.tracts, tracts.people) == (9129, 39_538_223)
    assert (tracts.problems, tracts.differences, tracts.mended) == ((), (), 0)


def test_the_file_of_the_country_gives_the_same_tracts(tracts, shared_data):
    again = load_tracts(path=shared_data / "geo" / "us_tract_centers_2020.csv.gz")

    assert (again.unchanged, again.left_out, again.vanished) == (9129, 76_266, ())


def test_outlines_are_those_of_58_counties(loaded, outlines):
    read = loaded["outlines"]

    assert (read.counties, read.missing, read.others, read.without_area) == (58, (), 3230, 1)
    assert [outline.fips for outline in outlines] == [f"06{n:03}" for n in range(1, 116, 2)]


def test_outlines_again_change_nothing(outlines, shared_data):
    again = load_boundaries(path=shared_data / "geo" / "us_counties_10m.topojson")

    assert (again.unchanged, county_outlines()) == (58, outlines)


def test_the_same_outlines_as_geojson_change_nothing(outlines, shared_data, tmp_path):
    topology = json.loads((shared_data / "geo" / "us_counties_10m.topojson").read_text())
    names = dict(County.objects.values_list("fips", "name"))
    features = [
        {
            "type": "Feature",
            "properties": {"GEOID": fips},
            "geometry": {"type": "MultiPolygon", "coordinates": polygons},
        }
        for fips, polygons in read_boundaries(topology, counties=names).outlines.items()
    ]
    path = tmp_path / "counties.geojson.gz"
    collection = {"type": "FeatureCollection", "features": features}
    path.write_bytes(gzip.compress(json.dumps(collection).encode()))

    again = load_boundaries(path=path)

    assert (again.unchanged, again.others) == (58, 0)


def test_the_centre_of_each_countys_people_lies_in_it(outlines):
    found = {
        county.name: county_at(county.latitude, county.longitude) == county.fips
        for county in County.objects.order_by("fips")
    }

    assert [name for name, is_right in found.items() if not is_right] == []
    assert len(found) == 58


def test_outlines_find_the_county_of_all_but_39_tracts(tracts, outlines):
    # 35 of these lie in water or on islets that a map at 1 : 10,000,000 leaves out.
    found = [
        (county_at(tract.latitude, tract.longitude), tract.county_id)
        for tract in Tract.objects.order_by("geoid")
    ]

    wrong = [said for said in found if said[0] != said[1]]

    assert (len(wrong), sum(said is None for said, _ in wrong)) == (39, 35)


@pytest.mark.parametrize("name", ["ca_zcta_2020.csv", "us_counties_10m.topojson"])
def test_other_real_files_are_refused_as_tracts(tracts, shared_data, name):
    with pytest.raises(Exception, match="is not a table of tracts"):
        load_tracts(path=shared_data / "geo" / name)
