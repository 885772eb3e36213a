"""Words of sign-in: the languages that a person may choose."""

from enum import StrEnum


class Language(StrEnum):
    """The languages in which everything that a person reads is complete."""

    ENGLISH = "en"
    SPANISH = "es"
