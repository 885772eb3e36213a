"""What the directory asks of a steward on the first page of the desk."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tejido.directory.queries.due import count_due
from tejido.directory.services.proposed_hours import count_waiting
from tejido.network.domain.permissions import Permission, is_allowed
from tejido.network.domain.roles import Role
from tejido.network.queries.access import MemberSeen
from tejido.network.tasks import Task
from tejido.ui.domain.wording import number_words


def tasks(member: MemberSeen, roles: frozenset[Role]) -> Iterator[Task]:
    """Return that hours are due or wait for a yes, to whoever keeps them. Five queries."""
    if is_allowed(roles, Permission.EDIT_LISTING):
        yield from _due(member)
    count = count_waiting() if is_allowed(roles, Permission.EDIT_LISTING) else 0
    if count:
        words = ngettext(
            "Look at the hours of %(count)s listing",
            "Look at the hours of %(count)s listings",
            count,
        )
        yield Task(
            words % {"count": number_words(count)},
            _("Until you say that they are right, people are told to call first."),
            reverse("directory:proposals", args=[member.slug]),
        )


def _due(member: MemberSeen) -> Iterator[Task]:
    count = count_due(today=timezone.localdate())
    if count:
        words = ngettext(
            "Confirm the hours of %(count)s listing",
            "Confirm the hours of %(count)s listings",
            count,
        )
        yield Task(
            words % {"count": number_words(count)},
            _("Nobody confirmed them for too long: people are told to call first."),
            reverse("directory:due", args=[member.slug]),
        )
