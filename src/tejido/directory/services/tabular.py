"""The tables of an HSDS data package put together into records, however many there are."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tejido.directory.domain.cleaning import is_too_deep
from tejido.directory.domain.hsds.records import Known, RecordKind
from tejido.directory.domain.hsds.tabular import ANY_OWNER, OTHER, SINGLE, TABLES, Table, value_of
from tejido.directory.domain.issues import IssueCode
from tejido.directory.domain.reading import Reading

SCHEMA = """
CREATE TABLE item (place INTEGER PRIMARY KEY, kind TEXT, id TEXT, number INTEGER, body TEXT);
CREATE TABLE link (child INTEGER, column TEXT, owner_kind TEXT, owner TEXT, found INTEGER);
"""
INDEXES = """
CREATE INDEX item_by_id ON item (kind, id);
CREATE INDEX item_by_any_id ON item (id);
UPDATE link SET found = EXISTS (
    SELECT 1 FROM item WHERE item.kind = link.owner_kind AND item.id = link.owner);
CREATE INDEX link_by_owner ON link (owner_kind, owner);
CREATE INDEX link_by_child ON link (child);
"""
# Links of the tables that every record is put together around.
CORE = {
    "service": {"organization_id": "organization"},
    "service_at_location": {"service_id": "service", "location_id": "location"},
}
MAX_NESTED = 8


@dataclass(frozen=True, slots=True)
class Item:
    """One row: where it was put, its kind, id, row number in its file, and fields."""

    place: int
    kind: str
    id: str
    number: int
    fields: Mapping[str, Any]


@dataclass(slots=True)
class Joined:
    """Rows of all tables in a file of its own, to be asked for by owner.

    The file lies in a folder of this process and goes with it: rows may name people.
    """

    reading: Reading
    folder: TemporaryDirectory[str] = field(default_factory=TemporaryDirectory)
    base: sqlite3.Connection = field(init=False)

    def __post_init__(self) -> None:
        """Open the file; nothing in it needs to outlive a crash."""
        self.base = sqlite3.connect(Path(self.folder.name) / "rows.sqlite")
        self.base.executescript(f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; {SCHEMA}")

    def __enter__(self) -> "Joined":
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Remove the file."""
        self.base.close()
        self.folder.cleanup()

    def put(self, table: Table, rows: Iterable[tuple[int, Mapping[str, Any]]]) -> None:
        """Put the numbered rows of one table in; a second row with the same id is left out."""
        met: set[str] = set()
        for number, row in rows:
            self.reading.begin(number)
            key = str(row.get("id") or "")
            if key and key in met:
                self.reading.note(IssueCode.ID_REPEATED, f"{table.file}.id", key)
                continue
            met.add(key)
            self._put(table, number, key, dict(row))

    def _put(self, table: Table, number: int, key: str, row: dict[str, Any]) -> None:
        links = {**table.links, **CORE.get(table.name, {})}
        if table.name in ANY_OWNER:
            links[ANY_OWNER[table.name]] = ""
        said = {
            column: str(row.pop(column))
            for column in links
            if row.get(column) not in (None, "") and not isinstance(row[column], dict | list)
        }
        insert = "INSERT INTO item (kind, id, number, body) VALUES (?, ?, ?, ?)"
        place = self.base.execute(insert, (table.name, key, number, json.dumps(row))).lastrowid
        self.base.executemany(
            "INSERT INTO link VALUES (?, ?, ?, ?, 0)",
            [(place, column, links[column], owner) for column, owner in said.items()],
        )

    def join(self) -> None:
        """Find out which owners there are, once all rows are in."""
        self.base.execute("CREATE INDEX item_early ON item (id, kind)")
        any_owner = self.base.execute(
            "SELECT link.rowid, link.owner, item.body FROM link JOIN item ON item.place = child "
            "WHERE owner_kind = ''"
        ).fetchall()
        for rowid, owner, body in any_owner:
            kinds = [
                kind
                for (kind,) in self.base.execute("SELECT kind FROM item WHERE id = ?", (owner,))
            ]
            fields = json.loads(body)
            said = fields.get("link_entity") or fields.get("resource_type")
            kind = said if said in kinds else min(kinds, key=list(TABLES).index, default="")
            self.base.execute("UPDATE link SET owner_kind = ? WHERE rowid = ?", (kind, rowid))
        self.base.executescript(INDEXES)

    def records(self) -> Iterator[tuple[int, Known]]:
        """Return the services whole, then what stands without one, each with its row number."""
        organizations: dict[str, dict[str, Any]] = {}
        for item in self._items("service"):
            yield item.number, Known(RecordKind.SERVICE, self._service(item, organizations))
        for item in self._items("organization", _WITHOUT_SERVICE):
            yield item.number, Known(RecordKind.ORGANIZATION, self._whole(item))
        for item in self._items("location", _WITHOUT_OWNER):
            yield item.number, Known(RecordKind.LOCATION, self._whole(item))
        for kind, table in TABLES.items():
            if kind not in ("service", "organization", "location"):
                for item in self._items(kind, _ALONE[kind]):
                    self._note_orphan(table, item)
                    yield item.number, Known(kind, self._whole(item))

    def _note_orphan(self, table: Table, item: Item) -> None:
        links = self.base.execute(
            "SELECT column, owner FROM link WHERE child = ? AND found = 0 LIMIT 1", (item.place,)
        ).fetchone()
        if links or table.links or table.name in ANY_OWNER:
            column, owner = links or ("id", item.id)
            self.reading.row = item.number
            self.reading.note(IssueCode.ORPHAN, f"{table.file}.{column}", owner)

    def _items(self, kind: str, condition: str = "1") -> Iterator[Item]:
        rows = self.base.cursor().execute(
            # The conditions stand below; nothing of a file is in them.
            f"SELECT place, kind, id, number, body FROM item WHERE kind = ? AND {condition} "  # noqa: S608
            "ORDER BY place",
            (kind,),
        )
        yield from map(_item, rows)

    def _service(self, item: Item, organizations: dict[str, dict[str, Any]]) -> dict[str, Any]:
        record = self._whole(item)
        owner = self._core(item, "organization")
        if owner and owner not in organizations:
            found = self._one("organization", owner)
            if len(organizations) >= 1_000:
                organizations.clear()
            organizations[owner] = self._whole(found) if found else {}
        if organizations.get(owner):
            record["organization"] = organizations[owner]
        places = [self._place(each) for each in self._owned(item, "service_at_location")]
        there = [place for place in places if place is not None]
        return record | ({"service_at_locations": there} if there else {})

    def _place(self, item: Item) -> dict[str, Any] | None:
        location = self._one("location", self._core(item, "location"))
        if location is None:
            return None
        return self._whole(item) | {"location": self._whole(location)}

    def _core(self, item: Item, owner_kind: str) -> str:
        row = self.base.execute(
            "SELECT owner FROM link WHERE child = ? AND owner_kind = ?", (item.place, owner_kind)
        ).fetchone()
        return str(row[0]) if row else ""

    def _one(self, kind: str, key: str) -> Item | None:
        row = self.base.execute(
            "SELECT place, kind, id, number, body FROM item WHERE kind = ? AND id = ?", (kind, key)
        ).fetchone()
        return _item(row) if row and key else None

    def _owned(self, item: Item, kind: str) -> list[Item]:
        rows = self.base.execute(
            "SELECT place, kind, id, number, body FROM item JOIN link ON child = place "
            "WHERE owner_kind = ? AND owner = ? AND kind = ? ORDER BY place",
            (item.kind, item.id, kind),
        ).fetchall()
        return [_item(row) for row in rows] if item.id else []

    def _whole(self, item: Item, depth: int = 0) -> dict[str, Any]:
        """Return an object with all that hangs on it, links to owners that are not there kept."""
        record = dict(item.fields)
        lost = "SELECT column, owner FROM link WHERE child = ? AND found = 0"
        record |= dict(self.base.execute(lost, (item.place,)).fetchall())
        for (kind, name), (column, target) in SINGLE.items():
            if kind == item.kind and isinstance(record.get(column), str):
                found = self._one(target, record[column])
                if found is not None and depth < MAX_NESTED:
                    del record[column]
                    record[name] = self._whole(found, depth + 1)
        for name, kind in self._lists(item, depth).items():
            record[name] = [self._whole(each, depth + 1) for each in self._owned(item, kind)]
        return record

    def _lists(self, item: Item, depth: int) -> dict[str, str]:
        """Return field -> kind of what hangs on an item."""
        if not item.id or depth >= MAX_NESTED:
            return {}
        kinds = {
            kind
            for (kind,) in self.base.execute(
                "SELECT DISTINCT kind FROM item JOIN link ON child = place "
                "WHERE owner_kind = ? AND owner = ?",
                (item.kind, item.id),
            )
        }
        return {name: kind for name, kind in TABLES[item.kind].lists.items() if kind in kinds}


def _item(row: tuple[int, str, str, int, str]) -> Item:
    place, kind, key, number, body = row
    return Item(place, kind, key, number, json.loads(body))


_WITHOUT_SERVICE = (
    "NOT EXISTS (SELECT 1 FROM link JOIN item AS child ON child.place = link.child "
    "WHERE link.owner_kind = 'organization' AND link.owner = item.id AND child.kind = 'service')"
)
_WITHOUT_OWNER = (
    "NOT EXISTS (SELECT 1 FROM link JOIN item AS child ON child.place = link.child "
    "JOIN link AS other ON other.child = link.child "
    "WHERE link.owner_kind = 'location' AND link.owner = item.id "
    "AND child.kind = 'service_at_location' AND other.owner_kind = 'service' AND other.found) "
    "AND NOT EXISTS (SELECT 1 FROM link WHERE link.child = item.place AND link.found)"
)


def _alone(kind: str) -> str:
    """Return the condition that nothing holds an item of that kind."""
    if kind == "service_at_location":
        return (
            "(SELECT count(*) FROM link WHERE link.child = item.place AND link.found "
            "AND link.owner_kind IN ('service', 'location')) < 2"
        )
    held = ["EXISTS (SELECT 1 FROM link WHERE link.child = item.place AND link.found)"]
    held += [
        f"item.id IN (SELECT json_extract(body, '$.{column}') FROM item AS holder "  # noqa: S608
        f"WHERE holder.kind = '{holder}')"
        for (holder, _), (column, target) in SINGLE.items()
        if target == kind
    ]
    return "NOT (" + " OR ".join(held) + ")"


_ALONE = {kind: _alone(kind) for kind in TABLES}


def fields_of(table: Table, cells: Mapping[str, str]) -> dict[str, Any]:
    """Return the fields that a row's cells say; empty cells say nothing."""
    fields = {name: value_of(table, name, cell) for name, cell in cells.items() if cell != ""}
    other = fields.pop(OTHER, None)
    if isinstance(other, str):
        try:
            more = json.loads(other)
        except (ValueError, RecursionError):
            more = None
        is_usable = isinstance(more, dict) and not is_too_deep(more)
        fields |= more if is_usable else {OTHER: other}
    return fields
