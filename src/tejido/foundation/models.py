"""What this installation keeps of itself: keys, backups, epochs, rounds, how long things stay."""

import uuid
from datetime import date

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce

from tejido.foundation.holds import HoldReason
from tejido.foundation.key_files import Purpose


class KeyUse(models.Model):
    """A key was made or found, and perhaps destroyed. Nothing here tells anything of its secret.

    A database without it would take a lost key for one that was never made, and make another.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    purpose = models.CharField(
        max_length=16, choices=[(each.value, each.value) for each in Purpose]
    )
    owner = models.UUIDField(null=True, help_text="the member whose pepper it is")
    generation = models.PositiveIntegerField()
    mark = models.CharField(max_length=16, help_text="tells the key from another one")
    made_at = models.DateTimeField()
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["purpose", "generation"],
                condition=Q(owner__isnull=True),
                name="foundation_keyuse_once",
            ),
            models.UniqueConstraint(
                fields=["purpose", "owner", "generation"],
                condition=Q(owner__isnull=False),
                name="foundation_keyuse_once_for_a_member",
            ),
            models.CheckConstraint(
                condition=Q(purpose__in=[each.value for each in Purpose]),
                name="foundation_keyuse_purpose_known",
            ),
            models.CheckConstraint(
                condition=Q(purpose="pepper", owner__isnull=False)
                | (~Q(purpose="pepper") & Q(owner__isnull=True)),
                name="foundation_keyuse_pepper_of_a_member",
            ),
        ]

    def __str__(self) -> str:
        """Return which key."""
        return f"{self.purpose}.{self.generation}"


class Epoch(models.Model):
    """The life of this database since it began, or since it was put back from a backup.

    Whoever was told that something arrived in an earlier epoch offers it again.
    """

    id = models.BigAutoField(primary_key=True)
    epoch = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    since = models.DateTimeField()
    restored_from = models.DateTimeField(null=True, help_text="the moment that the backup holds")

    def __str__(self) -> str:
        """Return the epoch."""
        return str(self.epoch)


class BackupMade(models.Model):
    """A backup of this database was written, and perhaps shown to give everything back."""

    id = models.UUIDField(primary_key=True, editable=False)
    epoch = models.UUIDField()
    taken_at = models.DateTimeField(help_text="the moment that it holds")
    file_name = models.TextField()
    size = models.BigIntegerField(help_text="bytes, as it is stored")
    told = models.JSONField(default=dict, help_text="what areas asked of the moment it holds")
    verified_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["taken_at"], name="foundation_backup_by_time")]

    def __str__(self) -> str:
        """Return the name of the file."""
        return self.file_name


class RoundMade(models.Model):
    """Work that is done again and again: when it was last begun, and when it was last done."""

    name = models.CharField(max_length=60, primary_key=True)
    begun_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=80, blank=True, help_text="kind of failure, or ''")

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class RuleKept(models.Model):
    """A rule by which rows go: what the network made of it, and what the last night removed."""

    name = models.CharField(max_length=60, primary_key=True)
    days = models.PositiveSmallIntegerField(null=True, help_text="None: as long as it is built")
    changed_by = models.UUIDField(null=True, help_text="a person")
    changed_at = models.DateTimeField(null=True)
    night = models.DateField(null=True, help_text="the local day of the last removal")
    removed = models.PositiveIntegerField(default=0, help_text="things that went that night")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(days__isnull=True) | Q(days__gte=1),
                name="foundation_rulekept_a_day_or_more",
            ),
        ]

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class Hold(models.Model):
    """Removal waits from one day until another, because somebody said so."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reason = models.CharField(
        max_length=16, choices=[(each.value, each.value) for each in HoldReason]
    )
    since = models.DateField()
    begun_by = models.UUIDField(help_text="a person")
    until = models.DateField(null=True, help_text="the day on which it ended")
    ended_by = models.UUIDField(null=True, help_text="a person")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Coalesce("until", Value(date.max)),
                condition=Q(until__isnull=True),
                name="foundation_hold_one_stands",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True, ended_by__isnull=True)
                | Q(until__isnull=False, ended_by__isnull=False),
                name="foundation_hold_ended_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(reason__in=[each.value for each in HoldReason]),
                name="foundation_hold_reason_known",
            ),
        ]

    def __str__(self) -> str:
        """Return the reason."""
        return self.reason
