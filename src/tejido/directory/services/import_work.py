"""The work of an import at the desk, in a thread of the serving process."""

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from threading import Thread
from typing import Any, TextIO
from uuid import UUID

from django.db import Error, connection, transaction
from django.utils.translation import get_language, gettext_lazy, override

from tejido.directory.domain.import_runs import RunKind, RunState
from tejido.directory.domain.mapped import Mapped
from tejido.directory.queries.concepts import known_needs
from tejido.directory.services.acts import Actor, cancel_act
from tejido.directory.services.duplicate_runs import look_after_import
from tejido.directory.services.import_hsds import import_hsds
from tejido.directory.services.import_runs import (
    RunRefused,
    RunSeen,
    begin_work,
    end_work,
    source_of,
)
from tejido.directory.services.import_table import import_services
from tejido.directory.services.importing import Imported
from tejido.directory.services.mappings import mapping_of_text
from tejido.directory.services.run_files import (
    ask_to_stop,
    file_of,
    forget_wishes,
    hold_work,
    is_asked_to_stop,
    say_progress,
)
from tejido.directory.services.save_mapping import save_mapping
from tejido.foundation.errors import Refused
from tejido.foundation.scope import member_scope

ISSUES_SHOWN = 200
LOOK_EVERY_S = 0.2
VANISHED_SHOWN = 200


class Stopped(Refused):
    """Somebody cancelled the import."""


def start(run: RunSeen, *, dry_run: bool, actor: Actor, at: datetime, today: date) -> Thread:
    """Start the work on a run and return its thread; it goes on when the request has ended.

    One at a time: on SQLite because only one transaction writes, everywhere because two lists
    that share records would wait for each other.

    Raises:
        RunRefused: another import is at work, the file is gone, or the run is over.
    """
    held = hold_work(run.id)
    if held is None:
        sentence = gettext_lazy("Another import is on its way. Wait until it has ended.")
        raise RunRefused("import-at-work", sentence)
    try:
        act = begin_work(run, dry_run=dry_run, actor=actor, at=at)
    except RunRefused:
        held.close()
        raise
    forget_wishes(run.id)
    named = {"run": run, "act": act, "held": held, "at": at, "today": today, "by": actor.person}
    thread = Thread(target=_work, kwargs=named | {"language": get_language()}, daemon=True)
    # Not before the request's own transaction ends: until then nobody else sees the act.
    transaction.on_commit(thread.start)
    return thread


def stop(run: RunSeen) -> None:
    """Ask the work on a run to stop; it takes everything back."""
    if file_of(run.id) is not None:
        ask_to_stop(run.id)


def _work(
    *,
    run: RunSeen,
    act: UUID | None,
    held: TextIO,
    at: datetime,
    today: date,
    by: UUID | None,
    language: str | None,
) -> None:
    """Do the work, whatever comes, and let go of the database and of the place to work."""
    look = None
    try:
        with override(language):
            is_done = _end(run, act, at, today, by)
            look = look_after_import(act, at=at) if act is not None and is_done else None
    finally:
        connection.close()
        held.close()
    if look is not None:
        look()


def _end(run: RunSeen, act: UUID | None, at: datetime, today: date, by: UUID | None) -> bool:
    """Do the work and keep what became of it; return whether the list is imported."""
    state, problem, result = RunState.FAILED, "", None
    try:
        imported = _imported(run, act, at, today)
        state = RunState.TRIED if act is None else RunState.DONE
        result = result_of(imported)
    except Stopped:
        state = RunState.NEW if act is None else RunState.CANCELLED
    except Refused as refusal:
        problem = str(refusal.sentence)
    except (Error, OSError, MemoryError):
        problem = str(gettext_lazy("The import broke off. Nothing changed. Start it again."))
    if act is not None and state is not RunState.DONE:
        cancel_act(act)
    if state is RunState.DONE and run.mapping:
        save_mapping(mapped=_mapped(run), at=at, by=by)
    with member_scope(run.member):
        end_work(run.id, state, result=result, problem=problem)
    return state is RunState.DONE


def _mapped(run: RunSeen) -> Mapped:
    concepts = frozenset(known_needs())
    return mapping_of_text(run.mapping, name=run.file_name, concepts=concepts)


def _imported(run: RunSeen, act: UUID | None, at: datetime, today: date) -> Imported:
    path = file_of(run.id)
    if path is None:
        raise RunRefused("file-gone", gettext_lazy("The file is gone. Bring it again."))

    heed = _heeding(run.id)

    def report(sentence: str) -> None:
        heed()
        say_progress(run.id, sentence)

    said: dict[str, Any] = {"path": path, "at": at, "today": today, "dry_run": act is None}
    said |= {"report": report, "heed": heed, "act_id": act}
    if run.kind is RunKind.HSDS:
        return import_hsds(source=source_of(run), **said)
    mapped = _mapped(run)
    return import_services(mapping=_trusted(mapped, run), sheet=run.sheet, **said)


def _heeding(run_id: UUID) -> Callable[[], None]:
    """Return what ends the work when somebody asked for that, looking once in LOOK_EVERY_S."""
    due = 0.0

    def heed() -> None:
        nonlocal due
        now = time.monotonic()
        if now >= due:
            due = now + LOOK_EVERY_S
            if is_asked_to_stop(run_id):
                raise Stopped("stopped", "")

    return heed


def _trusted(mapped: Mapped, run: RunSeen) -> Mapped:
    """Return the mapping with the source as it was described; a mapping file names no trust."""
    return replace(mapped, source=source_of(run))


def result_of(imported: Imported) -> Mapping[str, Any]:
    """Return what a page shows of an import: counts, what vanished, the first issues."""
    stored = imported.stored
    issues = [[i.row, i.field, i.value, i.code.value] for i in imported.issues[:ISSUES_SHOWN]]
    return {
        "read": imported.read,
        "created": stored.created,
        "updated": stored.updated,
        "unchanged": stored.unchanged,
        "vanished": len(stored.vanished),
        "gone": [each.name for each in stored.vanished[:VANISHED_SHOWN]],
        "differences": stored.differences,
        "notes": list(imported.notes),
        "issues": issues,
        "issue_count": len(imported.issues),
        "changes_file": imported.changes_file.name if imported.changes_file else "",
        "change_count": imported.change_count,
        "report_file": imported.report_file.name if imported.report_file else "",
    }
