"""Writing down that somebody looked at what a member keeps about people."""

from typing import TYPE_CHECKING

from django.utils import timezone

from tejido.network.queries.access import MemberSeen
from tejido.network.services.reads import note_read

if TYPE_CHECKING:
    from tejido.network.desk import SignedInRequest


def note_look(request: "SignedInRequest", member: MemberSeen, act: str) -> None:
    """Write down that whoever asks looked at something of a member, such as `view.people`."""
    at, by = timezone.now(), request.user.pk
    note_read(member_id=member.id, act=act, object_id=member.id, by=by, at=at)
