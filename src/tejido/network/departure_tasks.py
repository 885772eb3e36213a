"""Members that leave, for the first page of the desk of whoever can confirm it."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tejido.network.domain.departures import DepartureState
from tejido.network.domain.permissions import Permission, is_allowed
from tejido.network.domain.roles import Role
from tejido.network.queries.access import MemberSeen
from tejido.network.queries.departures import DepartureSeen, departures
from tejido.network.tasks import Task


def departures_to_confirm(member: MemberSeen, roles: frozenset[Role]) -> Iterator[Task]:
    """Yield a task for each departure that waits, to those who lead there or coordinate."""
    may_own, may_any = (
        is_allowed(roles, permission)
        for permission in (Permission.LEAVE_NETWORK, Permission.END_MEMBER)
    )
    if not may_own:
        return
    for found in departures(at=timezone.now()).values():
        is_own = found.member.id == member.id
        if found.state is DepartureState.STARTED and (is_own or may_any):
            yield _task(found, member, is_own=is_own)


def _task(found: DepartureSeen, member: MemberSeen, *, is_own: bool) -> Task:
    return Task(
        words=_("%(name)s is to leave the network") % {"name": found.member.name},
        why=_("A second person confirms it within 72 hours, or it is stopped."),
        href=reverse("network:departure", args=[member.slug])
        if is_own
        else reverse("network:other-departure", args=[member.slug, found.member.id]),
    )
