"""Making the packs that phones keep, at the moment and from the content of a snapshot."""

import gzip
import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import brotli  # type: ignore[import-untyped]  # comes with whitenoise, without types
from django.conf import settings
from django.utils.translation import gettext as _

from tejido.directory.domain.concepts import Concept
from tejido.directory.domain.needs import LANGUAGES
from tejido.directory.domain.patterns import Horizon, Schedule, expand
from tejido.finder.domain.lines import Line
from tejido.finder.domain.pack_search import call_line, place_line, search_lines
from tejido.finder.domain.packs import (
    FORMAT,
    STATEWIDE,
    Codes,
    Entry,
    delta_between,
    line_of,
    listing_line,
    pack_hash,
    pack_text,
    pattern_line,
    pattern_of,
)
from tejido.finder.queries.pack_files import MANIFEST, packs_in
from tejido.geography.domain.places import Place, PlaceKind

# A phone that has one of the last versions gets only what changed.
VERSIONS_KEPT = 3
_GENERATIONS = "generations.json"
_BROTLI_QUALITY = 6
_GZIP_LEVEL = 7


@dataclass
class _Area:
    """What goes into the packs of one area."""

    lines: dict[str, list[tuple[tuple[bool, int, bytes], str]]]
    patterns: dict[str, Schedule] = field(default_factory=dict)
    texts: set[str] = field(default_factory=set)
    is_invented: bool = False


@dataclass
class Shelf:
    """The packs of every area while the listings pass by.

    Attributes:
        concepts, places: of the snapshot.
        calls: lines to call, for every pack.
    """

    concepts: tuple[Concept, ...]
    places: tuple[Place, ...]
    calls: tuple[Line, ...]
    codes: Codes = field(default_factory=Codes)
    areas: dict[str, _Area] = field(default_factory=dict)
    everywhere: list[Entry] = field(default_factory=list)

    def put(self, entry: Entry) -> None:
        """Take a listing into the packs that it belongs to."""
        if entry.anchor is None:
            # Which counties have a pack is known when every listing has passed.
            self.everywhere.append(entry)
        else:
            self._put(entry, [area for area in (STATEWIDE, entry.county) if area])

    def texts(self, horizon: Horizon, *, at: datetime) -> Iterator[tuple[str, str, int, str]]:
        """Yield area, language, number of listings and text of each pack, the statewide first."""
        self.areas.setdefault(STATEWIDE, _empty())
        for entry in self.everywhere:
            self._put(entry, list(self.areas))
        edges: dict[str, str] = {}
        for area in sorted(self.areas, key=lambda area: (area != STATEWIDE, area)):
            for language in LANGUAGES:
                lines = self._lines(area, language, horizon, at, edges)
                yield area, language, len(self.areas[area].lines[language]), pack_text(lines)

    def _put(self, entry: Entry, areas: Iterable[str]) -> None:
        within = [area for area in areas if entry.is_in(area)]
        schedule = pattern_of(entry.listing) if within else None
        pattern = self.codes.of(repr(schedule)) if schedule else ""
        texts = {entry.listing.organization, entry.listing.city} - {""}
        for language in LANGUAGES if within else ():
            line = listing_line(
                entry, language=language, codes=self.codes, numbers=self._numbers, pattern=pattern
            )
            for area in within:
                into = self.areas.setdefault(area, _empty())
                into.lines[language].append((entry.order, line))
                into.texts |= texts
                into.is_invented |= entry.listing.is_invented
                if schedule:
                    into.patterns[pattern] = schedule

    @cached_property
    def _understanding(self) -> dict[str, list[str]]:
        """The lines of a language that are the same in every pack."""
        return {
            each: [",\n".join(search_lines(self.concepts, language=each))] for each in LANGUAGES
        }

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {concept.id: number for number, concept in enumerate(self.concepts)}

    def _lines(
        self, area: str, language: str, horizon: Horizon, at: datetime, edges: dict[str, str]
    ) -> Iterator[Sequence[Any] | str]:
        held = self.areas[area]
        yield ["pack", _head(area, language, held, horizon, at)]
        yield from self._understanding[language]
        yield from (call_line(call, language=language) for call in self.calls)
        for place in self.places:
            if area in {STATEWIDE, place.county_fips} or place.kind is PlaceKind.COUNTY:
                yield place_line(place, language=language)
        for text in sorted(held.texts):
            yield ["text", self.codes.of(text), text]
        for code, schedule in sorted(held.patterns.items()):
            if code not in edges:
                edges[code] = pattern_line(code, schedule, _seconds(schedule, horizon))
            yield edges[code]
        yield from (line for _order, line in sorted(held.lines[language]))


def _empty() -> _Area:
    return _Area({language: [] for language in LANGUAGES})


def _head(area: str, language: str, held: _Area, horizon: Horizon, at: datetime) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "area": area,
        "language": language,
        "built": int(at.timestamp()),
        "begins": int(horizon.begins.timestamp()),
        "ends": int(horizon.ends.timestamp()),
        "zone": settings.TIME_ZONE,
        "invented": int(held.is_invented),
    }


def _seconds(schedule: Schedule, horizon: Horizon) -> list[int]:
    return [int(edge.timestamp()) for span in expand(schedule, horizon) for edge in span]


def publish_packs(
    shelf: Shelf, *, folder: Path, horizon: Horizon, at: datetime, report: Callable[[str], None]
) -> None:
    """Write every pack with what changed since the last ones, then the manifest that names them.

    Args:
        shelf: with every listing.
        folder: of snapshots; packs lie beside them.
        horizon: for which hours are expanded; beyond its end nobody believes them.
        at: when the listings were read.
        report: told how many there are.
    """
    into = packs_in(folder)
    into.mkdir(parents=True, exist_ok=True, mode=0o700)
    earlier = _generations(into)
    packs = [
        _published(into, area=area, language=language, text=text, listings=count, earlier=earlier)
        for area, language, count, text in shelf.texts(horizon, at=at)
    ]
    manifest = {
        "format": FORMAT,
        "built": at.astimezone(UTC).isoformat(),
        "expires": horizon.ends.isoformat(),
        "last_day": horizon.last_day(ZoneInfo(settings.TIME_ZONE)).isoformat(),
        "invented": any(area.is_invented for area in shelf.areas.values()),
        "names": _names(shelf),
        "packs": packs,
    }
    _replace(into / MANIFEST, json.dumps(manifest, separators=(",", ":")))
    _keep_generations(into, packs, earlier)
    report(_("Packs for phones: %(count)s") % {"count": len(packs)})


def _names(shelf: Shelf) -> dict[str, str]:
    """Return what the counties that have a pack are called, without the word."""
    return {
        place.county_fips: place.name.removesuffix(" County")
        for place in shelf.places
        if place.kind is PlaceKind.COUNTY and place.county_fips in shelf.areas
    }


def _published(
    into: Path,
    *,
    area: str,
    language: str,
    text: str,
    listings: int,
    earlier: Sequence[dict[str, str]],
) -> dict[str, Any]:
    name = pack_hash(text)
    size = _write(into, name, text)
    before = [each[f"{area}.{language}"] for each in earlier if f"{area}.{language}" in each]
    return {
        "area": area,
        "language": language,
        "hash": name,
        "listings": listings,
        "bytes": len(text.encode()),
        "gzip": size,
        "deltas": [
            delta
            for old in dict.fromkeys(before)
            if old != name and (delta := _delta(into, old, text, smaller_than=size))
        ],
    }


def _delta(into: Path, old: str, text: str, *, smaller_than: int) -> dict[str, Any] | None:
    """Write what makes the pack of an older one, unless the whole pack is smaller."""
    file = into / f"{old}.json.gz"
    if not file.is_file():
        return None
    delta = delta_between(gzip.decompress(file.read_bytes()).decode(), text)
    if len(gzip.compress(delta.encode())) >= smaller_than:
        return None
    name = pack_hash(delta)
    return {"from": old, "hash": name, "gzip": _write(into, name, delta)}


def _write(into: Path, name: str, text: str) -> int:
    """Write a text compressed in both ways, and return its size by gzip."""
    content = text.encode()
    zipped = gzip.compress(content, compresslevel=_GZIP_LEVEL, mtime=0)
    for ending, packed in (
        ("gz", zipped),
        ("br", brotli.compress(content, quality=_BROTLI_QUALITY)),
    ):
        file = into / f"{name}.json.{ending}"
        if not file.exists():
            draft = into / f"{file.name}.{os.getpid()}.new"
            draft.write_bytes(packed)
            draft.replace(file)
    return len(zipped)


def _replace(file: Path, text: str) -> None:
    draft = file.with_name(f"{file.name}.{os.getpid()}.new")
    draft.write_text(text, encoding="utf-8")
    draft.replace(file)


def _generations(into: Path) -> list[dict[str, str]]:
    """Return the last versions, newest first: `area.language` -> hash."""
    file = into / _GENERATIONS
    return list(json.loads(file.read_text())) if file.is_file() else []


def _keep_generations(
    into: Path, packs: Sequence[dict[str, Any]], earlier: Sequence[dict[str, str]]
) -> None:
    now = {f"{pack['area']}.{pack['language']}": pack["hash"] for pack in packs}
    kept = [now, *(each for each in earlier if each != now)][:VERSIONS_KEPT]
    _replace(into / _GENERATIONS, line_of(kept))
    used = {name for each in kept for name in each.values()}
    used |= {delta["hash"] for pack in packs for delta in pack["deltas"]}
    for file in into.glob("*.json.*"):
        if file.name.split(".")[0] not in used:
            file.unlink(missing_ok=True)
