"""Codes of languages and countries, by their shape and, for two letters, by their list.

Source: ISO 639-1, ISO 3166-1, BCP 47 (docs/sources.md#language-codes).
"""

import re

_TWO_LETTERS = (
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy "
    "da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu "
    "hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb "
    "lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om "
    "or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv "
    "sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh "
    "zu"
)
_LANGUAGE = re.compile(r"([a-z]{2,3})([-_][a-z]{4})?([-_]([a-z]{2}|\d{3}))?", re.IGNORECASE)
_COUNTRY = re.compile(r"[A-Z]{2}")


def is_language(code: str) -> bool:
    """Say whether a code can be one of ISO 639, with a script or a region after it."""
    found = _LANGUAGE.fullmatch(code.strip())
    if found is None:
        return False
    first = found.group(1).lower()
    return len(first) == 3 or first in _TWO_LETTERS.split()


def is_country(code: str) -> bool:
    """Say whether a code has the shape of ISO 3166-1 alpha-2."""
    return _COUNTRY.fullmatch(code) is not None
