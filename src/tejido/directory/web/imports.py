"""Importing a list at the desk: bring it, say what it is, try it, import it, undo it."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tejido.directory.domain.import_runs import AT_WORK, RunKind, RunState
from tejido.directory.domain.issues import IssueCode
from tejido.directory.domain.source import SourceIn
from tejido.directory.domain.tables import Mapped
from tejido.directory.queries.history import act_by_id
from tejido.directory.queries.sources import source_by_key
from tejido.directory.services import import_runs, import_work
from tejido.directory.services.acts import Actor
from tejido.directory.services.import_runs import RunRefused, RunSeen
from tejido.directory.services.importing import reports_folder
from tejido.directory.services.issue_words import WORDS
from tejido.directory.services.mapping_proposals import (
    TableSeen,
    fitting_mapping,
    look_through,
    proposed_mapping,
    sample_drafts,
)
from tejido.directory.services.mapping_words import draft_words
from tejido.directory.services.run_files import UploadRefused, file_of, progress_of
from tejido.directory.services.table_files import SheetsMany
from tejido.directory.services.undo import UndoRefused, undo_act
from tejido.directory.web.import_forms import (
    ColumnsForm,
    SourceForm,
    fields_at_first,
    first_source,
)
from tejido.foundation.errors import Refused
from tejido.network.desk import for_member, render_desk
from tejido.network.domain.permissions import MATRIX, Permission
from tejido.network.domain.roles import Role
from tejido.network.queries.access import MemberSeen, roles_of

if TYPE_CHECKING:
    from tejido.network.desk import SignedInRequest


def for_run(
    view: Callable[["SignedInRequest", MemberSeen, RunSeen], HttpResponseBase],
) -> Callable[..., Any]:
    """Hand the member's own run to a view; any other answers 404."""

    @wraps(view)
    def answer(request: "SignedInRequest", member: MemberSeen, run_id: UUID) -> HttpResponseBase:
        run = import_runs.run_by_id(run_id, member=member.id)
        if run is None:
            raise Http404
        return view(request, member, run)

    return answer


@require_http_methods(["GET", "POST"])
@for_member(Permission.IMPORT_LISTINGS)
def bring(request: "SignedInRequest", member: MemberSeen) -> HttpResponse:
    """Ask for a file, and show the latest imports; a POST takes the file."""
    problem = ""
    if request.method == "POST":
        given = request.FILES.get("file")
        if given is None:
            problem = _("Choose a file")
        else:
            try:
                run_id = import_runs.bring_file(
                    name=given.name or "",
                    chunks=given.chunks(),
                    by=request.user.pk,
                    member=member.id,
                    at=timezone.now(),
                )
            except UploadRefused as refusal:
                problem = str(refusal.sentence)
            else:
                return redirect("directory_import:describe", member.slug, run_id)
    context = {"runs": import_runs.latest_runs(member=member.id), "problem": problem}
    status = 400 if problem else 200
    return _render(request, "directory/import_bring.html", member, context, status=status)


@require_http_methods(["GET", "POST"])
@for_member(Permission.IMPORT_LISTINGS)
@for_run
def describe(request: "SignedInRequest", member: MemberSeen, run: RunSeen) -> HttpResponse:
    """Show what the file seems to be, with ten rows as they would look; a POST tries it."""
    path = file_of(run.id)
    if run.state in AT_WORK or run.state is RunState.DONE or path is None:
        return _to(member, run)
    try:
        if run.kind is RunKind.HSDS:
            return _describe_hsds(request, member, run)
        return _describe_table(request, member, run, path)
    except SheetsMany as many:
        if "sheet" in request.POST:
            import_runs.choose_sheet(run.id, request.POST["sheet"][:200])
            return redirect("directory_import:describe", member.slug, run.id)
        context = {"run": run, "sheets": many.names}
        return _render(request, "directory/import_sheet.html", member, context)
    except Refused as refusal:
        context = {"run": run, "problem": str(refusal.sentence)}
        return _render(request, "directory/import_refused.html", member, context, status=422)


def _describe_hsds(request: "SignedInRequest", member: MemberSeen, run: RunSeen) -> HttpResponse:
    posted = request.POST if request.method == "POST" else None
    form = SourceForm(posted, initial=first_source(_first_source(run)))
    if posted is not None and form.is_valid():
        import_runs.describe(run.id, source=form.source())
        return _begin(request, member, run.id, dry_run=True)
    context = {"run": run, "form": form}
    status = 400 if form.is_bound else 200
    return _render(request, "directory/import_describe.html", member, context, status=status)


def _describe_table(
    request: "SignedInRequest", member: MemberSeen, run: RunSeen, path: Path
) -> HttpResponse:
    seen = look_through(path, sheet=run.sheet)
    source = _first_source(run)
    posted = request.POST if request.method == "POST" else None
    initial = first_source(source) | fields_at_first(seen, fitting_mapping(seen, source))
    form = ColumnsForm(seen, posted, initial=initial)
    mapped = _mapped(form, seen) if posted is not None and form.is_valid() else None
    if mapped is not None and request.POST.get("act") != "show":
        import_runs.describe(run.id, source=form.source(), mapped=mapped)
        return _begin(request, member, run.id, dry_run=True)
    context = {
        "run": run,
        "form": form,
        "rows": _rows(seen, mapped or _proposed(seen, source, form)),
        "repeated": seen.repeated(mapped.key) if mapped else 0,
        "count": len(seen.rows),
    }
    status = 400 if form.is_bound and mapped is None else 200
    return _render(request, "directory/import_describe.html", member, context, status=status)


def _mapped(form: ColumnsForm, seen: TableSeen) -> Mapped:
    fields, key = form.chosen(), form.row_columns()
    return proposed_mapping(seen, source=form.source(), fields=fields, key=key)


def _proposed(seen: TableSeen, source: SourceIn, form: ColumnsForm) -> Mapped | None:
    """Return the proposal as a mapping, where the page opens with one."""
    fields = seen.proposal.fields
    if form.is_bound or "name" not in fields:
        return None
    saved = fitting_mapping(seen, source)
    key = seen.key(fields).columns
    return saved or proposed_mapping(seen, source=source, fields=fields, key=key)


def _rows(seen: TableSeen, mapped: Mapped | None) -> list[tuple[str, list[tuple[str, str]]]]:
    if mapped is None:
        return []
    drafts = sample_drafts(seen, mapped, timezone.localdate())
    return [(draft.name, draft_words(draft)) for draft in drafts]


def _first_source(run: RunSeen) -> SourceIn:
    """Return what was said of the source, or what its file's name makes us think."""
    if run.source:
        return import_runs.source_of(run)
    stem = Path(run.file_name).stem
    key = slugify(stem).replace("_", "-").strip("-")[:80] or "list"
    known = source_by_key(key)
    return replace(known, published_on=None) if known else SourceIn(key=key, name=stem)


@require_GET
@for_member(Permission.IMPORT_LISTINGS)
@for_run
def show(request: "SignedInRequest", member: MemberSeen, run: RunSeen) -> HttpResponse:
    """Show how far an import is, what a try counted, or what came of it."""
    return _page(request, member, run)


@require_POST
@for_member(Permission.IMPORT_LISTINGS)
@for_run
def begin(request: "SignedInRequest", member: MemberSeen, run: RunSeen) -> HttpResponse:
    """Import what was tried."""
    return _begin(request, member, run.id, dry_run=False)


@require_POST
@for_member(Permission.IMPORT_LISTINGS)
@for_run
def stop(_request: "SignedInRequest", member: MemberSeen, run: RunSeen) -> HttpResponse:
    """Cancel what is on its way, or give a file up."""
    if run.state in AT_WORK:
        import_work.stop(run)
        return _to(member, run)
    import_runs.drop_run(run.id)
    return redirect("directory_import:bring", member.slug)


@require_POST
@for_member(Permission.IMPORT_LISTINGS)
@for_run
def undo(request: "SignedInRequest", member: MemberSeen, run: RunSeen) -> HttpResponse:
    """Take a whole import back, except what changed since."""
    if run.act is None:
        raise Http404
    try:
        undo_act(act_id=run.act, at=timezone.now(), actor=_actor(request, member))
    except UndoRefused as refusal:
        return _page(request, member, run, problem=str(refusal.sentence), status=409)
    return _to(member, run)


@require_GET
@for_member(Permission.IMPORT_LISTINGS)
@for_run
def issues(_request: "SignedInRequest", _member: MemberSeen, run: RunSeen) -> FileResponse:
    """Hand out the table of everything that was odd."""
    name = Path(str(run.result.get("report_file", ""))).name
    path = reports_folder() / name
    if not name or not path.is_file():
        raise Http404
    answer = FileResponse(path.open("rb"), as_attachment=True, filename=name)
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


def _begin(
    request: "SignedInRequest", member: MemberSeen, run_id: UUID, *, dry_run: bool
) -> HttpResponse:
    run = import_runs.run_by_id(run_id, member=member.id)
    if run is None:
        raise Http404
    now = timezone.now()
    try:
        import_work.start(
            run,
            dry_run=dry_run,
            actor=_actor(request, member),
            at=now,
            today=timezone.localdate(now),
        )
    except RunRefused as refusal:
        return _page(request, member, run, problem=str(refusal.sentence), status=409)
    return _to(member, run)


def _page(
    request: "SignedInRequest",
    member: MemberSeen,
    run: RunSeen,
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    lines = [
        (row, field, value, WORDS[IssueCode(code)])
        for row, field, value, code in run.result.get("issues", ())
    ]
    context = {
        "run": run,
        "is_at_work": run.state in AT_WORK,
        "progress": progress_of(run.id),
        "problem": problem or run.problem,
        "issues": lines,
        "act": act_by_id(run.act) if run.act else None,
        "has_file": file_of(run.id) is not None,
    }
    return _render(request, "directory/import_run.html", member, context, status=status)


def _actor(request: "SignedInRequest", member: MemberSeen) -> Actor:
    """Return the person in the role that lets them import here. One query."""
    held = roles_of(request.user.pk, member.id) & MATRIX[Permission.IMPORT_LISTINGS]
    role = next((role for role in (Role.STEWARD, *Role) if role in held), None)
    return Actor(request.user.pk, member.id, role.value if role else "")


def _to(member: MemberSeen, run: RunSeen) -> HttpResponse:
    return redirect("directory_import:show", member.slug, run.id)


def _render(
    request: "SignedInRequest",
    template: str,
    member: MemberSeen,
    context: dict[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    return render_desk(
        request, template, member, {"rail_directory": True, **context}, status=status
    )
