"""Facts about places. They belong to nobody, so every scope may read them."""

from django.db import models
from django.db.models import Q


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
