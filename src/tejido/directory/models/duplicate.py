"""Records that may be one, and records that became one."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from tejido.directory.domain.duplicates.answers import Answer
from tejido.directory.domain.duplicates.profiles import Kind

KINDS = [(kind.value, kind.value) for kind in Kind]


class DuplicatePair(models.Model):
    """Two records of one kind that may be one, the smaller id first.

    `mark` is of all that was compared of both: an answer holds as long as it stays the same.
    Without foreign keys: a pair whose record is gone waits until it is back or looked for anew.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    kind = models.CharField(max_length=14, choices=KINDS)
    one = models.UUIDField()
    other = models.UUIDField()
    score = models.FloatField(help_text="0 to 1")
    reasons = models.JSONField(default=list)
    links = models.BooleanField(help_text="may be put together without anybody looking")
    mark = models.CharField(max_length=16)
    answer = models.CharField(
        max_length=10, choices=[(each.value, each.value) for each in Answer], blank=True
    )
    answered_by = models.UUIDField(null=True, help_text="a person")
    member = models.UUIDField(null=True, help_text="for whom they answered")
    answered_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "one", "other"], name="directory_duplicatepair_once"
            ),
            models.CheckConstraint(
                condition=~Q(one=F("other")), name="directory_duplicatepair_two_records"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in Kind]),
                name="directory_duplicatepair_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(answer__in=["", *(each.value for each in Answer)]),
                name="directory_duplicatepair_answer_known",
            ),
            models.CheckConstraint(
                condition=Q(score__gte=0, score__lte=1),
                name="directory_duplicatepair_score_share",
            ),
        ]
        indexes = [models.Index(fields=["answer", "-score"], name="directory_duplicatepair_queue")]

    def __str__(self) -> str:
        return f"{self.kind} {self.one} {self.other}"


class Alias(models.Model):
    """The id that a source gives to a record which became part of another one.

    `object_type` is as in acts. A place that an import must not take away points to itself.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    object_type = models.CharField(max_length=60)
    said = models.UUIDField(help_text="the source's id")
    stands_for = models.UUIDField(help_text="the record that stayed")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["object_type", "said"], name="directory_alias_once"),
        ]

    def __str__(self) -> str:
        return f"{self.object_type} {self.said}"
