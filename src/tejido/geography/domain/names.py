"""How names of places are typed: letter case, accents, short forms, words that are also words."""

import re
import unicodedata
from typing import Any

LONGEST_TEXT = 200
ZIP = re.compile(r"(?<![\w-])(\d{5})(?:-\d{4})?(?![\w-])", re.ASCII)

_SHORT = {
    "n": "north",
    "no": "north",
    "s": "south",
    "so": "south",
    "e": "east",
    "w": "west",
    "st": "saint",
    "mt": "mount",
    "mtn": "mountain",
    "ft": "fort",
    "hts": "heights",
    "bch": "beach",
    "spgs": "springs",
    "vly": "valley",
}
NICKNAMES = {
    "la": "los angeles",
    "l a": "los angeles",
    "sf": "san francisco",
    "s f": "san francisco",
    "san fran": "san francisco",
    "frisco": "san francisco",
    "sac": "sacramento",
    "sacto": "sacramento",
    "slo": "san luis obispo",
    "weho": "west hollywood",
    "noho": "north hollywood",
    "east la": "east los angeles",
    "south lake": "south lake tahoe",
    "tahoe": "south lake tahoe",
    "29 palms": "twentynine palms",
    "oc": "orange county",
}
STATE_WORDS = frozenset({"ca", "calif", "california", "usa", "us"})
# "methadone in Oakland", "metadona en Oakland": what follows is meant as a place.
STRONG_LINKS = frozenset({"in", "near", "around", "en", "cerca"})
LONG_LINKS = frozenset(
    {("cerca", "de"), ("cerca", "a"), ("close", "to"), ("next", "to"), ("junto", "a")}
)
LINKS = STRONG_LINKS | {"at", "by", "of", "from", "de", "del", "por"}

# Towns whose name is also a word. In free text they are the word ("clean needles", "comida
# caliente", "nuevo", slang for drugs), unless a link or the state says that they are the place.
_ORDINARY = (
    "alta badger baker big boulevard caliente camino campo canyon challenge commerce cool coyote "
    "crystal diablo elk empire felicity fellows flat freedom gazelle harmony hazard helm herald "
    "home homeland hood hope independence kings lake likely linda lookout lotus meridian mineral "
    "miranda moccasin mono needles nice nuevo ono onyx pala paradise permanente piedra pioneer "
    "placer playa represa rescue ruth sage salida soledad standard strawberry sultana thermal "
    "topaz tranquillity twain victor vina volcano weed woody "
)
ORDINARY_WORDS = frozenset(_ORDINARY.split())


# What may stand before the name of a town.
LEADS = ("city of ", "town of ", "ciudad de ", "downtown ", "the ")


def name_table() -> dict[str, Any]:
    """Return everything that names are compared by, for a phone that searches without us."""
    return {
        "short": _SHORT,
        "nicknames": NICKNAMES,
        "state": sorted(STATE_WORDS),
        "strong": sorted(STRONG_LINKS),
        "long": sorted(" ".join(words) for words in LONG_LINKS),
        "links": sorted(LINKS),
        "ordinary": sorted(ORDINARY_WORDS),
        "leads": LEADS,
        "longest": LONGEST_TEXT,
    }


def plain(text: str) -> str:
    """Return the text in small letters without accents or marks, words parted by one blank.

    Points and apostrophes join (`L.A.` is `la`); every other mark parts.
    """
    joined = re.sub(r"['’`´.]", "", text[:LONGEST_TEXT])
    letters = unicodedata.normalize("NFKD", joined.casefold())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(re.findall(r"[^\W_]+", bare))


def has_zip(text: str) -> bool:
    """Return whether five digits stand alone in a text."""
    return ZIP.search(text[:LONGEST_TEXT]) is not None


def key(text: str) -> str:
    """Return what names are compared by: `plain`, with short forms written out."""
    return " ".join(_SHORT.get(word, word) for word in plain(text).split())


def without_state(text: str) -> str:
    """Return plain text without a state or country at its end, unless nothing else is left."""
    words = text.split()
    while len(words) > 1 and words[-1] in STATE_WORDS:
        words.pop()
    return " ".join(words)


def county_name(text: str) -> str:
    """Return the name in `alameda county` or `condado de alameda`, or '' where it says neither."""
    found = re.fullmatch(
        r"(?:(?:the )?county of|condado de|condado) (.+)|(?:the )?(.+?) (?:county|co|condado)",
        text,
    )
    return (found[1] or found[2]) if found else ""
