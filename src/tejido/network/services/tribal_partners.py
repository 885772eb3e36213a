"""A network coordinator marks a member as a tribal partner, or takes the mark off."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tejido.foundation.days import local_day
from tejido.foundation.errors import Refused
from tejido.foundation.scope import member_scope
from tejido.network.domain.permissions import Permission
from tejido.network.models import Member
from tejido.network.queries.access import require
from tejido.network.services.events import note_event


class MarkRefused(Refused):
    """A member that cannot be marked as asked."""


def mark_tribal_partner(*, member_id: UUID, acting_for: UUID, by: UUID, at: datetime) -> None:
    """Mark a member as a tribal partner: from now on it may keep counts about it back.

    Safe to repeat: the first day stays.

    Args:
        member_id: which.
        acting_for: the member where `by` coordinates the network.
        by: the person.
        at: when.

    Raises:
        MemberUnknown, NotAllowed: `by` does not coordinate the network there.
        MarkRefused: `member-unknown`: there is none, or it left.
    """
    _set("mark.tribal-partner", member_id, local_day(at), acting_for, by=by, at=at)


def unmark_tribal_partner(*, member_id: UUID, acting_for: UUID, by: UUID, at: datetime) -> None:
    """Take the mark off. A rule that the member wrote stays in force, and it can still change it.

    Safe to repeat.

    Raises:
        MemberUnknown, NotAllowed, MarkRefused: as `mark_tribal_partner`.
    """
    _set("unmark.tribal-partner", member_id, None, acting_for, by=by, at=at)


def _set(
    act: str, member_id: UUID, since: date | None, acting_for: UUID, *, by: UUID, at: datetime
) -> None:
    with transaction.atomic():
        require(by, acting_for, Permission.MARK_TRIBAL_PARTNER)
        rows = Member.objects.select_for_update(no_key=True)
        row = rows.filter(id=member_id, until__isnull=True).first()
        if row is None:
            raise MarkRefused("member-unknown", _("There is no such member."))
        if (row.tribal_partner_since is None) is (since is None):
            return
        row.tribal_partner_since = since
        row.save(update_fields=["tribal_partner_since"])
        _note(act, member_id, acting_for, by=by, at=at)


def _note(act: str, member_id: UUID, acting_for: UUID, *, by: UUID, at: datetime) -> None:
    """Write it into the record of the member, and of the one in whose name it was done."""
    facts = {"to_member": str(member_id), "by_member": str(acting_for)}
    for place in dict.fromkeys((member_id, acting_for)):
        with member_scope(place):
            note_event(member_id=place, act=act, object_id=member_id, by=by, at=at, facts=facts)
