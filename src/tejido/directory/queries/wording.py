"""What a person reads about a listing, in each language that it is written in."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from tejido.directory.domain.public import PublicText
from tejido.directory.models import Location, Service, ServiceAtLocation
from tejido.translation.domain.texts import State, StoredText
from tejido.translation.queries import texts_of

SOURCE_LANGUAGE = "en"
BOTH = (SOURCE_LANGUAGE, "es")
# (word for the owner in PARTS, its id) -> (field, language) -> text
Texts = Mapping[tuple[str, UUID], Mapping[tuple[str, str], StoredText]]
Owners = Mapping[str, Service | Location | ServiceAtLocation]
# Each public field, and the stored texts that make it up.
PARTS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "name": (("service", "name"),),
    "description": (("service", "description"), ("place", "description")),
    "before_you_go": (("service", "before_you_go"),),
    "landmark": (("location", "landmark"),),
}
# A text made of several is as good as the worst of them.
BEST_LAST = (State.STALE, State.MACHINE, State.TRANSLATED, State.REVIEWED, State.SOURCE)


def spanish_names(kind: str, ids: Iterable[UUID | None]) -> set[UUID]:
    """Return which records have a name in Spanish alone. One query at most.

    Args:
        kind: of the records, such as `directory.service`.
        ids: of the records.
    """
    known = {each for each in ids if each is not None}
    return {
        owner
        for (owner, field, language), text in (texts_of(kind, known) if known else {}).items()
        if field == "name" and language == "es" and text.state is State.SOURCE
    }


def public_texts(owners: Owners, texts: Texts) -> tuple[PublicText, ...]:
    """Return the texts of these owners, English first, then the others by code.

    An owner that is not handed in (a place that is not public) brings no words.
    """
    written = (key for word, owner in owners.items() for key in texts.get((word, owner.pk), {}))
    languages = sorted({language for _, language in written} - {SOURCE_LANGUAGE})
    return tuple(_in_language(owners, texts, each) for each in (SOURCE_LANGUAGE, *languages))


def _in_language(owners: Owners, texts: Texts, language: str) -> PublicText:
    words: dict[str, str] = {}
    states: dict[str, str] = {}
    rest: dict[str, tuple[str, str]] = {}
    for field, parts in PARTS.items():
        found = {part: _part(owners, texts, part, language) for part in parts}
        written = [text for text in found.values() if text and text.text]
        words[field] = _joined(written)
        if written:
            states[field] = min((text.state for text in written), key=BEST_LAST.index).value
            other = _elsewhere(owners, texts, found, language)
            rest |= {field: other} if other else {}
    return PublicText(language=language, states=states, rest=rest, **words)


def _joined(written: Iterable[StoredText]) -> str:
    return "\n\n".join(dict.fromkeys(text.text for text in written))


def _elsewhere(
    owners: Owners,
    texts: Texts,
    found: Mapping[tuple[str, str], StoredText | None],
    language: str,
) -> tuple[str, str] | None:
    """Return the language and words of the parts that are written in the other language alone.

    What repeats a part that is written in this language is left out; None where nothing is left.
    """
    other = next(each for each in BOTH if each != language)
    there = {part: _part(owners, texts, part, other) for part in found}
    kept = {part: text for part, text in there.items() if text and text.text}
    known = {text.text for part, text in kept.items() if _is_written(found[part])}
    said = _joined(text for text in kept.values() if text.text not in known)
    return (other, said) if said else None


def _is_written(text: StoredText | None) -> bool:
    return text is not None and bool(text.text)


def _part(owners: Owners, texts: Texts, part: tuple[str, str], language: str) -> StoredText | None:
    owner = owners.get(part[0])
    if owner is None:
        return None
    written = texts.get((part[0], owner.pk), {})
    if language == SOURCE_LANGUAGE:
        is_other = any(
            field == part[1] and text.state is State.SOURCE and code != SOURCE_LANGUAGE
            for (field, code), text in written.items()
        )
        return None if is_other else StoredText(getattr(owner, part[1]), State.SOURCE)
    return written.get((part[1], language))
