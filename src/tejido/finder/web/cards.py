"""Results as cards: what a person needs in order to choose, and nothing more."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from urllib.parse import quote
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from tejido.directory.domain.freshness import CHECK_HOLDS_DAYS
from tejido.directory.domain.public import PublicListing, PublicPoint
from tejido.directory.domain.vocabulary import ConfirmedBy, Mode, Precision
from tejido.finder.domain.answer import Hit, Open
from tejido.finder.domain.drawbacks import Drawback
from tejido.finder.web.asked import Asked
from tejido.finder.web.distances import away
from tejido.finder.web.finding import has_words
from tejido.finder.web.hours import StateLine, state_line
from tejido.finder.web.saying import FactLine, PhoneLink, Said, card_facts, said, voice_phone
from tejido.finder.web.tags import tags_of
from tejido.finder.web.why import lower_words

TAGS_SHOWN = 6
WORTH_A_HEADING = 3
MAP_SITE = "https://www.openstreetmap.org"
_NO_ID = UUID(int=0)


class _Part(Enum):
    """The parts that a list may have."""

    INSIDE = "in the county asked for"
    NEAR = "within 25 miles, or by mail or phone"
    CLOSED = "closed, where open ones are wanted"
    UNKNOWN = "hours not known, where open ones are wanted"
    INSTEAD = "something else that may help"
    FAR = "more than 25 miles away"


_LABELS = {
    _Part.UNKNOWN: gettext_lazy("Hours not known · call first"),
    _Part.INSTEAD: gettext_lazy("Something else that may help"),
    _Part.FAR: gettext_lazy("More than 25 miles"),
}
_COMES = {Mode.MAIL, Mode.PHONE}
_NOT_OPEN = {Open.UNKNOWN: _Part.UNKNOWN, Open.CLOSED: _Part.CLOSED}


@dataclass(frozen=True, slots=True)
class Card:
    """One place as the list shows it."""

    number: int
    id: UUID
    href: str
    name: Said
    organization: str
    state: StateLine
    away: str
    address: str
    mode: Mode
    tags: tuple[tuple[str, bool], ...]
    more_tags: int
    facts: tuple[FactLine, ...]
    only_mentions: str
    instead: str
    lower: str
    phone: PhoneLink | None
    geo: str
    checked: "Checked"
    distance_m: float | None
    bearing: float | None
    point: PublicPoint | None


@dataclass(frozen=True, slots=True)
class Checked:
    """Who said that a listing is right, and how long ago in days; None when nobody has."""

    on: date | None
    by: ConfirmedBy | None
    days: int | None

    @property
    def stale(self) -> bool:
        """Return whether the page must say "call before you go"."""
        return self.days is None or self.days > CHECK_HOLDS_DAYS


@dataclass(frozen=True, slots=True)
class Group:
    """Some cards that follow each other, under their heading ('' where it says nothing)."""

    heading: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """What a card is seen from: the search, the moments, and the words of the page.

    Attributes:
        at: the instant asked about.
        today: the local day, from which ages count.
        labels: concept id -> name in the page's language.
        need: what was looked for, as in the heading, or ''.
        wanted: the concepts of each thing asked for, as in `Answer`.
        has_place: it was asked from a place.
        about: the place searched from is approximate.
        county: the heading of what lies in the county that was asked for, or ''.
    """

    asked: Asked
    at: datetime
    today: date
    labels: Mapping[str, str]
    need: str
    language: str
    wanted: tuple[tuple[str, ...], ...]
    has_place: bool
    about: bool
    county: str


def groups_of(hits: Sequence[Hit], *, seen: Seen) -> tuple[Group, ...]:
    """Return the hits as numbered cards in the order of the search, under a few headings.

    What lies in the county that was asked for, what is near or comes by mail or phone, what is
    closed where open ones are wanted, what only may help instead and what is far have headings of
    their own where they follow each other. Where they alternate one heading stands over all of
    them, and each card says what it is: no heading changes the order.
    """
    numbered = list(enumerate(hits[: seen.asked.show], start=1))
    parts = [_part_of(hit, only_open=seen.asked.only_open) for _number, hit in numbered]
    return tuple(
        Group(
            _heading(parts, [hit for _number, hit in numbered], start, end, seen),
            tuple(_card(number, hit, seen) for number, hit in numbered[start:end]),
        )
        for start, end in _runs(parts)
    )


def _runs(parts: Sequence[_Part]) -> Iterator[tuple[int, int]]:
    """Yield start and end of each run: of one part, or of parts that alternate.

    What stands together at the head of a run that alternates is a run of its own.
    """
    ends = {part: at for at, part in enumerate(parts, start=1)}
    start = end = 0
    for at, part in enumerate(parts, start=1):
        end = max(end, ends[part])
        if at == end:
            head = next((n for n in range(end - start) if parts[start + n] != parts[start]), 0)
            if head >= WORTH_A_HEADING:
                yield start, start + head
                start += head
            yield start, end
            start = end


def _heading(parts: Sequence[_Part], hits: Sequence[Hit], start: int, end: int, seen: Seen) -> str:
    """Return the heading of a run, '' where all are near or there is nothing to say."""
    own = set(parts[start:end])
    if set(parts) == {_Part.NEAR}:
        return ""
    if len(own) == 1:
        return _label(parts[start], hits[start:end], seen)
    return _("Near and far, best first") if _Part.FAR in own else _("Best first")


def _part_of(hit: Hit, *, only_open: bool) -> _Part:
    if not hit.near:
        return _Part.FAR
    if hit.instead:
        return _Part.INSTEAD
    if only_open and hit.hours.state in _NOT_OPEN:
        return _NOT_OPEN[hit.hours.state]
    return _Part.INSIDE if hit.inside else _Part.NEAR


def _label(part: _Part, hits: Sequence[Hit], seen: Seen) -> str:
    """Return the heading of a part, '' where there is nothing to say."""
    if part is _Part.INSIDE:
        return seen.county
    if part is _Part.NEAR:
        return _near_label(hits) if seen.has_place else ""
    if part is _Part.CLOSED:
        return _("Closed then") if seen.asked.chosen else _("Closed now")
    return str(_LABELS[part])


def _near_label(hits: Sequence[Hit]) -> str:
    if all(hit.listing.mode in _COMES for hit in hits):
        return _("By mail or phone")
    if any(hit.listing.mode in _COMES for hit in hits):
        return _("Within 25 miles, by mail or by phone")
    return _("Within 25 miles")


def _card(number: int, hit: Hit, seen: Seen) -> Card:
    listing = hit.listing
    tags = tags_of(listing, seen.labels, wanted=hit.matched_needs or hit.instead)
    return Card(
        number=number,
        id=listing.id,
        href=_path(get_language()).replace(str(_NO_ID), str(listing.id)),
        name=said(listing, "name", language=seen.language),
        organization=listing.organization,
        state=_state(hit, seen),
        away=_away(hit, place_is_approximate=seen.about),
        address=address_of(listing),
        mode=listing.mode,
        tags=tags[:TAGS_SHOWN],
        more_tags=max(0, len(tags) - TAGS_SHOWN),
        facts=card_facts(listing, asked=seen.asked.facts, spoken=seen.asked.spoken),
        only_mentions="" if hit.matched_needs or hit.instead else seen.need,
        instead=_missing(hit, seen),
        lower=lower_words(hit.lower),
        phone=voice_phone(listing),
        geo=geo_of(listing),
        checked=checked_of(listing, today=seen.today),
        distance_m=hit.distance_m,
        bearing=hit.bearing,
        point=None if listing.mode in {Mode.MAIL, Mode.PHONE} else listing.point,
    )


def _missing(hit: Hit, seen: Seen) -> str:
    """Return what was asked for and the place does not say that it has, '' for nothing."""
    if hit.instead:
        return seen.need
    if Drawback.PART not in hit.lower:
        return ""
    lacking = (needs[0] for needs in seen.wanted if not set(needs) & set(hit.matched_needs))
    return ", ".join(has_words(need, seen.labels) for need in lacking)


def _state(hit: Hit, seen: Seen) -> StateLine:
    return state_line(
        hit.hours,
        at=seen.at,
        is_now=seen.asked.chosen is None,
        temporarily_closed=hit.listing.temporarily_closed,
    )


# Working out an address takes longer than the rest of a card.
@cache
def _path(_language: str | None) -> str:
    return reverse("finder:listing", args=[_NO_ID])


def _away(hit: Hit, *, place_is_approximate: bool) -> str:
    if hit.distance_m is None:
        return ""
    point = hit.listing.point
    about = place_is_approximate or (point is not None and point.precision is not Precision.EXACT)
    return away(hit.distance_m, hit.bearing, about=about)


def address_of(listing: PublicListing) -> str:
    """Return the address on one line, or the city, or ''."""
    return ", ".join(address_lines(listing))


def address_lines(listing: PublicListing) -> list[str]:
    """Return the lines of an address; city and ZIP code stand in it once."""
    lines = list(dict.fromkeys(line for line in listing.address_lines if line))
    if not any(listing.city in line for line in lines):
        lines.append(" ".join(part for part in (listing.city, listing.postal_code) if part))
    return [line for line in lines if line]


def geo_of(listing: PublicListing) -> str:
    """Return a `geo:` link that opens the person's own map, or '' where the place is not known.

    A place of which only about where it is known is looked up there by its address.
    """
    at = _at(listing, joined=",")
    return f"geo:{at}?q={at}" if _is_exact(listing) else f"geo:0,0?q={at}" if at else ""


def map_link_of(listing: PublicListing) -> str:
    """Return the address of a place on a public map site, or ''; nothing is asked of it here."""
    at = _at(listing, joined="/")
    if not _is_exact(listing):
        return f"{MAP_SITE}/search?query={at}" if at else ""
    latitude, longitude = at.split("/")
    return f"{MAP_SITE}/?mlat={latitude}&mlon={longitude}#map=17/{at}"


def way_link_of(listing: PublicListing) -> str:
    """Return the address where that map site shows the way to a place, or ''."""
    at = _at(listing, joined="%2C")
    return f"{MAP_SITE}/directions?to={at}" if at else ""


def _is_exact(listing: PublicListing) -> bool:
    return listing.point is not None and listing.point.precision is Precision.EXACT


def _at(listing: PublicListing, *, joined: str) -> str:
    """Return where a place is as a part of a link: its point if it is exact, else its address."""
    if listing.point is None or listing.mode in {Mode.MAIL, Mode.PHONE}:
        return ""
    if not _is_exact(listing):
        return quote(address_of(listing))
    return f"{listing.point.latitude:.5f}{joined}{listing.point.longitude:.5f}"


def checked_of(listing: PublicListing, *, today: date) -> Checked:
    """Return who confirmed a listing and how many days ago."""
    if listing.confirmed_on is None:
        return Checked(None, None, None)
    days = max(0, (today - listing.confirmed_on).days)
    return Checked(listing.confirmed_on, listing.confirmed_by, days)
