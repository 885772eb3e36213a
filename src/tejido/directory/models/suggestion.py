"""What anybody said is wrong with a listing."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from tejido.directory.domain.suggestions import Answer, Wrong
from tejido.directory.models.act import Act
from tejido.directory.models.call import Call


class Suggestion(models.Model):
    """One thing that somebody says is wrong; nothing about who, and a day instead of an instant.

    Its id is random. `listing` and `service` are ids and no keys: a record that became part of
    another one, or is gone, takes nobody's words with it. `further` counts what came after it on
    that day and was not kept. What the program itself said, by its link, names its call and the
    record that it said it of.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    listing = models.UUIDField()
    service = models.UUIDField()
    wrong = models.CharField(max_length=10, choices=[(w.value, w.value) for w in Wrong])
    note = models.TextField(blank=True)
    instead = models.TextField(blank=True)
    language = models.CharField(max_length=8)
    day = models.DateField()
    further = models.PositiveIntegerField(default=0)
    answer = models.CharField(
        max_length=10,
        default=Answer.WAITS.value,
        choices=[(a.value, a.value) for a in Answer],
    )
    answered_on = models.DateField(null=True)
    role = models.CharField(max_length=40, blank=True, help_text="of who answered")
    act = models.ForeignKey(Act, models.PROTECT, null=True, related_name="+")
    call = models.ForeignKey(Call, models.PROTECT, null=True, related_name="+")
    record = models.UUIDField(null=True, help_text="on which the field stands")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(wrong__in=[w.value for w in Wrong])
                & Q(answer__in=[a.value for a in Answer]),
                name="directory_suggestion_words_known",
            ),
            models.CheckConstraint(
                condition=Q(answer="waits", answered_on__isnull=True, act__isnull=True)
                | Q(~Q(answer="waits"), answered_on__isnull=False),
                name="directory_suggestion_answered_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(call__isnull=True, record__isnull=True)
                | Q(call__isnull=False, record__isnull=False),
                name="directory_suggestion_program_names_a_record",
            ),
        ]
        indexes = [
            models.Index(fields=["listing", "day"], name="directory_suggestion_listing"),
            models.Index(fields=["day"], name="directory_suggestion_day"),
        ]

    def __str__(self) -> str:
        return f"{self.listing} {self.wrong} {self.day}"
