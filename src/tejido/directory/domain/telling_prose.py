"""Prose that tells where a place is: which sentences, and the prose without them."""

import re

_STREETS = r"street|st|avenue|ave|road|rd|boulevard|blvd|highway|hwy|parkway|pkwy"
_LANES = r"Drive|Dr|Lane|Ln|Way|Court|Ct|Place|Pl|Circle|Cir|Terrace|Plaza|Square|Alley|Trail"
_CALLES = r"calle|avenida|av\.|bulevar|camino|carretera|calzada"
_BESIDE = (
    r"near|corner of|cross streets?|across from|next to|behind|in front of|blocks? from"
    r"|cerca de|esquina (?:de|con)|frente a|al lado de|detr[aá]s de|junto a|cuadras? de"
)
_WHERE = (
    re.compile(rf"\b\d+\w?(?:-\d+)?\s+(?:[\w.'’#-]+\s+){{0,4}}(?:{_STREETS})\b", re.IGNORECASE),
    re.compile(
        rf"\b[A-ZÁÉÍÓÚÑ][\w'’]+\s+(?i:{_STREETS})\b|\b\d+\s+(?:[A-Z]\S*\s+)+(?:{_LANES})\b"
    ),
    re.compile(rf"\b(?:{_CALLES})\s+\w|\b(?:{_BESIDE})\b", re.IGNORECASE),
    # ZIP codes of California, and points.
    re.compile(r"\b9[0-6]\d{3}(?:-\d{4})?\b|\d{2}\.\d{3}"),
)
# A full stop after these ends no sentence.
_END = re.compile(
    r"(?<=[.!?;])(?<!\bSt\.)(?<!\bRd\.)(?<!\bDr\.)(?<!\bAve\.)(?<!\bBlvd\.)(?<!\bApt\.)(?<!\bSte\.)"
    r"(?<!\bNo\.)(?<!\bAv\.)\s+|\n+"
)


def sentences_of(prose: str) -> list[str]:
    """Return the sentences of a prose text, without empty ones."""
    return [each.strip() for each in _END.split(prose) if each and each.strip()]


def tells_where(sentence: str, street: str = "") -> bool:
    """Say whether a sentence names a street, a corner, a ZIP code or a point.

    Args:
        sentence: in English or Spanish.
        street: the first line of the place's address, where it is known.
    """
    known = " ".join(street.casefold().split())
    is_named = len(known) > 4 and known in " ".join(sentence.casefold().split())
    return is_named or any(pattern.search(sentence) for pattern in _WHERE)
