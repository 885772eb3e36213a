"""From a sentence about hours to proposed opening rules."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby

from tejido.directory.domain.prose_hours.grammar import statements_of
from tejido.directory.domain.prose_hours.limited import limited, without_limits
from tejido.directory.domain.prose_hours.meaning import proposal_of
from tejido.directory.domain.prose_hours.proposal import Note, NotRead, Proposal
from tejido.directory.domain.prose_hours.statements import Statement
from tejido.directory.domain.prose_hours.tokens import Token, tokens_of
from tejido.directory.domain.prose_hours.words import Kind

LONGEST = 1000
"""Characters; what is longer is no sentence about hours."""

Fault = tuple[Note, str]


def propose_hours(text: str, *, today: date | None = None) -> Proposal:
    """Read hours written as prose, in English or Spanish, into opening rules.

    Wrong hours are worse than none: where one part could change the hours and has no single
    meaning, nothing is proposed, and the part is in `leftovers`.

    Args:
        text: such as `Monday-Thursday, 8:30-5; Friday, 8:30-4`. Any text does.
        today: the local day, where a person writes and sees at once what was read. Then limits
            that need dates are read too (`every 2 weeks, next on Dec 3`), and openings of one
            day that are apart add up. None for what somebody wrote in a list.

    Returns:
        A proposal for a steward to confirm, or the parts that were not understood with reasons.
    """
    sentence = unicodedata.normalize("NFC", text).strip()
    if len(sentence) > LONGEST:
        return _refused([(Note.NOT_UNDERSTOOD, sentence)])
    statements, faults, understood = _read(sentence, today)
    if faults:
        return replace(_refused(faults), understood=tuple(understood))
    return _proposal(statements, sentence, today)


def _read(sentence: str, today: date | None) -> tuple[list[Statement], list[Fault], list[str]]:
    statements: list[Statement] = []
    faults: list[Fault] = []
    understood: list[str] = []
    tokens = tokens_of(sentence, today)
    is_full_clock = any(token.clock and token.clock.is_of_full_clock for token in tokens)
    for position, part in enumerate(_parts(tokens)):
        try:
            telling, limits = without_limits(_telling(part))
            found = statements_of(telling, is_first=position == 0, is_full_clock=is_full_clock)
            statements += limited(found, limits)
            understood.append(sentence[part[0].start : part[-1].end])
        except NotRead as refusal:
            faults.append((refusal.note, _text(sentence, part, refusal)))
    return statements, faults, understood


def _proposal(statements: Sequence[Statement], sentence: str, today: date | None) -> Proposal:
    try:
        return proposal_of(statements, today)
    except NotRead as refusal:
        return _refused([(refusal.note, sentence)])


def _refused(faults: Sequence[Fault]) -> Proposal:
    return Proposal(
        leftovers=tuple(part for _, part in faults if part),
        notes=tuple(dict.fromkeys(note for note, _ in faults)),
    )


def _parts(tokens: Iterable[Token]) -> Iterator[tuple[Token, ...]]:
    for is_stop, group in groupby(tokens, key=lambda token: token.kind is Kind.STOP):
        if not is_stop:
            yield tuple(group)


def _telling(part: Sequence[Token]) -> list[Token]:
    """Return the tokens that say something about hours, if all of them are understood."""
    for token in part:
        if token.word and token.word.kind is Kind.REFUSED and token.word.note:
            raise NotRead(token.word.note)
    if any(token.word is None for token in part):
        raise NotRead(Note.NOT_UNDERSTOOD)
    return [token for token in part if token.kind is not Kind.FILLER]


def _text(sentence: str, part: Sequence[Token], refusal: NotRead) -> str:
    start, end = refusal.place or (part[0].start, part[-1].end)
    return sentence[start:end]
