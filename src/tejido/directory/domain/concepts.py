"""What people ask for, in the words that they use: concepts and their forms."""

from dataclasses import dataclass, field
from enum import StrEnum


class FormKind(StrEnum):
    """What kind of word a form is; only a label is ever shown."""

    LABEL = "label"
    GLOSS = "gloss"
    SYNONYM = "synonym"
    SLANG = "slang"
    BRAND = "brand"
    MISSPELLING = "misspelling"


@dataclass(frozen=True, slots=True)
class Form:
    """One word or phrase for a concept in one language (`en` or `es`).

    `source` is an anchor of docs/sources.md, or '' where the concept's own sources hold.
    """

    language: str
    text: str
    kind: FormKind
    source: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Concept:
    """A need or supply.

    Attributes:
        core: it is harm reduction itself.
        parent: a broader concept, or ''.
        forms: its words.
        source: anchors of docs/sources.md where its words come from.
    """

    id: str
    core: bool
    parent: str
    forms: tuple[Form, ...]
    source: tuple[str, ...] = field(default=(), compare=False)
