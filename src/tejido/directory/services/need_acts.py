"""What every act on needs has in common: nobody else meanwhile, its history, no shared words."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tejido.directory.domain.acts import ActKind
from tejido.directory.domain.concepts import Concept
from tejido.directory.domain.needs import Problem, need_problems
from tejido.directory.models.concept import Concept as ConceptRow
from tejido.directory.queries.concepts import all_concepts, labels
from tejido.directory.services.acts import Actor, Recorder, begin_act, finish_act
from tejido.directory.services.setting import FieldKey, set_values
from tejido.directory.services.texts import put_recorded
from tejido.foundation.errors import Refused
from tejido.translation.domain.texts import TextEntry


class NeedRefused(Refused):
    """Something about a need that cannot be so.

    Attributes:
        field: (field, language) that it is about, for `edit_shown` and `add_need`.
    """

    def __init__(self, code: str, sentence: object, *, field: tuple[str, str] = ("", "")) -> None:
        """Keep the code, the sentence and the field."""
        super().__init__(code, sentence)
        self.field = field


class Clash(NamedTuple):
    """Why the needs cannot stay as they became; the parts of a refusal."""

    code: str
    sentence: object


def locked_needs() -> list[Concept]:
    """Return all needs, and let nobody else change one meanwhile. Four queries."""
    list(ConceptRow.objects.select_for_update(of=("self",)).order_by("id").values_list("id"))
    return all_concepts()


def known_need(need: str, concepts: Sequence[Concept]) -> Concept:
    """Return a need in use.

    Raises:
        NeedRefused: `need-unknown`.
    """
    for concept in concepts:
        if concept.id == need:
            return concept
    raise NeedRefused("need-unknown", _("There is no such need."))


def clash_since(before: Iterable[Concept]) -> Clash | None:
    """Return what is wrong among the needs now and was not before, or None.

    That is `word-elsewhere`, two strangers with one word, or `parent-too-deep`.
    """
    for problem in set(need_problems(all_concepts())) - set(need_problems(before)):
        if problem.code == "form-shared":
            return Clash("word-elsewhere", _shared(problem))
        if problem.code == "parent-too-deep":
            return Clash(problem.code, _("A need has at most two broader ones above it."))
    return None


def store_need_act(
    values: Mapping[FieldKey, object],
    *,
    actor: Actor,
    at: datetime,
    entries: Iterable[TextEntry] = (),
) -> UUID:
    """Set fields and texts of needs as one act; return it."""
    act_id = begin_act(kind=ActKind.EDIT, at=at, actor=actor)
    record = Recorder(act_id)
    set_values(values, at=at, record=record)
    texts = list(entries)
    put_recorded(texts, record)
    record.flush()
    finish_act(act_id, counts={"fields": len(values) + len(texts)})
    return act_id


def _shared(problem: Problem) -> object:
    word, _open, other = problem.detail.removesuffix(")").rpartition(" (")
    names = labels(get_language() or "en")
    sentence = _(
        "“%(word)s” would belong to “%(one)s” and to “%(other)s” then. Take it out of one first."
    )
    return sentence % {
        "word": word,
        "one": names.get(problem.need, problem.need),
        "other": names.get(other, other),
    }
