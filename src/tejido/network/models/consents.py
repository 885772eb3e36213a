"""Tables of what people agreed to, and of what they took back."""

from django.db import models
from django.db.models import F, Q

from tejido.foundation.owned import MemberOwned
from tejido.network.domain.consents import Channel, Purpose, Way
from tejido.network.models.members import Person


class Consent(MemberOwned):
    """Somebody who works in the network said yes to a member, to one thing by one channel."""

    append_only = True
    person_field = "person"

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=24)
    channel = models.CharField(max_length=12)
    text_en = models.TextField(help_text="the words that they said yes to")
    text_es = models.TextField()
    digest = models.CharField(max_length=64, help_text="SHA-256 of both")
    way = models.CharField(max_length=12)
    given_on = models.DateField()
    until = models.DateField(null=True, help_text="the last day; None until it is withdrawn")
    noted_by = models.UUIDField(help_text="the person who wrote it down")
    noted_at = models.DateTimeField()

    class Meta(MemberOwned.Meta):
        constraints = [
            models.UniqueConstraint(fields=["member", "id"], name="network_consent_of_member"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("given_on")),
                name="network_consent_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(
                    purpose__in=[each.value for each in Purpose],
                    channel__in=[each.value for each in Channel],
                    way__in=[each.value for each in Way],
                ),
                name="network_consent_codes_known",
            ),
        ]

    def __str__(self) -> str:
        """Return what it is for."""
        return self.purpose


class ConsentWithdrawal(MemberOwned):
    """A person took a consent back: what was said stays as record, what it allowed is gone."""

    append_only = True
    person_field = "person"

    consent = models.OneToOneField(Consent, models.PROTECT, related_name="withdrawal")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    withdrawn_by = models.UUIDField(help_text="themself, or the person whom they told")
    withdrawn_at = models.DateTimeField()

    class Meta(MemberOwned.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["member", "id"], name="network_consentwithdrawal_of_member"
            ),
        ]

    def __str__(self) -> str:
        """Return the id."""
        return str(self.id)
