"""Needs that nobody near could meet: how often, by county and day, and nothing about who."""

from uuid import uuid4

from django.db import models
from django.db.models import Q


class UnmetNeed(models.Model):
    """How many searches for one need found nothing within reach, in one county on one day.

    Its id is random and it has no instant: neither says in which order searches came. Nothing
    reads it until `disclosure` releases it (docs/adr/0009-unmet-searches.md).
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    concept = models.CharField(max_length=64)
    county_fips = models.CharField(max_length=5)
    day = models.DateField()
    searches = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["concept", "county_fips", "day"], name="directory_unmetneed_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(searches__gte=1), name="directory_unmetneed_of_one_search_or_more"
            ),
            models.CheckConstraint(
                condition=~Q(concept="") & Q(county_fips__range=("06001", "06115")),
                name="directory_unmetneed_of_a_need_in_a_county",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.concept} {self.county_fips} {self.day}"
