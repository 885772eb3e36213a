"""What the doctor says of one thing."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Level(StrEnum):
    """How one thing stands."""

    WELL = "well"
    CARE = "care"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        level: how it stands.
        seen: what was seen, a sentence.
        do: what to do about it, '' where nothing is to be done.
    """

    level: Level
    seen: str
    do: str = ""


Look = Callable[[datetime], Iterator[Finding]]


def well(seen: object) -> Finding:
    """Return that something is as it should be."""
    return Finding(Level.WELL, str(seen))


def care(seen: object, do: object) -> Finding:
    """Return that something works and should be better."""
    return Finding(Level.CARE, str(seen), str(do))


def wrong(seen: object, do: object) -> Finding:
    """Return that something is lost, open or not working, or will be."""
    return Finding(Level.WRONG, str(seen), str(do))
