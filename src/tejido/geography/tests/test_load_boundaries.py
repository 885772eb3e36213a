import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import translation

from tejido.foundation.files import FileRefused
from tejido.geography.domain.outlines import Outline
from tejido.geography.models import County, CountyOutline, Town
from tejido.geography.queries.outlines import county_at, county_outlines
from tejido.geography.services.load_boundaries import load_boundaries
from tejido.geography.testing import a_square, some_counties
from tejido.geography.tests.test_boundaries import METRES, SQUARE, a_collection, a_feature
from tejido.geography.tests.test_topojson import a_topology

pytestmark = pytest.mark.django_db
FRESNO = [list(position) for position in a_square(-122, 36)]


@pytest.fixture(autouse=True)
def counties(db):
    some_counties()


@pytest.fixture
def write(tmp_path):
    def written(document, name="counties.json"):
        path = tmp_path / name
        path.write_text(document if isinstance(document, str) else json.dumps(document))
        return path

    return written


@pytest.fixture
def two(write):
    return write(a_collection(a_feature(), a_feature("06019", ring=FRESNO)), "two.json")


def said(path, *arguments):
    out = StringIO()
    call_command("load_boundaries", path, *arguments, stdout=out)
    return out.getvalue().splitlines()


def test_load_boundaries_stores_what_county_outlines_return(two):
    loaded = load_boundaries(path=two)

    assert (loaded.counties, loaded.created, loaded.missing) == (2, 2, ("San Francisco",))
    assert county_outlines() == [
        Outline("06001", "Alameda", ((a_square(-120, 36),),)),
        Outline("06019", "Fresno", ((a_square(-122, 36),),)),
    ]


@pytest.mark.parametrize("codes", [["06001"], ["06001", "06019", "06075"]])
def test_county_outlines_take_one_query(write, codes, django_assert_num_queries):
    load_boundaries(path=write(a_collection(*(a_feature(code) for code in codes))))

    with django_assert_num_queries(1):
        assert [outline.fips for outline in county_outlines()] == codes


def test_county_at_finds_the_county_around_a_point(two, django_assert_num_queries):
    assert county_at(36.5, -119.5) is None
    load_boundaries(path=two)

    with django_assert_num_queries(1):
        assert county_at(36.5, -119.5) == "06001"
    assert county_at(36.5, -121.5) == "06019"
    assert county_at(36.5, -120.5) is None


def test_load_boundaries_reads_topojson(write):
    topology = a_topology()
    for geometry, code in zip(
        topology["objects"]["counties"]["geometries"], ["06001", "06019"], strict=False
    ):
        geometry["id"] = code

    load_boundaries(path=write(topology))

    assert (county_at(36.5, -119.5), county_at(36.5, -118.5)) == ("06001", "06019")


def test_load_boundaries_again_writes_nothing(two, django_assert_num_queries):
    load_boundaries(path=two)

    with django_assert_num_queries(4):  # savepoint, counties, outlines, release
        loaded = load_boundaries(path=two)

    assert (loaded.created, loaded.updated, loaded.unchanged) == (0, 0, 2)


def test_load_boundaries_writes_what_changed_and_leaves_what_the_file_lacks(write, two):
    load_boundaries(path=two)

    loaded = load_boundaries(path=write(a_collection(a_feature(ring=FRESNO))))

    assert (loaded.updated, loaded.missing) == (1, ("Fresno", "San Francisco"))
    assert [outline.polygons for outline in county_outlines()] == [((a_square(-122, 36),),)] * 2


def test_load_boundaries_dry_run_changes_nothing(two):
    assert load_boundaries(path=two, dry_run=True).created == 2
    assert county_outlines() == []


DEEP = '{"type":"FeatureCollection","features":' + "[" * 200_000
REFUSED = [
    ("file-empty", " "),
    ("file-web-page", "<html>"),
    ("document-unknown", "STATEFP,COUNTYFP\n06,001\n"),
    ("document-unknown", "[]"),
    ("document-unknown", {"type": "Feature"}),
    ("json-broken", '{"type": "FeatureCollection", "features": [{]}'),
    ("json-broken", '{"type": "FeatureCollection"'),
    ("json-broken", '{"type": ' + "9" * 5000 + "}"),
    ("json-too-deep", DEEP),
    ("features-missing", {"type": "FeatureCollection"}),
    ("feature-unreadable", a_collection(1)),
    ("objects-missing", {"type": "Topology"}),
    ("arcs-missing", {"type": "Topology", "objects": {}}),
    ("transform-unreadable", a_topology(transform=1)),
    ("no-counties", a_collection(a_feature("32003"))),
    ("county-twice", a_collection(a_feature(), a_feature())),
    ("county-unknown", a_collection(a_feature("06003"))),
    ("ring-open", a_collection(a_feature("06019"), a_feature(ring=SQUARE[:-1]))),
    ("ring-empty", a_collection(a_feature(ring=[[1, 2], [1, 2]]))),
    ("position-unreadable", a_collection(a_feature(ring=[[1, None], [1, None]]))),
    ("position-unreadable", json.dumps(a_collection(a_feature(ring=[[1, float("nan")]])))),
    ("outside", a_collection(a_feature(ring=METRES))),
    (
        "geometry-not-area",
        a_collection(a_feature(geometry={"type": "LineString", "coordinates": SQUARE})),
    ),
    (
        "arc-unknown",
        a_topology(objects={"a": {"type": "Polygon", "id": "06001", "arcs": [[77]]}}),
    ),
    (
        "arcs-apart",
        a_topology(objects={"a": {"type": "Polygon", "id": "06001", "arcs": [[0, 3]]}}),
    ),
    (
        "arc-unreadable",
        a_topology(objects={"a": {"type": "Polygon", "id": 6001, "arcs": [[0]]}}, arcs=[0]),
    ),
]


@pytest.mark.parametrize(("code", "document"), REFUSED, ids=[code for code, _ in REFUSED])
@pytest.mark.parametrize("language", ["en", "es"])
def test_a_wrong_file_changes_nothing_and_is_named(write, two, code, document, language):
    load_boundaries(path=two)
    before = county_outlines()

    with translation.override(language), pytest.raises(FileRefused) as refused:
        load_boundaries(path=write(document, "wrong.json"))

    assert refused.value.code == code
    assert "wrong.json" in str(refused.value)
    assert ("Nothing changed." if language == "en" else "No cambió nada.") in str(refused.value)
    assert county_outlines() == before


def test_a_broken_outline_is_named_with_its_county_and_fault(write):
    with pytest.raises(FileRefused) as refused:
        load_boundaries(path=write(a_collection(a_feature(ring=SQUARE[:-1]))))

    assert str(refused.value) == (
        "counties.json: the outline of Alameda (06001) cannot be used: a ring does not end where "
        "it begins ((-120.0, 36.0) … (-120.0, 37.0)). Nothing changed. Get the file again, or "
        "another one."
    )


def test_a_file_that_is_too_large_is_not_read(write, monkeypatch):
    monkeypatch.setattr("tejido.geography.services.load_boundaries.LARGEST_FILE", 1_000_000)

    with pytest.raises(FileRefused) as refused:
        load_boundaries(path=write("9" * 1_000_001))

    assert refused.value.code == "file-too-large"


def test_without_counties_load_boundaries_says_to_prepare(two):
    Town.objects.all().delete()
    County.objects.all().delete()

    with pytest.raises(FileRefused) as refused:
        load_boundaries(path=two)

    assert refused.value.code == "counties-missing"


def test_the_command_says_what_it_read_and_what_the_file_lacks(write):
    line = [[-121, 36], [-121.1, 36.1], [-121, 36]]
    geometry = {"type": "Polygon", "coordinates": [SQUARE, line]}
    path = write(a_collection(a_feature(geometry=geometry), a_feature("32003")))

    assert said(path, "--dry-run") == [
        "Simplifying the outlines",
        "1 county of California in counties.json: 1 new, 0 changed, 0 as before.",
        "Simplified by at most 200 metres: 5 of 5 positions kept.",
        "Left out: 1 shape that is no county of California.",
        "Left out: 1 ring that encloses nothing.",
        "Not in the file, and left as before: Fresno, San Francisco.",
        "This was a dry run: nothing changed.",
    ]


@pytest.mark.parametrize(
    "changes", [{"north": 35.0}, {"east": -121.0}, {"west": -130.0}, {"north": 50.0}]
)
def test_table_of_outlines_refuses_a_box_outside_california(changes):
    box = {"south": 36.0, "north": 37.0, "west": -120.0, "east": -119.0} | changes

    with pytest.raises(IntegrityError), transaction.atomic():
        CountyOutline.objects.create(county_id="06001", polygons=[], **box)
