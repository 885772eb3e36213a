"""Landmarks and corners by every name that a person may type, with or without the town."""

from collections.abc import Sequence

from tejido.geography.domain.crossings import AROUND, Crossing, bare_number, crossing_of
from tejido.geography.domain.landmarks import landmark_key
from tejido.geography.domain.names import STATE_WORDS, key, plain, without_state
from tejido.geography.domain.places import Ambiguous, Found, Place

_LONGEST_TOWN = 5
_IN_TOWN = ("{name} {town}", "{name} in {town}", "{name} en {town}", "{name} de {town}")


class LandmarkIndex:
    """Looks landmarks up. Several of one name are never guessed between: a person chooses."""

    def __init__(self) -> None:
        """Start empty."""
        self._named: dict[str, list[Place]] = {}
        self._corners: dict[tuple[str, str], list[tuple[Crossing, Place]]] = {}
        self._towns: set[str] = set()
        self._words: set[str] = {*AROUND, *STATE_WORDS}

    def keep(self, place: Place) -> None:
        """Index a landmark by its names, and as a corner where they name two streets."""
        town = key(place.town)
        self._towns.add(town)
        for said in (*place.also, place.town):
            self._words.update(map(_spelling, plain(said).split()))
        for name in map(landmark_key, place.also):
            for called in (name, *(form.format(name=name, town=town) for form in _IN_TOWN)):
                _add(self._named.setdefault(called, []), place)
        for crossing in filter(None, map(crossing_of, place.also)):
            self._corners.setdefault(crossing.names, []).append((crossing, place))

    def named(self, text: str) -> Found | Ambiguous | None:
        """Return the landmark or corner with this name, several of one name, or None."""
        if not self._towns:
            return None
        typed = without_state(text.casefold().replace(",", " "))
        places = self._named.get(landmark_key(typed)) or self._at_corner(typed)
        if not places:
            return None
        ranked = sorted(places, key=lambda place: (place.name, place.county_fips, place.latitude))
        return Found(ranked[0]) if len(ranked) == 1 else Ambiguous(text.strip(), tuple(ranked))

    def may_bound(self, tokens: Sequence[str]) -> list[bool]:
        """Return for each token whether a name of a landmark could begin or end with it."""
        if not self._towns:
            return [False] * len(tokens)
        return [any(_spelling(word) in self._words for word in _ends(token)) for token in tokens]

    def _at_corner(self, text: str) -> list[Place]:
        whole = self._corners_like(text)
        return whole or [
            place
            for streets, town in self._without_town(text)
            for place in self._corners_like(streets)
            if key(place.town) == town
        ]

    def _corners_like(self, text: str) -> list[Place]:
        typed = crossing_of(text)
        found: list[Place] = []
        if typed:
            for known, place in self._corners.get(typed.names, ()):
                if known.may_be(typed):
                    _add(found, place)
        return found

    def _without_town(self, text: str) -> list[tuple[str, str]]:
        """Return the text before each town of a landmark at its end, and that town's key."""
        words = text.split()
        found = []
        for count in range(1, min(_LONGEST_TOWN, len(words) - 1) + 1):
            town = key(" ".join(words[-count:]))
            if town in self._towns:
                found.append((" ".join(_without_link(words[:-count])), town))
        return found


def _without_link(words: list[str]) -> list[str]:
    return words[:-1] if words[-1:] and words[-1] in {"in", "en", "de"} else words


def _spelling(word: str) -> str:
    return bare_number(landmark_key(word))


def _ends(token: str) -> tuple[str, ...]:
    """Return the words of a token that may hold several: `Fulton/Tuolumne`."""
    words = plain(token).split()
    return (words[0], words[-1]) if words else ()


def _add(places: list[Place], place: Place) -> None:
    if place not in places:
        places.append(place)
