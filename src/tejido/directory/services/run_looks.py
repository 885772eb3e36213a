"""What a table seems to hold that was brought to the desk: looked through once, and kept."""

import json
from array import array
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any, TextIO
from uuid import UUID

from django.db import connection
from django.utils.translation import get_language, gettext_lazy, override

from tejido.directory.domain.mapping_proposal import propose
from tejido.directory.domain.natural_key import Marks
from tejido.directory.queries.concepts import needs_by_word
from tejido.directory.services.import_runs import RunSeen
from tejido.directory.services.mapping_proposals import TableSeen, look_through
from tejido.directory.services.run_files import (
    drop_files,
    file_of,
    folder_of,
    hold_look,
    say_progress,
)
from tejido.directory.services.table_files import SheetsMany
from tejido.foundation.errors import Refused

# A short table is looked through before anybody has to wait for it.
PATIENCE_S = 2.0


@dataclass(frozen=True, slots=True)
class Look:
    """What came of a look: the table, the sheets that could be meant, or why it is refused."""

    table: TableSeen | None = None
    sheets: tuple[str, ...] = ()
    problem: str = ""


def look_at(run: RunSeen) -> Look | None:
    """Return what came of the look through a run's file, or None while it is on its way.

    The look begins where there was none, in a thread; whoever asks waits for a moment only, and
    the file is not read again.
    """
    kept = _kept(run.id)
    held = hold_look(run.id) if kept is None else None
    if held is None:
        return kept
    said = {"run": run, "held": held, "language": get_language()}
    thread = Thread(target=_work, kwargs=said, daemon=True)
    thread.start()
    thread.join(PATIENCE_S)
    return _kept(run.id)


def look_again(run_id: UUID) -> None:
    """Forget a look, because another sheet is meant."""
    _said(run_id).unlink(missing_ok=True)


def _work(*, run: RunSeen, held: TextIO, language: str | None) -> None:
    """Look through the file, and keep what came of it; a file that was given up goes."""
    try:
        with override(language):
            if _kept(run.id) is None:
                _keep(run.id, _look(run))
    except OSError:
        # The run was given up meanwhile, and its folder is gone.
        pass
    finally:
        if file_of(run.id) is None:
            drop_files(run.id)
        connection.close()
        held.close()


def _look(run: RunSeen) -> Look:
    path = file_of(run.id)
    if path is None:
        raise FileNotFoundError
    try:
        return Look(look_through(path, sheet=run.sheet, report=lambda s: say_progress(run.id, s)))
    except SheetsMany as many:
        return Look(sheets=many.names)
    except Refused as refusal:
        return Look(problem=str(refusal.sentence))
    except MemoryError:
        return Look(problem=str(gettext_lazy("The file is too large for this computer.")))


def _keep(run_id: UUID, look: Look) -> None:
    table = look.table
    said: dict[str, object] = {"sheets": look.sheets, "problem": look.problem}
    if table is not None:
        kept = ("sheet", "names", "repaired", "first", "numbers", "own_key")
        said["table"] = {name: getattr(table, name) for name in kept}
        with _marks(run_id).open("wb") as file:
            for numbers in (table.marks.rows, *table.marks.columns):
                numbers.tofile(file)
    whole = _said(run_id).with_suffix(".new")
    whole.write_text(json.dumps(said), encoding="utf-8")
    whole.replace(_said(run_id))


def _kept(run_id: UUID) -> Look | None:
    try:
        said = json.loads(_said(run_id).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    table = _table(run_id, said["table"]) if "table" in said else None
    return Look(table, tuple(said["sheets"]), said["problem"])


def _table(run_id: UUID, said: dict[str, Any]) -> TableSeen:
    names, first = tuple(said["names"]), tuple(tuple(row) for row in said["first"])
    return TableSeen(
        path=file_of(run_id) or Path(),
        sheet=str(said["sheet"]),
        names=names,
        repaired=tuple(said["repaired"]),
        first=first,
        numbers=tuple(said["numbers"]),
        marks=_read_marks(_marks(run_id), len(names)),
        proposal=propose(names, first, needs_by_word()),
        own_key=tuple(said["own_key"]),
    )


def _read_marks(path: Path, width: int) -> Marks:
    count = path.stat().st_size // 8 // (width + 1)
    numbers = [array("Q") for _ in range(width + 1)]
    with path.open("rb") as file:
        for each in numbers:
            each.fromfile(file, count)
    return Marks(numbers[0], numbers[1:])


def _said(run_id: UUID) -> Path:
    return folder_of(run_id) / "look.json"


def _marks(run_id: UUID) -> Path:
    return folder_of(run_id) / "marks"
