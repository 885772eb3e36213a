"""Cells that list words, such as `Spanish, English y hmong`, word by word."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from tejido.directory.domain.languages import language_named
from tejido.directory.domain.needs import normal_form

# What stands in a cell where there is nothing to say.
NOTHING = frozenset(("", "no", "none", "n a", "na", "no aplica", "ninguno", "ninguna", "unknown"))
# What may stand beside the word of a need: "free naloxone kits", "programa de metadona".
_BESIDE = re.compile(
    r"^(free|gratis|servicios? de|programas? de|distribucion de|entrega de) "
    r"| (services?|programs?|distribution|available|supplies|kits?|gratis|gratuit[oa]s?)$"
)
_MARKS = re.compile(r"[,;|•\n]")
_WEAKER = (re.compile(r"/"), re.compile(r"\s(?:and|y|e|or|o)\s|\s*[&+]\s*", re.IGNORECASE))
_ONLY_WORDS = 4


@dataclass(frozen=True, slots=True)
class Listed:
    """What a cell lists: ids of what is known, and the words that are not, each once."""

    known: tuple[str, ...]
    unknown: tuple[str, ...]


def listed_languages(text: str) -> Listed:
    """Return the ISO 639 codes of the languages that a cell names in English, Spanish or codes."""
    return _listed(text, _languages, takes_whole=False)


def listed_needs(text: str, words: Mapping[str, str]) -> Listed:
    """Return the needs that a cell names.

    Args:
        text: such as `Narcan, syringe exchange and wound care`.
        words: the normal form of each word -> the id of its need.
    """

    def needs(said: str) -> tuple[str, ...]:
        plain = normal_form(said)
        found = words.get(plain) or words.get(_BESIDE.sub("", plain))
        return (found,) if found else ()

    return _listed(text, needs, takes_whole=True)


def is_list_of_words(text: str) -> bool:
    """Say whether a text lists short names and makes no sentence."""
    parts = [part.strip() for part in _MARKS.split(text) if part.strip()]
    return bool(parts) and all(
        len(part.split()) <= _ONLY_WORDS and not re.search(r"\.\s|\d", part) for part in parts
    )


def is_languages(text: str) -> bool:
    """Say whether a text names languages, by their names, and nothing else."""
    parts = [word for word in re.split(r"[\W\d_]+", text) if len(word) > 3]
    return bool(parts) and all(language_named(word) for word in parts)


def _listed(text: str, known: Callable[[str], tuple[str, ...]], *, takes_whole: bool) -> Listed:
    found: dict[str, None] = {}
    unknown: dict[str, None] = {}
    for part in _MARKS.split(text) if text else ():
        for ids, said in _read(part, known, _WEAKER, takes_whole=takes_whole):
            found |= dict.fromkeys(ids)
            unknown |= {} if ids else {said: None}
    return Listed(tuple(found), tuple(unknown))


def _read(
    part: str,
    known: Callable[[str], tuple[str, ...]],
    marks: tuple[re.Pattern[str], ...],
    *,
    takes_whole: bool,
) -> Iterator[tuple[tuple[str, ...], str]]:
    """Return the ids of each word of a part; where no word of it is known, the part as it is."""
    said = " ".join(part.split()).strip(" .:()-–\"'")
    if normal_form(said) in NOTHING:
        return
    is_one = not any(mark.search(said) for mark in marks)
    ids = known(said) if is_one or takes_whole else ()
    if ids or is_one:
        yield ids, said
        return
    finer = marks[0].split(said)
    read = [
        each for one in finer for each in _read(one, known, marks[1:], takes_whole=takes_whole)
    ]
    yield from read if any(ids for ids, _said in read) else [((), said)]


def _languages(said: str) -> tuple[str, ...]:
    """Return the languages of a name; `Spanish English` names two."""
    words = said.split()
    each = [language_named(word) for word in words] if len(words) <= _ONLY_WORDS else [None]
    whole = language_named(said)
    return tuple(filter(None, each)) if all(each) else (whole,) if whole else ()
