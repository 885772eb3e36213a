"""A person leaves a member: what ends, who takes over what they held, and the undo."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from tejido.foundation.errors import Refused
from tejido.network.desk import for_member, render_desk
from tejido.network.domain.permissions import Permission
from tejido.network.queries.access import MemberSeen
from tejido.network.queries.hand_over import Group, held_of
from tejido.network.queries.people import PersonSeen, lacking_without, own_membership, person_at
from tejido.network.queries.recovery import whose_account
from tejido.network.services.closing import close_from_here
from tejido.network.services.leaving import end_membership, leave_member, resume_membership
from tejido.network.services.people import LAST_TO, PersonRefused, RoleAboveOwn
from tejido.network.web.people import answer_refusal, back_to_people
from tejido.network.wording import ROLES

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from tejido.network.desk import SignedInRequest

NOBODY = "nobody"
# What the same page says and lets choose again; everything else is said among the people.
AGAIN = {"taker-missing", "taker-unfit"}


class TakersForm(forms.Form):
    """Who takes over what somebody holds, for each kind of thing."""

    use_required_attribute = False

    def __init__(self, groups: Sequence[Group], data: Any = None, *, prefix: str = "") -> None:
        """Ask for one colleague, or nobody, for each of some groups."""
        super().__init__(data, prefix=prefix or None)
        for group in groups:
            if group.holding.permission is not None:
                self.fields[group.holding.kind] = _choice(group)

    def takers(self) -> dict[str, UUID | None]:
        """Return who was chosen, None for nobody, by kind."""
        said = self.cleaned_data.items()
        return {kind: None if chosen == NOBODY else UUID(chosen) for kind, chosen in said}


def _choice(group: Group) -> forms.ChoiceField:
    colleagues = [(str(each.person_id), each.name) for each in group.takers]
    return forms.ChoiceField(
        label=_("Who takes this over?"),
        choices=[("", _("Choose")), *colleagues, (NOBODY, group.holding.otherwise)],
        initial="" if colleagues else NOBODY,
        error_messages={
            "required": _("Say who takes this over, or nobody"),
            "invalid_choice": _("Choose from the list"),
        },
    )


class ClosingForm(forms.Form):
    """Whether the account of somebody who works nowhere else is closed with their work."""

    close_account = forms.BooleanField(
        required=False,
        label=_("Close their account too, for good"),
        help_text=_(
            "They work nowhere else. Nobody signs in with the account any more, and there is no "
            "undo for either: whoever wants them back invites them, and they make a new account."
        ),
    )

    def is_asked(self) -> bool:
        """Return whether it was sent and ticked."""
        return self.is_valid() and bool(self.cleaned_data["close_account"])


@dataclass(frozen=True, slots=True)
class AskedOver:
    """What somebody holds at a member, and the form that asks who takes it over.

    `stays` says why they cannot go yet: nobody else leads.
    """

    person: PersonSeen
    groups: list[Group]
    form: TakersForm
    stays: "StrOrPromise" = ""

    @property
    def roles(self) -> list[object]:
        """Return the roles that stop, in words."""
        return [ROLES[grant.role] for grant in self.person.grants]

    @property
    def choices(self) -> list[tuple[Group, forms.BoundField | None]]:
        """Return each group with its question, None where there is nothing to choose."""
        return [(group, _field(self.form, group)) for group in self.groups]


def ask_over(request: "SignedInRequest", member: MemberSeen, *, prefix: str = "") -> AskedOver:
    """Return what whoever asks holds at a member where they work, and the form about it."""
    person = own_membership(member.id, request.user.pk)
    if person is None:
        raise Http404
    groups = _shown_to(request, member, held_of(member.id, person.person_id, at=timezone.now()))
    return AskedOver(
        person,
        groups,
        TakersForm(groups, sent(request), prefix=prefix),
        _why_not_yet(member, person),
    )


def _why_not_yet(member: MemberSeen, person: PersonSeen) -> "StrOrPromise":
    lacking = lacking_without(member.id, person.id)
    return LAST_TO[lacking][1] if lacking else ""


def sent(request: HttpRequest) -> QueryDict | None:
    """Return what a form sent, None for a page that is only looked at."""
    return request.POST if request.method == "POST" else None


@require_http_methods(["GET", "POST"])
@for_member(Permission.END_MEMBERSHIP)
def end(request: "SignedInRequest", member: MemberSeen, membership_id: UUID) -> HttpResponse:
    """Ask who takes over what somebody holds; a POST ends the membership."""
    person = person_at(member.id, membership_id)
    if person is None or person.until is not None:
        raise Http404
    if request.method == "GET" and person.person_id == request.user.pk:
        return redirect("network:leave", member.slug)
    groups = held_of(member.id, person.person_id, at=timezone.now())
    asked = AskedOver(person, groups, TakersForm(groups, sent(request)))
    closing = _closing(request, member, person)
    if request.method == "GET" or not asked.form.is_valid():
        return _page(request, member, asked, closing)
    ends = close_from_here if closing and closing.is_asked() else end_membership
    try:
        ends(
            member_id=member.id,
            membership_id=membership_id,
            takers=asked.form.takers(),
            on=timezone.localdate(),
            by=request.user.pk,
            at=timezone.now(),
        )
    except (PersonRefused, RoleAboveOwn) as refusal:
        if refusal.code not in AGAIN:
            return answer_refusal(request, member, refusal)
        return _page(request, member, asked, closing, refusal=refusal)
    return back_to_people(member, ended=membership_id)


@require_http_methods(["GET", "POST"])
@for_member(Permission.VIEW_DESK)
def leave(request: "SignedInRequest", member: MemberSeen) -> HttpResponse:
    """Ask the same of somebody who leaves by themself; a POST ends their work here."""
    asked = ask_over(request, member)
    if request.method == "GET" or not asked.form.is_valid():
        return _page(request, member, asked)
    try:
        left = leave_member(
            member_id=member.id,
            takers=asked.form.takers(),
            on=timezone.localdate(),
            by=request.user.pk,
            at=timezone.now(),
        )
    except PersonRefused as refusal:
        return _page(request, member, asked, refusal=refusal)
    return redirect(f"{reverse('network:choose-member')}?left={left}")


@require_POST
@for_member(Permission.END_MEMBERSHIP)
def resume(request: "SignedInRequest", member: MemberSeen, membership_id: UUID) -> HttpResponse:
    """Undo the end of a membership, and give back what was handed over."""
    try:
        resume_membership(
            member_id=member.id,
            membership_id=membership_id,
            by=request.user.pk,
            at=timezone.now(),
        )
    except (PersonRefused, RoleAboveOwn) as refusal:
        return answer_refusal(request, member, refusal)
    return back_to_people(member)


def _closing(
    request: "SignedInRequest", member: MemberSeen, person: PersonSeen
) -> ClosingForm | None:
    """Return the question whether the account is closed too, where it opens nothing else."""
    whose = whose_account(person.id, member_id=member.id)
    if whose is None or whose.works_elsewhere or whose.id == request.user.pk:
        return None
    return ClosingForm(sent(request))


def _shown_to(request: "SignedInRequest", member: MemberSeen, groups: list[Group]) -> list[Group]:
    """Return the groups without colleagues, for people who are not shown who works here."""
    if request.user.has_perm(Permission.VIEW_PEOPLE, member):
        return groups
    return [Group(each.holding, each.pieces, ()) for each in groups]


def _page(
    request: "SignedInRequest",
    member: MemberSeen,
    asked: AskedOver,
    closing: ClosingForm | None = None,
    *,
    refusal: Refused | None = None,
) -> HttpResponse:
    context = {
        "person": asked.person,
        "roles": asked.roles,
        "is_own": asked.person.person_id == request.user.pk,
        "stays": asked.stays,
        "form": asked.form,
        "groups": asked.choices,
        "closing": closing,
        "problem": str(refusal.sentence) if refusal else "",
        "rail_people": True,
    }
    status = 409 if refusal else 400 if asked.form.errors else 200
    return render_desk(request, "network/end.html", member, context, status=status)


def _field(form: TakersForm, group: Group) -> forms.BoundField | None:
    kind = group.holding.kind
    return form[kind] if kind in form.fields else None
