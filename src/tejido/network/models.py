"""Tables of the network: members, people, who works where in which role, who works with whom."""

import uuid

from django.db import models
from django.db.models import F, Q

from tejido.foundation.owned import MemberOwned, SharedByTwo
from tejido.network.domain.members import MemberKind, RelationshipKind
from tejido.network.domain.roles import Role


class Member(models.Model):
    """An organization of the network: the tenant. Its public listing is another thing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(
        max_length=20, choices=[(kind.value, kind.value) for kind in MemberKind]
    )
    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=60, unique=True)
    county_fips = models.CharField(max_length=5, help_text="five digits, or '' without a county")
    listing_id = models.UUIDField(null=True, help_text="directory.Organization, when it has one")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in MemberKind]),
                name="network_member_kind_known",
            ),
        ]

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class Person(models.Model):
    """Somebody who works in the network; the id is that of the account they sign in with."""

    id = models.UUIDField(primary_key=True, editable=False)
    display_name = models.CharField(max_length=80, help_text="what they want to be called")

    def __str__(self) -> str:
        """Return the id: names stay out of logs."""
        return str(self.id)


class Membership(MemberOwned):
    """A person works for, learns at or speaks for a member, from one day until another."""

    person_field = "person"

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True, help_text="the day on which it ended")

    class Meta(MemberOwned.Meta):
        constraints = [
            models.UniqueConstraint(fields=["member", "id"], name="network_membership_of_member"),
            models.UniqueConstraint(
                fields=["member", "person"],
                condition=Q(until__isnull=True),
                name="network_membership_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="network_membership_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        """Return the id."""
        return str(self.id)


class RoleGrant(MemberOwned):
    """A member gave a person a role, and may have taken it back."""

    membership = models.ForeignKey(Membership, models.PROTECT, related_name="grants")
    role = models.CharField(max_length=24, choices=[(role.value, role.value) for role in Role])
    granted_by = models.UUIDField(null=True, help_text="a person; None at the very beginning")
    granted_at = models.DateTimeField()
    withdrawn_by = models.UUIDField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta(MemberOwned.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["membership", "role"],
                condition=Q(withdrawn_at__isnull=True),
                name="network_rolegrant_once",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="network_rolegrant_withdrawn_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(role__in=[role.value for role in Role]),
                name="network_rolegrant_role_known",
            ),
        ]

    def __str__(self) -> str:
        """Return the role."""
        return self.role


class Relationship(SharedByTwo):
    """One member supports, places people with, authorizes or refers to another."""

    readable_by_network = True

    kind = models.CharField(
        max_length=16, choices=[(kind.value, kind.value) for kind in RelationshipKind]
    )
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta(SharedByTwo.Meta):
        constraints = [
            models.CheckConstraint(
                condition=~Q(from_member=F("to_member")), name="network_relationship_of_two"
            ),
            models.UniqueConstraint(
                fields=["from_member", "to_member", "kind"],
                condition=Q(until__isnull=True),
                name="network_relationship_once",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in RelationshipKind]),
                name="network_relationship_kind_known",
            ),
        ]

    def __str__(self) -> str:
        """Return the kind."""
        return self.kind


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
