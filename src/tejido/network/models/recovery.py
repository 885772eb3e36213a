"""Tables of accounts that two people open again for somebody who cannot sign in."""

from django.db import models
from django.db.models import F, Q

from tejido.foundation.owned import MemberOwned
from tejido.network.models.members import Membership


class Recovery(MemberOwned):
    """Somebody started to open a person's account again; another confirms, or it is stopped."""

    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    started_by = models.UUIDField()
    started_at = models.DateTimeField()
    confirmed_by = models.UUIDField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    stopped_by = models.UUIDField(null=True)
    stopped_at = models.DateTimeField(null=True)

    class Meta(MemberOwned.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["membership"],
                condition=Q(confirmed_at__isnull=True, stopped_at__isnull=True),
                name="network_recovery_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("started_by")),
                name="network_recovery_by_two",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(stopped_at__isnull=True),
                name="network_recovery_ends_once",
            ),
            models.CheckConstraint(
                condition=(
                    Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                    | Q(confirmed_at__isnull=False, confirmed_by__isnull=False)
                )
                & (
                    Q(stopped_at__isnull=True, stopped_by__isnull=True)
                    | Q(stopped_at__isnull=False, stopped_by__isnull=False)
                ),
                name="network_recovery_ended_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        """Return the id."""
        return str(self.id)
