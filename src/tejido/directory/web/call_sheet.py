"""The call sheet of a program at the desk: one page, one form, one act."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from tejido.directory.domain.call_sheet import SheetLine
from tejido.directory.queries.link_addresses import is_mailed
from tejido.directory.queries.program_words import ProgramWord
from tejido.directory.services.call_sheet import CallSeen, CallSheet, call_sheet, record_call
from tejido.directory.services.confirm_links import last_link
from tejido.directory.services.editing import EditRefused
from tejido.directory.web.call_sheet_form import SheetForm, line_heading
from tejido.directory.web.due_wording import CHANNELS, GROUPS, OUTCOMES
from tejido.directory.web.frame import actor_of, back_to, render_page
from tejido.directory.web.wording import field_words, need_names
from tejido.foundation.phones import written_phone
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
        return _page(request, member, sheet, SheetForm(sheet.lines, said=_said(sheet)))
    form = SheetForm(sheet.lines, request.POST, said=_said(sheet))
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
        "says": _says(member, sheet),
        "to_change": _to_change(member, sheet),
        "problem": problem,
        "link": last_link(sheet.organization, on=timezone.localdate()),
        "is_mailed": is_mailed(sheet.organization),
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


def _lines_said(sheet: CallSheet) -> list[tuple[SheetLine, ProgramWord]]:
    """Return what the program said itself, each with its line."""
    exact = {(line.held.id, line.group): line for line in sheet.lines}
    # A record that became part of another is asked about as that one.
    near = {(line.listing.service.id, line.group): line for line in reversed(sheet.lines)}
    found = [
        (exact.get((word.record, word.group)) or near.get((word.service, word.group)), word)
        for word in sheet.said
    ]
    return [(line, word) for line, word in found if line is not None]


def _said(sheet: CallSheet) -> dict[str, str]:
    """Return what the program wrote of each line, by the name of the line."""
    return {line.name: word.words for line, word in _lines_said(sheet)}


def _says(member: MemberSeen, sheet: CallSheet) -> list[dict[str, Any]]:
    """Return what the program said itself: in words, when, and where to write it."""
    return [
        {
            "what": f"{GROUPS[line.group]}: {line_heading(line)}",
            "href": _address(member, line.listing.service.id, line.held.id, line.field),
            "words": word.words,
            "language": word.language,
            "on": word.on,
        }
        for line, word in _lines_said(sheet)
    ]


def _to_change(member: MemberSeen, sheet: CallSheet) -> list[tuple[str, str]]:
    """Return what the program told somebody has changed and is still due: words, address."""
    still = {(line.held.id, line.field): line for line in sheet.lines}
    said = {(line.held.id, line.field) for line, _word in _lines_said(sheet)}
    found = []
    for listing, key, _words in sheet.told.to_change if sheet.told is not None else ():
        name = (key.object_id, key.field)
        if name in still and name not in said:
            line = still[name]
            words = f"{field_words(key.field)}: {line.listing.service.values['name']}"
            found.append((words, _address(member, listing, key.object_id, key.field)))
    return found


def _address(member: MemberSeen, listing: UUID, record: UUID, name: str) -> str:
    if name == "schedules":
        return reverse("directory:hours", args=[member.slug, listing, record])
    if name == "status":
        return reverse("directory:publicity", args=[member.slug, listing])
    return reverse("directory:edit", args=[member.slug, listing, _GROUP_OF[name], record])
