"""For how long things are kept, and whether anything is removed: said for the whole network."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from tejido.foundation.days import local_day
from tejido.foundation.holds import HoldReason
from tejido.foundation.removing import begin_hold, end_hold, set_days
from tejido.foundation.scope import member_scope
from tejido.network.domain.permissions import Permission
from tejido.network.queries.access import require
from tejido.network.services.events import note_event


def keep_for(*, member_id: UUID, name: str, days: int, by: UUID, at: datetime) -> int:
    """Let a rule keep things for so many days; return for how many it kept them before.

    Args:
        member_id: the member where `by` coordinates the network.
        name: of the rule.
        days: from its shortest to its longest.
        by: the person.
        at: when.

    Raises:
        MemberUnknown, NotAllowed: `by` does not coordinate the network there.
        RetentionRefused: no such rule, or days that it cannot have.
    """
    with transaction.atomic(), member_scope(member_id):
        require(by, member_id, Permission.EDIT_RETENTION)
        before = set_days(name=name, days=days, by=by, at=at)
        facts = {"rule": name, "days": str(days), "before": str(before)}
        _note(member_id, "edit.retention", member_id, by, at, facts)
        return before


def hold_removal(*, member_id: UUID, reason: HoldReason, by: UUID, at: datetime) -> UUID:
    """Let nothing be removed by rules until somebody ends it; return the hold.

    Raises:
        MemberUnknown, NotAllowed: `by` does not coordinate the network there.
        RetentionRefused: removal is on hold already.
    """
    with transaction.atomic(), member_scope(member_id):
        require(by, member_id, Permission.EDIT_RETENTION)
        hold = begin_hold(reason=reason, by=by, on=local_day(at))
        _note(member_id, "begin.hold", hold, by, at, {"reason": reason.value})
        return hold


def end_hold_on_removal(*, member_id: UUID, hold_id: UUID, by: UUID, at: datetime) -> None:
    """Let things be removed again, from the next night on.

    Raises:
        MemberUnknown, NotAllowed: `by` does not coordinate the network there.
        RetentionRefused: this hold does not stand (any more).
    """
    with transaction.atomic(), member_scope(member_id):
        require(by, member_id, Permission.EDIT_RETENTION)
        end_hold(hold_id=hold_id, by=by, on=local_day(at))
        _note(member_id, "end.hold", hold_id, by, at, {})


def _note(
    member_id: UUID, act: str, object_id: UUID, by: UUID, at: datetime, facts: dict[str, str]
) -> None:
    note_event(member_id=member_id, act=act, object_id=object_id, by=by, at=at, facts=facts)
