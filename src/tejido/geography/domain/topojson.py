"""The geometries of a TopoJSON topology, with its arcs decoded.

Source: docs/sources.md#topojson
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from tejido.geography.domain.rings import (
    GeometryBroken,
    Polygon,
    Position,
    Ring,
    Shape,
    closed,
    position_of,
)


def shapes(topology: Mapping[str, Any]) -> Iterator[Shape]:
    """Yield each geometry of a topology, those inside collections too.

    Its arcs are decoded when its polygons are asked for, so that a broken arc hurts only the
    geometries that use it.

    Raises:
        GeometryBroken: `objects-missing`, `arcs-missing`, `feature-unreadable`,
            `transform-unreadable`.
    """
    objects = topology.get("objects")
    if not isinstance(objects, dict):
        raise GeometryBroken("objects-missing")
    arcs = Arcs(topology)
    for layer, geometry in objects.items():
        for each in _leaves(geometry):
            properties = each.get("properties")
            yield Shape(
                layer=layer,
                code=each.get("id"),
                properties=properties if isinstance(properties, dict) else {},
                polygons=partial(_polygons, each, arcs),
            )


class Arcs:
    """The lines that geometries share, each decoded once."""

    def __init__(self, topology: Mapping[str, Any]) -> None:
        """Take the arcs and the transform of a topology."""
        arcs = topology.get("arcs")
        if not isinstance(arcs, list):
            raise GeometryBroken("arcs-missing")
        self._arcs: Sequence[Any] = arcs
        self._transform = _transform(topology.get("transform"))
        self._decoded: dict[int, tuple[Position, ...]] = {}

    def line(self, index: Any) -> tuple[Position, ...]:
        """Return an arc; `~index`, which is negative, is that arc backwards.

        Raises:
            GeometryBroken: `arc-unknown` or `arc-unreadable`.
        """
        if isinstance(index, bool) or not isinstance(index, int):
            raise GeometryBroken("arc-unknown", repr(index)[:40])
        at = index if index >= 0 else ~index
        if at >= len(self._arcs):
            raise GeometryBroken("arc-unknown", str(index)[:40])
        if at not in self._decoded:
            self._decoded[at] = self._decode(at)
        line = self._decoded[at]
        return line if index >= 0 else line[::-1]

    def _decode(self, at: int) -> tuple[Position, ...]:
        arc = self._arcs[at]
        if not isinstance(arc, list) or len(arc) < 2:
            raise GeometryBroken("arc-unreadable", str(at))
        if self._transform is None:
            return tuple(position_of(position) for position in arc)
        (kx, ky), (dx, dy) = self._transform
        # Quantised arcs hold the first position and then the steps from one to the next.
        x = y = 0.0
        line = []
        for step in arc:
            east, north = position_of(step)
            x, y = x + east, y + north
            line.append((x * kx + dx, y * ky + dy))
        return tuple(line)


def _transform(transform: Any) -> tuple[Position, Position] | None:
    if transform is None:
        return None
    if not isinstance(transform, dict):
        raise GeometryBroken("transform-unreadable")
    try:
        return position_of(transform.get("scale")), position_of(transform.get("translate"))
    except GeometryBroken as broken:
        raise GeometryBroken("transform-unreadable", broken.detail) from broken


def _leaves(geometry: Any) -> Iterator[Mapping[str, Any]]:
    """Yield what is no collection, in order, however deep collections are nested."""
    waiting = [geometry]
    while waiting:
        each = waiting.pop()
        if not isinstance(each, dict):
            raise GeometryBroken("feature-unreadable", repr(each)[:40])
        if each.get("type") != "GeometryCollection":
            yield each
            continue
        inside = each.get("geometries")
        if not isinstance(inside, list):
            raise GeometryBroken("feature-unreadable", "geometries")
        waiting.extend(reversed(inside))


def _polygons(geometry: Mapping[str, Any], arcs: Arcs) -> tuple[Polygon, ...]:
    kind = geometry.get("type")
    if kind not in ("Polygon", "MultiPolygon"):
        raise GeometryBroken("geometry-not-area", str(kind)[:40])
    parts = geometry.get("arcs")
    listed = [parts] if kind == "Polygon" else parts
    if not isinstance(listed, list):
        raise GeometryBroken("ring-empty")
    return tuple(_polygon(part, arcs) for part in listed)


def _polygon(rings: Any, arcs: Arcs) -> Polygon:
    if not isinstance(rings, list) or not rings:
        raise GeometryBroken("ring-empty")
    return tuple(_ring(ring, arcs) for ring in rings)


def _ring(indexes: Any, arcs: Arcs) -> Ring:
    """Return the arcs joined; each begins where the one before it ended."""
    if not isinstance(indexes, list):
        raise GeometryBroken("ring-empty")
    ring: list[Position] = []
    for index in indexes:
        line = arcs.line(index)
        if ring and ring[-1] != line[0]:
            raise GeometryBroken("arcs-apart", str(index))
        ring.extend(line[1:] if ring else line)
    return closed(ring)
