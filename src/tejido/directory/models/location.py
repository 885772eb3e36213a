"""Where services are."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from tejido.directory.domain.vocabulary import Precision, Visibility
from tejido.directory.models.service import Service
from tejido.directory.models.source import Sourced

VISIBILITIES = [(v.value, v.value) for v in Visibility]


class Location(Sourced):
    """An HSDS location. A point is whole or absent; degrees WGS 84."""

    name = models.TextField(blank=True)
    landmark = models.TextField(blank=True)
    transportation = models.TextField(blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    precision = models.CharField(max_length=12, choices=[(p.value, p.value) for p in Precision])
    timezone = models.TextField(default="America/Los_Angeles")
    visibility = models.CharField(max_length=24, choices=VISIBILITIES)
    languages = models.JSONField(default=list, help_text="ISO 639 codes")
    hours_text = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False),
                name="directory_location_point_whole",
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True) | Q(latitude__gte=-90, latitude__lte=90),
                name="directory_location_latitude_on_earth",
            ),
            models.CheckConstraint(
                condition=Q(longitude__isnull=True) | Q(longitude__gte=-180, longitude__lte=180),
                name="directory_location_longitude_on_earth",
            ),
            models.CheckConstraint(
                condition=Q(visibility__in=[v.value for v in Visibility]),
                name="directory_location_visibility_known",
            ),
            models.CheckConstraint(
                condition=Q(precision__in=[p.value for p in Precision]),
                name="directory_location_precision_known",
            ),
            models.CheckConstraint(
                condition=~Q(timezone=""), name="directory_location_timezone_not_empty"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Address(models.Model):
    """Where a location is, in words (HSDS address). ZIP and FIPS are text."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    location = models.OneToOneField(Location, models.CASCADE, related_name="address")
    address_1 = models.TextField(blank=True)
    address_2 = models.TextField(blank=True)
    city = models.TextField(blank=True)
    state_province = models.TextField(blank=True)
    postal_code = models.TextField(blank=True)
    county_fips = models.CharField(max_length=5, blank=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(county_fips="") | Q(Exact(Length("county_fips"), 5)),
                name="directory_address_county_five_digits",
            ),
        ]

    def __str__(self) -> str:
        return self.address_1


class ServiceAtLocation(Sourced):
    """An HSDS service_at_location: the unit that the finder ranks.

    `visibility` is what this record's own source said of the place; the strictest word of all
    that share the location holds (domain.visibility).
    """

    service = models.ForeignKey(Service, models.CASCADE, related_name="places")
    location = models.ForeignKey(Location, models.PROTECT, related_name="services")
    description = models.TextField(blank=True)
    hours_text = models.TextField(blank=True)
    visibility = models.CharField(max_length=24, choices=VISIBILITIES)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(visibility__in=[v.value for v in Visibility]),
                name="directory_serviceatlocation_visibility_known",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
