"""Loading outlines of counties from the Census Bureau's cartographic boundary files."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tejido.foundation.files import FileRefused
from tejido.geography.domain.boundaries import BoundariesBroken, BoundariesRead, read_boundaries
from tejido.geography.domain.rings import Polygon, box_of
from tejido.geography.domain.simplification import simplified
from tejido.geography.models import County, CountyOutline
from tejido.geography.services.files import read_text

Say = Callable[[str], None]
LARGEST_FILE = 100_000_000
TOLERANCE_M = 200
_FIELDS = ("polygons", "south", "north", "west", "east")
_BROKEN = gettext_lazy(
    "%(path)s: the outline of %(county)s cannot be used: %(fault)s. "
    "Nothing changed. Get the file again, or another one."
)
_FAULTS: dict[str, Promise] = {
    "position-unreadable": gettext_lazy("a position is not two numbers (%(detail)s)"),
    "ring-open": gettext_lazy("a ring does not end where it begins (%(detail)s)"),
    "ring-empty": gettext_lazy("a ring is missing or encloses nothing"),
    "geometry-not-area": gettext_lazy("it is no polygon (%(detail)s)"),
    "arc-unknown": gettext_lazy("there is no arc %(detail)s"),
    "arc-unreadable": gettext_lazy("arc %(detail)s is broken"),
    "arcs-apart": gettext_lazy("arc %(detail)s does not begin where the one before it ends"),
    "outside": gettext_lazy(
        "it lies at %(detail)s, outside California; the file may be projected, in pixels or "
        "metres, and must be in degrees"
    ),
    "county-twice": gettext_lazy("it stands there twice"),
    "county-unknown": gettext_lazy("California has no county with this code"),
}
_SENTENCES: dict[str, Promise] = {
    "document-unknown": gettext_lazy(
        "%(path)s is neither a GeoJSON FeatureCollection nor a TopoJSON Topology. "
        "Found: %(detail)s. Nothing changed. Get the boundaries of counties in one of the two."
    ),
    "features-missing": gettext_lazy(
        "%(path)s has no list of features. Nothing changed. Get the file again."
    ),
    "feature-unreadable": gettext_lazy(
        "%(path)s holds something that is no feature (%(detail)s). "
        "Nothing changed. Get the file again."
    ),
    "objects-missing": gettext_lazy(
        "%(path)s is a topology without objects. Nothing changed. Get the file again."
    ),
    "arcs-missing": gettext_lazy(
        "%(path)s is a topology without arcs. Nothing changed. Get the file again."
    ),
    "transform-unreadable": gettext_lazy(
        "%(path)s is a topology whose transform is broken. Nothing changed. Get the file again."
    ),
    "no-counties": gettext_lazy(
        "%(path)s holds no county of California. Found: %(detail)s. Expected a code such as 06001 "
        "in GEOID, FIPS or id. Nothing changed. Get the boundaries of counties."
    ),
    "too-detailed": gettext_lazy(
        "%(path)s has more than %(detail)s positions in California. Nothing changed. "
        "Get a cartographic boundary file, 1 : 500,000 or smaller."
    ),
    "counties-missing": gettext_lazy(
        "The counties are not loaded yet. Run prepare, then load %(path)s again."
    ),
    "json-broken": gettext_lazy(
        "%(path)s is not whole JSON: line %(line)s cannot be read. Nothing changed. "
        "Get the file again."
    ),
    "json-too-deep": gettext_lazy(
        "%(path)s is nested too deeply to be a map. Nothing changed. Ask its maker what it is."
    ),
}


@dataclass(frozen=True, slots=True)
class BoundariesLoaded:
    """What came of loading outlines.

    Attributes:
        counties: of California in the file.
        missing: names of counties that the file does not have; what was stored of them stays.
        others: shapes of the file that are no county of California.
        without_area: rings that enclose nothing, left out.
        positions_read, positions_kept: before and after simplifying.
    """

    counties: int
    created: int
    updated: int
    missing: tuple[str, ...]
    others: int
    without_area: int
    positions_read: int
    positions_kept: int

    @property
    def unchanged(self) -> int:
        """Return how many stand as before."""
        return self.counties - self.created - self.updated


@transaction.atomic
def load_boundaries(
    *, path: Path, dry_run: bool = False, report: Say = lambda _line: None
) -> BoundariesLoaded:
    """Store the outlines of California's counties that a file holds, simplified by 200 m at most.

    Safe to repeat. One broken outline refuses the whole file: half a map is none.

    Args:
        path: GeoJSON or TopoJSON in degrees, also packed with gzip.
        dry_run: count, change nothing.
        report: told of progress.

    Raises:
        FileRefused: it is no such file, or not whole; nothing changed.
    """
    names = dict(County.objects.order_by("fips").values_list("fips", "name"))
    if not names:
        _refuse("counties-missing", path)
    read = _read(path, names)
    report(_("Simplifying the outlines"))
    outlines = _simplified(read.outlines)
    rows = [_row(fips, polygons) for fips, polygons in sorted(outlines.items())]
    stored = {row[0]: row[1:] for row in CountyOutline.objects.values_list("pk", *_FIELDS)}
    changed = [row for row in rows if stored.get(row.pk) != _values(row)]
    if not dry_run:
        _store(changed)
    return BoundariesLoaded(
        counties=len(rows),
        created=sum(row.pk not in stored for row in changed),
        updated=sum(row.pk in stored for row in changed),
        missing=tuple(name for fips, name in names.items() if fips not in outlines),
        others=read.others,
        without_area=read.without_area,
        positions_read=sum(map(_positions, read.outlines.values())),
        positions_kept=sum(map(_positions, outlines.values())),
    )


def _read(path: Path, names: Mapping[str, str]) -> BoundariesRead:
    try:
        return read_boundaries(_document(path), counties=names)
    except BoundariesBroken as broken:
        _refuse_broken(broken, path, names)


def _document(path: Path) -> Any:
    text = read_text(path, at_most=LARGEST_FILE)
    try:
        return json.loads(text)
    except RecursionError as error:
        _refuse("json-too-deep", path, cause=error)
    except json.JSONDecodeError as error:
        if not text.lstrip().startswith(("{", "[")):
            found = f"“{' '.join(text[:200].split())[:80]}”"
            _refuse("document-unknown", path, cause=error, detail=found)
        _refuse("json-broken", path, cause=error, line=error.lineno)
    except ValueError as error:  # a number of thousands of digits
        _refuse("json-broken", path, cause=error, line=1)


def _refuse_broken(broken: BoundariesBroken, path: Path, names: Mapping[str, str]) -> NoReturn:
    if not broken.county:
        _refuse(broken.code, path, cause=broken, detail=broken.detail or _("nothing"))
    known = names.get(broken.county)
    county = f"{known} ({broken.county})" if known else broken.county
    fault = _FAULTS[broken.code] % {"detail": broken.detail}
    raise FileRefused(broken.code, _BROKEN, path, county=county, fault=fault) from broken


def _refuse(
    code: str, path: Path, *, cause: Exception | None = None, **values: object
) -> NoReturn:
    raise FileRefused(code, _SENTENCES[code], path, **values) from cause


def _simplified(outlines: dict[str, tuple[Polygon, ...]]) -> dict[str, tuple[Polygon, ...]]:
    thin = simplified(list(outlines.values()), tolerance_m=TOLERANCE_M)
    return dict(zip(outlines, thin, strict=True))


def _row(fips: str, polygons: tuple[Polygon, ...]) -> CountyOutline:
    south, north, west, east = box_of(polygons)
    listed = [[[list(position) for position in ring] for ring in part] for part in polygons]
    return CountyOutline(
        county_id=fips, polygons=listed, south=south, north=north, west=west, east=east
    )


def _values(row: CountyOutline) -> tuple[object, ...]:
    return tuple(getattr(row, field) for field in _FIELDS)


def _store(rows: list[CountyOutline]) -> None:
    CountyOutline.objects.bulk_create(
        rows,
        batch_size=100,
        update_conflicts=True,
        unique_fields=["county"],
        update_fields=_FIELDS,
    )


def _positions(polygons: tuple[Polygon, ...]) -> int:
    return sum(len(ring) for polygon in polygons for ring in polygon)
