"""Tables of the contact book: whom a member writes to, what they do where, who is shared."""

from django.db import models
from django.db.models import F, Q

from tejido.foundation.owned import MemberOwned
from tejido.network.domain.conflicts import WORKS_FOR
from tejido.network.domain.contacts import LONGEST_NOTE, ContactKind
from tejido.network.domain.members import RelationshipKind

LANGUAGES = ("", "en", "es")
TIES = [WORKS_FOR, *(kind.value for kind in RelationshipKind)]


class Contact(MemberOwned):
    """Somebody, or an organization, that a member works with; never a person who uses services."""

    kind = models.CharField(
        max_length=12, choices=[(kind.value, kind.value) for kind in ContactKind]
    )
    name = models.CharField(max_length=120)
    also_called = models.CharField(max_length=120, help_text="another form of the name, or ''")
    phone = models.CharField(max_length=20, help_text="E.164, or ''")
    extension = models.CharField(max_length=12)
    email = models.CharField(max_length=254)
    language = models.CharField(max_length=2, help_text="in which to write, or ''")
    note = models.CharField(max_length=LONGEST_NOTE)
    findable = models.CharField(max_length=520, help_text="what a search looks through, folded")
    added_by = models.UUIDField(help_text="a person")
    added_at = models.DateTimeField()
    removed_by = models.UUIDField(null=True)
    removed_at = models.DateTimeField(null=True)
    brought_in = models.ForeignKey(
        "network.ContactImport", models.PROTECT, null=True, related_name="contacts"
    )

    class Meta(MemberOwned.Meta):
        indexes = [models.Index(fields=["member", "name"], name="network_contact_by_name")]
        constraints = [
            models.UniqueConstraint(fields=["member", "id"], name="network_contact_of_member"),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in ContactKind]),
                name="network_contact_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(language__in=LANGUAGES), name="network_contact_language_offered"
            ),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True, removed_by__isnull=True)
                | Q(removed_at__isnull=False, removed_by__isnull=False),
                name="network_contact_removed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        """Return the id: names stay out of logs."""
        return str(self.id)


class ContactTie(MemberOwned):
    """What a contact is to another contact or to a member, from a first day until a last one."""

    contact = models.ForeignKey(Contact, models.PROTECT, related_name="ties")
    kind = models.CharField(max_length=16, choices=[(kind, kind) for kind in TIES])
    organization = models.ForeignKey(Contact, models.PROTECT, null=True, related_name="+")
    at_member = models.ForeignKey("network.Member", models.PROTECT, null=True, related_name="+")
    title = models.CharField(max_length=80, help_text="what they do there, in words, or ''")
    since = models.DateField()
    until = models.DateField(null=True, help_text="the last day")

    class Meta(MemberOwned.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=TIES), name="network_contacttie_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(organization__isnull=True, at_member__isnull=False)
                | Q(organization__isnull=False, at_member__isnull=True),
                name="network_contacttie_of_one_other",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="network_contacttie_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        """Return the kind."""
        return self.kind


class SharedContact(MemberOwned):
    """What of a contact the whole network may read since they agreed; gone when they say no."""

    readable_by_network = True

    contact = models.ForeignKey(Contact, models.PROTECT, related_name="shared")
    kind = models.CharField(max_length=12)
    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=20)
    extension = models.CharField(max_length=12)
    email = models.CharField(max_length=254)
    language = models.CharField(max_length=2)
    findable = models.CharField(max_length=520)
    consented_on = models.DateField(help_text="the day on which the contact agreed")
    consent_text = models.CharField(max_length=20, help_text="which text was told")
    noted_by = models.UUIDField(help_text="the person who heard it")

    class Meta(MemberOwned.Meta):
        constraints = [
            models.UniqueConstraint(fields=["contact"], name="network_sharedcontact_once"),
        ]

    def __str__(self) -> str:
        """Return the id."""
        return str(self.id)


class ContactImport(MemberOwned):
    """A table of contacts that somebody brought: its rows until they are taken in, then none."""

    file_name = models.CharField(max_length=120)
    first_row = models.PositiveIntegerField(default=1, help_text="of the heading, from 1")
    rows = models.JSONField(default=list, help_text="the heading first; empty when it is done")
    columns = models.JSONField(default=list, help_text="what each column holds, '' for nothing")
    brought_by = models.UUIDField(help_text="a person")
    brought_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    added = models.PositiveIntegerField(default=0, help_text="contacts")
    organizations = models.PositiveIntegerField(null=True, help_text="of those that it added")
    known = models.PositiveIntegerField(null=True, help_text="rows that were there already")
    bad = models.PositiveIntegerField(null=True, help_text="rows that could not be taken in")

    class Meta(MemberOwned.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["member", "id"], name="network_contactimport_of_member"
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True) | Q(done_at__isnull=False),
                name="network_contactimport_undone_after_done",
            ),
        ]

    def __str__(self) -> str:
        """Return the id."""
        return str(self.id)
