"""What a typed place means: one place, several, or none."""

from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz, process

from tejido.geography.domain.distance import distance_m
from tejido.geography.domain.landmark_index import LandmarkIndex
from tejido.geography.domain.names import (
    LEADS,
    LONGEST_TEXT,
    NICKNAMES,
    ZIP,
    county_name,
    key,
    plain,
    without_state,
)
from tejido.geography.domain.places import (
    Ambiguous,
    Found,
    Place,
    PlaceKind,
    Resolution,
    Unknown,
)
from tejido.geography.domain.splitting import LONGEST_NAME, split_words

# Namesakes closer than this are one neighbourhood; one that is so many times heavier is meant.
SAME_PLACE_M = 40_000
HEAVIER = 5
NEAR_NAME_SCORE = 78
SHORTEST_SLIP = 6


class Gazetteer:
    """Names of counties, towns, ZIP codes and landmarks, ready to be looked up."""

    def __init__(self, places: Iterable[Place]) -> None:
        """Index the places by kind and name."""
        self._zips: dict[str, Place] = {}
        self._counties: dict[str, Place] = {}
        self._towns: dict[str, list[Place]] = {}
        self._landmarks = LandmarkIndex()
        self._shown: dict[str, str] = {}
        for place in places:
            self._keep(place)

    def resolve(self, text: str) -> Resolution:
        """Return what the text means when all of it is a place. Never raises.

        A ZIP code in the text wins over the words around it. A bare name is the town before the
        county and the landmark; among towns of one name see `_one_of`. Of a street address the
        town at its end is meant, since no street is known.
        """
        typed = text.strip()[:LONGEST_TEXT]
        zips = ZIP.findall(typed)
        if zips or typed.isdecimal():
            return self._zip(zips[-1] if zips else typed)
        return (
            self.named(typed) or self.town_of_address(typed) or Unknown(typed, self._near(typed))
        )

    def named(self, text: str) -> Found | Ambiguous | None:
        """Return the place with exactly this name, nickname or short form, or None."""
        name = without_state(plain(text))
        name = NICKNAMES.get(name, name)
        county_typed = county_name(name)
        county = self._counties.get(key(NICKNAMES.get(county_typed, county_typed)))
        if county:
            return Found(county)
        towns = self._towns.get(key(name)) or self._towns.get(key(_bare(name)))
        if towns:
            return _one_of(text.strip(), towns)
        bare_county = self._counties.get(key(name))
        return Found(bare_county) if bare_county else self.landmark(text)

    def town_of_address(self, text: str) -> Found | None:
        """Return the town at the end of a street address (`1428 E 18th St Oakland`), or None."""
        tokens = text.replace(",", " ").split()
        if not tokens or not tokens[0].isdecimal():
            return None
        starts = range(max(2, len(tokens) - LONGEST_NAME), len(tokens))
        named = (self.named(" ".join(tokens[start:])) for start in starts)
        towns = (found for found in named if isinstance(found, Found))
        return next((found for found in towns if found.place.kind is PlaceKind.TOWN), None)

    def landmark(self, text: str) -> Found | Ambiguous | None:
        """Return the landmark or corner with this name, several of one name, or None."""
        return self._landmarks.named(text)

    def may_bound_landmark(self, tokens: Sequence[str]) -> list[bool]:
        """Return for each token whether a name of a landmark could begin or end with it."""
        return self._landmarks.may_bound(tokens)

    def split(self, words: str) -> tuple[str, Resolution | None]:
        """Return the words without the place they name, and that place. Never raises.

        `methadone 94606` is methadone at 94606; `clean needles` names no place although there is
        a town of Needles (rules: docs/areas/geography.md#places-in-a-sentence).
        """
        return split_words(words[:LONGEST_TEXT], self)

    def misspelt(self, text: str) -> Unknown | None:
        """Return `Unknown` with near names where the text is one slip away from a longer name."""
        name = key(without_state(plain(text)))
        if len(name) < SHORTEST_SLIP:
            return None
        close = process.extract(name, [*self._shown], scorer=fuzz.ratio, score_cutoff=90, limit=3)
        sure = [self._shown[known] for known, *_ in close if known[:1] == name[:1]]
        return Unknown(text, tuple(sure)) if sure else None

    def _keep(self, place: Place) -> None:
        if place.kind is PlaceKind.ZIP:
            self._zips[place.name] = place
            return
        name = key(place.name)
        self._shown[name] = place.name
        if place.kind is PlaceKind.COUNTY:
            self._counties[name.removesuffix(" county")] = place
        elif place.kind is PlaceKind.LANDMARK:
            self._landmarks.keep(place)
        else:
            self._towns.setdefault(name, []).append(place)

    def _zip(self, digits: str) -> Resolution:
        place = self._zips.get(digits)
        return Found(place) if place else Unknown(digits, (), code="zip-unknown")

    def _near(self, text: str) -> tuple[str, ...]:
        name = key(without_state(plain(text)))
        close = process.extract(
            name, [*self._shown], scorer=fuzz.ratio, score_cutoff=NEAR_NAME_SCORE, limit=9
        )
        best = sorted(close, key=lambda hit: (-hit[1], -self._weight(hit[0]), hit[0]))
        names = dict.fromkeys((*self._beginning(name), *(known for known, *_ in best)))
        return tuple(self._shown[known] for known in [*names][:3])

    def _beginning(self, name: str) -> list[str]:
        """Return the names of towns whose first words these are, the largest first: `Santa`."""
        longer = [known for known in self._towns if name and known.startswith(f"{name} ")]
        return sorted(longer, key=lambda known: (-self._weight(known), known))

    def _weight(self, name: str) -> int:
        return max((town.weight for town in self._towns.get(name, [])), default=0)


def _bare(name: str) -> str:
    for lead in LEADS:
        name = name.removeprefix(lead)
    return name


def _one_of(text: str, towns: list[Place]) -> Found | Ambiguous:
    """Return the heaviest, unless another far away is no lighter than a fifth of it."""
    ranked = sorted(towns, key=lambda town: (-town.weight, town.county_fips, town.name))
    first, *others = ranked
    rivals = [town for town in others if _is_rival(first, town)]
    return Ambiguous(text, (first, *rivals)) if rivals else Found(first)


def _is_rival(first: Place, other: Place) -> bool:
    away = distance_m(first.latitude, first.longitude, other.latitude, other.longitude)
    return away > SAME_PLACE_M and other.weight * HEAVIER >= first.weight
