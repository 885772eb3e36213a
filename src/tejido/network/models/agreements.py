"""Tables of agreements: their versions, who signed them, how they ended, what was sent."""

from typing import Any

from django.db import models
from django.db.models import F, Q

from tejido.foundation.owned import SharedByTwo
from tejido.network.domain.agreements import Basis, EndReason, Sharing


def _known(field: str, codes: Any) -> Q:
    return Q(**{f"{field}__in": [code.value for code in codes]})


class Agreement(SharedByTwo):
    """One member (from) lets another (to) see something; what, its versions say."""

    append_only = True

    opened_at = models.DateTimeField()

    class Meta(SharedByTwo.Meta):
        constraints = [
            models.CheckConstraint(
                condition=~Q(from_member=F("to_member")), name="network_agreement_of_two"
            ),
        ]

    def __str__(self) -> str:
        """Return the id."""
        return str(self.id)


class AgreementVersion(SharedByTwo):
    """What an agreement says, as it was proposed: a change is another version."""

    append_only = True

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(help_text="from 1")
    tables = models.JSONField(help_text="codes of what is shared")
    sharing = models.CharField(max_length=24, help_text="who may see it")
    covers_from = models.DateField()
    covers_until = models.DateField(null=True, help_text="None for as long as it is valid")
    valid_from = models.DateField()
    valid_until = models.DateField()
    basis = models.CharField(max_length=16)
    text_en = models.TextField()
    text_es = models.TextField()
    digest = models.CharField(max_length=64, help_text="SHA-256 of all of it")
    side = models.UUIDField(help_text="the member that proposed it")
    proposed_by = models.UUIDField(help_text="a person")
    proposed_at = models.DateTimeField()

    class Meta(SharedByTwo.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "number"], name="network_agreementversion_once"
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1), name="network_agreementversion_counts_from_one"
            ),
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("valid_from")),
                name="network_agreementversion_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(covers_until__isnull=True) | Q(covers_until__gte=F("covers_from")),
                name="network_agreementversion_covers_forward",
            ),
            models.CheckConstraint(
                condition=_known("sharing", Sharing) & _known("basis", Basis),
                name="network_agreementversion_codes_known",
            ),
        ]

    def __str__(self) -> str:
        """Return the number."""
        return str(self.number)


class AgreementSignature(SharedByTwo):
    """A named person signed a version for one of the two members."""

    append_only = True

    version = models.ForeignKey(AgreementVersion, models.PROTECT, related_name="signatures")
    side = models.UUIDField(help_text="the member that it binds")
    person = models.UUIDField()
    signed_as = models.CharField(max_length=80, help_text="the name that they wrote under it")
    signed_at = models.DateTimeField()
    digest = models.CharField(max_length=64, help_text="of what they signed")

    class Meta(SharedByTwo.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["version", "side"], name="network_agreementsignature_once"
            ),
            models.CheckConstraint(
                condition=Q(side=F("from_member")) | Q(side=F("to_member")),
                name="network_agreementsignature_of_one_of_two",
            ),
        ]

    def __str__(self) -> str:
        """Return the id: names stay out of logs."""
        return str(self.id)


class ProposalEnd(SharedByTwo):
    """A version was turned down by one side, or taken back by the one that proposed it."""

    append_only = True

    version = models.OneToOneField(AgreementVersion, models.PROTECT, related_name="closed")
    side = models.UUIDField(help_text="the member that did not want it")
    person = models.UUIDField()
    words = models.TextField(help_text="why, as the other side reads it; or ''")
    ended_at = models.DateTimeField()

    class Meta(SharedByTwo.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(side=F("from_member")) | Q(side=F("to_member")),
                name="network_proposalend_by_one_of_two",
            ),
        ]

    def __str__(self) -> str:
        """Return the id: words stay out of logs."""
        return str(self.id)


class AgreementEnd(SharedByTwo):
    """One of the two ended an agreement: from that moment, for good."""

    append_only = True

    agreement = models.OneToOneField(Agreement, models.PROTECT, related_name="end")
    side = models.UUIDField(help_text="the member that ended it")
    person = models.UUIDField()
    reason = models.CharField(max_length=20)
    ended_at = models.DateTimeField()

    class Meta(SharedByTwo.Meta):
        constraints = [
            models.CheckConstraint(
                condition=_known("reason", EndReason), name="network_agreementend_reason_known"
            ),
            models.CheckConstraint(
                condition=Q(side=F("from_member")) | Q(side=F("to_member")),
                name="network_agreementend_by_one_of_two",
            ),
        ]

    def __str__(self) -> str:
        """Return the reason."""
        return self.reason


class SentBatch(SharedByTwo):
    """Rows of one member (from) that another (to) took with it: which, not what they said."""

    append_only = True

    agreement = models.UUIDField(help_text="under which; perhaps one that a third member signed")
    table = models.CharField(max_length=40)
    cells = models.JSONField(help_text="of the rows, without their counts")
    person = models.UUIDField(help_text="to whom")
    sent_at = models.DateTimeField()

    class Meta(SharedByTwo.Meta):
        indexes = [models.Index(fields=["agreement", "sent_at"], name="network_sentbatch_by_time")]

    def __str__(self) -> str:
        """Return the table."""
        return self.table
