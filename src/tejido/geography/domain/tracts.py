"""Reading the Census Bureau's Centers of Population: rows into tracts, or what is wrong with them.

Source: docs/sources.md#census-centers-of-population
"""

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from tejido.geography.domain.california import STATE_FIPS, is_in_california

PARTS = ("STATEFP", "COUNTYFP", "TRACTCE")
WIDTHS = {"STATEFP": 2, "COUNTYFP": 3, "TRACTCE": 6, "GEOID": 11}
FACTS = ("POPULATION", "LATITUDE", "LONGITUDE")
EXPECTED = (*PARTS, *FACTS)
# A column that only the file of block groups has: its rows are parts of tracts.
BLOCK_GROUP = "BLKGRPCE"
MOST_PEOPLE = 1_000_000
_NUMBER = re.compile(r"[+-]?\d{1,3}(?:\.\d{1,20})?", re.ASCII)


class RowFault(StrEnum):
    """Why a row was left out."""

    SHORT = "row-short"
    GEOID_UNREADABLE = "geoid-unreadable"
    GEOID_DIFFERS = "geoid-differs"
    GEOID_REPEATED = "geoid-repeated"
    COUNTY_UNKNOWN = "county-unknown"
    POPULATION_UNREADABLE = "population-unreadable"
    POINT_UNREADABLE = "point-unreadable"
    POINT_SWAPPED = "point-swapped"
    POINT_EAST = "point-east"
    POINT_OUTSIDE = "point-outside"


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A row that was left out: its line in the file, the field, what it says, and why."""

    row: int
    field: str
    value: str
    fault: RowFault


@dataclass(frozen=True, slots=True)
class TractFact:
    """A tract of California: 11 digits, people, and their centre in degrees."""

    geoid: str
    population: int
    latitude: float
    longitude: float

    @property
    def county_fips(self) -> str:
        """Return the code of its county."""
        return self.geoid[:5]


@dataclass(slots=True)
class TractsRead:
    """What a file says.

    Attributes:
        tracts: of California, by GEOID in the order of the file.
        problems: rows of California, or of no state, that were left out.
        left_out: rows of other states.
        mended: rows whose codes had lost their leading zeros, put back.
    """

    tracts: dict[str, TractFact] = field(default_factory=dict)
    problems: list[RowProblem] = field(default_factory=list)
    left_out: int = 0
    mended: int = 0


class _Faulty(Exception):
    def __init__(self, name: str, value: str, fault: RowFault) -> None:
        super().__init__(name, value, fault)
        self.name, self.value, self.fault = name, value, fault


def is_tract_table(columns: Container[str]) -> bool:
    """Return whether columns (in capitals) are those of centres of tracts."""
    has_code = "GEOID" in columns or all(part in columns for part in PARTS)
    return has_code and all(fact in columns for fact in FACTS) and BLOCK_GROUP not in columns


def read_tracts(
    columns: Sequence[str], rows: Iterable[tuple[int, Sequence[str]]], *, counties: Container[str]
) -> TractsRead:
    """Return the tracts of California, and what is wrong with the other rows.

    Args:
        columns: names in capitals; `is_tract_table` holds for them.
        rows: line number and cells of each row.
        counties: the FIPS codes of California's counties.
    """
    read = TractsRead()
    for number, cells in rows:
        row = dict(zip(columns, (cell.strip() for cell in cells), strict=False))
        try:
            _check_length(cells, columns)
            _read_row(row, counties, read)
        except _Faulty as faulty:
            read.problems.append(RowProblem(number, faulty.name, faulty.value[:80], faulty.fault))
    return read


def _check_length(cells: Sequence[str], columns: Sequence[str]) -> None:
    if len(cells) < len(columns):
        raise _Faulty("", ", ".join(cells), RowFault.SHORT)


def _read_row(row: Mapping[str, str], counties: Container[str], read: TractsRead) -> None:
    geoid, is_mended = _geoid(row)
    if not geoid.startswith(STATE_FIPS):
        read.left_out += 1
        return
    if geoid[:5] not in counties:
        raise _Faulty("GEOID", geoid, RowFault.COUNTY_UNKNOWN)
    if geoid in read.tracts:
        raise _Faulty("GEOID", geoid, RowFault.GEOID_REPEATED)
    read.tracts[geoid] = TractFact(geoid, _people(row["POPULATION"]), *_point(row))
    read.mended += is_mended


def _geoid(row: Mapping[str, str]) -> tuple[str, bool]:
    """Return the code of 11 digits, and whether leading zeros had to be put back."""
    found = []
    if all(part in row for part in PARTS):
        found.append("".join(_digits(part, row[part]) for part in PARTS))
    if "GEOID" in row:
        found.append(_digits("GEOID", row["GEOID"]))
    if len(set(found)) > 1:
        raise _Faulty("GEOID", row["GEOID"], RowFault.GEOID_DIFFERS)
    short = any(len(row[name]) < width for name, width in WIDTHS.items() if name in row)
    return found[0], short


def _digits(name: str, value: str) -> str:
    is_code = value.isascii() and value.isdigit() and len(value) <= WIDTHS[name]
    if not is_code or (name == "GEOID" and len(value) < WIDTHS[name] - 1):
        raise _Faulty(name, value, RowFault.GEOID_UNREADABLE)
    return value.zfill(WIDTHS[name])


def _people(value: str) -> int:
    if not (value.isascii() and value.isdigit() and len(value) < 9) or int(value) > MOST_PEOPLE:
        raise _Faulty("POPULATION", value, RowFault.POPULATION_UNREADABLE)
    return int(value)


def _point(row: Mapping[str, str]) -> tuple[float, float]:
    latitude, longitude = (_degrees(name, row[name]) for name in ("LATITUDE", "LONGITUDE"))
    if is_in_california(latitude, longitude):
        return latitude, longitude
    said = f"{row['LATITUDE']}, {row['LONGITUDE']}"
    if is_in_california(longitude, latitude):
        raise _Faulty("LATITUDE, LONGITUDE", said, RowFault.POINT_SWAPPED)
    if is_in_california(latitude, -longitude):
        raise _Faulty("LONGITUDE", row["LONGITUDE"], RowFault.POINT_EAST)
    raise _Faulty("LATITUDE, LONGITUDE", said, RowFault.POINT_OUTSIDE)


def _degrees(name: str, value: str) -> float:
    if not _NUMBER.fullmatch(value):
        raise _Faulty(name, value, RowFault.POINT_UNREADABLE)
    return float(value)
