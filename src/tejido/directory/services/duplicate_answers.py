"""What a steward says about a pair, besides putting both together."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tejido.directory.domain.duplicates.answers import Answer
from tejido.directory.domain.duplicates.profiles import Kind
from tejido.directory.models import DuplicatePair
from tejido.directory.queries.duplicates import profiles_of
from tejido.directory.services.acts import Actor
from tejido.directory.services.duplicates import mark_of
from tejido.foundation.errors import Refused


class AnswerRefused(Refused):
    """An answer that came too late; nothing changed."""


def answer_pair(*, pair_id: UUID, answer: Answer, seen: str, actor: Actor, at: datetime) -> None:
    """Keep that two records are not the same, or that somebody looks at them later.

    Not the same holds against every later look as long as both stay as they are.

    Args:
        pair_id: of the pair.
        answer: which.
        seen: `mark_of_pair` when the steward looked.
        actor: the steward.
        at: when.

    Raises:
        AnswerRefused: `pair-gone`; `changed-meanwhile`: one of them is another than they saw.
    """
    with transaction.atomic():
        pair = DuplicatePair.objects.select_for_update().filter(pk=pair_id).first()
        now = mark_of_pair(Kind(pair.kind), pair.one, pair.other) if pair else ""
        if pair is None or not now:
            raise AnswerRefused("pair-gone", _("One of the two is no longer there."))
        if now != seen:
            sentence = _(
                "Somebody changed one of them while you were looking. Look at both again."
            )
            raise AnswerRefused("changed-meanwhile", sentence)
        pair.answer, pair.mark, pair.answered_at = answer.value, now, at
        pair.answered_by, pair.member = actor.person, actor.member
        pair.updated_at = at
        pair.save()


def take_back_answer(*, pair_id: UUID, answer: Answer, at: datetime) -> None:
    """Let a pair wait again, as if nobody had answered.

    Args:
        pair_id: of the pair.
        answer: that is taken back.
        at: when.

    Raises:
        AnswerRefused: `answered-otherwise`: somebody answered something else meanwhile, or took
            it back already.
    """
    rows = DuplicatePair.objects.filter(pk=pair_id, answer=answer.value)
    back = {"answer": "", "answered_at": None, "answered_by": None, "member": None}
    if not rows.update(**back, updated_at=at):
        sentence = _("Nothing was taken back: it was taken back already, or answered anew.")
        raise AnswerRefused("answered-otherwise", sentence)


def mark_of_pair(kind: Kind, one: UUID, other: UUID) -> str:
    """Return a mark of all that is compared of two records now, '' where one is gone."""
    found = list(profiles_of(kind, {one, other}))
    return mark_of(*found) if len(found) == len({one, other}) else ""
