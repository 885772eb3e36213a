"""Tables of what is left behind: what somebody who left handed over."""

from django.db import models
from django.db.models import Q

from tejido.foundation.owned import MemberOwned
from tejido.network.models.members import Membership


class HandedOver(MemberOwned):
    """One thing that somebody who left still held: who took it over, or that nobody did."""

    membership = models.ForeignKey(Membership, models.PROTECT, related_name="handed_over")
    kind = models.CharField(max_length=24, help_text="of a `Holding`")
    object_id = models.UUIDField()
    taker = models.UUIDField(null=True, help_text="a person; None where nobody takes it over")
    was = models.CharField(max_length=120, help_text="words that stood there before, or ''")
    handed_by = models.UUIDField(help_text="a person")
    handed_at = models.DateTimeField()
    back_at = models.DateTimeField(null=True, help_text="when it was given back")

    class Meta(MemberOwned.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["membership", "kind", "object_id"],
                condition=Q(back_at__isnull=True),
                name="network_handedover_once",
            ),
        ]

    def __str__(self) -> str:
        """Return what kind of thing it was."""
        return self.kind
