import pytest

from tejido.geography.domain.rings import GeometryBroken
from tejido.geography.domain.topojson import shapes


def a_topology(**changes):
    """Return two squares that share a line, and an island with a lake.

    West square: arcs 0 and 1; east square: arc 1 backwards and arc 2. Steps are ten to a degree.
    """
    return {
        "type": "Topology",
        "transform": {"scale": [0.1, 0.1], "translate": [-120, 36]},
        "objects": {
            "counties": {
                "type": "GeometryCollection",
                "geometries": [
                    {"type": "Polygon", "id": "west", "arcs": [[0, 1]]},
                    {"type": "Polygon", "id": "east", "properties": {"a": 1}, "arcs": [[~1, 2]]},
                    {
                        "type": "GeometryCollection",
                        "geometries": [
                            {"type": "MultiPolygon", "id": "isle", "arcs": [[[3], [4]]]}
                        ],
                    },
                ],
            },
            "land": {"type": "Polygon", "arcs": [[0, 2]]},
            "nothing": {"type": None},
        },
        "arcs": [
            [[10, 0], [-10, 0], [0, 10], [10, 0]],
            [[10, 10], [0, -10]],
            [[10, 10], [10, 0], [0, -10], [-10, 0]],
            [[30, 0], [9, 0], [0, 9], [-9, 0], [0, -9]],
            [[33, 3], [0, 3], [3, 0], [0, -3], [-3, 0]],
        ],
        **changes,
    }


def by_id(topology):
    return {shape.code or shape.layer: shape for shape in shapes(topology)}


def rounded(polygons):
    return [
        [[(round(x, 6), round(y, 6)) for x, y in ring] for ring in polygon] for polygon in polygons
    ]


def test_shapes_lists_all_layers_and_nested_collections_in_order():
    found = [(shape.layer, shape.code, shape.properties) for shape in shapes(a_topology())]

    assert found == [
        ("counties", "west", {}),
        ("counties", "east", {"a": 1}),
        ("counties", "isle", {}),
        ("land", None, {}),
        ("nothing", None, {}),
    ]


def test_arcs_are_summed_scaled_and_joined_once():
    found = by_id(a_topology())

    assert rounded(found["west"].polygons()) == [
        [[(-119, 36), (-120, 36), (-120, 37), (-119, 37), (-119, 36)]]
    ]


def test_a_negative_arc_runs_backwards_and_neighbours_share_positions():
    found = by_id(a_topology())

    west, east = (set(found[name].polygons()[0][0]) for name in ("west", "east"))

    assert rounded(found["east"].polygons()) == [
        [[(-119, 36), (-119, 37), (-118, 37), (-118, 36), (-119, 36)]]
    ]
    assert len(west & east) == 2


def test_holes_and_parts_stay():
    assert rounded(by_id(a_topology())["isle"].polygons()) == [
        [
            [(-117, 36), (-116.1, 36), (-116.1, 36.9), (-117, 36.9), (-117, 36)],
            [(-116.7, 36.3), (-116.7, 36.6), (-116.4, 36.6), (-116.4, 36.3), (-116.7, 36.3)],
        ]
    ]


def test_arcs_without_a_transform_are_positions():
    arcs = [[[0, 0], [1, 0], [1, 1], [0, 0]]]
    objects = {"a": {"type": "Polygon", "arcs": [[0]]}}
    topology = {"type": "Topology", "objects": objects, "arcs": arcs}

    (shape,) = shapes(topology)

    assert shape.polygons() == ((((0, 0), (1, 0), (1, 1), (0, 0)),),)


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("objects-missing", {"objects": None}),
        ("objects-missing", {"objects": [1]}),
        ("arcs-missing", {"arcs": None}),
        ("transform-unreadable", {"transform": 7}),
        ("transform-unreadable", {"transform": {"scale": [1, 1]}}),
        ("transform-unreadable", {"transform": {"scale": [1, "x"], "translate": [0, 0]}}),
        ("feature-unreadable", {"objects": {"a": 7}}),
        ("feature-unreadable", {"objects": {"a": {"type": "GeometryCollection"}}}),
    ],
)
def test_a_broken_topology_is_named(code, changes):
    with pytest.raises(GeometryBroken) as broken:
        list(shapes(a_topology(**changes)))

    assert broken.value.code == code


@pytest.mark.parametrize(
    ("code", "geometry"),
    [
        ("arc-unknown", {"type": "Polygon", "arcs": [[99]]}),
        ("arc-unknown", {"type": "Polygon", "arcs": [[-99]]}),
        ("arc-unknown", {"type": "Polygon", "arcs": [["0"]]}),
        ("arc-unknown", {"type": "Polygon", "arcs": [[True]]}),
        ("arcs-apart", {"type": "Polygon", "arcs": [[0, 3]]}),
        ("ring-open", {"type": "Polygon", "arcs": [[0]]}),
        ("ring-empty", {"type": "Polygon", "arcs": [[]]}),
        ("ring-empty", {"type": "Polygon", "arcs": []}),
        ("ring-empty", {"type": "Polygon"}),
        ("ring-empty", {"type": "MultiPolygon", "arcs": 7}),
        ("ring-empty", {"type": "MultiPolygon", "arcs": [[7]]}),
        ("geometry-not-area", {"type": "LineString", "arcs": [0]}),
        ("geometry-not-area", {"type": None}),
        ("geometry-not-area", {}),
    ],
)
def test_a_broken_geometry_is_named_when_it_is_read(code, geometry):
    (shape,) = shapes(a_topology(objects={"a": geometry}))

    with pytest.raises(GeometryBroken) as broken:
        shape.polygons()

    assert broken.value.code == code


@pytest.mark.parametrize(
    ("code", "arc"),
    [
        ("arc-unreadable", None),
        ("arc-unreadable", [[0, 0]]),
        ("position-unreadable", [[0, 0], [1]]),
        ("position-unreadable", [[0, 0], [1, float("nan")]]),
    ],
)
def test_a_broken_arc_hurts_only_what_uses_it(code, arc):
    topology = a_topology()
    topology["arcs"][0] = arc
    found = by_id(topology)

    with pytest.raises(GeometryBroken) as broken:
        found["west"].polygons()

    assert broken.value.code == code
    assert len(found["east"].polygons()) == 1


def test_collections_may_be_nested_deeper_than_python_calls():
    geometry = {"type": "Polygon", "id": "deep", "arcs": [[0, 1]]}
    for _ in range(50_000):
        geometry = {"type": "GeometryCollection", "geometries": [geometry]}

    (shape,) = shapes(a_topology(objects={"a": geometry}))

    assert shape.code == "deep"
    while geometry.get("geometries"):  # taken apart by hand: Python too would go too deep
        (geometry,) = geometry.pop("geometries")
