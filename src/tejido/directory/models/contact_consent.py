"""Who agreed to be shown."""

from uuid import uuid4

from django.db import models
from django.db.models import Q


class ContactConsent(models.Model):
    """A contact agreed that everybody may see their name, title and numbers.

    `record` is the id of the carried record that holds the contact, and `mark` of all that it
    said when they agreed (domain.contacts): a contact that changed is no longer shown. Without a
    foreign key, because an import writes records anew. It holds nobody's name. Rows are only
    added and withdrawn.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    record = models.UUIDField()
    mark = models.CharField(max_length=16)
    agreed_on = models.DateField()
    noted_by = models.UUIDField(help_text="a person")
    member = models.UUIDField(help_text="for whom they noted it")
    role = models.CharField(max_length=40, blank=True)
    noted_at = models.DateTimeField()
    withdrawn_by = models.UUIDField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record"],
                condition=Q(withdrawn_at=None),
                name="directory_contactconsent_one_stands",
            ),
            models.CheckConstraint(
                condition=~Q(mark=""), name="directory_contactconsent_mark_not_empty"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_by=None, withdrawn_at=None)
                | Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False),
                name="directory_contactconsent_withdrawal_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record} {self.agreed_on}"
