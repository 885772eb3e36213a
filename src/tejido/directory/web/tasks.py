"""What the directory asks of a steward on the first page of the desk."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tejido.directory.services.proposed_hours import count_waiting
from tejido.network.domain.permissions import Permission, is_allowed
from tejido.network.domain.roles import Role
from tejido.network.queries.access import MemberSeen
from tejido.network.tasks import Task
from tejido.ui.domain.wording import number_words


def tasks(member: MemberSeen, roles: frozenset[Role]) -> Iterator[Task]:
    """Return that hours wait for a yes, to whoever may give it. Three queries."""
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
