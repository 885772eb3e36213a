"""What people look for, and the words that they type for it."""

import uuid

from django.db import models
from django.db.models import Q

from tejido.directory.domain.concepts import FormKind
from tejido.directory.domain.needs import LANGUAGES, SHOWN

SEARCHED = [kind.value for kind in FormKind if kind not in SHOWN]


class Concept(models.Model):
    """A need or supply that listings state and people search by.

    Its label and gloss are text units (`directory.concept`, fields `label` and `gloss`).
    `source` holds anchors of docs/sources.md. Nobody finds anything by a retired need.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.SlugField(max_length=40, unique=True)
    core = models.BooleanField(help_text="harm reduction itself, not what stands around it")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    position = models.PositiveSmallIntegerField()
    source = models.JSONField(default=list)
    is_retired = models.BooleanField(default=False)
    updated_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(key=""), name="directory_concept_key_not_empty"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=models.F("id")),
                name="directory_concept_not_its_own_parent",
            ),
        ]

    def __str__(self) -> str:
        return self.key


class ConceptForm(models.Model):
    """A word that people type for a concept; searched, never shown.

    A retired one is kept, so that what a steward took out does not come back with the file.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    concept = models.ForeignKey(Concept, models.CASCADE, related_name="forms")
    language = models.CharField(max_length=12)
    text = models.CharField(max_length=80)
    kind = models.CharField(max_length=12, choices=[(kind, kind) for kind in SEARCHED])
    source = models.CharField(max_length=60, blank=True)
    is_retired = models.BooleanField(default=False)
    updated_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["concept", "language", "text"],
                name="directory_conceptform_once_a_language",
            ),
            models.CheckConstraint(
                condition=~Q(text=""), name="directory_conceptform_text_not_empty"
            ),
            models.CheckConstraint(
                condition=Q(language__in=LANGUAGES), name="directory_conceptform_language_known"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=SEARCHED), name="directory_conceptform_kind_is_searched"
            ),
        ]

    def __str__(self) -> str:
        return self.text
