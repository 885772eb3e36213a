"""The languages in which hours can be said."""

from enum import StrEnum


class Language(StrEnum):
    """The languages in which hours can be said."""

    ENGLISH = "en"
    SPANISH = "es"
