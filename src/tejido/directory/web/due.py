"""What to confirm: what is due, what fits the team's hours, and what goes out of date without."""

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from tejido.directory.domain.call_sheet import Channel
from tejido.directory.domain.clocks import FieldGroup
from tejido.directory.domain.plan import DuePlan, DueProgram
from tejido.directory.queries.clocks import PaceSeen, pace_now
from tejido.directory.queries.due import due_plan, due_programs
from tejido.directory.queries.program_words import ProgramSaying, programs_saying
from tejido.directory.services.call_sheet import CallSeen, last_calls
from tejido.directory.services.clocks import MINUTES_AT_MOST, ClocksRefused, set_pace
from tejido.directory.web.due_wording import CHANNELS, GROUPS, OUTCOMES, PLACE_KINDS
from tejido.directory.web.frame import actor_of, back_to, render_page
from tejido.directory.web.wording import TIERS, short_day
from tejido.foundation.problem_file import table_text
from tejido.network.desk import for_member
from tejido.network.domain.permissions import Permission
from tejido.network.queries.access import MemberSeen

if TYPE_CHECKING:
    from tejido.network.desk import SignedInRequest

HOURS_AT_MOST = 168
_NUMERIC = {"inputmode": "decimal", "autocomplete": "off"}


class PaceForm(forms.Form):
    """How much time the team has, and how long one call takes."""

    use_required_attribute = False

    hours = forms.DecimalField(
        label=gettext_lazy("Hours a week for confirming"),
        help_text=gettext_lazy("Of everybody together, such as 4 or 2.5"),
        min_value=0,
        max_value=HOURS_AT_MOST,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"),
            gettext_lazy("Write hours from 0 to 168, such as 4 or 2.5"),
        ),
        widget=forms.TextInput(attrs=_NUMERIC),
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes for one call"),
        help_text=gettext_lazy("With its sheet, and trying again"),
        min_value=1,
        max_value=MINUTES_AT_MOST,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"),
            gettext_lazy("Write whole minutes from 1 to 480"),
        ),
        widget=forms.TextInput(attrs=_NUMERIC),
    )


@require_GET
@for_member(Permission.EDIT_LISTING)
def show_due(request: "SignedInRequest", member: MemberSeen) -> HttpResponse:
    """Show what is due and what fits."""
    return _page(request, member, None)


@require_POST
@for_member(Permission.EDIT_LISTING)
def say_pace(request: "SignedInRequest", member: MemberSeen) -> HttpResponse:
    """Store how much time the team has."""
    form = PaceForm(request.POST)
    if not form.is_valid():
        return _page(request, member, form, status=400)
    try:
        act = set_pace(
            minutes_a_sheet=form.cleaned_data["minutes"],
            minutes_a_week=int(form.cleaned_data["hours"] * 60),
            actor=actor_of(request, member),
            at=timezone.now(),
        )
    except ClocksRefused as refusal:
        form.add_error("hours", str(refusal.sentence))
        return _page(request, member, form, status=400)
    return back_to("due", member, done=act)


@require_GET
@for_member(Permission.EDIT_LISTING)
def download_due(request: "SignedInRequest", member: MemberSeen) -> HttpResponse:
    """Return every program that is due as a table, in the order in which to call."""
    today = timezone.localdate()
    answer = HttpResponse(_table(due_programs(today=today)), content_type="text/csv")
    name = f"due-{today.isoformat()}.csv"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _page(
    request: "SignedInRequest", member: MemberSeen, form: PaceForm | None, *, status: int = 200
) -> HttpResponse:
    today, pace = timezone.localdate(), pace_now()
    plan = due_plan(today=today)
    context = {
        "plan": plan,
        "form": form or PaceForm(initial=_initial(pace)),
        "pace": pace,
        "hours": _hours(pace),
        "asks": pace.minutes_a_week is None or form is not None,
        "saying": [(each, _parts(each)) for each in programs_saying()],
        "lines": _lines(plan),
        "parts": [(GROUPS[group], plan.parts[group]) for group in FieldGroup],
        "stale": _stale(plan),
        "more": plan.waiting - len(plan.programs),
    }
    return render_page(request, "directory/due.html", member, context, status=status)


def _initial(pace: PaceSeen) -> dict[str, Any]:
    return {"hours": _hours(pace), "minutes": pace.minutes_a_sheet}


def _hours(pace: PaceSeen) -> str:
    """Return the hours a week as a person writes them, '' where nobody said."""
    if pace.minutes_a_week is None:
        return ""
    hours = Decimal(pace.minutes_a_week) / 60
    return f"{hours.quantize(Decimal('0.01')):f}".rstrip("0").rstrip(".")


def _lines(plan: DuePlan) -> list[dict[str, Any]]:
    calls = last_calls(program.organization for program in plan.programs)
    return [_line(program, calls.get(program.organization)) for program in plan.programs]


def _parts(saying: ProgramSaying) -> str:
    return ", ".join(str(GROUPS[group]) for group in saying.groups)


def _line(program: DueProgram, call: CallSeen | None) -> dict[str, Any]:
    worst = program.worst
    return {
        "call": call,
        "outcome": _how(call) if call is not None else "",
        "program": program,
        "why": GROUPS[worst.group],
        "kind": PLACE_KINDS[worst.kind],
        "tier": TIERS[worst.tier],
    }


def _how(call: CallSeen) -> Any:
    return CHANNELS[call.channel] if call.channel is Channel.LINK else OUTCOMES[call.outcome]


def _stale(plan: DuePlan) -> list[tuple[Any, int]]:
    """Return what nobody reaches within the month: the part, and of how many listings."""
    return [(GROUPS[group], part.left) for group, part in plan.parts.items() if part.left]


def _table(programs: Iterable[DueProgram]) -> str:
    """Return the programs as a table to download."""
    head = (_("Program"), _("Due first"), _("Kind of place"), _("Since"))
    return table_text([(*head, _("Parts due"), _("Listings")), *map(_cells, programs)])


def _cells(program: DueProgram) -> tuple[str, ...]:
    return (
        program.name,
        str(GROUPS[program.worst.group]),
        str(PLACE_KINDS[program.worst.kind]),
        short_day(program.oldest),
        str(program.parts),
        str(program.listings),
    )
