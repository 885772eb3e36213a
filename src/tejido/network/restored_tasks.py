"""What to look through after a backup was put back, for the first page of a member's desk.

What was ended or withdrawn after the moment of the backup stands in it as it stood before.
"""

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tejido.foundation.backups import put_back_since
from tejido.network.domain.permissions import Permission, is_allowed
from tejido.network.domain.roles import Role
from tejido.network.queries.access import MemberSeen
from tejido.network.tasks import Task
from tejido.network.zone import ZONE

SHOWN_FOR = timedelta(days=30)
LOOKED_THROUGH = (
    (Permission.EDIT_RETENTION, "network:held",
     gettext_lazy("Look whether removal was on hold, and put it on hold again")),
    (Permission.RELEASE_COUNTS, "directory:unmet",
     gettext_lazy("Do not release again what left after the backup: everybody has it, "
                  "and the ledger of releases no longer knows it")),
    (Permission.WITHDRAW_ROLE, "network:people",
     gettext_lazy("Look through who works here, and take back again what was taken back")),
    (Permission.REVOKE_AGREEMENT, "network:agreements",
     gettext_lazy("Look through the agreements, and end again what was ended")),
    (Permission.NOTE_CONSENT, "network:consents",
     gettext_lazy("Look through the consents, and note again what was taken back")),
    (Permission.EDIT_PARTNER_CARD, "network:partner-card",
     gettext_lazy("Look at your card for partners, and hide again what was hidden")),
)  # fmt: skip


def to_look_through(member: MemberSeen, roles: frozenset[Role]) -> Iterator[Task]:
    """Yield, for 30 days after a backup was put back, what may hold again and should not."""
    moment = put_back_since(timezone.now() - SHOWN_FOR)
    if moment is None:
        return
    said = date_format(moment.astimezone(ZONE), "DATETIME_FORMAT")
    why = _("A backup of %(moment)s was put back: what you changed later is not in it.")
    for permission, page, words in LOOKED_THROUGH:
        if is_allowed(roles, permission):
            href = reverse(page, args=[member.slug])
            yield Task(words=str(words), why=why % {"moment": said}, href=href)
