"""Checks of feeds at the desk, in a thread of the serving process.

A check writes nothing into the database. What was brought goes when it is checked; what was found
lies in the data folder for a day.
"""

import json
import shutil
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from threading import Thread
from typing import TextIO
from uuid import UUID, uuid4

from django.conf import settings
from django.utils.translation import get_language, gettext_lazy, override

from tejido.directory.domain.hsds_check.findings import Tally
from tejido.directory.services.check_hsds import check_hsds
from tejido.directory.services.check_report import kept, unkept
from tejido.directory.services.run_files import held_file, keep_upload
from tejido.foundation.errors import Refused
from tejido.gateways.web_fetch import Fetcher

KEPT_S = 24 * 60 * 60
SHORT_S = 1.0


class CheckRefused(Refused):
    """A check that cannot begin now; nothing was kept."""


class CheckState(StrEnum):
    """How far a check is."""

    WORKING = "working"
    DONE = "done"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class CheckSeen:
    """One check, as its page shows it.

    Attributes:
        target: the address or the name of the file.
        progress: how far it is, while it works.
        problem: why it could not be done.
        tally: what was found, once it is done.
    """

    id: UUID
    target: str
    state: CheckState
    progress: str = ""
    problem: str = ""
    tally: Tally | None = None


class _Stopped(Refused):
    """Somebody gave the check up."""


def check_file(*, name: str, chunks: Iterable[bytes], member: UUID, today: date) -> UUID:
    """Keep a file that somebody brought, and begin to check it; return the check.

    Raises:
        UploadRefused: it is too large, or empty.
        CheckRefused: another check is at work.
    """
    check_id, held = _begun(member)
    try:
        path = keep_upload(_folder(member, check_id) / "file", name, chunks)
    except Refused:
        _drop(member, check_id, held)
        raise
    _start(member, check_id, path, path.name, today, held)
    return check_id


def check_address(*, url: str, member: UUID, today: date) -> UUID:
    """Begin to check an API at a public address; return the check.

    Raises:
        CheckRefused: another check is at work.
    """
    check_id, held = _begun(member)
    _start(member, check_id, url, url, today, held)
    return check_id


def check_seen(member: UUID, check_id: UUID) -> CheckSeen | None:
    """Return a check of a member, or None where there is none (any more)."""
    folder = _folder(member, check_id)
    said = _said(folder / "said.json")
    if said is None:
        return None
    target = str(said["target"])
    done = _said(folder / "report.json")
    if done is not None and "problem" in done:
        return CheckSeen(check_id, target, CheckState.REFUSED, problem=str(done["problem"]))
    if done is not None:
        return CheckSeen(check_id, target, CheckState.DONE, tally=unkept(done))
    if _at_work() != str(check_id):
        problem = str(gettext_lazy("The server stopped during this check. Start it again."))
        return CheckSeen(check_id, target, CheckState.REFUSED, problem=problem)
    progress = folder / "progress"
    words = progress.read_text(encoding="utf-8") if progress.exists() else ""
    return CheckSeen(check_id, target, CheckState.WORKING, progress=words)


def drop_check(member: UUID, check_id: UUID) -> None:
    """Give a check up, and forget what it found; the work on it ends with its next step."""
    shutil.rmtree(_folder(member, check_id), ignore_errors=True)


def _root() -> Path:
    return Path(settings.DATA) / "checks"


def _folder(member: UUID, check_id: UUID) -> Path:
    return _root() / str(member) / str(check_id)


def _begun(member: UUID) -> tuple[UUID, TextIO]:
    """Return a new check and the hold on the one place where checks work."""
    _root().mkdir(parents=True, exist_ok=True, mode=0o700)
    held = held_file(_root() / "at-work")
    if held is None:
        sentence = gettext_lazy("Another check is on its way. Wait until it has ended.")
        raise CheckRefused("check-at-work", sentence)
    _sweep()
    check_id = uuid4()
    _folder(member, check_id).mkdir(parents=True, mode=0o700)
    held.truncate(0)
    held.write(str(check_id))
    held.flush()
    return check_id, held


def _sweep() -> None:
    """Forget checks of the days before, also those that broke off."""
    oldest = time.time() - KEPT_S
    for folder in _root().glob("*/*"):
        if folder.stat().st_mtime < oldest:
            shutil.rmtree(folder, ignore_errors=True)


def _drop(member: UUID, check_id: UUID, held: TextIO) -> None:
    drop_check(member, check_id)
    held.close()


def _start(
    member: UUID, check_id: UUID, target: str | Path, name: str, today: date, held: TextIO
) -> None:
    folder = _folder(member, check_id)
    _write(folder / "said.json", {"target": name})
    named = {"folder": folder, "target": target, "today": today, "held": held}
    thread = Thread(target=_work, kwargs=named | {"language": get_language()}, daemon=True)
    thread.start()
    # A short check is over before anybody has to wait for it.
    thread.join(SHORT_S)


def _work(
    *, folder: Path, target: str | Path, today: date, held: TextIO, language: str | None
) -> None:
    """Check, keep what came of it, and let go of the file and of the place to work."""
    try:
        with override(language):
            done = _done(folder, target, today)
        shutil.rmtree(folder / "file", ignore_errors=True)
        if done is not None and folder.exists():
            _write(folder / "report.json", done)
    except OSError:
        # It was given up meanwhile, and its folder is gone; or the disk is full.
        shutil.rmtree(folder, ignore_errors=True)
    finally:
        held.close()


def _done(folder: Path, target: str | Path, today: date) -> dict[str, object] | None:
    try:
        checked = check_hsds(
            target=target, today=today, fetcher=Fetcher(), report=_reporting(folder)
        )
    except _Stopped:
        return None
    except Refused as refusal:
        return {"problem": str(refusal.sentence)}
    except MemoryError:
        return {"problem": str(gettext_lazy("The file is too large for this computer."))}
    return kept(checked.tally)


def _reporting(folder: Path) -> Callable[[str], None]:
    def report(sentence: str) -> None:
        if not folder.exists():
            raise _Stopped("stopped", "")
        (folder / "progress").write_text(sentence, encoding="utf-8")

    return report


def _write(path: Path, said: object) -> None:
    whole = path.with_suffix(".new")
    whole.write_text(json.dumps(said), encoding="utf-8")
    whole.replace(path)


def _said(path: Path) -> dict[str, object] | None:
    try:
        said: dict[str, object] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return said


def _at_work() -> str:
    """Return the id of the check that is worked on, in this or another process, or ''."""
    path = _root() / "at-work"
    held = held_file(path)
    if held is None:
        return path.read_text(encoding="utf-8")
    held.close()
    return ""
