"""A sentence about hours as tokens: phrases of the vocabulary, clock times, marks between them."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from rapidfuzz.distance import OSA

from tejido.directory.domain.prose_hours.clock import Clock, Half
from tejido.directory.domain.prose_hours.limits import PATTERNS, Limits, limit_in
from tejido.directory.domain.prose_hours.proposal import Note
from tejido.directory.domain.prose_hours.words import (
    DAY_NAMES,
    LONGEST_PHRASE,
    VOCABULARY,
    Kind,
    Word,
)

_LEXEMES = {
    "ordinal": r"[1-5](?:st|nd|rd|th|er|ro|do|to|ero|\.?[ºª°])(?![a-z])",
    "number": r"[0-9]+(?:[:.;h][0-9][0-9](?![0-9]))?",
    "half": r"(?<![a-z])[ap](?:m|\.\s?m)\b\.?|(?<=[0-9])[ap](?![a-z])",
    "word": r"[a-z]+(?:'[a-z]+)?",
    "blank": r"[^\S\n]+",
    "mark": r".|\n",
}
_LIMITS = {name: rf"(?<![a-z0-9])(?:{text})(?![a-z0-9])" for name, text in PATTERNS.items()}


def _one_of(patterns: dict[str, str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{kind}>{text})" for kind, text in patterns.items()))


_LEXEME, _LEXEME_OR_LIMIT = _one_of(_LEXEMES), _one_of(_LIMITS | _LEXEMES)
_CLOCK = re.compile(r"(\d{1,2})(?:[:.;h](\d\d))?")
_COMPACT = re.compile(r"(m)?(tu?)?(w)?(th)?(f)?")
_COMPACT_PAIRS = {"mw", "mth", "tth", "wf"}
_MARKS = {
    ",": Kind.COMMA,
    ":": Kind.COMMA,
    "-": Kind.DASH,
    "/": Kind.SLASH,
    "(": Kind.OPEN_PAREN,
    ")": Kind.CLOSE_PAREN,
    ";": Kind.STOP,
    ".": Kind.STOP,
    "|": Kind.STOP,
    "·": Kind.STOP,
    "•": Kind.STOP,
    "\n": Kind.STOP,
}
_DASHES = str.maketrans("‐‑‒–—―−", "-------", "")
_KEPT = "ºª°"
_NAMES = tuple(
    (name, day) for day, names in enumerate(DAY_NAMES) for name in names.split() if len(name) > 5
)
_SHORTEST_MISSPELT = 5
_LONGEST_ABBREVIATION = 5


@dataclass(frozen=True, slots=True)
class Token:
    """A word with its place in the sentence; a clock time too where it is one.

    Attributes:
        text: as it was written, folded.
        start, end: where in the sentence.
        word: what it means, or None when that is unknown.
        clock: the time, for a CLOCK.
        limits: what limits the openings beside it, for a LIMIT and for days of the month.
    """

    text: str
    start: int
    end: int
    word: Word | None = None
    clock: Clock | None = None
    limits: Limits | None = None

    @property
    def kind(self) -> Kind | None:
        """Return what the token does in the sentence, or None when that is unknown."""
        return self.word.kind if self.word else None


def tokens_of(sentence: str, today: date | None = None) -> tuple[Token, ...]:
    """Return the tokens of a sentence, with limits that need dates where today is known.

    Days of one or two letters stay unknown unless another day tells their language: M is Monday
    beside F, and nobody knows beside V.
    """
    lexemes = tuple(_lexemes(folded(sentence), today))
    found = tuple(_with_halves(tuple(_phrases(lexemes))))
    return tuple(_with_short_days(found))


def folded(sentence: str) -> str:
    """Return small letters without accents, each at its own place in the sentence."""
    return "".join(map(_fold, sentence.translate(_DASHES)))


def _fold(character: str) -> str:
    if character in _KEPT:
        return character
    if character in "’‘´`":
        return "'"
    plain = unicodedata.normalize("NFKD", character).casefold()
    bare = "".join(each for each in plain if not unicodedata.combining(each))
    return bare if len(bare) == 1 else character


def _lexemes(small: str, today: date | None) -> Iterator[Token]:
    for match in (_LEXEME_OR_LIMIT if today else _LEXEME).finditer(small):
        kind, text = str(match.lastgroup), match.group()
        if today and kind in _LIMITS:
            word, limits = limit_in(kind, text, today)
            yield Token(text, match.start(), match.end(), word, limits=limits)
        elif kind != "blank":
            text = f"{text[0]}m" if kind == "half" else text
            yield Token(text, match.start(), match.end())


def _phrases(lexemes: Sequence[Token]) -> Iterator[Token]:
    at = 0
    while at < len(lexemes):
        length, word = _longest_phrase(lexemes, at)
        found = lexemes[at : at + length]
        at += length
        text = " ".join(each.text for each in found)
        first = found[0]
        yield first if first.word else _token(Token(text, first.start, found[-1].end, word))
        at += _is_dot_of(found[-1], word, lexemes[at : at + 1])


def _longest_phrase(lexemes: Sequence[Token], at: int) -> tuple[int, Word | None]:
    for length in range(min(LONGEST_PHRASE, len(lexemes) - at), 0, -1):
        word = VOCABULARY.get(tuple(each.text for each in lexemes[at : at + length]))
        if word is not None:
            return length, word
    return 1, None


def _is_dot_of(last: Token, word: Word | None, following: Sequence[Token]) -> bool:
    """Tell whether a dot after `Mon`, `Sat` or `3er` belongs to the abbreviation."""
    return _is_abbreviation(last.text, word) and any(
        each.text == "." and each.start == last.end for each in following
    )


def _is_abbreviation(text: str, word: Word | None) -> bool:
    if word is None:
        return False
    if word.kind is Kind.ORDINAL:
        return text[0].isdigit() and text.endswith(("r", "o"))
    return word.kind is Kind.DAYS and len(text) <= _LONGEST_ABBREVIATION


def _token(token: Token) -> Token:
    """Return the token with the meaning that no phrase of the vocabulary gives it."""
    if token.word is not None:
        return replace(token, clock=_named_clock(token.word))
    if mark := _MARKS.get(token.text):
        return replace(token, word=Word(mark))
    if clock := _read_clock(token.text):
        return replace(token, word=Word(Kind.CLOCK), clock=clock)
    return replace(token, word=_day_word(token.text.removesuffix("'s")))


def _named_clock(word: Word) -> Clock | None:
    if word.kind is not Kind.CLOCK:
        return None
    return Clock(12, 0, Half(word.text))


def _read_clock(text: str) -> Clock | None:
    match = _CLOCK.fullmatch(text)
    if match is None:
        return None
    hour, minute = int(match[1]), int(match[2] or 0)
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return None
    return Clock(hour, minute, is_padded=match[1].startswith("0") and hour > 0)


def _day_word(text: str) -> Word | None:
    """Return the days of `MWF`, of `Monday's`, or of a name with one typing error."""
    if (text,) in VOCABULARY and VOCABULARY[(text,)].kind is Kind.DAYS:
        return VOCABULARY[(text,)]
    compact = _COMPACT.fullmatch(text)
    if compact and (len(text) > 2 or text in _COMPACT_PAIRS):
        days = tuple(day for day, initial in enumerate(compact.groups()) if initial)
        return Word(Kind.DAYS, days, language="en") if len(days) > 1 else None
    return _misspelt_day(text)


def _misspelt_day(text: str) -> Word | None:
    if len(text) < _SHORTEST_MISSPELT:
        return None
    days = {day for name, day in _NAMES if OSA.distance(text, name, score_cutoff=1) <= 1}
    return Word(Kind.DAYS, tuple(days)) if len(days) == 1 else None


def _with_halves(tokens: Sequence[Token]) -> Iterator[Token]:
    """Join am, pm and `de la tarde` to the time before them."""
    neighbours = zip((None, *tokens), tokens, (*tokens, None)[1:], strict=False)
    for before, token, after in neighbours:
        if after and token.clock and after.word and after.kind is Kind.HALF:
            clock = token.clock.marked(after.word.text)
            word = token.word if clock else None
            yield replace(token, end=after.end, clock=clock, word=word)
        elif not (token.kind is Kind.HALF and before and before.clock):
            yield token


def _with_short_days(tokens: Sequence[Token]) -> Iterator[Token]:
    languages = [each.word.language for each in tokens if each.word and each.word.language]
    is_clear = len(languages) > 1 and len(set(languages)) == 1
    for token in tokens:
        if token.word and token.word.is_short and not is_clear:
            yield replace(token, word=Word(Kind.REFUSED, note=Note.AMBIGUOUS_DAYS))
        else:
            yield token
