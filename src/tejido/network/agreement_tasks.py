"""Agreements that wait for a signature, for the first page of a member's desk."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tejido.network.domain.permissions import Permission, is_allowed
from tejido.network.domain.roles import Role
from tejido.network.queries.access import MemberSeen
from tejido.network.queries.agreements import agreements_of
from tejido.network.tasks import Task


def agreements_to_sign(member: MemberSeen, roles: frozenset[Role]) -> Iterator[Task]:
    """Yield a task for each agreement that waits for the member, for those who may sign."""
    if not is_allowed(roles, Permission.SIGN_AGREEMENT):
        return
    for agreement in agreements_of(member.id, at=timezone.now()):
        if agreement.waits_for(member.id):
            name = agreement.other(member.id).name
            yield Task(
                words=_("Read the agreement with %(name)s, and sign it or not") % {"name": name},
                why=_("Nothing is shared before both sides have signed"),
                href=reverse("network:agreement", args=[member.slug, agreement.id]),
            )
