"""Taking a need out of use, bringing it back, and its place among the others."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tejido.directory.domain.concepts import Concept
from tejido.directory.domain.need_rules import ON_THE_FIRST_PAGE, possible_parents
from tejido.directory.models.concept import Concept as ConceptRow
from tejido.directory.queries.concepts import labels
from tejido.directory.services.acts import Actor
from tejido.directory.services.concept_words import OBJECT_TYPE
from tejido.directory.services.concepts import concept_uuid
from tejido.directory.services.need_acts import (
    NeedRefused,
    clash_since,
    known_need,
    locked_needs,
    store_need_act,
)
from tejido.directory.services.setting import FieldKey


@transaction.atomic
def retire_need(*, need: str, actor: Actor, at: datetime) -> UUID:
    """Take a need out of use: nobody finds anything by it, and no file brings it back.

    Listings go on naming it. Return the act.

    Raises:
        NeedRefused: `need-unknown`; `need-on-first-page`; `need-has-narrower`.
    """
    concepts = locked_needs()
    known_need(need, concepts)
    if need in ON_THE_FIRST_PAGE:
        raise NeedRefused(
            "need-on-first-page", _("It is a button on the first page of the finder, so it stays.")
        )
    _refuse_with_narrower(need, concepts)
    return store_need_act(
        {FieldKey(OBJECT_TYPE, concept_uuid(need), "is_retired"): True}, actor=actor, at=at
    )


@transaction.atomic
def bring_need_back(*, need: str, actor: Actor, at: datetime) -> UUID:
    """Bring a need back that was taken out of use, with its words; return the act.

    Raises:
        NeedRefused: `need-unknown`: none was taken out; `word-elsewhere`: another need has one
            of its words by now; `parent-too-deep`.
    """
    before = locked_needs()
    row = ConceptRow.objects.filter(key=need, is_retired=True)
    if not row.exists() or need not in labels("en", with_retired=True):
        raise NeedRefused("need-unknown", _("There is no such need."))
    key = FieldKey(OBJECT_TYPE, concept_uuid(need), "is_retired")
    return _stored({key: False}, before, actor, at)


@transaction.atomic
def edit_facts(*, need: str, core: bool, parent: str, actor: Actor, at: datetime) -> UUID | None:
    """Change whether a need is harm reduction itself, and its broader need ('' for none).

    Return the act, None if nothing changed.

    Raises:
        NeedRefused: `need-unknown`; `parent-unknown`; `word-elsewhere`: a word that it shares
            with its broader need until now.
    """
    concepts = locked_needs()
    known = known_need(need, concepts)
    if (known.core, known.parent) == (core, parent):
        return None
    if parent and parent not in possible_parents(concepts, of=need):
        raise NeedRefused("parent-unknown", _("Choose a broader need from the list."))
    own = concept_uuid(need)
    values: dict[FieldKey, object] = {FieldKey(OBJECT_TYPE, own, "core"): core}
    if known.parent != parent:
        broader = str(concept_uuid(parent)) if parent else None
        values[FieldKey(OBJECT_TYPE, own, "parent")] = broader
    return _stored(values, concepts, actor, at)


def _stored(
    values: dict[FieldKey, object], before: Sequence[Concept], actor: Actor, at: datetime
) -> UUID:
    act_id = store_need_act(values, actor=actor, at=at)
    clash = clash_since(before)
    if clash is not None:
        raise NeedRefused(*clash)
    return act_id


def _refuse_with_narrower(need: str, concepts: Sequence[Concept]) -> None:
    narrower = next((each.id for each in concepts if each.parent == need), "")
    if narrower:
        name = labels(get_language() or "en").get(narrower, narrower)
        sentence = _("“%(need)s” is part of it. Give that another broader need first, or none.")
        raise NeedRefused("need-has-narrower", sentence % {"need": name})
