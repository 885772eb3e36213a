"""What a source says and Tejido only carries."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from tejido.directory.models.details import one_owner
from tejido.directory.models.location import Location, ServiceAtLocation
from tejido.directory.models.organization import Organization
from tejido.directory.models.service import Service
from tejido.directory.models.source import Source

OWNERS = ("organization", "service", "location", "service_at_location", "source")


class Record(models.Model):
    """An HSDS object without a table of its own, such as a cost option, a contact, a taxonomy.

    It hangs on the object in which it stands, or on its source where it stands alone. `fields`
    holds it as the source wrote it, with what is nested in it. It may name people: it is for the
    desk, and never enters the public projection, but for contacts who agreed (ContactConsent).
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    organization = models.ForeignKey(
        Organization, models.CASCADE, null=True, related_name="records"
    )
    service = models.ForeignKey(Service, models.CASCADE, null=True, related_name="records")
    location = models.ForeignKey(Location, models.CASCADE, null=True, related_name="records")
    service_at_location = models.ForeignKey(
        ServiceAtLocation, models.CASCADE, null=True, related_name="records"
    )
    source = models.ForeignKey(Source, models.CASCADE, null=True, related_name="records")
    kind = models.TextField(help_text="the field that it stands in, or its HSDS name when alone")
    position = models.PositiveIntegerField(null=True, help_text="in a list, from 0")
    fields = models.JSONField()
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=one_owner(*OWNERS), name="directory_record_one_owner"
            ),
            models.CheckConstraint(condition=~Q(kind=""), name="directory_record_kind_not_empty"),
        ]

    def __str__(self) -> str:
        return self.kind
