"""Tables of members that leave the network."""

from django.db import models
from django.db.models import F, Q

from tejido.foundation.owned import MemberOwned
from tejido.network.domain.departures import DepartureReason


class Departure(MemberOwned):
    """A member is to leave: one started, another confirms; on its last day what it has ends."""

    readable_by_network = True

    reason = models.CharField(
        max_length=12, choices=[(each.value, each.value) for each in DepartureReason]
    )
    last_day = models.DateField()
    started_by = models.UUIDField(help_text="a person")
    started_at = models.DateTimeField()
    confirmed_by = models.UUIDField(null=True, help_text="another person")
    confirmed_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True, help_text="when what it has was ended")
    what_ended = models.JSONField(default=dict, help_text="ids, by kind, for the undo")
    stopped_by = models.UUIDField(null=True, help_text="whoever stopped or undid it")
    stopped_at = models.DateTimeField(null=True)

    class Meta(MemberOwned.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(stopped_at__isnull=True),
                name="network_departure_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("started_by")),
                name="network_departure_by_two",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="network_departure_confirmed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(stopped_at__isnull=True, stopped_by__isnull=True)
                | Q(stopped_at__isnull=False, stopped_by__isnull=False),
                name="network_departure_stopped_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(confirmed_at__isnull=False),
                name="network_departure_done_after_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(reason__in=[each.value for each in DepartureReason]),
                name="network_departure_reason_known",
            ),
        ]

    def __str__(self) -> str:
        """Return the reason."""
        return self.reason
