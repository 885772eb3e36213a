"""One contact: what it is, what it does where, who may see it; change, remove, undo."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tejido.foundation.phones import written_phone
from tejido.network.desk import for_member, render_desk
from tejido.network.domain.permissions import Permission
from tejido.network.queries.access import MemberSeen
from tejido.network.queries.contacts import ContactSeen, contact_at, organizations_of
from tejido.network.queries.register import other_members
from tejido.network.services.contacts import (
    ContactRefused,
    TieIn,
    add_tie,
    change_contact,
    end_tie,
    remove_contact,
    restore_contact,
    share_contact,
    unshare_contact,
)
from tejido.network.web.contact_forms import ContactForm, ShareForm, TieForm
from tejido.network.web.contacts import (
    add_problem,
    back_to_book,
    draft_of,
    note_look_at_book,
    shown_phone,
)
from tejido.network.wording import CONTACT_KINDS, CONTACT_TIES

if TYPE_CHECKING:
    from tejido.network.desk import SignedInRequest


@require_GET
@for_member(Permission.VIEW_CONTACTS)
def show(request: "SignedInRequest", member: MemberSeen, contact_id: UUID) -> HttpResponse:
    """Show a contact, what it does where, and whether the network sees it."""
    return _page(request, member, _found(member, contact_id))


@require_http_methods(["GET", "POST"])
@for_member(Permission.EDIT_CONTACTS)
def edit(request: "SignedInRequest", member: MemberSeen, contact_id: UUID) -> HttpResponse:
    """Ask for a contact anew; a POST stores it."""
    found, status = _found(member, contact_id), 200
    form = ContactForm(request.POST or None, initial=_initial(found))
    if request.method == "POST":
        if form.is_valid():
            try:
                change_contact(**_act(request, member, found), draft=draft_of(form))
            except ContactRefused as refusal:
                add_problem(form, refusal)
            else:
                return redirect("network:contact", member.slug, contact_id)
        status = 400
    note_look_at_book(request, member)
    context = {"form": form, "contact": found, "rail_contacts": True}
    return render_desk(request, "network/contact_edit.html", member, context, status=status)


@require_POST
@for_member(Permission.EDIT_CONTACTS)
def remove(request: "SignedInRequest", member: MemberSeen, contact_id: UUID) -> HttpResponse:
    """Take a contact out of the book."""
    found = _found(member, contact_id)
    remove_contact(**_act(request, member, found))
    return back_to_book(member, removed=contact_id)


@require_POST
@for_member(Permission.EDIT_CONTACTS)
def restore(request: "SignedInRequest", member: MemberSeen, contact_id: UUID) -> HttpResponse:
    """Undo a removal."""
    found = contact_at(member.id, contact_id)
    if found is None:
        raise Http404
    restore_contact(**_act(request, member, found))
    return redirect("network:contact", member.slug, contact_id)


@require_POST
@for_member(Permission.EDIT_CONTACTS)
def share(request: "SignedInRequest", member: MemberSeen, contact_id: UUID) -> HttpResponse:
    """Let the network see a contact that agreed."""
    found, form = _found(member, contact_id), ShareForm(request.POST)
    if form.is_valid():
        act = _act(request, member, found)
        if _is_done(form, lambda: share_contact(**act, on=form.cleaned_data["on"])):
            return redirect("network:contact", member.slug, contact_id)
    return _page(request, member, found, share_form=form, form=form, status=400)


@require_POST
@for_member(Permission.EDIT_CONTACTS)
def unshare(request: "SignedInRequest", member: MemberSeen, contact_id: UUID) -> HttpResponse:
    """Let the network see a contact no more, at once."""
    found = _found(member, contact_id)
    unshare_contact(**_act(request, member, found))
    return redirect("network:contact", member.slug, contact_id)


@require_POST
@for_member(Permission.EDIT_CONTACTS)
def add_role(request: "SignedInRequest", member: MemberSeen, contact_id: UUID) -> HttpResponse:
    """Write what a contact does somewhere."""
    found = _found(member, contact_id)
    form = _tie_form(member, found, request.POST)
    if form.is_valid():
        act = _act(request, member, found)
        if _is_done(form, lambda: add_tie(**act, draft=_tie_draft(form))):
            return redirect("network:contact", member.slug, contact_id)
    return _page(request, member, found, tie_form=form, form=form, status=400)


@require_POST
@for_member(Permission.EDIT_CONTACTS)
def end_role(
    request: "SignedInRequest", member: MemberSeen, contact_id: UUID, tie_id: UUID
) -> HttpResponse:
    """Let today be the last day of what a contact does somewhere."""
    return _until(request, member, contact_id, tie_id, timezone.localdate())


@require_POST
@for_member(Permission.EDIT_CONTACTS)
def resume_role(
    request: "SignedInRequest", member: MemberSeen, contact_id: UUID, tie_id: UUID
) -> HttpResponse:
    """Undo that it ended."""
    return _until(request, member, contact_id, tie_id, None)


def _until(
    request: "SignedInRequest",
    member: MemberSeen,
    contact_id: UUID,
    tie_id: UUID,
    on: date | None,
) -> HttpResponse:
    found = _found(member, contact_id)
    try:
        end_tie(**_act(request, member, found), tie_id=tie_id, on=on)
    except ContactRefused as refusal:
        raise Http404 from refusal
    return redirect("network:contact", member.slug, contact_id)


def _is_done(form: ShareForm | TieForm, act: Callable[[], object]) -> bool:
    try:
        act()
    except ContactRefused as refusal:
        form.add_error(None, str(refusal.sentence))
        return False
    return True


def _found(member: MemberSeen, contact_id: UUID) -> ContactSeen:
    found = contact_at(member.id, contact_id)
    if found is None or found.is_removed:
        raise Http404
    return found


def _act(request: "SignedInRequest", member: MemberSeen, found: ContactSeen) -> dict[str, Any]:
    who = {"by": request.user.pk, "at": timezone.now()}
    return {"member_id": member.id, "contact_id": found.id, **who}


def _initial(found: ContactSeen) -> dict[str, object]:
    same = ("name", "also_called", "email", "language", "note")
    kept = {name: getattr(found, name) for name in same}
    number = written_phone(found.phone) if found.phone else ""
    phone = f"{number} ext. {found.extension}" if found.extension else number
    return {**kept, "kind": found.kind.value, "phone": phone}


def _tie_form(member: MemberSeen, found: ContactSeen, sent: Any = None) -> TieForm:
    organizations = [each for each in organizations_of(member.id) if each[0] != found.id]
    members = sorted(
        [member, *other_members(member.id, also_left=True)], key=lambda each: each.name
    )
    return TieForm(found.kind, organizations, members, sent)


def _tie_draft(form: TieForm) -> TieIn:
    given = form.cleaned_data
    kind, _colon, written = given["other"].partition(":")
    other = UUID(written)
    return TieIn(
        kind=given["kind"],
        since=given["since"],
        until=given["until"],
        organization=other if kind == "contact" else None,
        at_member=other if kind == "member" else None,
        title=given["title"],
    )


def _page(
    request: "SignedInRequest",
    member: MemberSeen,
    found: ContactSeen,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    note_look_at_book(request, member)
    context = {
        "contact": found,
        "kind": CONTACT_KINDS[found.kind],
        "phone": shown_phone(found),
        "ties": [(tie, CONTACT_TIES[tie.kind]) for tie in found.ties],
        "may_edit": request.user.has_perm(Permission.EDIT_CONTACTS, member),
        "tie_form": _tie_form(member, found),
        "share_form": ShareForm(initial={"on": timezone.localdate()}),
        "rail_contacts": True,
        **more,
    }
    return render_desk(request, "network/contact.html", member, context, status=status)
