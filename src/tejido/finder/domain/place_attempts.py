"""Words beside a need that somebody meant as a place, though no place is called so."""

from collections.abc import Collection, Iterator, Sequence

from tejido.directory.domain.words import tokens_of
from tejido.geography.domain.names import STRONG_LINKS

_PARTS_OF_TOWNS = frozenset(
    {"heights", "hts", "district", "row", "village", "town", "downtown", "neighborhood", "hood"}
    | {"hill", "hills", "park", "plaza", "beach", "barrio", "colonia", "ave", "avenue", "avenida"}
    | {"blvd", "boulevard", "city", "ciudad"}
)
# "for my girlfriend", "para mi novia": nobody lives there.
_OF_PEOPLE = frozenset(
    {"for", "my", "his", "her", "our", "their", "para", "mi", "tu", "su", "nuestra", "nuestro"}
    | {"a", "con", "with"}
)
_SHORTEST, _SHORTEST_NUMBER = 5, 4


def attempted_in(words: str, unread: Collection[str], *, unwritten: Collection[str]) -> str:
    """Return the words that look like a place, '' for none.

    They follow each other, and follow no word for whom it is. They look like a place where they
    name a part of a town, follow `in` or `en`, are a number as long as a ZIP code, or are words
    that stand nowhere in the list.

    Args:
        words: a message without its time; it names a need.
        unread: its words that name neither need nor wish.
        unwritten: those of them that no listing has either.
    """
    tokens = tokens_of(words)
    runs = (run for run in _runs(tokens, unread) if _looks_like_place(tokens, *run, unwritten))
    return next((" ".join(tokens[start:end]) for start, end in runs), "")


def _runs(tokens: Sequence[str], unread: Collection[str]) -> Iterator[tuple[int, int]]:
    start = 0
    while start < len(tokens):
        end = start
        while end < len(tokens) and tokens[end] in unread:
            end += 1
        if end > start:
            yield start, end
        start = max(end, start + 1)


def _looks_like_place(
    tokens: Sequence[str], start: int, end: int, unwritten: Collection[str]
) -> bool:
    run, before = tokens[start:end], tokens[max(0, start - 1) : start]
    if _OF_PEOPLE.intersection(before):
        return False
    if any(token.isdigit() and len(token) >= _SHORTEST_NUMBER for token in run):
        return True
    is_named = len(run) > 1 and not _PARTS_OF_TOWNS.isdisjoint(run)
    is_linked = len(run) > 1 and not STRONG_LINKS.isdisjoint(before)
    return is_named or is_linked or _stands_nowhere(run, unwritten)


def _stands_nowhere(run: Sequence[str], unwritten: Collection[str]) -> bool:
    long = [token for token in run if token in unwritten and token.isalpha()]
    return any(len(token) >= _SHORTEST for token in long)
