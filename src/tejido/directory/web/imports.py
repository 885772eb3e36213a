"""Importing a list at the desk: bring it, say what it is, try it, import it, undo it."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_POST

from tejido.directory.domain.import_runs import AT_WORK, RunKind, RunState
from tejido.directory.domain.mapped import Mapped
from tejido.directory.domain.source import SourceIn
from tejido.directory.domain.vocabulary import Tier
from tejido.directory.queries.sources import source_by_key
from tejido.directory.services import import_runs, import_work
from tejido.directory.services.acts import Actor
from tejido.directory.services.four_eyes import undo_or_propose
from tejido.directory.services.import_runs import RunRefused, RunSeen
from tejido.directory.services.mapping_proposals import (
    TableSeen,
    fitting_mapping,
    fitting_sources,
    proposed_mapping,
    sample_drafts,
)
from tejido.directory.services.mapping_words import draft_words
from tejido.directory.services.packages import PackageRefused, exported_source
from tejido.directory.services.run_files import UploadRefused, file_of, progress_of
from tejido.directory.services.run_looks import look_again, look_at
from tejido.directory.services.undo import UndoRefused
from tejido.directory.web.frame import render_page
from tejido.directory.web.import_forms import (
    ColumnsForm,
    FileForm,
    SourceForm,
    fields_at_first,
    first_source,
)
from tejido.directory.web.import_results import for_run, show_run
from tejido.foundation.bodies import takes_file
from tejido.network.desk import for_member
from tejido.network.domain.permissions import MATRIX, Permission
from tejido.network.domain.roles import Role
from tejido.network.queries.access import MemberSeen, roles_of

if TYPE_CHECKING:
    from tejido.network.desk import SignedInRequest


@require_http_methods(["GET", "POST"])
@takes_file(settings.MAX_UPLOAD_BYTES)
@for_member(Permission.IMPORT_LISTINGS)
def bring(request: "SignedInRequest", member: MemberSeen) -> HttpResponse:
    """Ask for a file, and show the latest imports; a POST takes the file."""
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if form.is_bound and form.is_valid():
        try:
            run_id = import_runs.bring_file(
                name=form.cleaned_data["file"].name,
                chunks=form.cleaned_data["file"].chunks(),
                by=request.user.pk,
                member=member.id,
                at=timezone.now(),
            )
        except UploadRefused as refusal:
            form.add_error("file", str(refusal.sentence))
        else:
            return redirect("directory_import:describe", member.slug, run_id)
    context = {"runs": import_runs.latest_runs(), "form": form}
    status = 400 if form.is_bound else 200
    return render_page(request, "directory/import_bring.html", member, context, status=status)


@require_http_methods(["GET", "POST"])
@for_member(Permission.IMPORT_LISTINGS)
@for_run
def describe(request: "SignedInRequest", member: MemberSeen, run: RunSeen) -> HttpResponse:
    """Show what the file seems to be, with ten rows as they would look; a POST tries it."""
    path = file_of(run.id)
    if run.state in AT_WORK or run.state is RunState.DONE or path is None:
        return _to(member, run)
    if run.kind is RunKind.HSDS:
        return _describe_hsds(request, member, run, path)
    look = look_at(run)
    if look is None:
        context = {"run": run, "progress": progress_of(run.id)}
        return render_page(request, "directory/import_look.html", member, context)
    if "HX-Request" in request.headers:
        # The page that waited for the look gives way to the whole next one.
        return HttpResponse(headers={"HX-Refresh": "true"})
    if look.sheets:
        return _choose_sheet(request, member, run, look.sheets)
    if look.table is None:
        return _refuse(request, member, run, look.problem)
    return _describe_table(request, member, run, look.table)


def _choose_sheet(
    request: "SignedInRequest", member: MemberSeen, run: RunSeen, sheets: Sequence[str]
) -> HttpResponse:
    if request.POST.get("sheet") in sheets:
        import_runs.choose_sheet(run.id, request.POST["sheet"])
        look_again(run.id)
        return redirect("directory_import:describe", member.slug, run.id)
    context = {"run": run, "sheets": sheets}
    return render_page(request, "directory/import_sheet.html", member, context)


def _refuse(
    request: "SignedInRequest", member: MemberSeen, run: RunSeen, problem: str
) -> HttpResponse:
    context = {"run": run, "problem": problem}
    return render_page(request, "directory/import_refused.html", member, context, status=422)


def _describe_hsds(
    request: "SignedInRequest", member: MemberSeen, run: RunSeen, path: Path
) -> HttpResponse:
    posted = request.POST if request.method == "POST" else None
    try:
        source = _first_source(run, exported_source(path))
    except PackageRefused as refusal:
        return _refuse(request, member, run, str(refusal.sentence))
    form = SourceForm(posted, initial=first_source(source))
    _ask_of_trust(form, request, member)
    if posted is not None and form.is_valid():
        import_runs.describe(run.id, source=form.source())
        return _begin(request, member, run.id, dry_run=True)
    context = {"run": run, "form": form}
    status = 400 if form.is_bound else 200
    return render_page(request, "directory/import_describe.html", member, context, status=status)


def _describe_table(
    request: "SignedInRequest", member: MemberSeen, run: RunSeen, seen: TableSeen
) -> HttpResponse:
    known = fitting_sources(seen)
    chosen = request.GET.get("source")
    source = next((_newer(each) for each in known if each.key == chosen), _first_source(run))
    posted = request.POST if request.method == "POST" else None
    initial = first_source(source) | fields_at_first(seen, fitting_mapping(seen, source))
    form = ColumnsForm(seen, posted, initial=initial)
    _ask_of_trust(form, request, member)
    mapped = _mapped(form, seen) if posted is not None and form.is_valid() else None
    if mapped is not None and request.POST.get("act") != "show":
        import_runs.describe(run.id, source=form.source(), mapped=mapped)
        return _begin(request, member, run.id, dry_run=True)
    context = {
        "run": run,
        "form": form,
        "rows": _rows(seen, mapped or _proposed(seen, source, form)),
        "repeated": seen.repeated(mapped.key) if mapped else 0,
        "count": len(seen.marks.rows),
        "known": [each for each in known if each.key != source.key],
    }
    status = 400 if form.is_bound and mapped is None else 200
    return render_page(request, "directory/import_describe.html", member, context, status=status)


def _ask_of_trust(form: SourceForm, request: "SignedInRequest", member: MemberSeen) -> None:
    """Leave the question out for who may not say which sources are trusted."""
    if not request.user.has_perm(Permission.TRUST_SOURCE, member):
        del form.fields["trusted"]


def _mapped(form: ColumnsForm, seen: TableSeen) -> Mapped:
    fields, key = form.chosen(), form.row_columns()
    source, tier = form.source(), Tier(form.cleaned_data["tier"])
    return proposed_mapping(seen, source=source, fields=fields, key=key, tier=tier)


def _proposed(seen: TableSeen, source: SourceIn, form: ColumnsForm) -> Mapped | None:
    """Return the proposal as a mapping, where the page opens with one."""
    fields = seen.proposal.fields
    if form.is_bound or "name" not in fields:
        return None
    saved = fitting_mapping(seen, source)
    return saved or proposed_mapping(seen, source=source, fields=fields, key=seen.own_key)


def _rows(seen: TableSeen, mapped: Mapped | None) -> list[tuple[int, str, list[tuple[str, str]]]]:
    if mapped is None:
        return []
    drafts = sample_drafts(seen, mapped, timezone.localdate())
    return [(row, draft.name, draft_words(draft)) for row, draft in drafts]


def _first_source(run: RunSeen, exported: SourceIn | None = None) -> SourceIn:
    """Return what was said of the source, what the file says, or what its name makes us think."""
    if run.source:
        return import_runs.source_of(run)
    if exported:
        return source_by_key(exported.key) or exported
    stem = Path(run.file_name).stem
    key = slugify(stem).replace("_", "-").strip("-")[:80] or "list"
    known = source_by_key(key)
    return _newer(known) if known else SourceIn(key=key, name=stem.replace("_", " "))


def _newer(source: SourceIn) -> SourceIn:
    """Return a source whose newer list has a date that nobody has said yet."""
    return replace(source, published_on=None)


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
        outcome = undo_or_propose(act_id=run.act, at=timezone.now(), actor=_actor(request, member))
    except UndoRefused as refusal:
        return show_run(request, member, run, problem=str(refusal.sentence), status=409)
    if outcome.waiting is not None:
        return redirect("directory:change", member.slug, outcome.waiting)
    return _to(member, run)


def _begin(
    request: "SignedInRequest", member: MemberSeen, run_id: UUID, *, dry_run: bool
) -> HttpResponse:
    run = import_runs.run_by_id(run_id)
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
        return show_run(request, member, run, problem=str(refusal.sentence), status=409)
    return _to(member, run)


def _actor(request: "SignedInRequest", member: MemberSeen) -> Actor:
    """Return the person in the role that lets them import here. One query."""
    held = roles_of(request.user.pk, member.id) & MATRIX[Permission.IMPORT_LISTINGS]
    role = next((role for role in (Role.STEWARD, *Role) if role in held), None)
    return Actor(request.user.pk, member.id, role.value if role else "")


def _to(member: MemberSeen, run: RunSeen) -> HttpResponse:
    return redirect("directory_import:show", member.slug, run.id)
