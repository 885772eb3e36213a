"""For how long things are kept, what the last night removed, and putting removal on hold."""

from typing import TYPE_CHECKING

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from tejido.foundation.errors import Refused
from tejido.foundation.holds import HoldReason
from tejido.foundation.removing import RetentionRefused, hold_now, rules_now
from tejido.foundation.what_is_held import time_words
from tejido.network.desk import for_member, render_desk
from tejido.network.domain.permissions import Permission
from tejido.network.queries.access import MemberSeen
from tejido.network.services.retention import end_hold_on_removal, hold_removal, keep_for
from tejido.network.wording import HOLD_REASONS

if TYPE_CHECKING:
    from tejido.network.desk import SignedInRequest


class DaysForm(forms.Form):
    """For how many days one rule keeps things."""

    rule = forms.CharField(max_length=60)
    days = forms.IntegerField(min_value=1, max_value=32_767)


class HoldForm(forms.Form):
    """Why nothing is removed for a while."""

    use_required_attribute = False

    reason = forms.ChoiceField(
        label=_("Why must nothing be removed?"),
        choices=[(reason.value, words) for reason, words in HOLD_REASONS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason"), "invalid_choice": _("Choose a reason")},
    )


class EndForm(forms.Form):
    """The hold that ends."""

    hold = forms.UUIDField()


@require_http_methods(["GET", "POST"])
@for_member(Permission.EDIT_RETENTION)
def show_rules(request: "SignedInRequest", member: MemberSeen) -> HttpResponse:
    """Show the rules and what the last night removed; POST changes one."""
    if request.method != "POST":
        return _page(request, member)
    form = DaysForm(request.POST)
    if not form.is_valid():
        sentence = _("Give the days as a number, such as 30.")
        return _page(request, member, refusal=RetentionRefused("no-days", sentence), status=400)
    name, days = form.cleaned_data["rule"], form.cleaned_data["days"]
    said = {"name": name, "days": days, "by": request.user.pk, "at": timezone.now()}
    try:
        before = keep_for(member_id=member.id, **said)
    except RetentionRefused as refusal:
        return _page(request, member, refusal=refusal, status=400)
    address = reverse("network:held", args=[member.slug])
    return redirect(f"{address}?changed={name}&before={before}")


@require_POST
@for_member(Permission.EDIT_RETENTION)
def put_on_hold(request: "SignedInRequest", member: MemberSeen) -> HttpResponse:
    """Let nothing be removed until somebody ends it."""
    form = HoldForm(request.POST)
    if not form.is_valid():
        return _page(request, member, form=form, status=400)
    reason = HoldReason(form.cleaned_data["reason"])
    try:
        hold_removal(member_id=member.id, reason=reason, by=request.user.pk, at=timezone.now())
    except RetentionRefused as refusal:
        return _page(request, member, refusal=refusal, status=409)
    return redirect("network:held", member.slug)


@require_POST
@for_member(Permission.EDIT_RETENTION)
def let_go_on(request: "SignedInRequest", member: MemberSeen) -> HttpResponse:
    """Let things be removed again."""
    form = EndForm(request.POST)
    if not form.is_valid():
        return redirect("network:held", member.slug)
    said = {"hold_id": form.cleaned_data["hold"], "by": request.user.pk, "at": timezone.now()}
    try:
        end_hold_on_removal(member_id=member.id, **said)
    except RetentionRefused as refusal:
        return _page(request, member, refusal=refusal, status=409)
    return redirect("network:held", member.slug)


def _page(
    request: "SignedInRequest",
    member: MemberSeen,
    *,
    refusal: Refused | None = None,
    form: HoldForm | None = None,
    status: int = 200,
) -> HttpResponse:
    rules, hold = rules_now(), hold_now()
    changed, before = rules.get(request.GET.get("changed", "")), request.GET.get("before", "")
    context = {
        "rail_people": True,
        "problem": refusal.sentence if refusal else "",
        "form": form or HoldForm(),
        "lines": [(seen, time_words(seen.days, seen.rule.since)) for seen in rules.values()],
        "hold": hold,
        "reason": HOLD_REASONS[hold.reason] if hold else "",
        "changed": changed,
        "before": before if before.isdecimal() else "",
    }
    return render_desk(request, "network/held.html", member, context, status=status)
