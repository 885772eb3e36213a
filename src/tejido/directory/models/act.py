"""What was done to the directory, by whom, and what it changed. Rows are only appended."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from tejido.directory.domain.acts import ActKind, ActState, FindingKind
from tejido.directory.models.source import Source


class Act(models.Model):
    """One thing that somebody or some import did.

    `actor` is a person's id, empty for a command; `role` is in which role they did it, and
    `member` for whom. `second` looked at it before it was done, in `second_role`.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    kind = models.CharField(max_length=8, choices=[(k.value, k.value) for k in ActKind])
    at = models.DateTimeField()
    actor = models.UUIDField(null=True)
    member = models.UUIDField(null=True)
    role = models.CharField(max_length=40, blank=True)
    second = models.UUIDField(null=True, help_text="the person who approved it")
    second_role = models.CharField(max_length=40, blank=True)
    source = models.ForeignKey(Source, models.PROTECT, null=True, related_name="acts")
    file_name = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in ActState])
    counts = models.JSONField(default=dict)
    undoes = models.ForeignKey("self", models.PROTECT, null=True, related_name="undone_by")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[k.value for k in ActKind]),
                name="directory_act_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in ActState]),
                name="directory_act_state_known",
            ),
            models.CheckConstraint(
                condition=Q(kind="undo", undoes__isnull=False)
                | (~Q(kind="undo") & Q(undoes__isnull=True)),
                name="directory_act_undo_names_an_act",
            ),
            models.CheckConstraint(
                condition=Q(second__isnull=True) | ~Q(second=F("actor")),
                name="directory_act_second_is_another",
            ),
        ]
        indexes = [models.Index(fields=["-at"], name="directory_act_latest")]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class Change(models.Model):
    """One field of one record before and after, in the order of their ids.

    `field` '' is the whole record: created where `before` is null, removed where it is not
    (then with all that hung on it). What hangs on a record is a field of it (`phones`).
    """

    id = models.BigAutoField(primary_key=True)
    act = models.ForeignKey(Act, models.PROTECT, related_name="changes")
    object_type = models.CharField(max_length=60)
    object_id = models.UUIDField()
    field = models.CharField(max_length=40, blank=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        indexes = [models.Index(fields=["object_id", "id"], name="directory_change_of_object")]

    def __str__(self) -> str:
        return f"{self.object_type} {self.object_id} {self.field}"


class Finding(models.Model):
    """What an act leaves for a steward to look at: what the source says, and what stands here."""

    id = models.BigAutoField(primary_key=True)
    act = models.ForeignKey(Act, models.PROTECT, related_name="findings")
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in FindingKind])
    object_type = models.CharField(max_length=60)
    object_id = models.UUIDField()
    name = models.TextField(blank=True)
    field = models.CharField(max_length=40, blank=True)
    theirs = models.JSONField(null=True)
    ours = models.JSONField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[k.value for k in FindingKind]),
                name="directory_finding_kind_known",
            ),
        ]
        indexes = [models.Index(fields=["object_id", "id"], name="directory_finding_of_object")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id} {self.field}"
