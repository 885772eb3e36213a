"""Tables of what tribal partners ask before anything about them is released."""

from django.db import models
from django.db.models import Q

from tejido.foundation.owned import MemberOwned

USUAL_THRESHOLD = 11


class ReleaseRule(MemberOwned):
    """What a tribal partner asks of every release; its newest rule counts."""

    append_only = True
    readable_by_network = True

    holds = models.BooleanField(help_text="False where the partner asks no more")
    counties = models.JSONField(help_text="five digits each")
    threshold = models.PositiveIntegerField(help_text="the smallest count that it lets out")
    words_en = models.TextField(help_text="what the partner says about it, in its own words")
    words_es = models.TextField()
    set_by = models.UUIDField(help_text="a person")
    set_at = models.DateTimeField()

    class Meta(MemberOwned.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(threshold__gte=USUAL_THRESHOLD),
                name="network_releaserule_no_less_than_usual",
            ),
        ]

    def __str__(self) -> str:
        """Return the id."""
        return str(self.id)


class ReleaseAnswer(MemberOwned):
    """A tribal partner said yes or no to one release, in writing; its newest answer counts."""

    append_only = True
    readable_by_network = True

    subject = models.SlugField(max_length=40, help_text="what is counted, as disclosure names it")
    period = models.CharField(max_length=20, help_text="as 2026-Q3")
    says_yes = models.BooleanField()
    signed_as = models.CharField(max_length=80, help_text="the name that they wrote under it")
    person = models.UUIDField()
    answered_at = models.DateTimeField()

    class Meta(MemberOwned.Meta):
        indexes = [
            models.Index(fields=["subject", "period"], name="network_releaseanswer_of"),
        ]

    def __str__(self) -> str:
        """Return what it is about."""
        return f"{self.subject} {self.period}"
