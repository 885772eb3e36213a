"""Texts in several languages: their states, and what a translation may contain."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID


class State(StrEnum):
    """How far a text can be trusted. What we write in Spanish ourselves is `translated`."""

    SOURCE = "source"
    MACHINE = "machine"
    TRANSLATED = "translated"
    REVIEWED = "reviewed"
    STALE = "stale"


class TextKey(NamedTuple):
    """One field of one object; `object_type` is `<area>.<model>` in lower case."""

    object_type: str
    object_id: UUID
    field: str


@dataclass(frozen=True, slots=True)
class TextEntry:
    """A text on its way in.

    Attributes:
        language: as in settings.LANGUAGES: `en`, `es`.
        state: source, machine or translated; reviewed and stale are reached, never handed in.
        is_critical: health wording that may not be shown from a machine, whatever else happens.
        written_by: the person who wrote it, who then cannot review it; None for an import.
    """

    object_type: str
    object_id: UUID
    field: str
    language: str
    text: str
    state: State = State.TRANSLATED
    is_critical: bool = False
    written_by: UUID | None = None

    @property
    def key(self) -> TextKey:
        """Return the field that this text belongs to."""
        return TextKey(self.object_type, self.object_id, self.field)


@dataclass(frozen=True, slots=True)
class StoredText:
    """A text as stored, with its state."""

    text: str
    state: State


# %(name)s and {name}; a bare % or brace is ordinary writing ("100 % free").
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
_BIDI = dict.fromkeys(
    [0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)], None
)


def cleaned(text: str) -> str:
    """Return the text without marks that turn its direction and without control characters.

    A right-to-left override can make a harmless text read as another; a NUL cannot be stored.
    """
    if text.isprintable():
        return text
    kept = text.translate(_BIDI).replace("\r\n", "\n")
    return "".join(mark for mark in kept if mark in "\n\t" or unicodedata.category(mark) != "Cc")


def source_hash(text: str) -> str:
    """Return the fingerprint of a source text, 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def placeholders(text: str) -> tuple[str, ...]:
    """Return the placeholders of a text, sorted, each as often as it stands there."""
    return tuple(sorted(_PLACEHOLDER.findall(text)))


def is_public(*, is_machine: bool, is_critical: bool) -> bool:
    """Return whether a text may be shown to everybody: machine text of critical wording never.

    `is_machine` outlives the state: a machine text whose source changed is stale, and still
    nobody has read it.
    """
    return not (is_machine and is_critical)


def state_after(
    *,
    stored: State,
    same_text: bool,
    same_source: bool,
    offered: State,
) -> State:
    """Return the state of a stored translation when a text for it is handed in again.

    Args:
        stored: its state now.
        same_text: what is handed in is what is stored.
        same_source: the source is the one that the stored text was made from.
        offered: the state that is handed in.
    """
    if not same_text:
        return offered
    if not same_source:
        return State.STALE
    if stored is State.STALE or (stored, offered) == (State.MACHINE, State.TRANSLATED):
        return offered
    return stored
