"""The call sheet of a program at the desk: one page, one form, one act."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from tejido.directory.domain.phones import written_phone
from tejido.directory.services.call_sheet import CallSeen, CallSheet, call_sheet, record_call
from tejido.directory.services.confirm_links import last_link
from tejido.directory.services.editing import EditRefused
from tejido.directory.web.call_sheet_form import SheetForm
from tejido.directory.web.due_wording import CHANNELS, OUTCOMES
from tejido.directory.web.frame import actor_of, back_to, render_page
from tejido.directory.web.wording import field_words, need_names
from tejido.network.desk import for_member
from tejido.network.domain.permissions import Permission
from tejido.network.queries.access import MemberSeen

if TYPE_CHECKING:
    from tejido.network.desk import SignedInRequest

_GROUP_OF = {"schedules": "hours", "phones": "phones", "attributes": "facts", "address": "address"}


@require_http_methods(["GET", "POST"])
@for_member(Permission.EDIT_LISTING)
def fill_sheet(
    request: "SignedInRequest", member: MemberSeen, organization_id: UUID
) -> HttpResponse:
    """Ask everything that is due of a program; a POST stores the answers as one act."""
    sheet = call_sheet(organization_id, today=timezone.localdate())
    if sheet is None:
        raise Http404
    if request.method == "GET":
        return _page(request, member, sheet, SheetForm(sheet.lines))
    form = SheetForm(sheet.lines, request.POST)
    is_right = form.is_valid()
    try:
        done = _store(request, member, sheet, form) if is_right else None
    except EditRefused as refusal:
        status = 409 if refusal.code == "changed-meanwhile" else 400
        return _page(request, member, sheet, form, problem=str(refusal.sentence), status=status)
    if done is None:
        return _page(request, member, sheet, form, status=400)
    return back_to("call-sheet", member, organization_id, done=done.act)


def _store(
    request: "SignedInRequest", member: MemberSeen, sheet: CallSheet, form: SheetForm
) -> CallSeen:
    channel, outcome = form.how()
    return record_call(
        organization=sheet.organization,
        channel=channel,
        outcome=outcome,
        answers=form.answers(),
        seen=request.POST.get("seen", ""),
        actor=actor_of(request, member),
        on=timezone.localdate(),
        at=timezone.now(),
    )


def _page(
    request: "SignedInRequest",
    member: MemberSeen,
    sheet: CallSheet,
    form: SheetForm,
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    is_fresh = bool(problem) or not form.is_bound
    context = {
        "sheet": sheet,
        "form": form,
        "questions": list(form.questions(need_names())),
        "numbers": _numbers(sheet),
        "last": _last(sheet.last),
        "to_change": _to_change(member, sheet),
        "problem": problem,
        "link": last_link(sheet.organization, on=timezone.localdate()),
        "seen": sheet.seen if is_fresh else request.POST.get("seen", ""),
    }
    return render_page(request, "directory/call_sheet.html", member, context, status=status)


def _numbers(sheet: CallSheet) -> list[tuple[str, str]]:
    """Return the numbers to call, as dialled and as written, each once."""
    rows = [
        row
        for line in sheet.lines
        for held in line.listing.records
        for row in held.values.get("phones", ())
        if row["type"] != "fax"
    ]
    return list(
        {row["number"]: (row["number"], written_phone(row["number"])) for row in rows}.values()
    )


def _last(call: CallSeen | None) -> dict[str, Any] | None:
    if call is None:
        return None
    return {
        "at": timezone.localtime(call.at),
        "how": CHANNELS[call.channel],
        "outcome": OUTCOMES[call.outcome],
    }


def _to_change(member: MemberSeen, sheet: CallSheet) -> list[tuple[str, str, str]]:
    """Return what the program said has changed and is still due.

    Each in words, with where to write it and what the program wrote itself.
    """
    still = {(line.held.id, line.field): line for line in sheet.lines}
    found = []
    for listing, key, said in sheet.told.to_change if sheet.told is not None else ():
        line = still.get((key.object_id, key.field))
        if line is not None:
            name = str(line.listing.service.values["name"])
            words = f"{field_words(key.field)}: {name}"
            found.append((words, _address(member, listing, key.object_id, key.field), said))
    return found


def _address(member: MemberSeen, listing: UUID, record: UUID, name: str) -> str:
    if name == "schedules":
        return reverse("directory:hours", args=[member.slug, listing, record])
    if name == "status":
        return reverse("directory:publicity", args=[member.slug, listing])
    return reverse("directory:edit", args=[member.slug, listing, _GROUP_OF[name], record])
