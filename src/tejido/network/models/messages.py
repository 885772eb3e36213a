"""Tables of messages: where a person is reached, and what goes out to them."""

import uuid

from django.db import models
from django.db.models import F, Q

from tejido.foundation.owned import MemberOwned
from tejido.network.domain.messages import QUIET, Channel, Kind, State
from tejido.network.models.members import Person


class WayToReach(models.Model):
    """An address that a person gave for messages; theirs alone, and gone when they remove it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    channel = models.CharField(
        max_length=8, choices=[(each.value, each.value) for each in Channel]
    )
    address = models.CharField(max_length=254, help_text="e-mail address, or number in E.164")
    kinds = models.JSONField(default=list, help_text="kinds of message that they want here")
    daily_at = models.PositiveSmallIntegerField(null=True, help_text="local hour; None at once")
    quiet_from = models.PositiveSmallIntegerField(default=QUIET[0])
    quiet_until = models.PositiveSmallIntegerField(default=QUIET[1])
    confirmed_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True, help_text="when they said STOP to the carrier")
    code_hash = models.CharField(max_length=64, help_text="'' once it was used")
    code_at = models.DateTimeField(help_text="when the last code was made")
    code_tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "channel"], name="network_waytoreach_one_a_channel"
            ),
            models.CheckConstraint(
                condition=Q(channel__in=[each.value for each in Channel]),
                name="network_waytoreach_channel_known",
            ),
            models.CheckConstraint(
                condition=Q(quiet_from__lte=23, quiet_until__lte=23)
                & (Q(daily_at__isnull=True) | Q(daily_at__lte=23)),
                name="network_waytoreach_hours_of_a_day",
            ),
        ]

    def __str__(self) -> str:
        """Return the id: addresses stay out of logs."""
        return str(self.id)


class OutMessage(MemberOwned):
    """One thing to tell one person on one channel: no address, no words, nothing that it is about.

    What is sent together shares a `parcel`, whose id stays the same at each try.
    """

    person_field = "person"

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    channel = models.CharField(
        max_length=8, choices=[(each.value, each.value) for each in Channel]
    )
    kind = models.CharField(max_length=20, choices=[(each.value, each.value) for each in Kind])
    once = models.CharField(max_length=80, help_text="the same is told once; '' for each time")
    state = models.CharField(max_length=8, choices=[(each.value, each.value) for each in State])
    problem = models.CharField(max_length=12, help_text="a code of `Problem`")
    made_at = models.DateTimeField()
    due_at = models.DateTimeField(
        help_text="not before; while it is being sent, when to try again"
    )
    tried_at = models.DateTimeField(null=True, help_text="the first time")
    tries = models.PositiveSmallIntegerField(default=0)
    parcel = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True, help_text="sent, given up or dropped")

    class Meta(MemberOwned.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["member", "person", "channel", "kind", "once"],
                condition=~Q(once=""),
                name="network_outmessage_told_once",
            ),
            models.CheckConstraint(
                condition=Q(state=State.WAITING.value, ended_at__isnull=True)
                | ~Q(state=State.WAITING.value) & Q(ended_at__isnull=False),
                name="network_outmessage_ends_or_waits",
            ),
            models.CheckConstraint(
                condition=Q(due_at__gte=F("made_at")), name="network_outmessage_due_after_made"
            ),
        ]
        indexes = [
            models.Index(
                fields=["member", "due_at"],
                condition=Q(state=State.WAITING.value),
                name="network_outmessage_due",
            )
        ]

    def __str__(self) -> str:
        """Return the id."""
        return str(self.id)
