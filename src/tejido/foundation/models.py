"""Which keys this installation has used; the keys themselves lie in files."""

import uuid

from django.db import models
from django.db.models import Q

from tejido.foundation.key_files import Purpose


class KeyUse(models.Model):
    """A key was made or found, and perhaps destroyed. Nothing here tells anything of its secret.

    A database without it would take a lost key for one that was never made, and make another.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    purpose = models.CharField(
        max_length=16, choices=[(each.value, each.value) for each in Purpose]
    )
    owner = models.UUIDField(null=True, help_text="the member whose pepper it is")
    generation = models.PositiveIntegerField()
    mark = models.CharField(max_length=16, help_text="tells the key from another one")
    made_at = models.DateTimeField()
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["purpose", "generation"],
                condition=Q(owner__isnull=True),
                name="foundation_keyuse_once",
            ),
            models.UniqueConstraint(
                fields=["purpose", "owner", "generation"],
                condition=Q(owner__isnull=False),
                name="foundation_keyuse_once_for_a_member",
            ),
            models.CheckConstraint(
                condition=Q(purpose__in=[each.value for each in Purpose]),
                name="foundation_keyuse_purpose_known",
            ),
            models.CheckConstraint(
                condition=Q(purpose="pepper", owner__isnull=False)
                | (~Q(purpose="pepper") & Q(owner__isnull=True)),
                name="foundation_keyuse_pepper_of_a_member",
            ),
        ]

    def __str__(self) -> str:
        """Return which key."""
        return f"{self.purpose}.{self.generation}"
