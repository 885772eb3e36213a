"""The ledger of what has left: added to, never changed."""

import uuid

from django.db import models
from django.db.models import Q


class Release(models.Model):
    """Tables that anybody can read since then, whatever happens to the counts behind them.

    `tables` holds for each table the cells that are shown, with their counts, and those that are
    not, without: what is hidden is nowhere in it.
    """

    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.SlugField(max_length=40, help_text="what is counted")
    number = models.PositiveIntegerField(help_text="1 is the first release of its subject")
    period = models.CharField(max_length=20, help_text="what the tables are about, as 2026-Q3")
    threshold = models.PositiveSmallIntegerField()
    shows_zero = models.BooleanField()
    tables = models.JSONField()
    edition = models.SlugField(
        max_length=40, blank=True, default="", help_text="of the guidelines; '' where none scored"
    )
    judged = models.JSONField(default=dict, blank=True, help_text="score, with what it is made of")
    review = models.TextField(
        blank=True, default="", help_text="why it left although the guidelines ask for a review"
    )
    digest = models.CharField(
        max_length=64, help_text="SHA-256 of the tables as they left, with their score"
    )
    released_by = models.UUIDField(help_text="a person")
    released_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "number"], name="disclosure_release_one_after_the_other"
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1), name="disclosure_release_counted_from_one"
            ),
        ]

    def __str__(self) -> str:
        """Return what it is about."""
        return f"{self.subject} {self.period}"
