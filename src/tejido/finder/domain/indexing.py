"""What the snapshot's index holds for one listing: marks for words, concepts, reach.

A mark is a prefix and a value. The prefix says where it was found. A word stands in what the
listing is called (strong), and with all others anywhere in its texts (any). A concept stands only
where it says most: in what the listing says that it offers, else in what it is called, else in
what it tells of itself. How to find a place and what to bring say nothing of what it offers
("behind the library", "checks accepted"), so they have words and no concepts.
"""

from collections.abc import Iterable, Sequence
from itertools import chain

from tejido.directory.domain.public import PublicListing
from tejido.directory.domain.vocabulary import Fact, Mode
from tejido.directory.domain.words import Stems, meaningful, stems, stems_of_listing, tokens_of
from tejido.finder.domain.lexicon import Lexicon, Unit
from tejido.finder.domain.people import MOVING, narrowed_by, said_alike

STRONG_WORD, ANY_WORD = "n_", "t_"
STATED_CONCEPT, CALLED_CONCEPT, TOLD_CONCEPT = "o_", "m_", "c_"
_STRONG = (STATED_CONCEPT, CALLED_CONCEPT)
_ANY = (*_STRONG, TOLD_CONCEPT)
REACH = "r_"
COUNTY = "f_"
WHOLE_STATE = REACH + "all"
UNKNOWN_LANGUAGE = "?"
# A listing fits that has at least one mark of each group.
Groups = tuple[tuple[str, ...], ...]
FACT_BITS = {fact: 1 << bit for bit, fact in enumerate(Fact)}


def marks_of(
    listing: PublicListing, lexicon: Lexicon, *, is_placed: bool, county: str = ""
) -> str:
    """Return the marks that the index holds for a listing.

    Args:
        listing: the listing.
        lexicon: the concepts to be found in its texts.
        is_placed: it has a point to be ranked by; without one it has marks for its reach.
        county: FIPS code of the county that it lies in, or ''.
    """
    called, described = _stemmed(_called(listing)), _stemmed(_described(listing))
    stated = _broader(listing.needs, lexicon)
    strong = [*stated, *_concepts(called, lexicon)]
    beside = _stemmed(_beside(listing))
    marks = (
        _marked(STATED_CONCEPT, stated),
        _marked(CALLED_CONCEPT, _without(stated, strong)),
        _marked(TOLD_CONCEPT, _without(strong, _concepts(described, lexicon))),
        _marked(STRONG_WORD, chain.from_iterable(called)),
        _marked(ANY_WORD, chain.from_iterable((*called, *described, *beside))),
        "" if is_placed else " ".join(_reach_marks(listing)),
        COUNTY + county if county else "",
    )
    return " ".join(filter(None, marks))


def stated_groups(units: Iterable[Unit]) -> Groups:
    """Return the marks of listings that say that they offer every unit."""
    return tuple(_marks(unit, (STATED_CONCEPT,), STRONG_WORD) for unit in units)


def strong_groups(units: Iterable[Unit]) -> Groups:
    """Return the marks of listings that are called, or say that they offer, every unit."""
    return tuple(_marks(unit, _STRONG, STRONG_WORD) for unit in units)


def any_groups(units: Iterable[Unit]) -> Groups:
    """Return the marks of listings that mention every unit anywhere, people in any words."""
    return tuple(_marks(_in_any_words(unit), _ANY, ANY_WORD) for unit in units)


def levels_of(need: Unit) -> tuple[Groups, ...]:
    """Return the marks of listings that offer a need, that are only called so, only tell of it."""
    return tuple((_marks(need, (level,), STRONG_WORD),) for level in _ANY)


def is_one_of_a_kind(groups: Groups) -> bool:
    """Tell whether no listing has two of the marks: they are one need, or one word."""
    return len(groups) == 1 and len({mark[len(REACH) :] for mark in groups[0]}) == 1


def expression(groups: Groups) -> str:
    """Return the index query for listings with a mark of each group; '' for no groups."""
    return " AND ".join(one_of(marks) for marks in groups)


def one_of(marks: Iterable[str]) -> str:
    """Return the index query for listings with at least one of the marks."""
    return "(" + " OR ".join(f'"{mark}"' for mark in marks) + ")"


def _in_any_words(unit: Unit) -> Unit:
    alike = (said_alike(token) or (token,) for token in unit.tokens)
    return unit if unit.concepts else Unit(tuple(chain.from_iterable(alike)))


def _marks(unit: Unit, levels: Sequence[str], word: str) -> tuple[str, ...]:
    if unit.concepts:
        return tuple(level + each for level in levels for each in unit.concepts)
    return tuple(word + stem for token in unit.tokens for stem in stems(token))


def names_of(listing: PublicListing) -> list[str]:
    """Return what a listing is called in each language, and who gives it."""
    return [*(text.name for text in listing.texts), listing.organization]


def narrow_of(listing: PublicListing) -> int:
    """Return a bit for each group whom alone a listing is for, or what alone it does.

    What moves about by its name does so only where nobody said where it stands and when.
    """
    bits = narrowed_by(names_of(listing))
    is_known = listing.mode is not Mode.FIXED or listing.hours_known
    return bits & ~MOVING if is_known else bits


def _called(listing: PublicListing) -> list[str]:
    return [*names_of(listing), *listing.keywords]


def _described(listing: PublicListing) -> list[str]:
    return [text.description for text in listing.texts]


def _beside(listing: PublicListing) -> list[str]:
    beside = [part for text in listing.texts for part in (text.before_you_go, text.landmark)]
    return [*beside, listing.city]


def _stemmed(texts: Iterable[str]) -> list[Stems]:
    """Return the stems of each word; '' parts texts, so that no phrase is found across two."""
    tokens = [token for text in texts if text for token in (*tokens_of(text), "")]
    return list(map(stems_of_listing, meaningful(tokens)))


def _concepts(stemmed: Sequence[Stems], lexicon: Lexicon) -> list[str]:
    phrases = lexicon.phrases_of(stemmed)
    return _broader((each for _, _, concepts in phrases for each in concepts), lexicon)


def _broader(concepts: Iterable[str], lexicon: Lexicon) -> list[str]:
    return [each for concept in concepts for each in lexicon.broader.get(concept, (concept,))]


def _without(surer: Sequence[str], concepts: Iterable[str]) -> list[str]:
    return [each for each in concepts if each not in surer]


def _marked(prefix: str, values: Iterable[str]) -> str:
    """Return each value once with the prefix; '' is none."""
    distinct = dict.fromkeys(values)
    distinct.pop("", None)
    return prefix + f" {prefix}".join(distinct) if distinct else ""


def _reach_marks(listing: PublicListing) -> list[str]:
    return [REACH + fips for fips in listing.reach] or [WHOLE_STATE]
