"""Towns made out of ZIP codes: which names stand for a place, and where it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from tejido.geography.domain.names import plain

NOT_PLACES = frozenset(
    {
        "Bureau Of The Census",
        "General Telephone",
        "Pacific Area Office",
        "Kcnp",
        "Rmv",
        "Rmx",
        "Rsm",
    }
)
_SMALL = frozenset({"And", "Of", "The", "By"})


@dataclass(frozen=True, slots=True)
class ZipFact:
    """What the source says of a ZIP code. `is_street_mail` is false for boxes and firms."""

    code: str
    town: str
    also: tuple[str, ...]
    county_fips: str
    latitude: float
    longitude: float
    is_street_mail: bool


@dataclass(frozen=True, slots=True)
class TownFact:
    """A name, its county ('' unknown), the point of its middle ZIP code, how many ZIPs use it."""

    name: str
    county_fips: str
    latitude: float
    longitude: float
    zip_count: int


def towns_of(zips: Iterable[ZipFact]) -> list[TownFact]:
    """Return one town for each post office name, and one for each further name and county.

    A post office name is one town even where its ZIP codes cross a county line. A further name
    (a neighbourhood, a former town) is left out where a post office has it or where it only
    shortens another name.
    """
    known = list(zips)
    offices: dict[str, list[ZipFact]] = {}
    for fact in known:
        offices.setdefault(fact.town, []).append(fact)
    towns = [_town(name, facts) for name, facts in offices.items()]
    taken = {plain(name) for name in offices}
    further = _further_names(known)
    towns += [
        _town(name, facts) for (name, _), facts in further.items() if plain(name) not in taken
    ]
    return sorted(towns, key=lambda town: (town.name, town.county_fips))


def is_short_for(name: str, full: str) -> bool:
    """Return whether each word of the name shortens its word of the full one (`Sn Luis Obisp`)."""
    short, long = plain(name).split(), plain(full).split()
    if name == full or len(short) != len(long):
        return False
    return all(map(_is_shortened, short, long))


def _further_names(zips: list[ZipFact]) -> dict[tuple[str, str], list[ZipFact]]:
    further: dict[tuple[str, str], list[ZipFact]] = {}
    for fact in zips:
        names = (fact.town, *fact.also)
        for name in set(fact.also) - NOT_PLACES:
            if not any(is_short_for(name, full) for full in names):
                further.setdefault((name, fact.county_fips), []).append(fact)
    return further


def _is_shortened(short: str, long: str) -> bool:
    rest = iter(long)
    return short[:1] == long[:1] and all(letter in rest for letter in short)


def _town(name: str, facts: list[ZipFact]) -> TownFact:
    usual = [fact for fact in facts if fact.is_street_mail] or facts
    north = median(fact.latitude for fact in usual)
    east = median(fact.longitude for fact in usual)
    middle = min(
        usual,
        key=lambda fact: ((fact.latitude - north) ** 2 + (fact.longitude - east) ** 2, fact.code),
    )
    counties = [fact.county_fips for fact in usual]
    county = max(sorted(set(counties)), key=counties.count)
    return TownFact(_shown(name), county, middle.latitude, middle.longitude, len(facts))


def _shown(name: str) -> str:
    """Return the name as written on a map: `Rough and Ready`, `Carmel by the Sea`."""
    first, *rest = name.split()
    return " ".join([first, *(word.lower() if word in _SMALL else word for word in rest)])
