"""For whom somebody asks, and for whom alone a place is.

Who asks for a shelter for women with children is helped by one for them, not by the nearest one
for anybody. People say `kids` or `hijos` where a listing says `family`, so such words are the same
here, in both languages. A clinic whose name says that it is for veterans, for children or for
teeth is of no use to most who did not say so. Our judgement, open to change.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tejido.directory.domain.vocabulary import Fact
from tejido.directory.domain.words import tokens_of
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
# Whom alone a place is for, or what alone it does, where its name says so.
NARROW: Mapping[str, tuple[str, ...]] = {
    "women": PEOPLE["women"],
    "men": PEOPLE["men"],
    "children": (
        *("children", "child", "childrens", "childs", "kid", "kids", "baby", "babies", "infant"),
        *("infants", "toddler", "toddlers", "pediatric", "pediatrics", "preschool", "school"),
        *("schools", "elementary", "kindergarten", "student", "students", "nino", "ninos"),
        *("nina", "ninas", "bebe", "bebes", "hijo", "hijos", "hija", "hijas", "escuela"),
        *("escuelas", "preescolar", "estudiante", "estudiantes"),
    ),
    "youth": (
        *("youth", "youths", "teen", "teens", "teenage", "teenager", "teenagers", "adolescent"),
        *("adolescents", "juvenile", "boys", "girls", "joven", "jovenes", "juvenil"),
        *("adolescente", "adolescentes"),
    ),
    "older": (
        *("senior", "seniors", "elder", "elders", "elderly", "older", "geriatric", "geriatrics"),
        *("mayores", "ancianos"),
    ),
    "veterans": ("veteran", "veterans", "va", "vamc", "veterano", "veteranos"),
    # Members of one health plan.
    "members": ("kaiser",),
    "court": ("dui", "dwi", "jail", "prison", "probation", "parole"),
    "teeth": ("dental", "dentist", "dentists", "dentistry", "orthodontic", "orthodontics"),
    "eyes": ("eye", "eyes", "optometry"),
    "wic": ("wic",),
    # A clinic on wheels, listed at the address of its office.
    "moving": ("mobile", "movil", "moviles"),
}
_YOUNG = ("children", "youth")
# Who asks for this is among them.
_WELCOMED_BY: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("youth-help", "childcare", "vaccines", "adult-education"), _YOUNG),
    **dict.fromkeys(
        ("pregnancy-care", "parent-support", "domestic-violence-help", "sexual-assault-help"),
        ("women", *_YOUNG),
    ),
    **dict.fromkeys(
        ("birth-control", "emergency-contraception", "abortion-care"), ("women", "youth")
    ),
    "food": ("wic",),
    "older-adult-help": ("older",),
    "veterans-help": ("veterans",),
    "dental-care": ("teeth",),
    "eye-care": ("eyes",),
    **dict.fromkeys(("outreach-van", "crisis-line"), ("moving",)),
    **dict.fromkeys(("dui-program", "drug-court", "reentry-help"), ("court",)),
}
_BITS = {group: 1 << number for number, group in enumerate(NARROW)}
EVERYBODY = (1 << len(NARROW)) - 1
_BIT_OF = {word: _BITS[group] for group, words in NARROW.items() for word in words}
MOVING = _BITS["moving"]
_YOUNG_BITS = sum(_BITS[group] for group in _YOUNG)
_WELCOME_BITS = {need: sum(_BITS[each] for each in who) for need, who in _WELCOMED_BY.items()}
_LIKE = {word: words for words in PEOPLE.values() for word in words}


def said_alike(word: str) -> tuple[str, ...]:
    """Return all words for the people whom a normalised word names, () where it names none."""
    return _LIKE.get(word, ())


def narrowed_by(names: Iterable[str]) -> int:
    """Return a bit for each group whom alone a place is for, by what it is called."""
    bits = 0
    for name in names:
        for token in tokens_of(name):
            bits |= _BIT_OF.get(token, 0)
    return bits


def asked_by(words: Iterable[str], needs: Iterable[str], facts: Iterable[str]) -> int:
    """Return a bit for each group that may be meant; a place for no others is for everybody.

    Args:
        words: everything that was typed, normalised.
        needs: concepts that were asked for.
        facts: values of `Fact` that were wished for.
    """
    bits = _YOUNG_BITS if Fact.ALL_AGES in facts else 0
    for word in words:
        bits |= _BIT_OF.get(word, 0)
    for need in needs:
        bits |= _WELCOME_BITS.get(need, 0)
    return bits | _YOUNG_BITS if bits & _YOUNG_BITS else bits


def people_table() -> dict[str, Any]:
    """Return everything that this file goes by, for a phone that searches without us."""
    return {
        "alike": [*PEOPLE.values()],
        "forWhom": sorted(NEEDS_FOR_WHOM),
        "narrow": [[_BITS[group], words] for group, words in NARROW.items()],
        "welcomedBy": _WELCOME_BITS,
        "young": _YOUNG_BITS,
        "allAges": Fact.ALL_AGES.value,
    }


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
