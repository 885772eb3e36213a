"""How far an import at the desk is, what a try counted, and what came of it, row by row."""

import csv
from collections.abc import Callable, Iterator, Mapping
from functools import wraps
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import (
    FileResponse,
    Http404,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tejido.directory.domain.import_runs import AT_WORK
from tejido.directory.domain.issues import IssueCode
from tejido.directory.queries.history import act_by_id
from tejido.directory.queries.subjects import subjects_among
from tejido.directory.services import import_runs
from tejido.directory.services.import_changes import ChangeLine, What, read_changes
from tejido.directory.services.import_runs import RunSeen
from tejido.directory.services.importing import reports_folder
from tejido.directory.services.issue_words import WORDS
from tejido.directory.services.mapping_words import FIELD_WORDS
from tejido.directory.services.run_files import file_of, is_asked_to_stop, progress_of
from tejido.directory.web.frame import render_page
from tejido.directory.web.whose import Whose, own_name, whose
from tejido.directory.web.wording import field_words, need_names, value_words
from tejido.foundation.problem_file import neutral
from tejido.network.desk import for_member
from tejido.network.domain.permissions import Permission
from tejido.network.queries.access import MemberSeen

if TYPE_CHECKING:
    from tejido.network.desk import SignedInRequest

CHANGES_SHOWN = 200
NO_RECORD = UUID(int=0)  # lines that were written before records were named
SANDBOX = "sandbox; default-src 'none'"
WHATS = {
    What.NEW: gettext_lazy("new"),
    What.CHANGED: gettext_lazy("field changed"),
    What.REMOVED: gettext_lazy("record removed"),
    What.KEPT: gettext_lazy("not taken: a person's word stays"),
    What.GONE: gettext_lazy("no longer in the list; still listed"),
}


def for_run(
    view: Callable[["SignedInRequest", MemberSeen, RunSeen], HttpResponseBase],
) -> Callable[..., Any]:
    """Hand the member's own run to a view; any other answers 404."""

    @wraps(view)
    def answer(request: "SignedInRequest", member: MemberSeen, run_id: UUID) -> HttpResponseBase:
        run = import_runs.run_by_id(run_id)
        if run is None:
            raise Http404
        return view(request, member, run)

    return answer


@require_GET
@for_member(Permission.IMPORT_LISTINGS)
@for_run
def show(request: "SignedInRequest", member: MemberSeen, run: RunSeen) -> HttpResponse:
    """Show how far an import is, what a try counted, or what came of it."""
    return show_run(request, member, run)


@require_GET
@for_member(Permission.IMPORT_LISTINGS)
@for_run
def issues(_request: "SignedInRequest", _member: MemberSeen, run: RunSeen) -> FileResponse:
    """Hand out the table of everything that was odd."""
    path = _report(run, "report_file")
    answer = FileResponse(path.open("rb"), as_attachment=True, filename=path.name)
    answer.headers["Content-Security-Policy"] = SANDBOX
    return answer


@require_GET
@for_member(Permission.IMPORT_LISTINGS)
@for_run
def changes(
    _request: "SignedInRequest", _member: MemberSeen, run: RunSeen
) -> StreamingHttpResponse:
    """Hand out the table of everything that changed, one line at a time."""
    path = _report(run, "changes_file")
    lines = _table(path, get_language(), need_names())
    answer = StreamingHttpResponse(lines, content_type="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{path.stem}.csv"'
    answer.headers["Content-Security-Policy"] = SANDBOX
    return answer


def show_run(
    request: "SignedInRequest",
    member: MemberSeen,
    run: RunSeen,
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    """Render the page of a run."""
    lines = [
        (row, FIELD_WORDS.get(field, field), value, WORDS[IssueCode(code)])
        for row, field, value, code in run.result.get("issues", ())
    ]
    context = {
        "run": run,
        "is_at_work": run.state in AT_WORK,
        "progress": progress_of(run.id),
        "is_stopping": is_asked_to_stop(run.id),
        "problem": problem or run.problem,
        "issues": lines,
        "changes": _first_changes(run),
        "act": act_by_id(run.act) if run.act else None,
        "has_file": file_of(run.id) is not None,
    }
    return render_page(request, "directory/import_run.html", member, context, status=status)


def _first_changes(run: RunSeen) -> list[tuple[Whose, tuple[str, ...]]]:
    """Return the first lines, each with the listing that it belongs to. At most six queries."""
    try:
        lines = list(islice(read_changes(_report(run, "changes_file")), CHANGES_SHOWN))
    except (Http404, FileNotFoundError):
        # The next step of the import may take it away while this page is made.
        return []
    needs = need_names()
    shown_by = subjects_among(map(_record, lines))
    return [
        (whose(shown_by.get(_record(line)), needs, own=_name(line)), _cells(line, needs))
        for line in lines
    ]


def _name(line: ChangeLine) -> str:
    return own_name(line.kind, line.name)


def _record(line: ChangeLine) -> tuple[str, UUID]:
    return line.kind, UUID(line.id) if line.id else NO_RECORD


def _report(run: RunSeen, name: str) -> Path:
    """Return where a report of a run lies; 404 where it has none, or it was taken away."""
    said = Path(str(run.result.get(name, ""))).name
    path = reports_folder() / said
    if not said or not path.is_file():
        raise Http404
    return path


def _cells(line: ChangeLine, needs: Mapping[str, str]) -> tuple[str, ...]:
    """Return a line in words: row, listing, what was done, field, before, the list's word."""
    words = (str(line.row or ""), _name(line), str(WHATS[line.what]))
    if not line.field:
        return (*words, "", "", "")
    said = (value_words(line.field, each, needs=needs) for each in (line.before, line.after))
    return (*words, field_words(line.field), *said)


class _Echo:
    """What `csv` writes to: it hands each line back."""

    def write(self, line: str) -> str:
        return line


def _table(path: Path, language: str | None, needs: Mapping[str, str]) -> Iterator[str]:
    """Return the lines of the table; between two of them the thread may serve somebody else."""
    lines = csv.writer(_Echo())
    with override(language):
        head = (_("Row"), _("Listing"), _("What"), _("Field"), _("Before"), _("In the list"))
        first = lines.writerow(head)
    yield f"\ufeff{first}"
    for line in read_changes(path):
        with override(language):
            cells = _cells(line, needs)
        yield lines.writerow([neutral(cell) for cell in cells])
