"""Imports at the desk: bring a file, say what it is, try it, import it, cancel it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tejido.directory.domain.acts import ActKind, ActState
from tejido.directory.domain.import_runs import AT_WORK, RunKind, RunState
from tejido.directory.domain.mapped import Mapped
from tejido.directory.domain.mapping_text import mapping_text
from tejido.directory.domain.source import SourceIn
from tejido.directory.models import ImportRun
from tejido.directory.services.acts import Actor, begin_act, cancel_act
from tejido.directory.services.files import is_json
from tejido.directory.services.run_files import drop_files, drop_reports, keep_file, run_at_work
from tejido.directory.services.spreadsheets import is_workbook
from tejido.foundation.errors import Refused
from tejido.foundation.scope import member_scope
from tejido.network.queries.members import member_ids

if TYPE_CHECKING:
    from django.db.models import QuerySet


class RunRefused(Refused):
    """What a run cannot do now; nothing changed."""


@dataclass(frozen=True, slots=True)
class RunSeen:
    """One import at the desk, as pages show it."""

    id: UUID
    member: UUID
    at: datetime
    file_name: str
    kind: RunKind
    sheet: str
    mapping: str
    source: Mapping[str, Any]
    state: RunState
    problem: str
    result: Mapping[str, Any]
    act: UUID | None
    is_undone: bool


def bring_file(
    *, name: str, chunks: Iterable[bytes], by: UUID, member: UUID, at: datetime
) -> UUID:
    """Keep a file that somebody brought for a member, in whose scope this runs; return the run.

    Raises:
        UploadRefused: it is too large, or empty.
    """
    run_id = uuid4()
    path = keep_file(run_id, name, chunks)
    ImportRun.objects.create(
        id=run_id,
        member_id=member,
        by=by,
        at=at,
        file_name=path.name,
        kind=_kind(path).value,
        state=RunState.NEW.value,
    )
    return run_id


def _kind(path: Path) -> RunKind:
    """Return what a file is, by what it holds."""
    with path.open("rb") as file:
        is_packed = file.read(2) == b"PK"
    if is_json(path) or (is_packed and not is_workbook(path)):
        return RunKind.HSDS
    return RunKind.TABLE


def run_by_id(run_id: UUID) -> RunSeen | None:
    """Return a run of the member in scope, or None; one that broke off says so. Two queries."""
    _settle()
    row = ImportRun.objects.select_related("act").filter(id=run_id).first()
    return None if row is None else _seen(row)


def latest_runs(*, limit: int = 10) -> list[RunSeen]:
    """Return the latest runs of the member in scope, the last first. Two queries."""
    _settle()
    rows = ImportRun.objects.select_related("act").order_by("-at", "id")
    return [_seen(row) for row in rows[:limit]]


def _seen(row: ImportRun) -> RunSeen:
    return RunSeen(
        row.id,
        row.member_id,
        row.at,
        row.file_name,
        RunKind(row.kind),
        row.sheet,
        row.mapping,
        row.source,
        RunState(row.state),
        row.problem or _broken_words(row.state),
        row.result,
        row.act_id,
        row.act is not None and row.act.state == ActState.UNDONE,
    )


def _broken_words(state: str) -> str:
    """Return why a run failed that could not say so itself."""
    if state != RunState.FAILED:
        return ""
    return _("The server stopped during this import. Nothing changed. Start it again.")


def settle_broken() -> None:
    """Mark runs of any member that nobody works on any more. One query a member, and one.

    The server stopped while they ran: their transaction ended with it, and nothing changed.
    """
    for member in member_ids():
        with member_scope(member):
            _settle()


def _settle() -> None:
    rows = ImportRun.objects.filter(state__in=[state.value for state in AT_WORK])
    for row in [row for row in rows if run_at_work() != str(row.id)]:
        if row.act_id:
            cancel_act(row.act_id)
        row.state = RunState.FAILED.value
        row.save(update_fields=["state"])


def choose_sheet(run_id: UUID, sheet: str) -> None:
    """Keep which sheet is meant."""
    ImportRun.objects.filter(id=run_id, state=RunState.NEW.value).update(sheet=sheet)


def describe(run_id: UUID, *, source: SourceIn, mapped: Mapped | None = None) -> None:
    """Keep whose list it is, and for a table what its columns are; an earlier try is forgotten.

    Two queries.
    """
    said = {
        "key": source.key,
        "name": source.name,
        "url": source.url,
        "licence": source.licence,
        "published_on": source.published_on.isoformat() if source.published_on else None,
        "trusted": source.trusted,
    }
    text = mapping_text(mapped) if mapped else ""
    rows = _open(run_id)
    _forget_reports(rows)
    rows.update(source=said, mapping=text, state=RunState.NEW.value, problem="", result={})


def _open(run_id: UUID) -> "QuerySet[ImportRun]":
    """Return a run as long as nobody works on it and it is not done."""
    over = [state.value for state in (*AT_WORK, RunState.DONE)]
    rows: QuerySet[ImportRun] = ImportRun.objects.filter(id=run_id).exclude(state__in=over)
    return rows


def _forget_reports(rows: "QuerySet[ImportRun]", *, but: Mapping[str, Any] | None = None) -> None:
    """Delete the tables of what runs came to before."""
    for result in rows.values_list("result", flat=True):
        drop_reports(result, but=but or {})


def source_of(run: RunSeen) -> SourceIn:
    """Return whose list a run is."""
    said = dict(run.source)
    day = said.pop("published_on", None)
    return replace(SourceIn(**said), published_on=date.fromisoformat(day) if day else None)


def begin_work(run: RunSeen, *, dry_run: bool, actor: Actor, at: datetime) -> UUID | None:
    """Mark a run as worked on; return the act that it is, or None for a dry run.

    Raises:
        RunRefused: it was not described yet, is over, or is worked on already.
    """
    if not run.source:
        undescribed = gettext_lazy("Say first what is in the file and whose list it is.")
        raise RunRefused("run-undescribed", undescribed)
    wanted = {RunState.NEW, RunState.TRIED, RunState.FAILED} if dry_run else {RunState.TRIED}
    act = None
    if run.state in wanted:
        if not dry_run:
            act = begin_act(kind=ActKind.IMPORT, at=at, actor=actor, file_name=run.file_name)
        state = RunState.TRYING if dry_run else RunState.RUNNING
        taken = ImportRun.objects.filter(id=run.id, state=run.state.value).update(
            state=state.value, problem="", act_id=act
        )
        if taken:
            return act
        if act:
            cancel_act(act)
    sentence = gettext_lazy("This import is over, or is on its way. Look at it again.")
    raise RunRefused("run-elsewhere", sentence)


def end_work(
    run_id: UUID, state: RunState, *, result: Mapping[str, Any] | None = None, problem: str = ""
) -> None:
    """Keep what became of a run; files that are not needed any more go."""
    told: dict[str, Any] = {"state": state.value, "problem": problem}
    rows = ImportRun.objects.filter(id=run_id)
    if result is not None:
        _forget_reports(rows, but=result)
        told["result"] = dict(result)
    rows.update(**told)
    if state is RunState.DONE:
        drop_files(run_id)


def drop_run(run_id: UUID) -> None:
    """Give up a run that nobody works on, and its files. Two queries."""
    rows = _open(run_id)
    _forget_reports(rows)
    if rows.update(state=RunState.CANCELLED.value):
        drop_files(run_id)
