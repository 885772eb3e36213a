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
    until = models.DateField(null=True, help_text="its last day in the network")
    tribal_partner_since = models.DateField(
        null=True, help_text="the day on which a coordinator marked it as a tribal partner"
    )

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
    """What one member does for another, from a first day until a last one."""

    readable_by_network = True

    kind = models.CharField(
        max_length=16, choices=[(kind.value, kind.value) for kind in RelationshipKind]
    )
    since = models.DateField()
    until = models.DateField(null=True, help_text="the last day")
    was_mistaken = models.BooleanField(default=False, help_text="it never was so; nobody reads it")

    class Meta(SharedByTwo.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="network_relationship_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(was_mistaken=False) | Q(until__isnull=False),
                name="network_relationship_mistaken_is_ended",
            ),
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
