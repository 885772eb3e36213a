"""Whom a member works with, from when until when; and conflicts of interest read from that."""

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tejido.network.desk import for_member, render_desk
from tejido.network.domain.conflicts import Line, Party, PartyKind, Reason
from tejido.network.domain.members import RelationshipKind
from tejido.network.domain.permissions import Permission
from tejido.network.queries.access import MemberSeen
from tejido.network.queries.contacts import conflicts_of_contact, people_in_book
from tejido.network.queries.people import people_of
from tejido.network.queries.register import (
    RelationshipSeen,
    conflicts_between,
    conflicts_of,
    names_of,
    other_members,
    relationship_at,
    relationships_of,
)
from tejido.network.services.members import MemberRefused
from tejido.network.services.reads import note_read
from tejido.network.services.relationships import (
    add_relationship,
    end_relationship,
    resume_relationship,
    unsay_relationship,
)
from tejido.network.web.relationship_forms import ConflictForm, RelationshipForm
from tejido.network.wording import LINES, RELATIONSHIPS

if TYPE_CHECKING:
    from tejido.network.desk import SignedInRequest


@require_GET
@for_member(Permission.VIEW_DESK)
def show_relationships(request: "SignedInRequest", member: MemberSeen) -> HttpResponse:
    """Show whom the member works with, and what just changed with its undo."""
    return _page(request, member, RelationshipForm(other_members(member.id)))


@require_POST
@for_member(Permission.ADD_RELATIONSHIP)
def add(request: "SignedInRequest", member: MemberSeen) -> HttpResponse:
    """Add a line between the member and another."""
    form = RelationshipForm(other_members(member.id), request.POST)
    if not form.is_valid():
        return _page(request, member, form, status=400)
    given = form.cleaned_data
    kind, _colon, inward = given["kind"].partition(":")
    two = [member.id, UUID(given["other"])]
    from_member, to_member = reversed(two) if inward else two
    try:
        added = add_relationship(
            from_member=from_member,
            to_member=to_member,
            kind=RelationshipKind(kind),
            since=given["since"],
            until=given["until"],
            acting_for=member.id,
            by=request.user.pk,
            at=timezone.now(),
        )
    except MemberRefused as refusal:
        form.add_error(None, str(refusal.sentence))
        return _page(request, member, form, status=409)
    return _back(member, f"?added={added}")


@require_POST
@for_member(Permission.ADD_RELATIONSHIP)
def unsay(request: "SignedInRequest", member: MemberSeen, relationship_id: UUID) -> HttpResponse:
    """Undo a line that was never so."""
    try:
        unsay_relationship(
            member_id=member.id,
            relationship_id=relationship_id,
            by=request.user.pk,
            at=timezone.now(),
        )
    except MemberRefused as refusal:
        raise Http404 from refusal
    return _back(member)


@require_POST
@for_member(Permission.ADD_RELATIONSHIP)
def end(request: "SignedInRequest", member: MemberSeen, relationship_id: UUID) -> HttpResponse:
    """Let today be the last day of a line."""
    try:
        end_relationship(
            member_id=member.id,
            relationship_id=relationship_id,
            on=timezone.localdate(),
            by=request.user.pk,
            at=timezone.now(),
        )
    except MemberRefused as refusal:
        raise Http404 from refusal
    return _back(member, f"?ended={relationship_id}")


@require_POST
@for_member(Permission.ADD_RELATIONSHIP)
def resume(request: "SignedInRequest", member: MemberSeen, relationship_id: UUID) -> HttpResponse:
    """Undo the end of a line."""
    try:
        resume_relationship(
            member_id=member.id,
            relationship_id=relationship_id,
            by=request.user.pk,
            at=timezone.now(),
        )
    except MemberRefused as refusal:
        if refusal.code == "relationship-unknown":
            raise Http404 from refusal
        form = RelationshipForm(other_members(member.id))
        return _page(request, member, form, problem=str(refusal.sentence), status=409)
    return _back(member)


def _back(member: MemberSeen, asked: str = "") -> HttpResponse:
    return redirect(reverse("network:relationships", args=[member.slug]) + asked)


def _page(
    request: "SignedInRequest",
    member: MemberSeen,
    form: RelationshipForm,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    lines, today = relationships_of(member.id), timezone.localdate()
    may_add = request.user.has_perm(Permission.ADD_RELATIONSHIP, member)
    context = {
        "current": [_words(each) for each in lines if _goes_on(each, today)],
        "ended": [_words(each) for each in lines if not _goes_on(each, today)],
        "may_add": may_add,
        "may_view_conflicts": request.user.has_perm(Permission.VIEW_CONFLICTS, member),
        "form": form,
        "just": _just(request, member) if may_add else None,
        **more,
    }
    return render_desk(request, "network/relationships.html", member, context, status=status)


def _goes_on(each: RelationshipSeen, today: date) -> bool:
    return each.until is None or each.until > today


def _words(each: RelationshipSeen) -> tuple[RelationshipSeen, object]:
    return each, RELATIONSHIPS[each.kind, each.outward]


def _just(
    request: "SignedInRequest", member: MemberSeen
) -> tuple[RelationshipSeen, object] | None:
    """Return the line that the address says was added or ended."""
    try:
        asked = UUID(request.GET.get("added") or request.GET.get("ended", ""))
    except ValueError:
        return None
    found = relationship_at(member.id, asked)
    return _words(found) if found and bool(found.until) == ("ended" in request.GET) else None


@require_GET
@for_member(Permission.VIEW_CONFLICTS)
def show_conflicts(request: "SignedInRequest", member: MemberSeen) -> HttpResponse:
    """Ask between whom to look, and show what stands between them on a day."""
    people = people_of(member.id)
    members = sorted(
        [member, *other_members(member.id, also_left=True)], key=lambda each: each.name
    )
    asked = request.GET if "who" in request.GET else None
    book = people_in_book(member.id)
    form = ConflictForm(people, members, book, asked, initial={"on": timezone.localdate()})
    context: dict[str, Any] = {"form": form}
    if form.is_bound and form.is_valid():
        names = {each.person_id: each.name for each in people} | dict(book)
        context |= _found(request, member, form, names)
    return render_desk(request, "network/conflicts.html", member, context)


def _found(
    request: "SignedInRequest", member: MemberSeen, form: ConflictForm, names: dict[UUID, str]
) -> dict[str, Any]:
    """Return what stands between the two, in words; that a person was looked at is noted."""
    given = form.cleaned_data
    kind, _colon, written = given["who"].partition(":")
    who, about, on = UUID(written), UUID(given["about"]), given["on"]
    note_read(
        member_id=member.id,
        act="view.conflicts",
        object_id=who,
        by=request.user.pk,
        at=timezone.now(),
    )
    found = _reasons(member, PartyKind(kind), who, about, on)
    called = names_of(found) | names
    return {
        "is_asked": True,
        "is_same": who == about,
        "on": on,
        "direct": _sentences(found, 1, called),
        "at_one_remove": _sentences(found, 2, called),
    }


def _reasons(
    member: MemberSeen, kind: PartyKind, who: UUID, about: UUID, on: date
) -> list[Reason]:
    if kind is PartyKind.CONTACT:
        return conflicts_of_contact(member.id, who, about, on=on)
    return (conflicts_of if kind is PartyKind.PERSON else conflicts_between)(who, about, on=on)


def _sentences(
    reasons: list[Reason], length: int, called: dict[UUID, str]
) -> list[list[tuple[str, Line]]]:
    return [
        [(_sentence(line, called), line) for line in reason]
        for reason in reasons
        if len(reason) == length
    ]


def _sentence(line: Line, called: dict[UUID, str]) -> str:
    def name(party: Party) -> str:
        return called.get(party.id) or _("Somebody")

    return str(LINES[line.kind]) % {"one": name(line.one), "other": name(line.other)}
