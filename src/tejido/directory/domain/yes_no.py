"""Columns that answer yes or no, one for each language or need: `Spanish: Y`, `Naloxona: x`."""

import re
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from tejido.directory.domain.headings import field_of
from tejido.directory.domain.languages import language_named
from tejido.directory.domain.listed_words import listed_needs
from tejido.directory.domain.needs import normal_form

TICKS = frozenset("✓✔☑✅√●•")
YES = TICKS | frozenset(("y", "yes", "true", "1", "si", "sí", "s", "verdadero", "x", "xx"))
CROSSES = frozenset("✗✘❌☐✖")
NO = CROSSES | frozenset(
    ("n", "no", "false", "0", "falso", "none", "n/a", "na", "?", "-", "–", "—", "unknown")
)
# What may stand beside the word that a heading asks for.
_ASKS = re.compile(
    r"\(?\b(y\s*/\s*n|yes\s*/\s*no|s[ií]\s*/\s*no|s\s*/\s*n)\b\)?"
    r"|^\s*(languages?( spoken)?|idiomas?|services?|servicios?|needs?|necesidades|supplies|"
    r"suministros|insumos)\s*[:\-–/|>]?\s+"
    r"|\b(offers?|provides?|has|speaks?|(se )?hablan?|ofrecen?|tienen?|hay|ofrece|dan?)\b"
    r"|\b(available|offered|provided|spoken|on[- ]?site|disponibles?|hablado)\b|[?¿:]",
    re.IGNORECASE,
)
# A language may be named with these.
_BESIDE_LANGUAGE = frozenset(
    (
        *("speaking", "speaker", "speakers", "staff", "language", "personal", "idioma", "en"),
        *("bilingual", "bilingue", "que", "in", "and", "y", "is"),
    )
)
_SIGNED = frozenset(("asl", "american sign language", "sign language", "lengua de senas"))
# A yes to these tells what a place takes or asks of people, and not what it helps them get.
_OTHERWISE = frozenset(
    (
        *("id", "ids", "identification", "identificacion", "photo id", "medi cal", "medical"),
        *("medicaid", "medicare", "insurance", "seguro", "benefits", "veterans", "youth"),
        *("men", "women", "lgbtq", "families", "pets", "interpreter", "mobile", "outreach"),
        *("wheelchair", "ada", "accessible", "wheelchair accessible", "clinic", "alcohol"),
    )
)
ANSWERED = 0.9


class Answer(StrEnum):
    """What a cell answers."""

    YES = "yes"
    NO = "no"


def answer_of(cell: str) -> Answer | None:
    """Return what a cell answers, None where it says something else or nothing."""
    said = cell.strip().casefold()
    if said in YES:
        return Answer.YES
    return Answer.NO if said in NO else None


def asked_word(heading: str) -> str:
    """Return the word that a heading asks about: `Offers naloxone? (Y/N)` is `naloxone`."""
    return " ".join(_ASKS.sub(" ", heading).split()).strip(" -–:/()")


def asked_field(heading: str, need_words: Mapping[str, str]) -> str:
    """Return `languages` or `needs` where a heading names one of them, else ''.

    Args:
        heading: of a column whose cells answer yes or no.
        need_words: the normal form of each word -> the id of its need.
    """
    word = asked_word(heading)
    if normal_form(word) in _OTHERWISE:
        return ""
    if _is_language(word):
        return "languages"
    found = listed_needs(word, need_words)
    return "needs" if found.known and not found.unknown else ""


def is_answers(cells: Iterable[str]) -> bool:
    """Say whether a column answers yes or no and nothing else, in one way.

    A cross beside ticks may mean no and beside blanks yes, so that x beside another yes is no
    answer that anybody can read.
    """
    said = [cell.strip().casefold() for cell in cells if cell.strip()]
    answers = [each for each in said if answer_of(each)]
    yes = {each for each in answers if each in YES}
    is_mixed = bool(yes & {"x", "xx"}) and bool(yes - {"x", "xx"})
    return bool(said) and len(answers) >= ANSWERED * len(said) and not is_mixed


def answered_words(cells: Sequence[tuple[str, str]]) -> list[str]:
    """Return what columns of words list, where a yes stands for the heading and a no for nothing.

    Args:
        cells: (heading, cell) of a row.
    """
    read = [(heading, cell, answer_of(cell)) for heading, cell in cells if cell]
    return [
        asked_word(heading) if answer is Answer.YES and not _is_of_lists(heading) else cell
        for heading, cell, answer in read
        if answer is not Answer.NO
    ]


def _is_of_lists(heading: str) -> bool:
    """Say whether a heading is that of all languages or needs, such as `Services`."""
    return field_of(heading)[0] in ("languages", "needs") and not _is_language(asked_word(heading))


def _is_language(word: str) -> bool:
    plain = normal_form(word)
    words = [each for each in plain.split() if each not in _BESIDE_LANGUAGE]
    is_named = words and all(len(each) > 2 and language_named(each) for each in words)
    return plain in _SIGNED or bool(is_named)
