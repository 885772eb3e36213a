"""Corners: two streets however they are typed, in either order, in English or Spanish."""

import re
import unicodedata
from dataclasses import dataclass

from tejido.geography.domain.names import LONGEST_TEXT, key

JOINTS = frozenset({"and", "at", "y", "con", "esquina", "esq"})
# "E" is a letter street and a direction before it is the Spanish "and".
_RARE_JOINTS = frozenset({"e"})
_MARKS = re.compile(r"[&@/+]")
_LEAD = re.compile(
    r"(?:(?:on|at|in) )?(?:the )?(?:corner|intersection|crossing) (?:of )?"
    r"|(?:en |por )?(?:la )?(?:esquina|interseccion) (?:de |con |entre )?(?:la |las )?"
    r"|(?:en |por )?(?:el )?cruce (?:de |con |entre )?(?:la |las )?"
)
_TYPES = {
    word: words.split()[0]
    for words in (
        "st street str",
        "ave avenue av avenida avda",
        "blvd boulevard bl bulevar",
        "rd road",
        "dr drive",
        "ln lane",
        "ct court",
        "pl place",
        "way wy",
        "hwy highway",
        "pkwy parkway",
        "ter terrace",
        "cir circle",
        "aly alley",
        "sq square",
    )
    for word in words.split()
}
# "Avenue 12 and Road 36", "calle Fulton"; "calle" is said of streets of every type.
_LEADING = "avenida avda av ave avenue bulevar road rd hwy highway"
_LEADING_TYPES = {
    "calle": "",
    "carretera": "hwy",
    **{word: _TYPES[word] for word in _LEADING.split()},
}
_DIRECTIONS = {
    word: words.split()[0]
    for words in (
        "n north norte",
        "s south sur",
        "e east este",
        "w west oeste",
        "ne northeast",
        "nw northwest",
        "se southeast",
        "sw southwest",
    )
    for word in words.split()
}
_COUNTED = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
_ORDINALS = {word: str(number) for number, word in enumerate(_COUNTED.split(), start=1)}
_ARTICLES = frozenset({"the", "la", "el", "los", "las", "de"})
_LONGEST_STREET = 6
_LEADS = (
    "on at in the corner of intersection crossing en por la el esquina de entre interseccion cruce"
)
# Words with which a corner may begin or end beside the names of its streets.
AROUND = frozenset({*_LEADS.split(), *_TYPES, *_LEADING_TYPES, *_DIRECTIONS, *_ARTICLES})


@dataclass(frozen=True, slots=True, order=True)
class Street:
    """A street by its bare name; direction and type are '' where they were not said."""

    name: str
    direction: str = ""
    type: str = ""

    def may_be(self, other: "Street") -> bool:
        """Return whether both can be one street: what one leaves unsaid does not part them."""
        return (
            self.name == other.name
            and _fits(self.direction, other.direction)
            and _fits(self.type, other.type)
        )


@dataclass(frozen=True, slots=True)
class Crossing:
    """Two streets that meet, in the order of their names."""

    first: Street
    second: Street

    @property
    def names(self) -> tuple[str, str]:
        """Return the bare names, for looking up."""
        return self.first.name, self.second.name

    def may_be(self, other: "Crossing") -> bool:
        """Return whether both can be one corner."""
        straight = self.first.may_be(other.first) and self.second.may_be(other.second)
        return straight or (self.first.may_be(other.second) and self.second.may_be(other.first))

    def written(self) -> str:
        """Return the corner in one spelling."""
        return " & ".join(
            " ".join(filter(None, (street.direction, street.name, street.type)))
            for street in (self.first, self.second)
        )


def crossing_of(text: str) -> Crossing | None:
    """Return the corner that the whole text names, or None where it is not two streets.

    `Fulton St at Tuolumne St`, `Tuolumne & Fulton`, `esquina de Fulton y Tuolumne` are one.
    """
    small = _small(text)
    lead = _LEAD.match(small)
    words = small[lead.end() if lead else 0 :].split()
    parts = _parted(words, JOINTS) or _parted(words, _RARE_JOINTS)
    streets = sorted(street for part in parts if (street := _street(part)))
    return Crossing(*streets) if len(streets) == 2 else None


def _small(text: str) -> str:
    marked = _MARKS.sub(" and ", text[:LONGEST_TEXT])
    letters = unicodedata.normalize("NFKD", re.sub(r"['’`´.]", "", marked).casefold())
    return " ".join(re.findall(r"[^\W_]+", "".join(c for c in letters if c.isascii())))


def _parted(words: list[str], joints: frozenset[str]) -> list[list[str]]:
    """Return the two parts between the joints, or nothing where there are not just two."""
    parts: list[list[str]] = [[]]
    for at, word in enumerate(words):
        if word not in joints:
            parts[-1].append(word)
        elif at == 0 or words[at - 1] not in joints:
            parts.append([])
    return parts if len(parts) == 2 and all(parts) else []


def _street(words: list[str]) -> Street | None:
    if len(words) > _LONGEST_STREET:
        return None
    words, kind = _taken(_without_articles(words), 0, _LEADING_TYPES)
    words = _without_articles(words)
    words, direction = _taken(words, -1, _DIRECTIONS)
    words, said = _taken(words, -1, _TYPES)
    if not direction:
        words, direction = _taken(words, 0, _DIRECTIONS)
    return Street(key(" ".join(map(bare_number, words))), direction, kind or said)


def _without_articles(words: list[str]) -> list[str]:
    while len(words) > 1 and words[0] in _ARTICLES:
        words = words[1:]
    return words


def _taken(words: list[str], at: int, known: dict[str, str]) -> tuple[list[str], str]:
    """Return the words without the one at an end that is known, unless nothing else is left."""
    if len(words) < 2 or words[at] not in known:
        return words, ""
    return (words[1:] if at == 0 else words[:-1]), known[words[at]]


def bare_number(word: str) -> str:
    """Return `16` for `16th` and `5` for `fifth`."""
    numeral = re.fullmatch(r"(\d+)(?:st|nd|rd|th)", word)
    return numeral[1] if numeral else _ORDINALS.get(word, word)


def _fits(one: str, other: str) -> bool:
    return not one or not other or one == other
