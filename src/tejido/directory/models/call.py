"""Who was asked to confirm their listings, how, and what came of it."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from tejido.directory.domain.call_sheet import Channel, Outcome
from tejido.directory.models.act import Act


class Call(models.Model):
    """One attempt to have a program confirm its listings. Rows are only added.

    `act` is what was confirmed and changed; only who was reached can confirm. `to_change` names
    the fields that the program said have changed and that nobody wrote yet: listing, kind of
    record, record, field. It holds nobody's name. `organization` is an id and no key: what was
    asked of a program that became part of another one, or is gone, stays (queries.aliases).
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organization = models.UUIDField()
    at = models.DateTimeField()
    channel = models.CharField(max_length=12, choices=[(c.value, c.value) for c in Channel])
    outcome = models.CharField(max_length=12, choices=[(o.value, o.value) for o in Outcome])
    act = models.ForeignKey(Act, models.PROTECT, null=True, related_name="+")
    to_change = models.JSONField(default=list)
    called_by = models.UUIDField(null=True, help_text="a person")
    member = models.UUIDField(null=True, help_text="for whom they called")
    role = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(channel__in=[c.value for c in Channel])
                & Q(outcome__in=[o.value for o in Outcome]),
                name="directory_call_words_known",
            ),
            models.CheckConstraint(
                condition=Q(outcome="reached") | Q(act__isnull=True, to_change=[]),
                name="directory_call_only_who_was_reached_confirms",
            ),
        ]
        indexes = [models.Index(fields=["organization", "-at"], name="directory_call_latest")]

    def __str__(self) -> str:
        return f"{self.organization} {self.outcome}"
