"""Who offers services."""

from django.db import models
from django.db.models import Q

from tejido.directory.models.source import Sourced


class Organization(Sourced):
    """An HSDS organization: a listing, not a member of the network."""

    name = models.TextField()
    description = models.TextField(blank=True)
    website = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(name=""), name="directory_organization_name_not_empty"
            ),
        ]

    def __str__(self) -> str:
        return self.name
