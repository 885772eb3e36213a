"""Mappings that people made for the lists that they get again and again."""

from uuid import uuid4

from django.db import models


class SavedMapping(models.Model):
    """A mapping as TOML, under the key of its source. `saved_by` is empty for a command."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    name = models.CharField(max_length=80, unique=True)
    text = models.TextField()
    saved_at = models.DateTimeField()
    saved_by = models.UUIDField(null=True)

    def __str__(self) -> str:
        return self.name
