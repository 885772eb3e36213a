"""The snapshot that is in use: opened once in each thread, changed as soon as a newer one stands.

Nothing here touches Django's database: the finder answers while it is down.
"""

import json
import logging
import sqlite3
import threading
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from django.conf import settings
from django.utils.translation import gettext_lazy

from tejido.directory.domain.concepts import Concept, Form, FormKind
from tejido.directory.domain.patterns import Horizon, unpacked
from tejido.finder.domain.counties import Counties
from tejido.finder.domain.lexicon import WRITTEN, Lexicon, lexicon_of
from tejido.finder.domain.rows import FORMAT
from tejido.finder.domain.slots import Slot, slot_at, states_at
from tejido.finder.queries.files import SNAPSHOT_FILES
from tejido.foundation.errors import Refused
from tejido.foundation.published import InUse
from tejido.geography.domain.gazetteer import Gazetteer
from tejido.geography.domain.places import Place, PlaceKind

Given = ParamSpec("Given")
Found = TypeVar("Found")
log = logging.getLogger(__name__)
_KEPT_INSTANTS = 64
# A search is one of a few hundred texts (`statements`); Python keeps 128 unless told.
_KEPT_STATEMENTS = 512


class SnapshotMissing(Refused):
    """There is no whole snapshot to read."""

    def __init__(self) -> None:
        """Say what a person can do."""
        super().__init__(
            "snapshot-missing",
            gettext_lazy("The list of services is not ready yet. Try again in a few minutes."),
        )


class SnapshotDamaged(SnapshotMissing):
    """The snapshot in use is no longer what its name says; an older one may be whole."""


class _PerThread(threading.local):
    file: Path | None = None
    connection: sqlite3.Connection | None = None


_mine = _PerThread()


@dataclass(frozen=True)
class Snapshot:
    """One open snapshot; its values are shared by all threads and never change."""

    file: Path
    meta: Mapping[str, str]
    concepts: tuple[Concept, ...]
    places: tuple[Place, ...]
    lexicon: Lexicon
    gazetteer: Gazetteer
    horizon: Horizon
    _edges: dict[int, Sequence[int]] = field(default_factory=dict)
    _states: dict[datetime, bytes] = field(default_factory=dict)

    @property
    def built_at(self) -> datetime:
        """When it was built."""
        return datetime.fromisoformat(self.meta["built_at"])

    @property
    def outlines(self) -> str:
        """The outlines of counties as a path (`ui.domain.state_map`), '' without any."""
        return self.meta.get("outlines", "")

    @property
    def is_invented(self) -> bool:
        """Whether any of its listings is invented."""
        return self.meta["is_invented"] == "1"

    def rows(self, sql: str, values: Sequence[object] | Mapping[str, object] = ()) -> list[Any]:
        """Return all rows of a query on this thread's connection.

        Raises:
            SnapshotDamaged: the file was damaged after it was opened; it is not used any more.
        """
        try:
            return _connection(self.file).execute(sql, values).fetchall()
        except sqlite3.DatabaseError as error:
            if SNAPSHOT_FILES.is_whole(self.file):
                raise
            _close()
            _in_use.let_go(self)
            raise SnapshotDamaged from error

    def edges(self, pattern: int) -> Sequence[int]:
        """Return the openings and closings of a pattern, seconds since 1970."""
        if pattern not in self._edges:
            ((packed,),) = self.rows("SELECT edges FROM pattern WHERE id = ?", (pattern,))
            self._edges[pattern] = unpacked(packed)
        return self._edges[pattern]

    def states(self, at: datetime) -> bytes:
        """Return one byte a pattern, as `slots.states_at`; all unknown beyond the horizon."""
        if at not in self._states:
            if len(self._states) >= _KEPT_INSTANTS:
                self._states.clear()
            self._states[at] = self._states_at(at)
        return self._states[at]

    def _states_at(self, at: datetime) -> bytes:
        sql = "SELECT number, open, changes, soon, in_a_day FROM slot WHERE number = ?"
        found = self.rows(sql, (slot_at(at),))
        if not found:
            return bytes(int(self.meta["patterns"]) + 2)
        return states_at(Slot(*found[0]), at)

    @cached_property
    def labels(self) -> dict[str, dict[str, str]]:
        """What each concept is called: language -> concept id -> label."""
        labels: dict[str, dict[str, str]] = {}
        for concept in self.concepts:
            for form in concept.forms:
                if form.kind is FormKind.LABEL:
                    labels.setdefault(form.language, {})[concept.id] = form.text
        return labels

    @cached_property
    def written(self) -> Lexicon:
        """The words for needs as listings write them: without slang and misspellings."""
        return lexicon_of(self.concepts, WRITTEN)

    def numbers_in(self, run: tuple[int, int]) -> tuple[int, int]:
        """Return the first and last number of the listings in a run of squares."""
        blocks, firsts = self._blocks
        first, last = run
        return firsts[bisect_left(blocks, first)], firsts[bisect_right(blocks, last)] - 1

    @cached_property
    def _blocks(self) -> tuple[Sequence[int], Sequence[int]]:
        """Return the squares that have listings, and the first number of each and of none."""
        rows = self.rows("SELECT number, first FROM block ORDER BY number")
        blocks = array("I", (number for number, _ in rows))
        return blocks, array("I", (*(first for _, first in rows), int(self.meta["placed"]) + 1))

    @cached_property
    def counties(self) -> Counties:
        """The county around a point, by what is near; outlines are not in the snapshot."""
        return Counties(self.places)


def current_snapshot() -> Snapshot:
    """Return the snapshot to read now. A newer one is noticed by one look at the pointer.

    Raises:
        SnapshotMissing: there is none, or none that is whole.
    """
    return _in_use.current(settings.SNAPSHOTS)


def reads_snapshot(query: Callable[Given, Found]) -> Callable[Given, Found]:
    """Let a query begin again with another snapshot where the one in use is damaged under it."""

    @wraps(query)
    def answer(*args: Given.args, **kwargs: Given.kwargs) -> Found:
        try:
            return query(*args, **kwargs)
        except SnapshotDamaged:
            return query(*args, **kwargs)

    return answer


def _newest(folder: Path, in_use: Snapshot | None) -> Snapshot:
    """Return the first snapshot offered that is whole; the one in use needs no second look.

    Where none is offered, because its folder is gone, the one in use is still open and stays.
    """
    for file in SNAPSHOT_FILES.offered_by(folder):
        if in_use and in_use.file == file:
            return in_use
        if SNAPSHOT_FILES.is_whole(file):
            loaded = _load(file)
            if loaded:
                return loaded
        log.warning("snapshot %s is damaged or of another version and is not used", file.name)
    if in_use and in_use.file.parent == folder:
        return in_use
    raise SnapshotMissing


_in_use = InUse(SNAPSHOT_FILES, _newest)


def _load(file: Path) -> Snapshot | None:
    connection = _connection(file)
    meta = dict(connection.execute("SELECT name, value FROM meta"))
    if meta["format"] != FORMAT:
        return None
    concepts = tuple(_concept(row) for row in _json_rows(connection, "concept"))
    places = tuple(_place(row) for row in _json_rows(connection, "place"))
    begins, ends = (datetime.fromisoformat(meta[f"horizon_{end}"]) for end in ("begins", "ends"))
    return Snapshot(
        file=file,
        meta=meta,
        concepts=concepts,
        places=places,
        lexicon=lexicon_of(concepts),
        gazetteer=Gazetteer(places),
        horizon=Horizon(begins, ends),
    )


def _connection(file: Path) -> sqlite3.Connection:
    """Return this thread's connection to the file, read-only and without locks."""
    if _mine.file is not file or _mine.connection is None:
        _close()
        where = f"{file.as_uri()}?mode=ro&immutable=1"
        connection = _opened(where)
        # Mapped, a file that somebody cuts short would end the whole process (SIGBUS).
        connection.execute("PRAGMA mmap_size = 0")
        connection.execute("PRAGMA cache_size = -128000")
        _mine.file, _mine.connection = file, connection
    return _mine.connection


def _close() -> None:
    if _mine.connection is not None:
        _mine.connection.close()
    _mine.connection = None


def _opened(where: str) -> sqlite3.Connection:
    try:
        return sqlite3.connect(where, uri=True, cached_statements=_KEPT_STATEMENTS)
    except sqlite3.OperationalError as gone:
        raise SnapshotMissing from gone


def _json_rows(connection: sqlite3.Connection, table: str) -> list[dict[str, Any]]:
    rows = connection.execute(f"SELECT row FROM {table} ORDER BY id")  # noqa: S608 - our names
    return [json.loads(row) for (row,) in rows]


def _concept(row: dict[str, Any]) -> Concept:
    forms = tuple(
        Form(language=form["language"], text=form["text"], kind=FormKind(form["kind"]))
        for form in row["forms"]
    )
    return Concept(id=row["id"], core=row["core"], parent=row["parent"], forms=forms)


def _place(row: dict[str, Any]) -> Place:
    # A snapshot of before landmarks has no other names.
    also = tuple(row.get("also", ()))
    return Place(**row | {"kind": PlaceKind(row["kind"]), "also": also})
