"""Facts about places. They belong to nobody, so every scope may read them."""

import uuid

from django.db import models
from django.db.models import Q

from tejido.geography.domain.california import EAST, NORTH, SOUTH, WEST
from tejido.geography.domain.landmarks import LONGEST_NAME, LandmarkKind

_IN_CALIFORNIA = Q(latitude__range=(SOUTH, NORTH), longitude__range=(WEST, EAST))


class County(models.Model):
    """One of the 58 counties, with its centre of population in 2020."""

    fips = models.CharField(primary_key=True, max_length=5, help_text="text: 06001")
    name = models.CharField(max_length=40, unique=True, help_text="without the word County")
    population_2020 = models.PositiveIntegerField()
    latitude = models.FloatField(help_text="degrees")
    longitude = models.FloatField(help_text="degrees")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(fips__regex=r"^06[0-9]{3}$"), name="geography_county_fips_california"
            )
        ]

    def __str__(self) -> str:
        return self.name


class ZipPoint(models.Model):
    """A point for a ZIP code: approximate, a mile off as a rule and 63 miles at worst."""

    code = models.CharField(primary_key=True, max_length=5, help_text="text: leading zeros stay")
    town = models.CharField(max_length=60)
    county = models.ForeignKey(County, models.PROTECT, null=True, related_name="+")
    latitude = models.FloatField(help_text="degrees")
    longitude = models.FloatField(help_text="degrees")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^[0-9]{5}$"), name="geography_zippoint_code_five_digits"
            )
        ]

    def __str__(self) -> str:
        return self.code


class Town(models.Model):
    """A name that mail uses for a town or neighbourhood, at the point of one of its ZIP codes."""

    key = models.CharField(primary_key=True, max_length=80, help_text="county and name")
    name = models.CharField(max_length=60)
    county = models.ForeignKey(County, models.PROTECT, null=True, related_name="+")
    latitude = models.FloatField(help_text="degrees")
    longitude = models.FloatField(help_text="degrees")
    zip_count = models.PositiveIntegerField(help_text="ZIP codes that use the name")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(zip_count__gte=1), name="geography_town_zip_count_positive"
            ),
            models.UniqueConstraint(
                fields=["name", "county"], name="geography_town_name_once_in_county"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Tract(models.Model):
    """A census tract with its people and their centre, as the last file that was loaded says."""

    geoid = models.CharField(primary_key=True, max_length=11, help_text="text: 06001400100")
    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    population = models.PositiveIntegerField()
    latitude = models.FloatField(help_text="degrees; of the people, not of the land")
    longitude = models.FloatField(help_text="degrees")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(geoid__regex=r"^06[0-9]{9}$"), name="geography_tract_geoid_california"
            ),
            models.CheckConstraint(
                condition=Q(geoid__startswith=models.F("county_id")),
                name="geography_tract_lies_in_its_county",
            ),
            models.CheckConstraint(
                condition=_IN_CALIFORNIA, name="geography_tract_point_in_california"
            ),
        ]

    def __str__(self) -> str:
        return self.geoid


class CountyOutline(models.Model):
    """The outline of a county, simple enough to draw, and the box around it."""

    county = models.OneToOneField(County, models.CASCADE, primary_key=True, related_name="+")
    polygons = models.JSONField(
        help_text="polygons of rings of [longitude, latitude]; the first ring is the outer one"
    )
    south = models.FloatField(help_text="degrees")
    north = models.FloatField(help_text="degrees")
    west = models.FloatField(help_text="degrees")
    east = models.FloatField(help_text="degrees")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    south__lt=models.F("north"),
                    west__lt=models.F("east"),
                    south__gte=SOUTH,
                    north__lte=NORTH,
                    west__gte=WEST,
                    east__lte=EAST,
                ),
                name="geography_countyoutline_box_in_california",
            )
        ]

    def __str__(self) -> str:
        return self.county_id


class Landmark(models.Model):
    """A spot that people know by name, or a corner of two streets; exact. Removed ones stay."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(
        max_length=13, choices=[(kind.value, kind.value) for kind in LandmarkKind]
    )
    name = models.CharField(max_length=LONGEST_NAME, help_text="without the town")
    spanish_name = models.CharField(max_length=LONGEST_NAME, blank=True)
    other_names = models.JSONField(default=list, help_text="searched, never shown")
    town = models.CharField(max_length=60)
    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    latitude = models.FloatField(help_text="degrees")
    longitude = models.FloatField(help_text="degrees")
    identity = models.CharField(max_length=200, help_text="equal for two of one name in a town")
    added_on = models.DateField()
    added_by = models.UUIDField()
    removed_on = models.DateField(null=True)
    removed_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in LandmarkKind]),
                name="geography_landmark_kind_known",
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(town=""), name="geography_landmark_named"
            ),
            models.CheckConstraint(
                condition=_IN_CALIFORNIA, name="geography_landmark_point_in_california"
            ),
            models.CheckConstraint(
                condition=Q(removed_on__isnull=True, removed_by__isnull=True)
                | Q(removed_on__isnull=False, removed_by__isnull=False),
                name="geography_landmark_removed_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["identity"],
                condition=Q(removed_on__isnull=True),
                name="geography_landmark_once_in_town",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.town}"


class LandmarkVersion(models.Model):
    """All that stood of a landmark before it was changed, and who changed it. Only added to."""

    landmark = models.ForeignKey(Landmark, models.PROTECT, related_name="+")
    kind = models.CharField(
        max_length=13, choices=[(kind.value, kind.value) for kind in LandmarkKind]
    )
    name = models.CharField(max_length=LONGEST_NAME)
    spanish_name = models.CharField(max_length=LONGEST_NAME, blank=True)
    other_names = models.JSONField(default=list)
    town = models.CharField(max_length=60)
    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    latitude = models.FloatField(help_text="degrees")
    longitude = models.FloatField(help_text="degrees")
    removed_on = models.DateField(null=True, help_text="it was out of the list since then")
    removed_by = models.UUIDField(null=True)
    changed_on = models.DateField()
    changed_by = models.UUIDField()

    def __str__(self) -> str:
        return f"{self.name}, {self.town}"
