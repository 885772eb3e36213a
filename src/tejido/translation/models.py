"""Texts in several languages, one row for each object, field and language."""

import uuid

from django.db import models
from django.db.models import Q

from tejido.translation.domain.texts import State


class Unit(models.Model):
    """One text of one field of one object in one language.

    `source_hash` is the fingerprint of the source text that this one says in another language;
    of a source it is its own.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    object_type = models.CharField(max_length=60)
    object_id = models.UUIDField()
    field = models.CharField(max_length=40)
    language = models.CharField(max_length=12)
    text = models.TextField()
    source_hash = models.CharField(max_length=64)
    state = models.CharField(
        max_length=10, choices=[(state.value, state.value) for state in State]
    )
    is_machine = models.BooleanField(default=False, help_text="no person has read it yet")
    is_critical = models.BooleanField(default=False)
    written_by = models.UUIDField(null=True)
    reviewed_by = models.UUIDField(null=True)
    reviewed_for = models.UUIDField(null=True, help_text="the member that answers for the review")
    reviewed_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["object_id", "field", "language", "object_type"],
                name="translation_unit_one_text_a_language",
            ),
            models.UniqueConstraint(
                fields=["object_id", "field", "object_type"],
                condition=Q(state=State.SOURCE.value),
                name="translation_unit_one_source",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.REVIEWED.value)
                | Q(
                    reviewed_by__isnull=False,
                    reviewed_for__isnull=False,
                    reviewed_on__isnull=False,
                ),
                name="translation_unit_reviewed_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.MACHINE.value) | Q(is_machine=True),
                name="translation_unit_machine_says_so",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in State]),
                name="translation_unit_state_known",
            ),
        ]

    def __str__(self) -> str:
        """Return where the text belongs, never the text itself."""
        return f"{self.object_type} {self.object_id} {self.field} {self.language}"
