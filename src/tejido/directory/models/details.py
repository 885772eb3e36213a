"""What hangs on a service, a location, or a service at a location."""

from functools import reduce
from operator import or_
from uuid import uuid4

from django.db import models
from django.db.models import Q

from tejido.directory.models.location import Location, ServiceAtLocation
from tejido.directory.models.service import Service


def one_owner(*owners: str) -> Q:
    """Return the condition that exactly one of the owners is set."""
    alone = [Q(**{f"{other}__isnull": other != owner for other in owners}) for owner in owners]
    return reduce(or_, alone)


class Detail(models.Model):
    """A row that belongs to exactly one owner and goes with it."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    service = models.ForeignKey(Service, models.CASCADE, null=True, related_name="%(class)ss")
    location = models.ForeignKey(Location, models.CASCADE, null=True, related_name="%(class)ss")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        abstract = True


class Phone(Detail):
    """An HSDS phone. `hsds_id` is the source's id: one number may hang on several owners."""

    service_at_location = models.ForeignKey(
        ServiceAtLocation, models.CASCADE, null=True, related_name="phones"
    )
    hsds_id = models.UUIDField()
    position = models.PositiveSmallIntegerField(help_text="order of the source, from 0")
    number = models.TextField(help_text="E.164 where it could be read")
    extension = models.TextField(blank=True)
    type = models.TextField(blank=True)
    description = models.TextField(blank=True)
    languages = models.JSONField(default=list, help_text="ISO 639 codes")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=one_owner("service", "location", "service_at_location"),
                name="directory_phone_one_owner",
            ),
            models.CheckConstraint(
                condition=~Q(number=""), name="directory_phone_number_not_empty"
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Schedule(Detail):
    """An HSDS schedule (a rule), or a dated exception, which HSDS has no word for.

    Local times in the location's zone. A rule recurs; an exception holds on each day from
    `valid_from` to `valid_to`, closed where it has no times.
    """

    service_at_location = models.ForeignKey(
        ServiceAtLocation, models.CASCADE, null=True, related_name="schedules"
    )
    is_exception = models.BooleanField(default=False)
    freq = models.CharField(max_length=8, blank=True)
    interval = models.PositiveSmallIntegerField(default=1)
    byday = models.TextField(blank=True)
    bymonthday = models.TextField(blank=True)
    opens_at = models.TimeField(null=True)
    closes_at = models.TimeField(null=True)
    dtstart = models.DateField(null=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    description = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=one_owner("service", "location", "service_at_location"),
                name="directory_schedule_one_owner",
            ),
            models.CheckConstraint(
                condition=Q(is_exception=True)
                | Q(
                    freq__in=["WEEKLY", "MONTHLY"], opens_at__isnull=False, closes_at__isnull=False
                ),
                name="directory_schedule_rule_complete",
            ),
            models.CheckConstraint(
                condition=Q(is_exception=False)
                | Q(freq="", valid_from__isnull=False, valid_to__isnull=False),
                name="directory_schedule_exception_dated",
            ),
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True, closes_at__isnull=True)
                | Q(opens_at__isnull=False, closes_at__isnull=False),
                name="directory_schedule_times_together",
            ),
            models.CheckConstraint(
                condition=Q(interval__gte=1), name="directory_schedule_interval_positive"
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_from__lte=models.F("valid_to")),
                name="directory_schedule_days_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.freq or "exception"


class Label(models.TextChoices):
    """What an attribute says (HSDS attribute.label)."""

    NEED = "need"
    KEYWORD = "keyword"
    FACT = "fact"


class Attribute(Detail):
    """An HSDS attribute: a need (`term` is a concept), a keyword, or a fact with yes or no."""

    label = models.CharField(max_length=8, choices=Label.choices)
    term = models.TextField()
    value = models.CharField(max_length=3, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=one_owner("service", "location"),
                name="directory_attribute_one_owner",
            ),
            models.CheckConstraint(
                condition=Q(label="fact", value__in=["yes", "no"])
                | Q(label__in=["need", "keyword"], value=""),
                name="directory_attribute_value_fits_label",
            ),
            models.CheckConstraint(
                condition=~Q(term=""), name="directory_attribute_term_not_empty"
            ),
            models.UniqueConstraint(
                fields=["service", "label", "term"], name="directory_attribute_once_per_service"
            ),
            models.UniqueConstraint(
                fields=["location", "label", "term"], name="directory_attribute_once_per_location"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.term}"
