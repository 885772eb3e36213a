"""When each part of a listing was last confirmed: what clocks count from."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tejido.directory.domain.clocks import FieldGroup
from tejido.directory.domain.provenance import REST, Confirmation, Provenance
from tejido.directory.domain.vocabulary import ConfirmedBy


@dataclass(frozen=True, slots=True)
class Told:
    """What clocks read of one record.

    Attributes:
        trusted: whether what its source says counts as confirmed.
        has_hours: whether rules or dated exceptions stand here.
        has_phones: whether a number stands here.
    """

    provenance: Provenance
    trusted: bool
    has_hours: bool = False
    has_phones: bool = False


@dataclass(frozen=True, slots=True)
class ListingTold:
    """A service, and for each of its places the service there and the location."""

    service: Told
    places: tuple[tuple[Told, Told], ...] = ()


def last_confirmed(listing: ListingTold) -> Mapping[FieldGroup, date | None]:
    """Return for each part when it was last confirmed, None where nobody ever did.

    A part that stands on several records, such as hours of three places, is as old as its
    oldest. A listing without a place has no address.
    """
    service, places = listing.service, listing.places
    said = {
        FieldGroup.HOURS: _oldest(_hours(listing)),
        FieldGroup.PHONE: _oldest(_on(each, "phones") for each in _with_phones(listing)),
        FieldGroup.STATUS: _on(service, "status"),
        FieldGroup.ELIGIBILITY: _on(service, "attributes"),
    }
    if places:
        said[FieldGroup.ADDRESS] = _oldest(_on(location, "address") for _there, location in places)
    return said


def word_on_hours(service: Told, nearest_first: Sequence[Told]) -> Confirmation | None:
    """Return who said last that the hours are right: of the whole service, or of the hours.

    The word of a source that is not trusted is none. Whoever says that the hours are right, or
    puts them right, has looked at what matters most to somebody on the way.

    Args:
        service: the service.
        nearest_first: the records whose hours may hold, the nearest first.
    """
    holder = next((each for each in nearest_first if each.has_hours), service)
    return _latest([_word(service, REST), holder.provenance.entries.get("schedules")])


def _hours(listing: ListingTold) -> Iterator[date | None]:
    service = listing.service
    if not listing.places:
        yield _day(word_on_hours(service, (service,)))
    for place, location in listing.places:
        yield _day(word_on_hours(service, (place, service, location)))


def _with_phones(listing: ListingTold) -> list[Told]:
    """Return the records on which a number stands, the service where none does."""
    there = [listing.service, *(each for place in listing.places for each in place)]
    return [each for each in there if each.has_phones] or [listing.service]


def _on(told: Told, name: str) -> date | None:
    return _day(_latest([_word(told, REST), _word(told, name)]))


def _word(told: Told, name: str) -> Confirmation | None:
    word = told.provenance.entries.get(name)
    is_lost = word is not None and word.by is ConfirmedBy.SOURCE and not told.trusted
    return None if is_lost else word


def _latest(words: Iterable[Confirmation | None]) -> Confirmation | None:
    dated = [each for each in words if each is not None and each.on is not None]
    return max(dated, key=lambda each: each.on or date.min, default=None)


def _day(word: Confirmation | None) -> date | None:
    return None if word is None else word.on


def _oldest(days: Iterable[date | None]) -> date | None:
    known = list(days)
    return None if None in known else min(day for day in known if day is not None)
