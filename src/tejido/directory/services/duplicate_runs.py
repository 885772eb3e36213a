"""The look for pairs in the background: from the desk, and after an import for what is new.

Like imports, it keeps how far it is, and the wish to stop, in files beside the database; a lock
that the kernel lets go of says who works. They hold codes and numbers: who reads the page may
speak another language than who began the look.
"""

import json
import shutil
from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from threading import Thread
from typing import Any, TextIO
from uuid import UUID

from django.conf import settings
from django.db import Error, connection, transaction
from django.utils.translation import gettext_lazy

from tejido.directory.domain.duplicates.looking import Problem, Progress, Step
from tejido.directory.domain.duplicates.profiles import Kind
from tejido.directory.services.duplicates import look_for_duplicates, new_records
from tejido.directory.services.run_files import held_file
from tejido.foundation.errors import Refused

Only = Mapping[Kind, Collection[UUID]]


class LookRefused(Refused):
    """A look that cannot begin now."""


class _Stopped(Refused):
    """Somebody stopped the look."""


@dataclass(frozen=True, slots=True)
class LookSeen:
    """How far the look is, or what the last one came to.

    Attributes:
        is_at_work: whether one is on its way.
        progress: how far it is, None before it has read much.
        at: when the last one ended well, ISO 8601, or ''.
        compared, found, new: what it came to.
        problem: why the last one did not end, or None.
    """

    is_at_work: bool
    progress: Progress | None = None
    at: str = ""
    compared: int = 0
    found: int = 0
    new: int = 0
    problem: Problem | None = None


def start_look(*, at: datetime) -> Thread:
    """Start to compare all records with each other; return the thread.

    Raises:
        LookRefused: `look-at-work`.
    """
    held = _hold()
    if held is None:
        sentence = gettext_lazy("A look for doubles is on its way. Wait until it has ended.")
        raise LookRefused("look-at-work", sentence)
    named = {"held": held, "at": at, "only": None}
    thread = Thread(target=_work, kwargs=named, daemon=True)
    transaction.on_commit(thread.start)
    return thread


def look_after_import(act_id: UUID, *, at: datetime) -> Callable[[], None] | None:
    """Return what compares all that an import brought with all others, None for nothing new.

    The place to work is held from now on. Where a look is on its way, that one begins anew when
    it ends. Three queries now.
    """
    only = {kind: ids for kind, ids in new_records(act_id).items() if ids}
    if not only:
        return None
    held = _hold()
    if held is None:
        (_folder() / "again").touch()
        return None
    return partial(_work, held=held, at=at, only=only)


def stop_look() -> None:
    """Ask the look to stop; what was found before stays."""
    (_folder() / "stop").touch()


def look_seen() -> LookSeen:
    """Return how far the look is, or what the last one came to."""
    said = _said()
    held = held_file(_folder() / "at-work")
    if held is None:
        return LookSeen(**(said | {"is_at_work": True, "progress": _progress()}))
    held.close()
    return LookSeen(**(said | {"is_at_work": False}))


def _work(*, held: TextIO, at: datetime, only: Only | None) -> None:
    """Look, whatever comes, and let go of the database and of the place to work."""
    try:
        _look(at, only)
        again = _folder() / "again"
        if again.exists():
            again.unlink()
            _look(at, None)
    finally:
        connection.close()
        held.close()


def _look(at: datetime, only: Only | None) -> None:
    told: dict[str, Any] = _said() | {"problem": None}
    try:
        looked = look_for_duplicates(at=at, only=only, report=_report())
    except _Stopped:
        told["problem"] = Problem.STOPPED
    except (Error, OSError, MemoryError):
        told["problem"] = Problem.BROKE
    else:
        counts = {name: getattr(looked, name) for name in ("compared", "found", "new")}
        told |= counts | {"at": at.isoformat()}
    _write(told)


def _report() -> Callable[[Progress], None]:
    stop, progress = _folder() / "stop", _folder() / "progress"
    for wish in (stop, progress):
        wish.unlink(missing_ok=True)

    def report(far: Progress) -> None:
        if stop.exists():
            raise _Stopped("stopped", "")
        progress.write_text(json.dumps(far), encoding="utf-8")

    return report


def _hold() -> TextIO | None:
    return held_file(_folder() / "at-work")


def _folder() -> Path:
    folder = Path(settings.DATA) / "duplicates"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def _progress() -> Progress | None:
    try:
        step, count = json.loads((_folder() / "progress").read_text(encoding="utf-8"))
        return Progress(Step(step), count)
    except (OSError, ValueError):
        return None


def _said() -> dict[str, Any]:
    said = asdict(LookSeen(is_at_work=False))
    try:
        said |= json.loads((_folder() / "last.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return said
    problem = said["problem"]
    said["problem"] = Problem(problem) if problem in set(Problem) else None
    return {name: said[name] for name in asdict(LookSeen(is_at_work=False))}


def _write(said: Mapping[str, Any]) -> None:
    whole = _folder() / "last.new"
    whole.write_text(json.dumps(dict(said)), encoding="utf-8")
    shutil.move(whole, _folder() / "last.json")
