"""For whom somebody asks: women, children, young people, in whatever words a listing says so.

Who asks for a shelter for women with children is helped by one for them, not by the nearest one
for anybody. People say `kids` or `hijos` where a listing says `family`, so such words are the same
here, in both languages. Our judgement, open to change.
"""

from collections.abc import Mapping, Sequence

from tejido.finder.domain.lexicon import Unit

PEOPLE: Mapping[str, tuple[str, ...]] = {
    "women": (
        *("women", "woman", "womens", "female", "females", "mother", "mothers", "mom", "moms"),
        *("perinatal", "mujer", "mujeres", "madre", "madres", "mama", "mamas"),
    ),
    "men": ("men", "man", "mens", "male", "males", "hombre", "hombres"),
    "children": (
        *("children", "child", "childrens", "kid", "kids", "baby", "babies", "infant", "infants"),
        *("toddler", "toddlers", "family", "families", "parent", "parents", "hijo", "hijos"),
        *("hija", "hijas", "nino", "ninos", "nina", "ninas", "bebe", "bebes", "familia"),
        *("familias",),
    ),
}
# Needs that say for whom another need is, where another is asked for too: `teen counseling`.
NEEDS_FOR_WHOM = frozenset(
    {
        *("youth-help", "veterans-help", "older-adult-help", "lgbtq-support"),
        "native-american-programs",
    }
)
_LIKE = {word: words for words in PEOPLE.values() for word in words}


def said_alike(word: str) -> tuple[str, ...]:
    """Return all words for the people whom a normalised word names, () where it names none."""
    return _LIKE.get(word, ())


def is_for_whom(unit: Unit) -> bool:
    """Tell whether a unit names people."""
    if unit.concepts:
        return NEEDS_FOR_WHOM.issuperset(unit.concepts)
    return any(word in _LIKE for word in unit.tokens)


def parted(needs: Sequence[Unit]) -> tuple[list[Unit], list[Unit]]:
    """Return what is asked for, and for whom; where only people are named, they are asked for.

    Args:
        needs: units with concepts.
    """
    things = [unit for unit in needs if not is_for_whom(unit)]
    return (things, [unit for unit in needs if is_for_whom(unit)]) if things else ([*needs], [])
