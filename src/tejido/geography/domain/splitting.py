"""Finding the place inside a sentence such as `methadone 94606` or `comida en San José`."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from tejido.geography.domain.landmarks import landmark_key
from tejido.geography.domain.names import (
    LINKS,
    LONG_LINKS,
    NICKNAMES,
    ORDINARY_WORDS,
    STATE_WORDS,
    STRONG_LINKS,
    ZIP,
    key,
    plain,
)
from tejido.geography.domain.places import (
    Ambiguous,
    Found,
    Place,
    PlaceKind,
    Resolution,
    Unknown,
)

LONGEST_NAME = 6
# "on the corner of Fulton Street and Tuolumne Street Fresno California"
LONGEST_LANDMARK = 12


class Names(Protocol):
    """What a gazetteer offers here."""

    def resolve(self, text: str) -> Resolution:
        """Return what the whole text means."""

    def named(self, text: str) -> Found | Ambiguous | None:
        """Return the town, county or landmark of exactly this name."""

    def landmark(self, text: str) -> Found | Ambiguous | None:
        """Return the landmark or corner of exactly this name."""

    def may_bound_landmark(self, tokens: Sequence[str]) -> list[bool]:
        """Return for each token whether a name of a landmark could begin or end with it."""

    def misspelt(self, text: str) -> Unknown | None:
        """Return what the text is one slip away from."""


def split_words(words: str, names: Names) -> tuple[str, Resolution | None]:
    """Return the words without the place they name, and that place or None.

    In this order: a ZIP code; a landmark or corner, unless the words name another town; a name
    after `in, near, en, cerca de`; a name at the end, at the start, in the middle. The longest
    name wins. Without such a link a town whose name is also an ordinary word is that word, and a
    two-letter nickname at the start needs capitals.
    """
    tokens = words.split()
    for start, end in _zips(tokens):
        rest = _without_town(tokens[:start], names)
        return _joined(rest, tokens[end:]), names.resolve(tokens[start])
    return _landmark(tokens, names) or _town(tokens, names) or (words.strip(), None)


def _town(tokens: list[str], names: Names) -> tuple[str, Resolution] | None:
    for start, end in [*_linked(tokens), *_unlinked(tokens)]:
        place = names.named(" ".join(tokens[start:end]))
        if place and _is_meant(tokens, start, end) and not _is_landmark(place):
            return _joined(tokens[:start], tokens[end:]), place
    return _slip(tokens, names)


def _landmark(tokens: list[str], names: Names) -> tuple[str, Resolution] | None:
    for start, end in _longest_first(names.may_bound_landmark(tokens)):
        found = names.landmark(" ".join(tokens[start:end]))
        if found and _is_meant_as_landmark(tokens, start, end):
            before, after = tokens[:start], tokens[end:]
            rest, town = _town([*before, *after], names) or (_joined(before, after), None)
            settled = _agreeing(found, town)
            if settled:
                return rest, settled
    return None


def _longest_first(may_bound: list[bool]) -> Iterator[tuple[int, int]]:
    bounds = [at for at, may in enumerate(may_bound) if may]
    runs = [
        (start, last + 1)
        for start in bounds
        for last in bounds
        if 0 <= last - start < LONGEST_LANDMARK
    ]
    yield from sorted(runs, key=lambda run: (run[0] - run[1], run[0]))


def _is_landmark(found: Found | Ambiguous) -> bool:
    place = found.place if isinstance(found, Found) else found.places[0]
    return place.kind is PlaceKind.LANDMARK


def _is_meant_as_landmark(tokens: list[str], start: int, end: int) -> bool:
    """Return whether the run is the landmark: a single word needs a link (`at the library`).

    In `Central Library in Fresno County` the town is not named, but the county.
    """
    if tokens[end:] and plain(tokens[end]) in {"county", "condado"}:
        return False
    if len(landmark_key(" ".join(tokens[start:end])).split()) > 1:
        return True
    return bool(start) and plain(tokens[start - 1]) in LINKS | {"the", "la", "el", "al"}


def _agreeing(found: Found | Ambiguous, town: Resolution | None) -> Found | Ambiguous | None:
    """Return the landmarks that lie in the town or county that the words name too."""
    places = (found.place,) if isinstance(found, Found) else found.places
    if town is None:
        return found
    if not isinstance(town, Found):
        return None
    agreeing = tuple(place for place in places if _lies_in(place, town.place))
    if len(agreeing) > 1 and isinstance(found, Ambiguous):
        return Ambiguous(found.text, agreeing)
    return Found(agreeing[0]) if agreeing else None


def _lies_in(landmark: Place, place: Place) -> bool:
    if place.kind is PlaceKind.COUNTY:
        return landmark.county_fips == place.county_fips
    return key(landmark.town) == key(place.name)


def _zips(tokens: list[str]) -> Iterator[tuple[int, int]]:
    for at in reversed(range(len(tokens))):
        if ZIP.fullmatch(tokens[at].strip(",.;:?!()")):
            yield at, at + 1


def _without_town(before: list[str], names: Names) -> list[str]:
    """Return what stands before a ZIP code without the town written there (`Fresno, CA 93721`)."""
    for start in range(max(0, len(before) - LONGEST_NAME), len(before)):
        text = " ".join(before[start:])
        if names.named(text) and _is_meant(before, start, len(before)):
            return before[:start]
    return before


def _runs(tokens: list[str], start: int) -> Iterator[tuple[int, int]]:
    for end in reversed(range(start + 1, min(len(tokens), start + LONGEST_NAME) + 1)):
        yield start, end


def _linked(tokens: list[str]) -> Iterator[tuple[int, int]]:
    for start in range(1, len(tokens)):
        if _follows_strong_link(tokens, start):
            yield from _runs(tokens, start)


def _unlinked(tokens: list[str]) -> Iterator[tuple[int, int]]:
    """Yield runs at the end, then at the start, then in the middle; longer before shorter."""
    count = len(tokens)
    yield from ((start, count) for start in range(max(0, count - LONGEST_NAME), count))
    yield from _runs(tokens, 0)
    for start in range(1, count):
        yield from _runs(tokens, start)


def _follows_strong_link(tokens: list[str], start: int) -> bool:
    before = [plain(token) for token in tokens[max(0, start - 2) : start]]
    if before[-1:] == ["the"]:
        before = before[:-1]
    return before[-1:] != [] and (before[-1] in STRONG_LINKS or tuple(before) in LONG_LINKS)


def _is_meant(tokens: list[str], start: int, end: int) -> bool:
    """Return whether the run is the place and not the word: see `split_words`."""
    words = plain(" ".join(tokens[start:end])).split()
    if start and _follows_strong_link(tokens, start):
        return not _is_article(tokens, start, end)
    if len(words) > 1:
        return words[0] not in LINKS
    name = words[0]
    if name in STATE_WORDS or name in ORDINARY_WORDS or name in LINKS:
        return False
    return name not in NICKNAMES or end == len(tokens) or _is_in_capitals(tokens, start)


def _is_article(tokens: list[str], start: int, end: int) -> bool:
    """Return whether `la` is no Los Angeles: `vivo en la calle`."""
    said = [plain(token) for token in tokens[start - 1 : end]]
    return said == ["en", "la"] and end < len(tokens) and not _is_in_capitals(tokens, start)


def _is_in_capitals(tokens: list[str], start: int) -> bool:
    others = tokens[:start] + tokens[start + 1 :]
    return tokens[start].isupper() and not all(token.isupper() for token in others)


def _slip(tokens: list[str], names: Names) -> tuple[str, Resolution] | None:
    """Return the place after a link that is one slip away from a name, so that a page can ask."""
    for start, end in _linked(tokens):
        meant = names.misspelt(" ".join(tokens[start:end]))
        if meant:
            return _joined(tokens[:start], tokens[end:]), meant
    return None


def _joined(before: list[str], after: list[str]) -> str:
    """Return what is left, without the link and the commas that led to the place."""
    rest = _without_link([token for token in before if plain(token)])
    while after and plain(after[0]) in STATE_WORDS:
        after = after[1:]
    return " ".join([*rest, *after]).strip(" ,;")


def _without_link(before: list[str]) -> list[str]:
    """Return the words without one link at their end; `drop in` and `hepatitis a` stay whole."""
    words = [plain(token) for token in before]
    if words[-1:] == ["the"]:
        return _without_link(before[:-1])
    if tuple(words[-2:]) in LONG_LINKS:
        return before[:-2]
    if words[-1:] and words[-1] in LINKS and words[-2:] not in (["drop", "in"], ["walk", "in"]):
        return before[:-1]
    return before
