"""What ends when a member leaves the network, and what of it comes back by the undo."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from tejido.accounts.queries import closed_ones
from tejido.network.models import (
    Invitation,
    Member,
    Membership,
    PartnerListing,
    Relationship,
    ServedCounty,
    SharedContact,
)
from tejido.network.queries.departures import (
    counties_going_on,
    going_on,
)
from tejido.network.queries.invitations import standing_invitations
from tejido.network.queries.recovery import open_recoveries
from tejido.network.services.agreements import end_all_agreements

if TYPE_CHECKING:
    from django.db.models import QuerySet

Ended = dict[str, list[str]]


def end_everything(*, member_id: UUID, on: date, by: UUID, at: datetime) -> Ended:
    """End all that a member has in the network, in its scope; return the ids of what can resume.

    Agreements end for good; what the network read of contacts and of the card is deleted.
    """
    people = Membership.objects.filter(until__isnull=True)
    relationships, invitations = going_on(), standing_invitations(at)
    counties = counties_going_on()
    ended = {
        "people": _ids(people),
        "relationships": _ids(relationships),
        "invitations": _ids(invitations),
        "counties": _ids(counties),
    }
    end_all_agreements(member_id=member_id, by=by, at=at)
    open_recoveries().update(stopped_by=by, stopped_at=at)
    invitations.update(withdrawn_by=by, withdrawn_at=at)
    _end(people, on)
    _end(relationships, on)
    _end(counties, on)
    PartnerListing.objects.all().delete()
    SharedContact.objects.all().delete()
    Member.objects.filter(id=member_id).update(until=on)
    return ended


def resume_everything(*, member_id: UUID, ended: Ended) -> None:
    """Let memberships, relationships and invitations go on that ended when the member left.

    A relationship with a member that left meanwhile, one that was said anew, and people whose
    account was closed meanwhile, stay as they are.
    """
    Member.objects.filter(id=member_id).update(until=None)
    people = Membership.objects.filter(id__in=ended["people"])
    closed = closed_ones(people.values_list("person_id", flat=True))
    people.exclude(person_id__in=closed).update(until=None)
    ServedCounty.objects.filter(id__in=ended["counties"], was_mistaken=False).update(until=None)
    withdrawn = Invitation.objects.filter(id__in=ended["invitations"], used_at__isnull=True)
    withdrawn.update(withdrawn_by=None, withdrawn_at=None)
    here = {"from_member__until__isnull": True, "to_member__until__isnull": True}
    rows = Relationship.objects.filter(id__in=ended["relationships"], was_mistaken=False, **here)
    for row in rows:
        if not _is_said_anew(row):
            row.until = None
            row.save()


def _end(
    rows: "QuerySet[Membership] | QuerySet[Relationship] | QuerySet[ServedCounty]", on: date
) -> None:
    for row in rows:
        # Who came after the last day that was agreed leaves on the day on which they came.
        row.until = max(on, row.since)
        row.save()


def _is_said_anew(row: Relationship) -> bool:
    same = {"from_member": row.from_member_id, "to_member": row.to_member_id, "kind": row.kind}
    return bool(Relationship.objects.filter(until__isnull=True, **same).exists())


def _ids(rows: Iterable[Membership | Relationship | Invitation | ServedCounty]) -> list[str]:
    return [str(row.id) for row in rows]
