"""How many days each part of a listing may be believed, and how fast a team calls."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from tejido.directory.domain.clocks import DAYS_AT_MOST, FieldGroup, PlaceKind
from tejido.directory.domain.vocabulary import Tier


class Clock(models.Model):
    """Days for one part of listings of one tier at one kind of place; null: no clock runs.

    `why` is what a coordinator wrote, empty where it is as shipped.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    group = models.CharField(max_length=12, choices=[(g.value, g.value) for g in FieldGroup])
    tier = models.CharField(max_length=8, choices=[(t.value, t.value) for t in Tier])
    kind = models.CharField(max_length=8, choices=[(k.value, k.value) for k in PlaceKind])
    days = models.PositiveSmallIntegerField(null=True)
    since = models.DateField()
    why = models.TextField(blank=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "tier", "kind"], name="directory_clock_once_for_each"
            ),
            models.CheckConstraint(
                condition=Q(group__in=[g.value for g in FieldGroup])
                & Q(tier__in=[t.value for t in Tier])
                & Q(kind__in=[k.value for k in PlaceKind]),
                name="directory_clock_words_known",
            ),
            models.CheckConstraint(
                condition=Q(days__isnull=True) | Q(days__range=(1, DAYS_AT_MOST)),
                name="directory_clock_days_in_range",
            ),
            models.CheckConstraint(
                condition=~Q(group="hours", tier="core") | Q(days__isnull=False),
                name="directory_clock_core_hours_run",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tier} {self.kind} {self.group}"


class Pace(models.Model):
    """How long one call sheet takes, and how much of the week the team has; one row."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    minutes_a_sheet = models.PositiveSmallIntegerField()
    minutes_a_week = models.PositiveIntegerField(null=True, help_text="null: nobody said")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes_a_sheet__range=(1, 480)),
                name="directory_pace_sheet_takes_minutes",
            ),
            models.CheckConstraint(
                condition=Q(minutes_a_week__isnull=True) | Q(minutes_a_week__lte=10_080),
                name="directory_pace_fits_a_week",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.minutes_a_sheet} min"
