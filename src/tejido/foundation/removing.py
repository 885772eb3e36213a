"""What is over goes at night, by rules that the network may shorten, unless removal is on hold."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import Error, IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from tejido.foundation.days import local_day
from tejido.foundation.errors import Refused
from tejido.foundation.holds import HoldReason
from tejido.foundation.models import Hold, RuleKept
from tejido.foundation.what_is_held import Rule, all_rules

BATCH = 500


class RetentionRefused(Refused):
    """A rule or a hold that cannot be so; nothing changed."""


class RemovalFailed(Refused):
    """Some rules could not be applied; the others were."""


@dataclass(frozen=True, slots=True)
class RuleSeen:
    """A rule as it holds now.

    Attributes:
        days: for so long; never more than the rule's own.
        night: the local day of the last removal, None for never.
        removed: how many things went that night.
    """

    rule: Rule
    days: int
    night: date | None = None
    removed: int = 0


@dataclass(frozen=True, slots=True)
class HoldSeen:
    """Removal waits since a day, for a reason."""

    id: UUID
    reason: HoldReason
    since: date


def rules_now() -> dict[str, RuleSeen]:
    """Return every rule as it holds now, by name. One query.

    Raises:
        django.db.Error: the database is away.
    """
    kept = {row.name: row for row in RuleKept.objects.all()}
    return {name: _seen(rule, kept.get(name)) for name, rule in all_rules().items()}


def _seen(rule: Rule, row: RuleKept | None) -> RuleSeen:
    if row is None:
        return RuleSeen(rule, rule.days)
    # What a release of the software shortened is short, whatever stood here before.
    return RuleSeen(rule, min(row.days or rule.days, rule.days), row.night, row.removed)


def hold_now() -> HoldSeen | None:
    """Return the hold that removal is on, or None. One query."""
    row = Hold.objects.filter(until__isnull=True).first()
    return HoldSeen(row.id, HoldReason(row.reason), row.since) if row else None


def set_days(*, name: str, days: int, by: UUID, at: datetime) -> int:
    """Let a rule keep things for so many days; return for how many it kept them before.

    Raises:
        RetentionRefused: no such rule, or not between its shortest and its longest.
    """
    rule = all_rules().get(name)
    if rule is None:
        raise RetentionRefused("rule-unknown", _("There is no such rule. Nothing changed."))
    if not rule.shortest <= days <= rule.days:
        sentence = _("Give a number of days from %(shortest)s to %(longest)s.")
        told = {"shortest": rule.shortest, "longest": rule.days}
        raise RetentionRefused("days-out-of-reach", sentence % told)
    with transaction.atomic():
        row, _is_new = RuleKept.objects.select_for_update().get_or_create(name=name)
        before = _seen(rule, row).days
        row.days, row.changed_by, row.changed_at = days, by, at
        row.save(update_fields=["days", "changed_by", "changed_at"])
    return before


def begin_hold(*, reason: HoldReason, by: UUID, on: date) -> UUID:
    """Let nothing go by rules any more; return the hold.

    Raises:
        RetentionRefused: removal is on hold already.
    """
    try:
        # The table holds one that stands: whoever comes second, or at the same moment, is told.
        with transaction.atomic():
            # What is being removed at this moment is gone before anybody reads that nothing goes.
            list(RuleKept.objects.select_for_update().order_by("name"))
            return Hold.objects.create(reason=reason.value, since=on, begun_by=by).id
    except IntegrityError:
        raise RetentionRefused("on-hold", _("Removal is on hold already.")) from None


def end_hold(*, hold_id: UUID, by: UUID, on: date) -> None:
    """Let things go again from the next night on.

    Raises:
        RetentionRefused: this hold does not stand (any more).
    """
    standing = Hold.objects.filter(id=hold_id, until__isnull=True)
    if not standing.update(until=on, ended_by=by):
        raise RetentionRefused("no-hold", _("This hold has ended already."))


def remove_what_is_over(at: datetime, *, batch: int = BATCH) -> int:
    """Apply every rule, in transactions of so many; return how many things went.

    After a crash it goes on where it was. A rule that fails keeps no other from being applied.

    Raises:
        RemovalFailed: some rules could not be applied.
    """
    today, count, failed = local_day(at), 0, []
    for name in all_rules():
        try:
            count += _apply(name, today=today, batch=batch)
        except (Refused, Error, OSError):
            failed.append(name)
    if failed:
        raise RemovalFailed("removal-failed", ", ".join(failed))
    return count


def _apply(name: str, *, today: date, batch: int) -> int:
    count = 0
    RuleKept.objects.get_or_create(name=name)
    while True:
        gone = _one_batch(name, today=today, batch=batch)
        count += gone or 0
        if gone is None or gone < batch:
            return count


def _one_batch(name: str, *, today: date, batch: int) -> int | None:
    """Remove once, and count it in the same transaction; None while removal is on hold.

    The rule and the hold are asked anew each time: whoever says stop is heard at once.
    """
    with transaction.atomic():
        RuleKept.objects.select_for_update().get(name=name)
        if hold_now():
            return None
        seen = rules_now()[name]
        gone = seen.rule.remove(today - timedelta(days=seen.days), batch)
        _note(name, gone, night=today)
        return gone


def _note(name: str, gone: int, *, night: date) -> None:
    same = RuleKept.objects.filter(name=name, night=night)
    if not same.update(removed=F("removed") + gone):
        RuleKept.objects.filter(name=name).update(night=night, removed=gone)
