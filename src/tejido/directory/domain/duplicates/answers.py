"""What a steward says about two records, besides putting them together."""

from enum import StrEnum


class Answer(StrEnum):
    """DIFFERENT holds as long as both stay as they are; LATER puts them at the end."""

    DIFFERENT = "different"
    LATER = "later"
