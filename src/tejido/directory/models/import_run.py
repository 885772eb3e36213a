"""Imports at the desk, from the file to its end."""

from django.db import models
from django.db.models import Q

from tejido.directory.domain.import_runs import RunKind, RunState
from tejido.directory.models.act import Act
from tejido.foundation.owned import MemberOwned


class ImportRun(MemberOwned):
    """One file that somebody brought, what it was said to be, and what became of it.

    The file lies in a folder of the run's id in the data folder until the run is over.
    `mapping` is TOML; `result` holds counts and the first issues.
    """

    by = models.UUIDField(help_text="a person")
    at = models.DateTimeField()
    file_name = models.TextField()
    kind = models.CharField(max_length=8, choices=[(k.value, k.value) for k in RunKind])
    sheet = models.TextField(blank=True)
    mapping = models.TextField(blank=True)
    source = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in RunState])
    problem = models.TextField(blank=True)
    result = models.JSONField(default=dict)
    act = models.ForeignKey(Act, models.PROTECT, null=True, related_name="+")

    class Meta(MemberOwned.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in RunState]),
                name="directory_importrun_state_known",
            ),
        ]
        indexes = [models.Index(fields=["member", "-at"], name="directory_importrun_latest")]

    def __str__(self) -> str:
        return f"{self.file_name} {self.state}"
