"""The words for needs and what was done to them, at the desk."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from tejido.directory.domain.acts import TEXTS, ActKind, ActState
from tejido.directory.domain.concepts import FormKind
from tejido.directory.queries.history import ActSeen, ChangeSeen
from tejido.directory.queries.needs import NeedSeen, WordSeen
from tejido.directory.services.concept_words import FORM_TYPE
from tejido.directory.services.concepts import concept_uuid
from tejido.network.domain.roles import Role
from tejido.network.wording import ROLES
from tejido.translation.domain.texts import State

LANGUAGES = {"en": _("English"), "es": _("Spanish")}
WORDS_IN = {"en": _("Words in English"), "es": _("Words in Spanish")}
KINDS = {
    FormKind.SYNONYM: _("Other word"),
    FormKind.SLANG: _("Slang"),
    FormKind.BRAND: _("Brand"),
    FormKind.MISSPELLING: _("Misspelling"),
}
FIELDS = {
    FormKind.LABEL.value: _("Name"),
    FormKind.GLOSS.value: _("Short explanation"),
}
PLACES = {
    (FormKind.LABEL.value, "en"): _("Name in English"),
    (FormKind.LABEL.value, "es"): _("Name in Spanish"),
    (FormKind.GLOSS.value, "en"): _("Short explanation in English"),
    (FormKind.GLOSS.value, "es"): _("Short explanation in Spanish"),
}
STATES = {
    State.SOURCE: _("original"),
    State.MACHINE: _("by a machine, not read yet"),
    State.TRANSLATED: _("translated, not reviewed"),
    State.REVIEWED: _("reviewed"),
    State.STALE: _("the English changed since"),
}
CORE = {True: _("Harm reduction itself"), False: _("Help around it")}
FACTS = ("is_retired", "core", "parent")
ACT_STATES = {ActState.UNDONE: pgettext_lazy("act", "Taken back")}


def lines_of(need: NeedSeen, names: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return what was done to a need, the last first, each with its sentences.

    Args:
        need: with its history.
        names: id -> name of every need, in use or not.
    """
    words = {word.id: word for word in need.words}
    by_row = {str(concept_uuid(key)): name for key, name in names.items()}
    return [
        {
            "act": act,
            "who": role_words(act.role),
            "state": ACT_STATES.get(act.state, ""),
            "sentences": list(_sentences(changes, words, by_row)),
            "may_undo": act.state is ActState.DONE and act.kind is not ActKind.UNDO,
        }
        for act, changes in need.history
        if _is_told(act)
    ]


def role_words(role: str) -> str:
    """Return a role in words, or ''."""
    return str(ROLES[Role(role)]) if role in set(Role) else ""


def _is_told(act: ActSeen) -> bool:
    return act.state in (ActState.DONE, ActState.UNDONE)


def _sentences(
    changes: Iterable[ChangeSeen], words: Mapping[Any, WordSeen], names: Mapping[str, str]
) -> Iterator[dict[str, str]]:
    told = list(changes)
    is_new = any(each.field == TEXTS and not each.before for each in told)
    for change in told:
        if change.object_type == FORM_TYPE:
            word = words.get(change.object_id)
            if word is not None:
                yield _about_word(change, word)
        elif change.field == TEXTS:
            yield from _about_texts(change)
        elif change.field in FACTS:
            in_use = gettext("New need") if is_new else gettext("In use")
            yield {"words": _about_fact(change, names, in_use=in_use)}


def _about_word(change: ChangeSeen, word: WordSeen) -> dict[str, str]:
    if change.field == "kind":
        kinds = {"before": _kind(change.before), "after": _kind(change.after)}
        said = gettext("Kind: %(before)s, now %(after)s") % kinds
    elif change.after:
        said = gettext("Word taken out")
    else:
        said = gettext("Word in use")
    return {"words": said, "text": word.text, "language": word.language}


def _about_fact(change: ChangeSeen, names: Mapping[str, str], *, in_use: str) -> str:
    if change.field == "is_retired":
        return gettext("Out of use") if change.after else in_use
    if change.field == "core":
        return str(CORE[bool(change.after)])
    if change.after is None:
        return gettext("Part of no broader need")
    return gettext("Part of: %(parent)s") % {"parent": names.get(change.after, change.after)}


def _kind(value: Any) -> str:
    return str(KINDS[FormKind(value)])


def _about_texts(change: ChangeSeen) -> Iterator[dict[str, str]]:
    before, after = _by_place(change.before), _by_place(change.after)
    for field, language in sorted(before.keys() | after.keys()):
        was, now = before.get((field, language), ""), after.get((field, language), "")
        if was != now:
            yield {
                "words": str(PLACES[field, language]),
                "before": was,
                "text": now,
                "language": language,
            }


def _by_place(records: Any) -> dict[tuple[str, str], str]:
    return {(each["field"], each["language"]): each["text"] for each in records or ()}
