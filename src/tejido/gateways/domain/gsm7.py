"""The letters of a text message, and how many parts it is sent in.

Source: docs/sources.md#gsm-7
"""

import unicodedata

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
# Each takes the room of two.
EXTENSION = frozenset("^{}\\[~]|€")
ONE_PART, EACH_OF_SEVERAL = 160, 153
_INSTEAD = str.maketrans(
    dict.fromkeys("‘’‚′´`", "'")
    | dict.fromkeys("“”„«»", '"')
    | dict.fromkeys("‐‑‒–—―−·•", "-")
    | {"…": "...", "\t": " "}
)


def to_gsm7(text: str) -> str:
    """Return the text in letters that a text message has: `mañana` stays, `Martínez` is plain.

    One other letter would cut every part from 160 letters to 70. What has no likeness is left out.
    """
    return "".join(map(_letter, text.translate(_INSTEAD)))


def _letter(letter: str) -> str:
    if letter in BASIC or letter in EXTENSION:
        return letter
    likeness = unicodedata.normalize("NFKD", letter)
    return "".join(mark for mark in likeness if mark in BASIC or mark in EXTENSION)


def septets(text: str) -> int:
    """Return how much room a GSM-7 text takes."""
    return len(text) + sum(letter in EXTENSION for letter in text)


def parts(text: str) -> int:
    """Return in how many parts a GSM-7 text is sent; no letter is divided between two."""
    if septets(text) <= ONE_PART:
        return 1
    count, room = 1, EACH_OF_SEVERAL
    for letter in text:
        needs = 1 + (letter in EXTENSION)
        if needs > room:
            count, room = count + 1, EACH_OF_SEVERAL
        room -= needs
    return count


def cut(text: str, *, most: int) -> str:
    """Return as much of a GSM-7 text as at most so many parts hold, whole words where it can."""
    if parts(text) <= most:
        return text
    kept = text[: most * EACH_OF_SEVERAL]
    while parts(kept) > most:
        kept = kept[:-1]
    return kept.rpartition(" ")[0] or kept
