"""Whether the server may be reached safely, and what it does by itself is done."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.db import Error
from django.utils.translation import gettext as _

from tejido.config.doctor.findings import Finding, care, well, wrong
from tejido.config.rounds import every_round
from tejido.finder.queries.state import snapshot_state
from tejido.foundation.days import local_day
from tejido.foundation.models import RoundMade
from tejido.foundation.removing import hold_now, rules_now
from tejido.foundation.round import AGAIN, Round
from tejido.foundation.rounds import REMOVAL

LOCAL = {"localhost", "127.0.0.1", "[::1]"}
DAY = timedelta(days=1)


def look_at_address(_at: datetime) -> Iterator[Finding]:
    """Look at what the settings say of how the server is reached."""
    if settings.DEMONSTRATION or set(settings.ALLOWED_HOSTS) <= LOCAL:
        yield well(_("It answers on this machine only."))
        return
    if "*" in settings.ALLOWED_HOSTS:
        yield wrong(_("ALLOWED_HOSTS lets in any name."), _("Name the addresses that people use."))
    if not settings.HTTPS:
        yield wrong(
            _("HTTPS is off: passwords and pages can be read on their way."),
            _("Put a proxy with a certificate in front, and set HTTPS=true."),
        )
    else:
        yield well(_("It asks for HTTPS."))


def look_at_finder(at: datetime) -> Iterator[Finding]:
    """Look at what the public finder answers from."""
    state = snapshot_state()
    if state is None:
        yield wrong(_("The finder has nothing to answer from."), "./tejido build_index")
    elif at - state.built_at > DAY:
        hours = int((at - state.built_at).total_seconds() // 3600)
        yield care(
            _("What the finder shows is %(hours)s hours old.") % {"hours": hours},
            _("Does the background work? ./tejido work on PostgreSQL; or ./tejido build_index."),
        )
    else:
        yield well(_("The finder shows %(count)s places.") % {"count": state.listings})


def look_at_rounds(at: datetime) -> Iterator[Finding]:
    """Look whether what is done again and again was done."""
    try:
        kept = {row.name: row for row in RoundMade.objects.all()}
    except Error:
        return
    late = [work.name for work in every_round() if _is_late(work, kept.get(work.name), at)]
    failed = [f"{row.name} ({row.problem})" for row in kept.values() if row.problem]
    if failed:
        yield wrong(
            _("Failed when it was last tried: %(names)s.") % {"names": ", ".join(sorted(failed))},
            _("It is tried again by itself; the log of the server says where it failed."),
        )
    if late:
        yield care(
            _("Not done in its time: %(names)s.") % {"names": ", ".join(late)},
            _("./tejido serve does it on the embedded database, ./tejido work on PostgreSQL."),
        )
    if not late and not failed:
        yield well(_("Everything that it does by itself was done."))


def look_at_removal(at: datetime) -> Iterator[Finding]:
    """Look whether the last night removed what was over, or somebody put that on hold."""
    try:
        hold, rules = hold_now(), rules_now()
        made = RoundMade.objects.filter(name=REMOVAL).first()
    except Error:
        return
    if hold:
        yield care(
            _("Removal is on hold since %(day)s.") % {"day": hold.since},
            _("Nothing is removed until a coordinator lets it go on at the desk."),
        )
    elif made is None or made.done_at is None or at - made.done_at > DAY + 2 * AGAIN:
        yield care(
            _("The nightly removal did not run."),
            _("What is over stays meanwhile. Does the background work?"),
        )
    else:
        night = local_day(made.done_at)
        count = sum(each.removed for each in rules.values() if each.night == night)
        yield well(_("The last night removed what was over: %(count)s things.") % {"count": count})


def _is_late(work: Round, made: RoundMade | None, at: datetime) -> bool:
    usual = work.every if work.hour is None else DAY
    return made is None or made.done_at is None or at - made.done_at > usual + 2 * AGAIN
