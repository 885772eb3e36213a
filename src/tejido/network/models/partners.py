"""Tables of the partner page: what a member wrote of itself, and what of it the network sees."""

from django.db import models

from tejido.foundation.owned import MemberOwned
from tejido.network.domain.partners import LONGEST_WORDS


class _Card(MemberOwned):
    offers = models.JSONField(default=list, help_text="list of `Help`")
    seeks = models.JSONField(default=list, help_text="list of `Help`")
    counties = models.JSONField(default=list, help_text="FIPS codes; 06 is all of California")
    words = models.CharField(max_length=LONGEST_WORDS)
    contact_name = models.CharField(max_length=80)
    phone = models.CharField(max_length=20, help_text="E.164, or ''")
    extension = models.CharField(max_length=12)
    email = models.CharField(max_length=254)

    class Meta(MemberOwned.Meta):
        abstract = True


class PartnerCard(_Card):
    """What a member wrote of itself; only its own people read it."""

    class Meta(_Card.Meta):
        constraints = [
            models.UniqueConstraint(fields=["member"], name="network_partnercard_one"),
        ]

    def __str__(self) -> str:
        """Return the id."""
        return str(self.id)


class PartnerListing(_Card):
    """What the network sees of a member that said yes; gone at once when it says no."""

    readable_by_network = True

    consented_at = models.DateTimeField()
    consented_by = models.UUIDField(help_text="a person")
    consent_text = models.CharField(max_length=20, help_text="which text was read")

    class Meta(_Card.Meta):
        constraints = [
            models.UniqueConstraint(fields=["member"], name="network_partnerlisting_one"),
        ]

    def __str__(self) -> str:
        """Return the id."""
        return str(self.id)
