"""Counties of California in a file of boundaries, GeoJSON or TopoJSON.

Source: docs/sources.md#census-cartographic-boundaries
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tejido.geography.domain import geojson, topojson
from tejido.geography.domain.california import EAST, NORTH, SOUTH, STATE_FIPS, WEST
from tejido.geography.domain.rings import GeometryBroken, Polygon, Shape, box_of, with_area

MOST_POSITIONS = 1_000_000
# The first of these that a feature has decides; the Bureau changed the name over the years.
_NAMES = ("GEOID", "FIPS", "GEO_ID", "AFFGEOID", "GEOIDFQ", "GEOID20", "GEOID10", "ID")
_CODE = re.compile(r"(?:050\d{2,4}US)?(\d{5})|(\d{4})", re.ASCII)


class BoundariesBroken(Exception):
    """A file that gives no outlines.

    Attributes:
        code: why.
        county: the code of the county it is about, '' for the whole file.
        detail: where, or what was found.
    """

    def __init__(self, code: str, *, county: str = "", detail: str = "") -> None:
        """Keep all three."""
        super().__init__(code, county, detail)
        self.code = code
        self.county = county
        self.detail = detail


@dataclass(frozen=True, slots=True)
class BoundariesRead:
    """What a file holds.

    Attributes:
        outlines: county code -> polygons.
        others: shapes that are no county of California.
        without_area: rings that enclose nothing, left out.
    """

    outlines: dict[str, tuple[Polygon, ...]]
    others: int
    without_area: int


def read_boundaries(document: Any, *, counties: Mapping[str, str]) -> BoundariesRead:
    """Return the outlines of California's counties, as the file has them.

    Args:
        document: the JSON of the file.
        counties: code -> name of those that exist.

    Raises:
        BoundariesBroken: it is no such file, or the outline of a county cannot be used.
    """
    try:
        shapes = list(_shapes(document))
    except GeometryBroken as broken:
        raise BoundariesBroken(broken.code, detail=broken.detail) from broken
    coded = [(county_code(shape), shape) for shape in shapes]
    chosen = _best_layer((code, shape) for code, shape in coded if _is_ours(code))
    if not chosen:
        raise BoundariesBroken("no-counties", detail=_seen(shapes))
    outlines = {code: _outline(code, shape, counties) for code, shape in _once(chosen)}
    if sum(map(_positions, outlines.values())) > MOST_POSITIONS:
        raise BoundariesBroken("too-detailed", detail=f"{MOST_POSITIONS:,}")
    return _without_slivers(outlines, others=len(shapes) - len(outlines))


def county_code(shape: Shape) -> str | None:
    """Return the five digits of a county, from its properties or its id, or None.

    `06001`, `6001` (a number that lost its zero) and `0500000US06001` are one. A code of another
    length, such as that of a tract, is no county.
    """
    properties = {str(name).upper(): value for name, value in shape.properties.items()}
    codes = [properties[name] for name in _NAMES if properties.get(name) not in (None, "")]
    if not codes and {"STATEFP", "COUNTYFP"} <= properties.keys():
        codes = [f"{properties['STATEFP']}{properties['COUNTYFP']}"]
    value = [*codes, shape.code][0]
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    found = _CODE.fullmatch(str(value)[:20].strip())
    return (found[1] or f"0{found[2]}") if found else None


def _shapes(document: Any) -> Iterator[Shape]:
    kind = document.get("type") if isinstance(document, dict) else type(document).__name__
    if kind == "FeatureCollection":
        return geojson.shapes(document)
    if kind == "Topology":
        return topojson.shapes(document)
    raise GeometryBroken("document-unknown", str(kind)[:40])


def _is_ours(code: str | None) -> bool:
    return code is not None and code.startswith(STATE_FIPS)


def _best_layer(coded: Iterable[tuple[str | None, Shape]]) -> list[tuple[str, Shape]]:
    """Return the shapes of the layer that has most of them."""
    layers: dict[str, list[tuple[str, Shape]]] = {}
    for code, shape in coded:
        if code:
            layers.setdefault(shape.layer, []).append((code, shape))
    return max(layers.values(), key=len, default=[])


def _once(coded: Iterable[tuple[str, Shape]]) -> Iterator[tuple[str, Shape]]:
    seen = set()
    for code, shape in coded:
        if code in seen:
            raise BoundariesBroken("county-twice", county=code)
        seen.add(code)
        yield code, shape


def _outline(code: str, shape: Shape, counties: Mapping[str, str]) -> tuple[Polygon, ...]:
    if code not in counties:
        raise BoundariesBroken("county-unknown", county=code)
    try:
        polygons = shape.polygons()
    except GeometryBroken as broken:
        raise BoundariesBroken(broken.code, county=code, detail=broken.detail) from broken
    if not with_area(polygons):
        raise BoundariesBroken("ring-empty", county=code)
    south, north, west, east = box_of(polygons)
    # Written so that NaN is outside too.
    if not (south >= SOUTH and north <= NORTH and west >= WEST and east <= EAST):
        raise BoundariesBroken("outside", county=code, detail=f"{west:g}, {south:g}")
    return polygons


def _without_slivers(outlines: dict[str, tuple[Polygon, ...]], *, others: int) -> BoundariesRead:
    kept = {code: with_area(polygons) for code, polygons in outlines.items()}
    lost = sum(map(_rings, outlines.values())) - sum(map(_rings, kept.values()))
    return BoundariesRead(kept, others, lost)


def _rings(polygons: tuple[Polygon, ...]) -> int:
    return sum(map(len, polygons))


def _positions(polygons: tuple[Polygon, ...]) -> int:
    return sum(len(ring) for polygon in polygons for ring in polygon)


def _seen(shapes: list[Shape]) -> str:
    """Return the first shape's code or properties, to say what the file holds instead."""
    if not shapes:
        return ""
    first = shapes[0]
    said = [f"{name}={value}" for name, value in list(first.properties.items())[:4]]
    return ", ".join(said or [f"id={first.code}"])[:120]
