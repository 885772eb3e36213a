"""The words for needs and what was done to them, at the desk."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from tejido.directory.domain.acts import TEXTS, ActKind, ActState
from tejido.directory.domain.concepts import FormKind
from tejido.directory.queries.history import ActSeen, ChangeSeen
from tejido.directory.queries.needs import NeedSeen, WordSeen
from tejido.directory.services.concept_words import FORM_TYPE
from tejido.network.domain.roles import Role
from tejido.network.wording import ROLES
from tejido.translation.domain.texts import State

LANGUAGES = {"en": lazy("English"), "es": lazy("Spanish")}
WORDS_IN = {"en": lazy("Words in English"), "es": lazy("Words in Spanish")}
KINDS = {
    FormKind.SYNONYM: lazy("Other word"),
    FormKind.SLANG: lazy("Slang"),
    FormKind.BRAND: lazy("Brand"),
    FormKind.MISSPELLING: lazy("Misspelling"),
}
FIELDS = {
    FormKind.LABEL.value: lazy("Name"),
    FormKind.GLOSS.value: lazy("Short explanation"),
}
PLACES = {
    (FormKind.LABEL.value, "en"): lazy("Name in English"),
    (FormKind.LABEL.value, "es"): lazy("Name in Spanish"),
    (FormKind.GLOSS.value, "en"): lazy("Short explanation in English"),
    (FormKind.GLOSS.value, "es"): lazy("Short explanation in Spanish"),
}
STATES = {
    State.SOURCE: lazy("original"),
    State.MACHINE: lazy("by a machine, not read yet"),
    State.TRANSLATED: lazy("translated, not reviewed"),
    State.REVIEWED: lazy("reviewed"),
    State.STALE: lazy("the English changed since"),
}
ACT_STATES = {ActState.UNDONE: lazy("Taken back")}


def lines_of(need: NeedSeen) -> list[dict[str, Any]]:
    """Return what was done to a need, the last first, each with its sentences."""
    words = {word.id: word for word in need.words}
    return [
        {
            "act": act,
            "who": role_words(act.role),
            "state": ACT_STATES.get(act.state, ""),
            "sentences": list(_sentences(changes, words)),
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
    changes: Iterable[ChangeSeen], words: Mapping[Any, WordSeen]
) -> Iterator[dict[str, str]]:
    for change in changes:
        if change.object_type == FORM_TYPE:
            word = words.get(change.object_id)
            if word is not None:
                yield _about_word(change, word)
        elif change.field == TEXTS:
            yield from _about_texts(change)
        elif change.field == "is_retired":
            yield {"words": _("The need was taken back") if change.after else _("New need")}


def _about_word(change: ChangeSeen, word: WordSeen) -> dict[str, str]:
    if change.field == "kind":
        kinds = {"before": _kind(change.before), "after": _kind(change.after)}
        said = _("Kind: %(before)s, now %(after)s") % kinds
    elif change.after:
        said = _("Word taken out")
    else:
        said = _("Word in use")
    return {"words": said, "text": word.text, "language": word.language}


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
