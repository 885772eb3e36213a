"""Links by which a program confirms its listings without an account."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from tejido.directory.models.call import Call


class ConfirmLink(models.Model):
    """One link for one program, for one answer; only a hash of its token is kept.

    `confirmed` is what was confirmed with it: name of the listing and part, both public. `asked`
    is what its page showed, listing and part, so that the program can correct its answer; `call`
    is the answer that holds. `mailed_at` is when it was mailed; None where somebody made it by
    hand. `organization` is an id and no key, as with `Call`.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organization = models.UUIDField()
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_on = models.DateField()
    made_by = models.UUIDField(null=True, help_text="a person")
    member = models.UUIDField(null=True, help_text="for whom they made it")
    mailed_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    call = models.ForeignKey(Call, models.PROTECT, null=True, related_name="+")
    confirmed = models.JSONField(default=list)
    asked = models.JSONField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(token_hash=""), name="directory_confirmlink_hash_not_empty"
            ),
            models.UniqueConstraint(
                fields=["organization"],
                condition=Q(revoked_at=None, call=None),
                name="directory_confirmlink_one_stands",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "-made_at"], name="directory_confirmlink_last")
        ]

    def __str__(self) -> str:
        return f"{self.organization} {self.expires_on}"
