"""The features of a GeoJSON FeatureCollection.

Source: docs/sources.md#geojson
"""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from tejido.geography.domain.rings import GeometryBroken, Polygon, Ring, Shape, closed, position_of


def shapes(collection: Mapping[str, Any]) -> Iterator[Shape]:
    """Yield each feature of a FeatureCollection; its geometry is read when asked for.

    Raises:
        GeometryBroken: `features-missing`, `feature-unreadable`.
    """
    features = collection.get("features")
    if not isinstance(features, list):
        raise GeometryBroken("features-missing")
    for number, feature in enumerate(features, start=1):
        if not isinstance(feature, dict):
            raise GeometryBroken("feature-unreadable", str(number))
        properties = feature.get("properties")
        yield Shape(
            layer="",
            code=feature.get("id"),
            properties=properties if isinstance(properties, dict) else {},
            polygons=partial(polygons_of, feature.get("geometry")),
        )


def polygons_of(geometry: Any) -> tuple[Polygon, ...]:
    """Return the polygons of a Polygon or MultiPolygon, each with its outer ring first.

    Raises:
        GeometryBroken: it is none, or one of its rings is broken.
    """
    kind = geometry.get("type") if isinstance(geometry, dict) else geometry
    if not isinstance(geometry, dict) or kind not in ("Polygon", "MultiPolygon"):
        raise GeometryBroken("geometry-not-area", str(kind)[:40])
    parts = geometry.get("coordinates")
    listed = [parts] if kind == "Polygon" else parts
    if not isinstance(listed, list):
        raise GeometryBroken("ring-empty")
    return tuple(_polygon(part) for part in listed)


def _polygon(rings: Any) -> Polygon:
    if not isinstance(rings, list) or not rings:
        raise GeometryBroken("ring-empty")
    return tuple(_ring(ring) for ring in rings)


def _ring(positions: Any) -> Ring:
    if not isinstance(positions, list):
        raise GeometryBroken("ring-empty")
    return closed([position_of(position) for position in positions])
