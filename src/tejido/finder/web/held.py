"""What we hold, about whom, why and for how long: made from what each area says of its tables."""

from itertools import groupby

from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from tejido.foundation.holds import HoldReason
from tejido.foundation.removing import HoldSeen, RuleSeen, hold_now, rules_now
from tejido.foundation.what_is_held import About, Held, all_held, all_rules, time_words

GROUPS = {
    About.SEEKERS: _("About people who look for help"),
    About.WORKERS: _("About people who work here"),
    About.MEMBERS: _("About programs and groups"),
    About.PLACES: _("About places and services"),
    About.NOBODY: _("About nobody"),
}
REASONS = {
    HoldReason.SUBPOENA: _("a court or an authority asked for something"),
    HoldReason.DISPUTE: _("there is a dispute"),
    HoldReason.MISTAKE: _("we are looking into a mistake"),
    HoldReason.OTHER: _("there is a reason to wait"),
}


@require_safe
def show_held(request: HttpRequest) -> HttpResponse:
    """Show everything that is held; without the database, the longest that it may be held."""
    try:
        rules, hold, is_away = rules_now(), hold_now(), False
    except Error:
        rules, hold, is_away = {n: RuleSeen(r, r.days) for n, r in all_rules().items()}, None, True
    entries = [(each, _kept(each, rules)) for each in all_held()]
    context = {
        "groups": [
            (about.value, GROUPS[about], list(some)) for about, some in groupby(entries, _about)
        ],
        "hold": hold,
        "reason": _reason(hold),
        "is_away": is_away,
    }
    return render(request, "finder/held.html", context)


def _about(entry: tuple[Held, object]) -> About:
    return entry[0].about


def _kept(held: Held, rules: dict[str, RuleSeen]) -> list[tuple[str, str]]:
    """Return for how long each part of it stays: what, and the time."""
    seen = [rules[name] for name in held.rules]
    return [(str(each.rule.what), time_words(each.days, each.rule.since)) for each in seen]


def _reason(hold: HoldSeen | None) -> str:
    return str(REASONS[hold.reason]) if hold else ""
