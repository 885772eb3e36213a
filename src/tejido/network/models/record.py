"""Tables of what was done in a member's name, and of the seals over it."""

from django.db import models
from django.db.models import Q

from tejido.foundation.owned import MemberOwned


class Event(MemberOwned):
    """What somebody did in a member's name: added, never changed. No names, only ids and codes."""

    append_only = True

    actor = models.UUIDField(null=True, help_text="a person; None for the software itself")
    happened_at = models.DateTimeField()
    act = models.CharField(max_length=40, help_text="verb.object, such as grant.role")
    object_id = models.UUIDField()
    facts = models.JSONField(default=dict)

    class Meta(MemberOwned.Meta):
        indexes = [models.Index(fields=["member", "happened_at"], name="network_event_by_time")]
        constraints = [
            models.UniqueConstraint(fields=["member", "id"], name="network_event_of_member"),
        ]

    def __str__(self) -> str:
        """Return the act."""
        return self.act


class Seal(MemberOwned):
    """What happened at a member up to a moment, sealed: nobody changes it and is not found out."""

    append_only = True

    number = models.PositiveIntegerField(help_text="from 1, without a gap")
    sealed_at = models.DateTimeField()
    generation = models.PositiveIntegerField(help_text="of the key for the audit")
    count = models.PositiveIntegerField(help_text="events that it seals")
    seal = models.CharField(max_length=64, help_text="HMAC over the seal before and the events")

    class Meta(MemberOwned.Meta):
        constraints = [
            models.UniqueConstraint(fields=["member", "id"], name="network_seal_of_member"),
            models.UniqueConstraint(fields=["member", "number"], name="network_seal_once"),
            models.CheckConstraint(
                condition=Q(number__gte=1, generation__gte=1, count__gte=1),
                name="network_seal_counts_from_one",
            ),
        ]

    def __str__(self) -> str:
        """Return the number."""
        return str(self.number)


class SealedEvent(MemberOwned):
    """An event is sealed by one seal, at one place in its order."""

    append_only = True

    seal = models.ForeignKey(Seal, models.PROTECT, related_name="places")
    event = models.ForeignKey(Event, models.PROTECT, related_name="sealed")
    place = models.PositiveIntegerField(help_text="from 1")

    class Meta(MemberOwned.Meta):
        constraints = [
            models.UniqueConstraint(fields=["event"], name="network_sealedevent_once"),
            models.UniqueConstraint(
                fields=["seal", "place"], name="network_sealedevent_one_at_a_place"
            ),
            models.CheckConstraint(
                condition=Q(place__gte=1), name="network_sealedevent_counts_from_one"
            ),
        ]

    def __str__(self) -> str:
        """Return the id of the event."""
        return str(self.event_id)
