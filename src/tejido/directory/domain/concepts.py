"""What people ask for, in the words that they use: concepts and their forms."""

from dataclasses import dataclass
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
    """One word or phrase for a concept in one language (`en` or `es`)."""

    language: str
    text: str
    kind: FormKind


@dataclass(frozen=True, slots=True)
class Concept:
    """A need or supply. `parent` is a broader concept, or ''; `core` is harm reduction itself."""

    id: str
    core: bool
    parent: str
    forms: tuple[Form, ...]
