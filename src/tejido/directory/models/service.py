"""What is offered."""

from django.db import models
from django.db.models import Q

from tejido.directory.domain.vocabulary import Mode, Status, Tier
from tejido.directory.models.organization import Organization
from tejido.directory.models.source import Sourced


class Service(Sourced):
    """An HSDS service. `source_digest` marks what the source said last (domain.digest).

    `email` is for the desk; it never enters the public projection.
    """

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="services")
    name = models.TextField()
    description = models.TextField(blank=True)
    status = models.CharField(max_length=24, choices=[(s.value, s.value) for s in Status])
    tier = models.CharField(max_length=8, choices=[(t.value, t.value) for t in Tier])
    mode = models.CharField(max_length=8, choices=[(m.value, m.value) for m in Mode])
    url = models.TextField(blank=True)
    email = models.TextField(blank=True)
    before_you_go = models.TextField(blank=True)
    languages = models.JSONField(default=list, help_text="ISO 639 codes")
    reach = models.JSONField(default=list, help_text="county FIPS codes; empty: the whole state")
    hours_text = models.TextField(blank=True)
    assured_date = models.DateField(null=True)
    source_digest = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="directory_service_name_not_empty"),
            models.CheckConstraint(
                condition=Q(status__in=[s.value for s in Status]),
                name="directory_service_status_known",
            ),
            models.CheckConstraint(
                condition=Q(tier__in=[t.value for t in Tier]), name="directory_service_tier_known"
            ),
            models.CheckConstraint(
                condition=Q(mode__in=[m.value for m in Mode]), name="directory_service_mode_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name
