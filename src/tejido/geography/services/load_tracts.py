"""Loading census tracts from the Census Bureau's Centers of Population."""

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tejido.foundation.files import FileRefused
from tejido.geography.domain.tracts import (
    BLOCK_GROUP,
    EXPECTED,
    RowProblem,
    TractFact,
    TractsRead,
    is_tract_table,
    read_tracts,
)
from tejido.geography.models import County, Tract
from tejido.geography.services.files import read_text

Say = Callable[[str], None]
LARGEST_FILE = 64_000_000
_BATCH = 1_000
_FIELDS = ("county_id", "population", "latitude", "longitude")
_SENTENCES: dict[str, Promise] = {
    "table-not-tracts": gettext_lazy(
        "%(path)s is not a table of tracts. Found: %(found)s. Expected the columns %(expected)s. "
        "Nothing changed. Get the file of Centers of Population by tract (CenPop2020_Mean_TR06)."
    ),
    "table-block-groups": gettext_lazy(
        "%(path)s holds block groups, which are parts of tracts. Nothing changed. Get the file of "
        "Centers of Population by tract (CenPop2020_Mean_TR06)."
    ),
    "table-broken": gettext_lazy(
        "Line %(row)s of %(path)s cannot be read: a quotation mark may be missing. "
        "Nothing changed. Get the file again."
    ),
    "table-not-california": gettext_lazy(
        "%(path)s holds no tract of California, but %(count)s rows of other states. "
        "Nothing changed. Get the file of California (CenPop2020_Mean_TR06)."
    ),
    "table-no-rows": gettext_lazy(
        "%(path)s has a header and no rows. Nothing changed. Get the file again."
    ),
    "counties-missing": gettext_lazy(
        "The counties are not loaded yet. Run prepare, then load %(path)s again."
    ),
}


@dataclass(frozen=True, slots=True)
class CountyDifference:
    """A county whose tracts do not add up to its people of 2020."""

    name: str
    tracts: int
    people: int
    people_2020: int


@dataclass(frozen=True, slots=True)
class TractsLoaded:
    """What came of loading tracts.

    Attributes:
        tracts, people: of California in the file.
        vanished: stored before in a county of the file, and not in the file; kept unless replaced.
        is_replaced: what vanished was removed.
        problems: rows that were left out, in the order of the file.
        left_out: rows of other states.
        mended: rows whose lost leading zeros were put back.
        differences: counties of the file whose tracts do not add up.
    """

    tracts: int
    people: int
    created: int
    updated: int
    vanished: tuple[str, ...]
    is_replaced: bool
    problems: tuple[RowProblem, ...]
    left_out: int
    mended: int
    differences: tuple[CountyDifference, ...]

    @property
    def unchanged(self) -> int:
        """Return how many stand as before."""
        return self.tracts - self.created - self.updated


@dataclass(frozen=True, slots=True)
class _Change:
    created: list[TractFact]
    updated: list[TractFact]
    vanished: list[str]


@transaction.atomic
def load_tracts(
    *, path: Path, replace: bool = False, dry_run: bool = False, report: Say = lambda _line: None
) -> TractsLoaded:
    """Store the tracts of California that a file of Centers of Population holds.

    Safe to repeat. Rows that cannot be used are left out and listed; the rest is stored.

    Args:
        path: a text file with a header, also packed with gzip.
        replace: remove stored tracts of the file's counties that the file does not have; not
            done while any row has a problem, since the missing one may be that row.
        dry_run: count and list, change nothing.
        report: told of progress.

    Raises:
        FileRefused: it is no such file; nothing changed.
    """
    counties = {county.fips: county for county in County.objects.order_by("fips")}
    if not counties:
        raise _refused("counties-missing", path)
    read = _read(path, counties)
    change = _change(read.tracts)
    is_replaced = replace and not read.problems
    if not dry_run:
        _store([*change.created, *change.updated], report)
        if is_replaced and change.vanished:
            Tract.objects.filter(geoid__in=change.vanished).delete()
    return TractsLoaded(
        tracts=len(read.tracts),
        people=sum(tract.population for tract in read.tracts.values()),
        created=len(change.created),
        updated=len(change.updated),
        vanished=tuple(change.vanished),
        is_replaced=is_replaced,
        problems=tuple(read.problems),
        left_out=read.left_out,
        mended=read.mended,
        differences=tuple(_differences(read, counties)),
    )


def _read(path: Path, counties: dict[str, County]) -> TractsRead:
    columns, rows = _table(path, read_text(path, at_most=LARGEST_FILE))
    read = read_tracts(columns, rows, counties=counties)
    if not read.tracts and not read.problems:
        if read.left_out:
            raise _refused("table-not-california", path, count=f"{read.left_out:,}")
        raise _refused("table-no-rows", path)
    return read


def _table(path: Path, text: str) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    header = text[:10_000].lstrip().partition("\n")[0]
    if header.startswith(("{", "[")):
        raise _not_tracts(path, header)
    marks = Counter(mark for mark in header if mark in ",;\t|")
    mark = marks.most_common(1)[0][0] if marks else ","
    rows = _rows(path, csv.reader(StringIO(text, newline=""), delimiter=mark, strict=True))
    _number, cells = next(rows, (1, []))
    columns = [cell.strip().upper() for cell in cells]
    if BLOCK_GROUP in columns:
        raise _refused("table-block-groups", path)
    if not is_tract_table(columns):
        raise _not_tracts(path, header)
    return columns, rows


def _rows(path: Path, rows: Iterable[list[str]]) -> Iterator[tuple[int, list[str]]]:
    reader = iter(rows)
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise _refused("table-broken", path, row=_line(reader)) from error
        if any(cell.strip() for cell in cells):
            yield _line(reader), cells


def _line(reader: object) -> int:
    return int(getattr(reader, "line_num", 1))


def _not_tracts(path: Path, header: str) -> FileRefused:
    shown = " ".join(header[:500].split())[:120]
    found = f"“{shown}”" if shown else _("nothing")
    return _refused("table-not-tracts", path, found=found, expected=", ".join(EXPECTED))


def _change(tracts: dict[str, TractFact]) -> _Change:
    counties = {tract.county_fips for tract in tracts.values()}
    stored = {
        row[0]: row[1:]
        for row in Tract.objects.filter(county_id__in=counties).values_list("geoid", *_FIELDS)
    }
    return _Change(
        created=[tract for geoid, tract in tracts.items() if geoid not in stored],
        updated=[
            tract
            for geoid, tract in tracts.items()
            if geoid in stored and stored[geoid] != _values(tract)
        ],
        vanished=sorted(stored.keys() - tracts.keys()),
    )


def _values(tract: TractFact) -> tuple[object, ...]:
    return tract.county_fips, tract.population, tract.latitude, tract.longitude


def _store(tracts: list[TractFact], report: Say) -> None:
    for start in range(0, len(tracts), _BATCH):
        batch = tracts[start : start + _BATCH]
        Tract.objects.bulk_create(
            [
                Tract(geoid=tract.geoid, **dict(zip(_FIELDS, _values(tract), strict=True)))
                for tract in batch
            ],
            update_conflicts=True,
            unique_fields=["geoid"],
            update_fields=_FIELDS,
        )
        done = {"done": f"{start + len(batch):,}", "all": f"{len(tracts):,}"}
        report(_("%(done)s of %(all)s tracts written") % done)


def _differences(read: TractsRead, counties: dict[str, County]) -> Iterator[CountyDifference]:
    people: Counter[str] = Counter()
    tracts: Counter[str] = Counter()
    for tract in read.tracts.values():
        people[tract.county_fips] += tract.population
        tracts[tract.county_fips] += 1
    for fips in sorted(tracts):
        county = counties[fips]
        if people[fips] != county.population_2020:
            yield CountyDifference(county.name, tracts[fips], people[fips], county.population_2020)


def _refused(code: str, path: Path, **values: object) -> FileRefused:
    return FileRefused(code, _SENTENCES[code], path, **values)
