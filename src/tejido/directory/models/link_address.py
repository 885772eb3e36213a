"""Where programs get the link by which they confirm, because they asked for it."""

from uuid import uuid4

from django.db import models
from django.db.models import Q


class LinkAddress(models.Model):
    """The e-mail address that a program gave for its links; '' once the program said stop.

    `organization` is an id and no key, as with `Call`. `tried_at` is when a letter was last in
    hand, `problem` why that one did not leave.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organization = models.UUIDField(unique=True)
    address = models.CharField(max_length=254, blank=True)
    language = models.CharField(max_length=2, choices=[("en", "en"), ("es", "es")])
    given_on = models.DateField(help_text="local day on which the program gave it")
    noted_at = models.DateTimeField()
    noted_by = models.UUIDField(null=True, help_text="a person")
    member = models.UUIDField(null=True, help_text="for whom they noted it")
    stopped_at = models.DateTimeField(null=True)
    tried_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=16, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(address="", stopped_at__isnull=False)
                | (~Q(address="") & Q(stopped_at=None)),
                name="directory_linkaddress_gone_once_stopped",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization}"
