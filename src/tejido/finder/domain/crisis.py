"""What cannot wait: an overdose now, or a crisis. Named before any place, however far."""

import re
from collections.abc import Iterable
from typing import Any

from tejido.directory.domain.words import tokens_of

EMERGENCY, CRISIS = "911", "988"
# Needs for which somebody may not be able to wait until a place opens.
_CANNOT_WAIT = frozenset({"crisis-line", "mental-health", "talk", "overdose-spotting"})
# Rather too often than once too little: whoever asks for a kit is told in one line more.
_OVERDOSE = re.compile(
    r"\b(od|ods|oded|oding|overdos\w*|o d|sobredosis|sobredocis|sobre dosis"
    r"|(not|isnt|isn t|stopped|stop|wont|no longer|cant|hardly|barely) breath\w*"
    r"|(wont|will not|not|cant|cannot|doesnt|isnt) (wake|wak\w*|respond\w*|get up)( \w+)? ?up"
    r"|(wont|will not|not|cant|doesnt|isnt) (wake|waking|respond|responding)"
    r"|unresponsive|unconscious|(turning|going|is|hes|shes|lips) blue|blue lips|passed out"
    r"|(no|apenas|casi no) (respira|esta respirando|puede respirar)|dejo de respirar"
    r"|no (despierta|reacciona|responde|se despierta)|inconsciente|labios azules|se desmayo)\b"
)


def lines_now(texts: Iterable[str], needs: Iterable[str]) -> tuple[str, ...]:
    """Return the ids of the lines that a search cannot wait for, 911 before 988.

    Args:
        texts: everything that was typed, each field by itself.
        needs: what was understood or tapped.
    """
    emergency = (EMERGENCY,) if any(map(is_overdose, texts)) else ()
    return (*emergency, *((CRISIS,) if needs_a_line_now(needs) else ()))


def needs_a_line_now(needs: Iterable[str]) -> bool:
    """Return whether a search is about a crisis, the mind, or somebody to talk to.

    Source: docs/sources.md#lifeline-988
    """
    return not _CANNOT_WAIT.isdisjoint(needs)


def is_overdose(words: str) -> bool:
    """Return whether the words, in English or Spanish, may tell of somebody who overdoses now."""
    return _OVERDOSE.search(" ".join(tokens_of(words))) is not None


def crisis_table() -> dict[str, Any]:
    """Return what `lines_now` goes by, for a phone that searches without us.

    `overdose` is a pattern over normalised words parted by one blank.
    """
    return {"overdose": _OVERDOSE.pattern, "needs": sorted(_CANNOT_WAIT)}
