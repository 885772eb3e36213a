"""What members do for each other: said from a day until a day, ended, never deleted."""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from tejido.foundation.days import local_day
from tejido.foundation.scope import member_scope
from tejido.network.domain.members import RelationshipKind
from tejido.network.domain.permissions import Permission
from tejido.network.models import Member, Relationship
from tejido.network.queries.access import require
from tejido.network.services.events import note_event
from tejido.network.services.members import MemberRefused


def add_relationship(
    *,
    from_member: UUID,
    to_member: UUID,
    kind: RelationshipKind,
    since: date,
    until: date | None = None,
    acting_for: UUID | None = None,
    by: UUID,
    at: datetime,
) -> UUID:
    """Store that `from_member` does something for `to_member`; return the record's id.

    Both members and the whole network see it.

    Args:
        from_member: who does it.
        to_member: for whom.
        kind: what.
        since: the first day, not after the day of `at`.
        until: the last day, or None while it goes on.
        acting_for: which of the two says it; the first where nothing else is said.
        by: somebody who leads that one.
        at: when.

    Raises:
        MemberUnknown, NotAllowed: `by` does not lead the member that says it.
        MemberRefused: `same-member`, `member-unknown`, `relationship-exists`,
            `starts-later`, `ends-before-start`.
    """
    ours = acting_for or from_member
    other = from_member if ours == to_member else to_member
    with transaction.atomic(), member_scope(ours):
        require(by, ours, Permission.ADD_RELATIONSHIP)
        _check_two(from_member, to_member)
        _check_days(since, until, today=local_day(at))
        record = _put_relationship(from_member, to_member, kind, since, until)
        note_event(
            member_id=ours,
            act="add.relationship",
            object_id=record,
            by=by,
            at=at,
            facts={"to_member": str(other), "kind": kind.value},
        )
        return record


def end_relationship(
    *, member_id: UUID, relationship_id: UUID, on: date, by: UUID, at: datetime
) -> None:
    """Store the last day of what goes on between two members. Safe to repeat.

    Either may end it; the record stays.

    Raises:
        MemberUnknown, NotAllowed: `by` does not lead `member_id`.
        MemberRefused: `relationship-unknown`, `ends-before-start`.
    """
    with transaction.atomic(), member_scope(member_id):
        require(by, member_id, Permission.ADD_RELATIONSHIP)
        row = _row(relationship_id)
        if row.until is not None:
            return
        _check_days(row.since, on, today=row.since)
        row.until = on
        row.save()
        note_event(member_id=member_id, act="end.relationship", object_id=row.id, by=by, at=at)


def resume_relationship(*, member_id: UUID, relationship_id: UUID, by: UUID, at: datetime) -> None:
    """Undo the end: it goes on as if it had not ended. Safe to repeat.

    Raises:
        MemberUnknown, NotAllowed: `by` does not lead `member_id`.
        MemberRefused: `relationship-unknown`, `relationship-exists`, `member-unknown`: the other
            left the network.
    """
    with transaction.atomic(), member_scope(member_id):
        require(by, member_id, Permission.ADD_RELATIONSHIP)
        row = _row(relationship_id)
        if row.until is None:
            return
        _check_two(row.from_member_id, row.to_member_id)
        row.until = None
        _save(row)
        note_event(member_id=member_id, act="resume.relationship", object_id=row.id, by=by, at=at)


def unsay_relationship(*, member_id: UUID, relationship_id: UUID, by: UUID, at: datetime) -> None:
    """Store that a line was a mistake: it stays in the table, and nothing reads it any more.

    Raises:
        MemberUnknown, NotAllowed: `by` does not lead `member_id`.
        MemberRefused: `relationship-unknown`.
    """
    with transaction.atomic(), member_scope(member_id):
        require(by, member_id, Permission.ADD_RELATIONSHIP)
        row = _row(relationship_id)
        row.was_mistaken, row.until = True, row.until or row.since
        row.save()
        note_event(member_id=member_id, act="unsay.relationship", object_id=row.id, by=by, at=at)


def _check_two(from_member: UUID, to_member: UUID) -> None:
    two = [from_member, to_member]
    if from_member == to_member:
        raise MemberRefused("same-member", _("Choose another member."))
    # Whoever says it works for one of them, and nobody works for a member that left.
    if Member.objects.filter(id__in=two, until__isnull=True).count() < len(two):
        raise MemberRefused("member-unknown", _("There is no such member."))


def _check_days(since: date, until: date | None, *, today: date) -> None:
    if since > today:
        raise MemberRefused("starts-later", _("Say it when it has begun: the first day is ahead."))
    if until is not None and until < since:
        raise MemberRefused("ends-before-start", _("The last day is before the first one."))


def _put_relationship(
    from_member: UUID, to_member: UUID, kind: RelationshipKind, since: date, until: date | None
) -> UUID:
    row = Relationship(
        from_member_id=from_member, to_member_id=to_member, kind=kind, since=since, until=until
    )
    _save(row)
    return row.id


def _save(row: Relationship) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise MemberRefused(
            "relationship-exists", _("This is known already. Nothing changed.")
        ) from error


def _row(relationship_id: UUID) -> Relationship:
    row: Relationship | None = (
        Relationship.objects.select_for_update()
        .filter(id=relationship_id, was_mistaken=False)
        .first()
    )
    if row is None:
        raise MemberRefused("relationship-unknown", _("There is no such line here."))
    return row
