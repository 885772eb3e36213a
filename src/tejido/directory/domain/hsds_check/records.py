"""One object of JSON with everything in it, against the description of HSDS."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tejido.directory.domain.hsds.tabular import TABLES
from tejido.directory.domain.hsds_check.alone import alone_faults
from tejido.directory.domain.hsds_check.fields import (
    KINDS,
    LINKS,
    LISTS,
    MAY_BE_EMPTY,
    NESTED,
    REQUIRED,
)
from tejido.directory.domain.hsds_check.findings import Fault, is_blank
from tejido.directory.domain.hsds_check.sense import sense_faults
from tejido.directory.domain.hsds_check.terms import right_term
from tejido.directory.domain.hsds_check.values import is_uuid, value_faults

MAX_DEPTH = 20
# What a rule about an object that is not there needs to know of one feed: 8 bytes an id.
_LINKED = frozenset(target for links in LINKS.values() for target in links.values())


@dataclass(slots=True)
class Met:
    """The ids that one feed has, and those that it names.

    Attributes:
        ids: table -> hashes of the ids that stand in the feed.
        named: (table, hash) -> the first place that names it, and the id itself.
    """

    ids: dict[str, set[int]] = field(default_factory=dict)
    named: dict[tuple[str, int], tuple[str, int | None, str, str]] = field(default_factory=dict)

    def have(self, table: str, key: str) -> bool:
        """Remember an id; say whether it was there before."""
        known = self.ids.setdefault(table, set())
        mark = hash(key)
        was_there = mark in known
        known.add(mark)
        return was_there

    def name(self, table: str, key: str, place: tuple[str, int | None, str]) -> None:
        """Remember that something names an object of that kind."""
        mark = hash(key)
        if mark not in self.ids.get(table, ()):
            self.named.setdefault((table, mark), (*place, key))

    def missing(self) -> Iterator[tuple[str, int | None, Fault]]:
        """Return each object that is named and is not there, with the first place."""
        for (table, mark), (where, row, at, key) in self.named.items():
            if mark not in self.ids.get(table, ()):
                yield where, row, Fault("reference-missing", at, key)


@dataclass(slots=True)
class Walk:
    """Goes through objects of JSON.

    Attributes:
        today: days after it have not come.
        met: which ids there are, and which are named.
        where, row: of the object at hand.
    """

    today: date
    met: Met
    where: str = ""
    row: int | None = None

    def faults(self, table: str, record: Any, at: str = "") -> Iterator[Fault]:
        """Return what is wrong with an object that stands by itself."""
        if not isinstance(record, dict):
            yield Fault("unknown-object", at, record)
            return
        yield from _alone(table, record, at)
        yield from self._object(table, record, at, 0)

    def _object(
        self, table: str, record: Mapping[str, Any], at: str, depth: int
    ) -> Iterator[Fault]:
        if depth > MAX_DEPTH:
            yield Fault("too-deep", at)
            return
        self._meet(table, record, at)
        yield from _required(table, record, at)
        for name, value in record.items():
            yield from self._field(table, name, value, at, depth)
        for fault in sense_faults(table, record, self.today):
            yield fault._replace(at=f"{at}/{fault.at}")
        for fault in alone_faults(table, record):
            yield fault._replace(at=f"{at}/{fault.at or 'attributes'}")
        yield from _owners(table, record, at)

    def _field(self, table: str, name: str, value: Any, at: str, depth: int) -> Iterator[Fault]:
        here = f"{at}/{name}"
        if name in KINDS[table]:
            for fault in value_faults(table, name, value):
                yield fault._replace(at=here)
        elif name in LISTS[table]:
            yield from self._list(LISTS[table][name], value, here, depth)
        elif name in NESTED.get(table, {}):
            yield from self._one(NESTED[table][name], value, here, depth)
        elif (right := right_term(table, name)) is not None and right not in (None, name):
            yield Fault("home-made-term", here, f"{name} → {right}")

    def _list(self, table: str, value: Any, at: str, depth: int) -> Iterator[Fault]:
        if not isinstance(value, list):
            yield Fault("null-value" if value is None else "wrong-type", at, value)
            return
        for number, each in enumerate(value):
            yield from self._one(table, each, f"{at}/{number}", depth)

    def _one(self, table: str, value: Any, at: str, depth: int) -> Iterator[Fault]:
        if isinstance(value, dict):
            yield from self._object(table, value, at, depth + 1)
        else:
            yield Fault("null-value" if value is None else "wrong-type", at, value)

    def _meet(self, table: str, record: Mapping[str, Any], at: str) -> None:
        key = record.get("id")
        if table in _LINKED and isinstance(key, str):
            self.met.have(table, key)
        for column, target in LINKS.get(table, {}).items():
            if is_uuid(record.get(column)):
                self.met.name(target, record[column], (self.where, self.row, f"{at}/{column}"))


def _required(table: str, record: Mapping[str, Any], at: str) -> Iterator[Fault]:
    for name in REQUIRED[table]:
        if name not in record:
            yield Fault("required-missing", f"{at}/{name}")
        elif (table, name) not in MAY_BE_EMPTY and is_blank(record[name]):
            yield Fault("required-empty", f"{at}/{name}", record[name])


def _owners(table: str, record: Mapping[str, Any], at: str) -> Iterator[Fault]:
    """Return children that name another owner than the one in which they stand."""
    key, column = record.get("id"), f"{table}_id"
    for name, child in LISTS[table].items():
        values = record.get(name)
        if not isinstance(values, list) or column not in TABLES[child].columns:
            continue
        for number, each in enumerate(values):
            said = each.get(column) if isinstance(each, dict) else None
            if isinstance(said, str) and said and said != key:
                yield Fault("reference-other-owner", f"{at}/{name}/{number}/{column}", said)
    for name in NESTED.get(table, {}):
        inner, said = record.get(name), record.get(f"{name}_id")
        if isinstance(inner, dict) and isinstance(said, str) and said != inner.get("id"):
            yield Fault("reference-other-owner", f"{at}/{name}_id", said)


def _alone(table: str, record: Mapping[str, Any], at: str) -> Iterator[Fault]:
    """Return what an object lacks that stands in no other."""
    if table == "service" and not record.keys() & {"organization", "organization_id"}:
        yield Fault("service-without-organization", f"{at}/organization")
    if table == "service_at_location" and not record.keys() & {"location", "location_id"}:
        yield Fault("place-without-location", f"{at}/location")
