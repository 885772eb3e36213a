"""The counties that a member serves: a part of the page of whom it works with."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from tejido.geography.queries.places import county_labels
from tejido.network.desk import for_member, render_desk
from tejido.network.domain.permissions import Permission
from tejido.network.queries.access import MemberSeen
from tejido.network.queries.served import ServedSeen, served_by
from tejido.network.services.members import MemberRefused
from tejido.network.services.served import end_county, resume_county, serve_county, unsay_county
from tejido.network.web.fields import chosen, first_day, offer

if TYPE_CHECKING:
    from tejido.network.desk import SignedInRequest


class CountyForm(forms.Form):
    """A county, and since when."""

    use_required_attribute = False

    county = chosen(_("Which county"), missing=_("Choose a county"))
    since = first_day()

    def __init__(self, names: dict[str, str], *args: Any, **kwargs: Any) -> None:
        """Offer the counties."""
        super().__init__(*args, **kwargs)
        offer(self, "county", names.items(), empty=_("Choose a county"))


@require_GET
@for_member(Permission.VIEW_DESK)
def show_counties(request: "SignedInRequest", member: MemberSeen) -> HttpResponse:
    """Show the counties that the member serves, and what just changed with its undo."""
    return _page(request, member, CountyForm(county_labels()))


@require_POST
@for_member(Permission.ADD_RELATIONSHIP)
def add(request: "SignedInRequest", member: MemberSeen) -> HttpResponse:
    """Add a county."""
    form = CountyForm(county_labels(), request.POST)
    if not form.is_valid():
        return _page(request, member, form, status=400)
    try:
        added = serve_county(
            member_id=member.id,
            county_fips=form.cleaned_data["county"],
            since=form.cleaned_data["since"],
            by=request.user.pk,
            at=timezone.now(),
        )
    except MemberRefused as refusal:
        form.add_error(None, str(refusal.sentence))
        return _page(request, member, form, status=409)
    return _back(member, f"?added={added}")


@require_POST
@for_member(Permission.ADD_RELATIONSHIP)
def unsay(request: "SignedInRequest", member: MemberSeen, line_id: UUID) -> HttpResponse:
    """Undo a county that was never served."""
    try:
        unsay_county(member_id=member.id, line_id=line_id, by=request.user.pk, at=timezone.now())
    except MemberRefused as refusal:
        raise Http404 from refusal
    return _back(member)


@require_POST
@for_member(Permission.ADD_RELATIONSHIP)
def end(request: "SignedInRequest", member: MemberSeen, line_id: UUID) -> HttpResponse:
    """Let today be the last day."""
    said = {"member_id": member.id, "line_id": line_id, "by": request.user.pk}
    try:
        end_county(**said, on=timezone.localdate(), at=timezone.now())
    except MemberRefused as refusal:
        raise Http404 from refusal
    return _back(member, f"?ended={line_id}")


@require_POST
@for_member(Permission.ADD_RELATIONSHIP)
def resume(request: "SignedInRequest", member: MemberSeen, line_id: UUID) -> HttpResponse:
    """Undo the end."""
    try:
        resume_county(member_id=member.id, line_id=line_id, by=request.user.pk, at=timezone.now())
    except MemberRefused as refusal:
        if refusal.code != "served-already":
            raise Http404 from refusal
        form, problem = CountyForm(county_labels()), str(refusal.sentence)
        return _page(request, member, form, problem=problem, status=409)
    return _back(member)


def _back(member: MemberSeen, asked: str = "") -> HttpResponse:
    return redirect(reverse("network:counties", args=[member.slug]) + asked)


def _page(
    request: "SignedInRequest",
    member: MemberSeen,
    form: CountyForm,
    *,
    status: int = 200,
    problem: str = "",
) -> HttpResponse:
    names, today = county_labels(), timezone.localdate()
    lines = [(each, names.get(each.county_fips, "")) for each in served_by(member.id)]
    may_add = request.user.has_perm(Permission.ADD_RELATIONSHIP, member)
    context = {
        "current": [line for line in lines if _goes_on(line[0])],
        "ended": [line for line in lines if not _goes_on(line[0])],
        "today": today,
        "may_add": may_add,
        "form": form,
        "problem": problem,
        "just": _just(request, lines) if may_add and not problem else None,
    }
    return render_desk(request, "network/counties.html", member, context, status=status)


def _goes_on(each: ServedSeen) -> bool:
    return each.until is None


def _just(
    request: "SignedInRequest", lines: list[tuple[ServedSeen, str]]
) -> tuple[ServedSeen, str] | None:
    """Return the line that the address says was added or ended, if it was."""
    asked = request.GET.get("added") or request.GET.get("ended", "")
    found = next((line for line in lines if str(line[0].id) == asked), None)
    return found if found and bool(found[0].until) == ("ended" in request.GET) else None
