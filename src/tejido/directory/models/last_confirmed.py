"""When each part of each listing was last confirmed: kept beside the provenance, for lists."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from tejido.directory.domain.clocks import CLOCKS
from tejido.directory.models.organization import Organization
from tejido.directory.models.service import Service


class LastConfirmed(models.Model):
    """One part of one listing; made from provenance by `services.last_confirmed` alone.

    `clock` is the place of its clock in `domain.clocks.CLOCKS`, which is how much it harms to
    leave it. `since` is when it was last confirmed, or, where `is_confirmed` is false, when the
    listing came.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    listing = models.ForeignKey(Service, models.CASCADE, related_name="+")
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="+")
    clock = models.PositiveSmallIntegerField()
    since = models.DateField()
    is_confirmed = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["listing", "clock"], name="directory_lastconfirmed_once_for_each"
            ),
            models.CheckConstraint(
                condition=Q(clock__lt=len(CLOCKS)), name="directory_lastconfirmed_clock_known"
            ),
        ]
        indexes = [
            # Each holds all that a list or a count of what is due reads.
            models.Index(
                fields=["organization", "clock", "since", "is_confirmed"],
                name="directory_lastconfirmed_whose",
            ),
            models.Index(
                fields=["clock", "since", "is_confirmed"], name="directory_lastconfirmed_due"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.listing_id} {self.clock} {self.since}"
