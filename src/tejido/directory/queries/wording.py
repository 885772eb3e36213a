"""What a person reads about a listing, in each language that it is written in."""

from collections.abc import Mapping
from uuid import UUID

from tejido.directory.domain.public import PublicText
from tejido.directory.models import Location, Service, ServiceAtLocation
from tejido.translation.domain.texts import State, StoredText

SOURCE_LANGUAGE = "en"
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
    for field, parts in PARTS.items():
        found = [_part(owners, texts, part, language) for part in parts]
        written = [text for text in found if text is not None and text.text]
        words[field] = "\n\n".join(dict.fromkeys(text.text for text in written))
        if written:
            states[field] = min((text.state for text in written), key=BEST_LAST.index).value
    return PublicText(language=language, states=states, **words)


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
