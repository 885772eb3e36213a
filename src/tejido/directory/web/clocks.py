"""How long each part of a listing is believed: shown to stewards, set by a coordinator."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from tejido.directory.domain.clocks import CLOCKS, DAYS_AT_MOST, Clock, FieldGroup, PlaceKind
from tejido.directory.domain.vocabulary import Tier
from tejido.directory.queries.clocks import ClockSeen, clocks_seen
from tejido.directory.services.clocks import ClocksRefused, clocks_mark, set_clocks
from tejido.directory.web.due_wording import GROUPS, PLACE_KINDS
from tejido.directory.web.frame import actor_of, back_to, render_page
from tejido.directory.web.wording import TIERS
from tejido.network.desk import for_member
from tejido.network.domain.permissions import Permission
from tejido.network.queries.access import MemberSeen

if TYPE_CHECKING:
    from tejido.network.desk import SignedInRequest

_NO_DAYS = {"invalid": _("Write a whole number from 1 to 3,650")}


class ClocksForm(forms.Form):
    """Days for each clock; nothing where none runs."""

    use_required_attribute = False

    why = forms.CharField(
        label=_("Why"),
        help_text=_("In a sentence. It stays with the numbers."),
        max_length=300,
        error_messages={"required": _("Say why, in a sentence")},
    )

    def __init__(self, seen: list[ClockSeen], *arguments: Any, **named: Any) -> None:
        """Show how the clocks stand."""
        super().__init__(*arguments, **named)
        stands = {each.clock: each.days for each in seen}
        for clock in CLOCKS:
            self.fields[_name(clock)] = forms.IntegerField(
                label=GROUPS[clock.group],
                required=clock.group is FieldGroup.HOURS and clock.tier is Tier.CORE,
                min_value=1,
                max_value=DAYS_AT_MOST,
                initial=stands.get(clock),
                error_messages={
                    **_NO_DAYS,
                    "required": _("Hours of harm reduction itself need a number of days"),
                    "min_value": _NO_DAYS["invalid"],
                    "max_value": _NO_DAYS["invalid"],
                },
                widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            )

    def days(self) -> dict[Clock, int | None]:
        """Return the number of each clock."""
        return {clock: self.cleaned_data[_name(clock)] for clock in CLOCKS}

    def groups(self) -> Iterator[tuple[Any, Any, list[forms.BoundField]]]:
        """Yield kind of listing, kind of place, and the fields of both."""
        for tier in Tier:
            for kind in PlaceKind:
                clocks = [Clock(group, tier, kind) for group in FieldGroup]
                yield TIERS[tier], PLACE_KINDS[kind], [self[_name(each)] for each in clocks]


@require_GET
@for_member(Permission.EDIT_LISTING)
def show_clocks(request: "SignedInRequest", member: MemberSeen) -> HttpResponse:
    """Show how long each part of a listing is believed, since when and why."""
    stands = {each.clock: each for each in clocks_seen()}
    columns = [(tier, kind) for tier in Tier for kind in PlaceKind]
    context = {
        "columns": [(TIERS[tier], PLACE_KINDS[kind]) for tier, kind in columns],
        "rows": [
            (
                GROUPS[group],
                [
                    (TIERS[tier], PLACE_KINDS[kind], stands.get(Clock(group, tier, kind)))
                    for tier, kind in columns
                ],
            )
            for group in FieldGroup
        ],
        "reasons": _reasons(list(stands.values())),
        "may_set": request.user.has_perm(Permission.EDIT_CLOCKS, member),
    }
    return render_page(request, "directory/clocks.html", member, context)


@require_http_methods(["GET", "POST"])
@for_member(Permission.EDIT_CLOCKS)
def edit_clocks(request: "SignedInRequest", member: MemberSeen) -> HttpResponse:
    """Ask for other numbers of days; a POST sets them."""
    form = ClocksForm(clocks_seen(), request.POST if request.method == "POST" else None)
    problem = ""
    if form.is_bound and form.is_valid():
        try:
            act = set_clocks(
                days=form.days(),
                why=form.cleaned_data["why"],
                actor=actor_of(request, member, Permission.EDIT_CLOCKS),
                on=timezone.localdate(),
                at=timezone.now(),
                seen=request.POST.get("seen", ""),
            )
        except ClocksRefused as refusal:
            problem = str(refusal.sentence)
        else:
            return back_to("clocks", member, done=act)
    context = {
        "form": form,
        "groups": list(form.groups()),
        "problem": problem,
        "seen": clocks_mark() if problem else (request.POST.get("seen") or clocks_mark()),
    }
    status = 409 if problem else (400 if form.is_bound else 200)
    return render_page(request, "directory/clocks_edit.html", member, context, status=status)


def _name(clock: Clock) -> str:
    return "-".join(clock)


def _reasons(seen: list[ClockSeen]) -> list[tuple[Any, str]]:
    """Return each day on which numbers were set with its reason, the last first."""
    return sorted({(each.since, each.why) for each in seen if each.why}, reverse=True)
