"""Table of invitations: who was asked to join a member, in which roles, and what became of it."""

from django.db import models
from django.db.models import F, Q

from tejido.foundation.owned import MemberOwned
from tejido.network.models.members import Membership


class Invitation(MemberOwned):
    """Somebody is asked to work for a member; the link is known only by its hash."""

    called = models.CharField(max_length=80, help_text="whom it is for, as the inviter calls them")
    roles = models.JSONField(help_text="list of roles")
    token_hash = models.CharField(max_length=64, help_text="SHA-256 of the link's token")
    made_by = models.UUIDField(help_text="a person")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    withdrawn_by = models.UUIDField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    membership = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")

    class Meta(MemberOwned.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["member", "token_hash"], name="network_invitation_one_link"
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")), name="network_invitation_holds_a_while"
            ),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True, membership__isnull=True)
                | Q(used_at__isnull=False, membership__isnull=False, withdrawn_at__isnull=True),
                name="network_invitation_used_or_withdrawn",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="network_invitation_withdrawn_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        """Return the id."""
        return str(self.id)
