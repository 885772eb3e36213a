"""Where a search stands: found, several places with the name, no such place, or not said."""

from dataclasses import dataclass, replace

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tejido.directory.domain.words import says_something
from tejido.finder.domain.answer import Where
from tejido.finder.domain.near import NEAR_M
from tejido.finder.queries.places import find_place, is_street_address, split_place, where_at
from tejido.finder.web.asked import Asked
from tejido.finder.web.counties import county_names
from tejido.geography.domain.distance import distance_m
from tejido.geography.domain.places import (
    Ambiguous,
    Found,
    Place,
    PlaceKind,
    Resolution,
    Unknown,
)

# A ZIP code or a phone so near to the middle of a town may well lie in it.
_SAME_TOWN_M, _IN_TOWN_M = 1_000, 15_000


@dataclass(frozen=True, slots=True)
class Standing:
    """The point to search from, the words that are left, and what stands in the way.

    Attributes:
        where: None when no place was said, or when `unclear` says why it is not known.
        words: what to search for, without the place; '' where they say nothing.
        unclear: several places, or none, with the name that was given.
        other: the name of another place that the words say, as it is typed, '' for none.
        other_shown: the same in a sentence, in the reader's language.
        is_address: a street address was typed, and only its town is known.
    """

    where: Where | None
    words: str
    unclear: Ambiguous | Unknown | None = None
    other: str = ""
    other_shown: str = ""
    is_address: bool = False


def stand(asked: Asked) -> Standing:
    """Return where the search stands; a typed place wins, then the phone's, then the words'.

    Raises:
        SnapshotMissing: no snapshot was built yet.
    """
    if asked.place:
        typed = find_place(asked.place)
        standing = _standing(typed, asked.pick, words=asked.words)
        kind = typed.place.kind if isinstance(typed, Found) else None
        is_address = standing.where is not None and is_street_address(asked.place)
        return replace(_with_other(standing, kind), is_address=is_address)
    if asked.position:
        here = asked.position
        where = Where(here.latitude, here.longitude, _("you"), approximate=True)
        standing = Standing(where, asked.words)
        return _with_other(standing, None)
    words, resolution = split_place(asked.words) if asked.words else ("", None)
    if resolution is None:
        return Standing(None, asked.words)
    return _standing(resolution, asked.pick, words=words)


def _with_other(standing: Standing, kind: PlaceKind | None) -> Standing:
    """Add the place that the words name where it is another than the one searched from.

    Args:
        standing: where the search stands by its own field.
        kind: of the place typed there, None for the position of the phone.
    """
    where = standing.where
    said = split_place(standing.words)[1] if where and standing.words else None
    if where is None or not isinstance(said, Found) or _is_there(said.place, where, kind):
        return standing
    return replace(standing, other=said.place.name, other_shown=shown_name(said.place))


def _is_there(place: Place, where: Where, kind: PlaceKind | None) -> bool:
    """Return whether a search from there looks in the place anyway."""
    away = distance_m(where.latitude, where.longitude, place.latitude, place.longitude)
    if PlaceKind.COUNTY in {kind, place.kind}:
        return away <= NEAR_M
    return away <= (_SAME_TOWN_M if kind is place.kind else _IN_TOWN_M)


def _standing(resolution: Resolution, pick: str, *, words: str) -> Standing:
    if isinstance(resolution, Ambiguous):
        picked = [place for place in resolution.places if key_of(place) == pick]
        resolution = Found(picked[0]) if len(picked) == 1 else resolution
    if isinstance(resolution, Found):
        place = resolution.place
        words = words if says_something(words) else ""
        return Standing(where_at(place, label=shown_name(place)), words)
    return Standing(None, words, resolution)


def shown_name(place: Place) -> str:
    """Return the name of a place as it stands in a sentence, in the reader's language."""
    if place.kind is PlaceKind.COUNTY:
        return _("%(name)s County") % {"name": place.name.removesuffix(" County")}
    return place.spanish if place.spanish and get_language() == "es" else place.name


def key_of(place: Place) -> str:
    """Return what a button sends to choose one of several places with the same name."""
    return f"{place.kind}:{place.name}:{place.county_fips}:{place.latitude:.3f}"


@dataclass(frozen=True, slots=True)
class PlaceChoice:
    """One of several places with the same name: what the button sends and says."""

    key: str
    label: str


def choices_of(ambiguous: Ambiguous) -> tuple[PlaceChoice, ...]:
    """Return a choice for each place, told apart by its county."""
    return tuple(PlaceChoice(key_of(place), _full_name(place)) for place in ambiguous.places)


def _full_name(place: Place) -> str:
    county = county_names().get(place.county_fips)
    name = shown_name(place)
    if not county or place.kind is PlaceKind.COUNTY:
        return name
    return _("%(name)s, in %(county)s County") % {
        "name": name,
        "county": county.removesuffix(" County"),
    }
