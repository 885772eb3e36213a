import pytest

from tejido.geography.domain.boundaries import BoundariesBroken, county_code, read_boundaries
from tejido.geography.domain.rings import Shape
from tejido.geography.testing import a_square
from tejido.geography.tests.test_topojson import a_topology

COUNTIES = {"06001": "Alameda", "06019": "Fresno"}


def a_feature(code="06001", *, ring=None, **changes):
    ring = ring or [list(position) for position in a_square(-120, 36)]
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "properties": {"GEOID": code}, "geometry": geometry, **changes}


def a_collection(*features):
    return {"type": "FeatureCollection", "features": list(features)}


def broken(document):
    with pytest.raises(BoundariesBroken) as refused:
        read_boundaries(document, counties=COUNTIES)
    return refused.value.code, refused.value.county


def shape(properties, code=None):
    return Shape("", code, properties, lambda: ())


@pytest.mark.parametrize(
    ("properties", "given", "code"),
    [
        ({"GEOID": "06001"}, None, "06001"),
        ({"geoid": "06001"}, "x", "06001"),
        ({"FIPS": "06001"}, None, "06001"),
        ({"FIPS": 6001}, None, "06001"),
        ({"GEO_ID": "0500000US06001"}, None, "06001"),
        ({"GEOID": "05000US06001"}, None, "06001"),
        ({"STATEFP": "06", "COUNTYFP": "001"}, None, "06001"),
        ({"name": "Alameda"}, "06001", "06001"),
        ({"name": "Alameda"}, 6001, "06001"),
        ({"GEOID": ""}, "06001", "06001"),
        ({"GEOID": "06001400100", "STATEFP": "06", "COUNTYFP": "001"}, "06001", None),
        ({"GEOID": "06"}, None, None),
        ({"GEOID": True}, None, None),
        ({"GEOID": ["06001"]}, None, None),
        ({}, None, None),
        ({}, 10**30, None),
    ],
)
def test_county_code_under_every_name_it_goes_by(properties, given, code):
    assert county_code(shape(properties, given)) == code


def test_read_boundaries_keeps_california_and_counts_the_others():
    read = read_boundaries(
        a_collection(a_feature(), a_feature("32003"), a_feature("06", geometry=None)),
        counties=COUNTIES,
    )

    assert read.outlines == {"06001": ((a_square(-120, 36),),)}
    assert (read.others, read.without_area) == (2, 0)


def test_read_boundaries_keeps_holes_parts_and_the_way_that_rings_run():
    outer, hole = a_square(-120, 36, 2)[::-1], a_square(-119.5, 36.5)
    parts = [[outer, hole], [a_square(-122, 37)]]
    geometry = {
        "type": "MultiPolygon",
        "coordinates": [[[list(at) for at in ring] for ring in part] for part in parts],
    }

    read = read_boundaries(a_collection(a_feature(geometry=geometry)), counties=COUNTIES)

    assert read.outlines["06001"] == ((outer, hole), (a_square(-122, 37),))


def test_read_boundaries_leaves_out_rings_that_enclose_nothing():
    line = [[-121, 36], [-121.1, 36.1], [-121, 36]]
    square = [list(position) for position in a_square(-120, 36)]
    geometry = {"type": "MultiPolygon", "coordinates": [[line], [square, line]]}

    read = read_boundaries(a_collection(a_feature(geometry=geometry)), counties=COUNTIES)

    assert (read.outlines["06001"], read.without_area) == (((a_square(-120, 36),),), 2)


def test_read_boundaries_takes_the_layer_of_a_topology_that_has_most_counties():
    polygons = a_topology()["objects"]["counties"]["geometries"][:2]
    for geometry, code in zip(polygons, COUNTIES, strict=True):
        geometry["id"] = code
    few = {"type": "GeometryCollection", "geometries": polygons[:1]}
    all_of_them = {"type": "GeometryCollection", "geometries": polygons}

    read = read_boundaries(
        a_topology(objects={"few": few, "counties": all_of_them}), counties=COUNTIES
    )

    assert (list(read.outlines), read.others) == (["06001", "06019"], 1)


SQUARE = [list(position) for position in a_square(-120, 36)]
PIXELS = [[600, 300], [610, 300], [610, 310], [600, 300]]
METRES = [[-2e6, 4e5], [-1e6, 4e5], [-1e6, 5e5], [-2e6, 4e5]]


@pytest.mark.parametrize(
    ("expected", "document"),
    [
        (("document-unknown", ""), []),
        (("document-unknown", ""), "text"),
        (("document-unknown", ""), None),
        (("document-unknown", ""), {"type": "Feature"}),
        (("document-unknown", ""), {"type": ["FeatureCollection"]}),
        (("features-missing", ""), {"type": "FeatureCollection"}),
        (("feature-unreadable", ""), a_collection(None)),
        (("no-counties", ""), a_collection()),
        (("no-counties", ""), a_collection(a_feature("32003"))),
        (("no-counties", ""), a_collection(a_feature("06001400100"))),
        (("county-twice", "06001"), a_collection(a_feature(), a_feature())),
        (("county-unknown", "06003"), a_collection(a_feature("06003"))),
        (("ring-open", "06001"), a_collection(a_feature(ring=SQUARE[:-1]))),
        (("ring-empty", "06001"), a_collection(a_feature(ring=SQUARE[:2] + SQUARE[:1]))),
        (("ring-empty", "06001"), a_collection(a_feature(ring="SQUARE"))),
        (("position-unreadable", "06001"), a_collection(a_feature(ring=[[1, "x"]]))),
        (("ring-empty", "06001"), a_collection(a_feature(geometry={"type": "Polygon"}))),
        (("ring-empty", "06001"), a_collection(a_feature(geometry={"type": "MultiPolygon"}))),
        (("geometry-not-area", "06001"), a_collection(a_feature(geometry=None))),
        (("geometry-not-area", "06001"), a_collection(a_feature(geometry={"type": "Point"}))),
        (("outside", "06001"), a_collection(a_feature(ring=PIXELS))),
        (("outside", "06001"), a_collection(a_feature(ring=METRES))),
    ],
)
def test_read_boundaries_names_what_is_wrong_and_where(expected, document):
    assert broken(document) == expected


def test_read_boundaries_refuses_more_positions_than_a_picture_can_use(monkeypatch):
    monkeypatch.setattr("tejido.geography.domain.boundaries.MOST_POSITIONS", 4)

    assert broken(a_collection(a_feature())) == ("too-detailed", "")
