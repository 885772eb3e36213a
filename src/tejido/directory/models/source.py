"""Where listings come from."""

from uuid import uuid4

from django.db import models
from django.db.models import Q


class Source(models.Model):
    """A published list; `published_on` is what a later confirmation is compared with."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    key = models.SlugField(max_length=80)
    name = models.TextField()
    url = models.TextField(blank=True)
    licence = models.TextField(blank=True)
    published_on = models.DateField(null=True)
    is_invented = models.BooleanField(default=False)
    trusted = models.BooleanField(default=True, help_text="its records count as confirmed")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key"], name="directory_source_key_once"),
            models.CheckConstraint(condition=~Q(key=""), name="directory_source_key_not_empty"),
            models.CheckConstraint(condition=~Q(name=""), name="directory_source_name_not_empty"),
        ]

    def __str__(self) -> str:
        return self.key


class Sourced(models.Model):
    """What every record that comes from a source carries.

    `provenance` says for each field who confirmed it and when (domain.provenance); `extra`
    keeps fields of the source that we have no place for, and `own_words` how the source writes
    what we read differently (domain.hsds.own_words). Both may name people and stay inside.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    source = models.ForeignKey(Source, models.PROTECT, related_name="+")
    provenance = models.JSONField(default=dict)
    extra = models.JSONField(default=dict)
    own_words = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        abstract = True
