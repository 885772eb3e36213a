"""Changes that wait for a second person, and what became of them."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from tejido.directory.domain.acts import ActKind
from tejido.directory.domain.four_eyes import ProposalState
from tejido.directory.models.act import Act

_DECIDED = Q(decided_at__isnull=False, decided_by__isnull=False)
_BY_ANOTHER = _DECIDED & ~Q(decided_by=F("proposed_by"))
_BY_THEMSELVES = _DECIDED & Q(decided_by=F("proposed_by"))


class ProposedChange(models.Model):
    """One change that somebody proposed: of some fields, or taking back `undoes`.

    `act` is what was done once somebody said yes; empty where it stood so already.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField(max_length=8, choices=[(k.value, k.value) for k in ActKind])
    undoes = models.ForeignKey(Act, models.PROTECT, null=True, related_name="+")
    proposed_by = models.UUIDField(help_text="a person")
    member = models.UUIDField(null=True, help_text="for whom they did")
    role = models.CharField(max_length=40, blank=True)
    proposed_at = models.DateTimeField()
    state = models.CharField(
        max_length=12, choices=[(s.value, s.value) for s in ProposalState], default="waiting"
    )
    decided_by = models.UUIDField(null=True, help_text="a person")
    decided_role = models.CharField(max_length=40, blank=True)
    decided_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True, help_text="why it was turned down, or done alone")
    act = models.ForeignKey(Act, models.PROTECT, null=True, related_name="proposed_as")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="waiting", decided_at__isnull=True, decided_by__isnull=True)
                | (Q(state="approved") & _BY_ANOTHER)
                | (Q(state="alone") & _BY_THEMSELVES & ~Q(reason=""))
                | (Q(state="turned-down") & _BY_ANOTHER & ~Q(reason=""))
                | (Q(state="withdrawn") & _BY_THEMSELVES),
                name="directory_proposedchange_second_person",
            ),
            models.CheckConstraint(
                condition=Q(act__isnull=True) | Q(state__in=["approved", "alone"]),
                name="directory_proposedchange_act_after_yes",
            ),
        ]
        indexes = [models.Index(fields=["state", "proposed_at"], name="directory_proposed_queue")]

    def __str__(self) -> str:
        return f"{self.state} {self.id}"


class ProposedField(models.Model):
    """One field of a proposed change: what it held when it was proposed, and is to hold.

    `language` is that of a text in another language than English, else ''.
    """

    id = models.BigAutoField(primary_key=True)
    proposal = models.ForeignKey(ProposedChange, models.CASCADE, related_name="fields")
    object_type = models.CharField(max_length=60)
    object_id = models.UUIDField()
    field = models.CharField(max_length=40)
    language = models.CharField(max_length=2, blank=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "object_id", "field", "language"],
                name="directory_proposedfield_once",
            ),
        ]
        indexes = [models.Index(fields=["object_id"], name="directory_proposed_of_object")]

    def __str__(self) -> str:
        return f"{self.object_type} {self.object_id} {self.field}"
