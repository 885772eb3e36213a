"""Tables of the counties that members serve."""

from django.db import models
from django.db.models import F, Q

from tejido.foundation.owned import MemberOwned


class ServedCounty(MemberOwned):
    """A member serves a county, from a first day until a last one."""

    readable_by_network = True

    county_fips = models.CharField(max_length=5, help_text="five digits")
    since = models.DateField()
    until = models.DateField(null=True, help_text="the last day")
    was_mistaken = models.BooleanField(default=False, help_text="it never was so; nobody reads it")

    class Meta(MemberOwned.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["member", "county_fips"],
                condition=Q(until__isnull=True),
                name="network_servedcounty_once",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="network_servedcounty_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(was_mistaken=False) | Q(until__isnull=False),
                name="network_servedcounty_mistaken_is_ended",
            ),
        ]

    def __str__(self) -> str:
        """Return the county."""
        return self.county_fips
