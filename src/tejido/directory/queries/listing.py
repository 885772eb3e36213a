"""One stored service at a location as everybody may see it."""

from collections.abc import Iterable, Iterator
from datetime import time
from typing import Any

from tejido.directory.domain.clocks import Clocks
from tejido.directory.domain.contacts import NOT_FOR_PEOPLE
from tejido.directory.domain.due import Told, word_on_hours
from tejido.directory.domain.hours import StatedHours, hours_that_hold
from tejido.directory.domain.provenance import Confirmation, provenance_from
from tejido.directory.domain.public import (
    VERSION,
    PublicConfirmation,
    PublicListing,
    PublicPhone,
    PublicPoint,
)
from tejido.directory.domain.schedule import DatedException, Rule
from tejido.directory.domain.vocabulary import (
    ConfirmedBy,
    Fact,
    Mode,
    Precision,
    Status,
    Tier,
    Visibility,
)
from tejido.directory.models import (
    Label,
    Location,
    Phone,
    Schedule,
    Service,
    ServiceAtLocation,
)
from tejido.directory.queries.contacts import Agreed, Owner, contacts_among
from tejido.directory.queries.wording import Owners, Texts, public_texts

WithHours = Service | Location | ServiceAtLocation
# Fields of each record that stand in a public record, and with that who confirmed them. Those
# that tell where a place is, or what was written about it, stand there only where it is public.
_OF_SERVICE = frozenset(
    {
        *("*", "name", "description", "before_you_go", "status", "url", "languages", "reach"),
        *("attributes", "phones", "schedules"),
    }
)
_OF_PLACE = frozenset({"phones", "schedules"})
_OF_PUBLIC_PLACE = _OF_PLACE | {"*", "description"}
_OF_PUBLIC_LOCATION = _OF_PLACE | {"*", "address", "latitude", "longitude", "landmark"}
DEFAULT_ZONE = "America/Los_Angeles"


def service_listing(
    service: Service, texts: Texts, agreed: Agreed, clocks: Clocks
) -> PublicListing:
    """Return the listing of a service without a place."""
    hours = stated_hours(service)
    return PublicListing(
        id=service.pk,
        point=None,
        address_lines=(),
        city="",
        postal_code="",
        reach=tuple(service.reach),
        phones=tuple(_phones(service.phones.all())),
        languages=tuple(service.languages),
        facts=_facts(service),
        texts=public_texts({"service": service}, texts),
        contacts=contacts_among(agreed, _inside(service)),
        timezone=DEFAULT_ZONE,
        confirmations=tuple(_said_of_service(service)),
        **_of_hours(hours),
        **_of_service(clocks, service, service),
    )


def place_listing(
    service: Service,
    place: ServiceAtLocation,
    level: Visibility,
    texts: Texts,
    agreed: Agreed,
    clocks: Clocks,
) -> PublicListing:
    """Return the listing of a service at a location that everybody may know about.

    Where the place itself is not public, nothing that was written about the place enters: no
    point, street, ZIP, landmark, contact or free text of the location or of the service there;
    the town, its county, the phone numbers and the hours do.
    """
    location, is_public = place.location, level is Visibility.PUBLIC
    address = getattr(location, "address", None)
    levels = (stated_hours(place), stated_hours(service), stated_hours(location))
    if not is_public:
        levels = (_without_words(levels[0]), levels[1], _without_words(levels[2]))
    near = () if is_public or address is None else (address.county_fips,)
    phones = [*_phones(place.phones.all(), with_words=is_public), *_phones(service.phones.all())]
    phones += _phones(location.phones.all(), with_words=is_public)
    near_by = (("service_at_location", place.pk), ("location", location.pk))
    owners: Owners = {"service": service, "location": location, "place": place}
    return PublicListing(
        id=place.pk,
        point=_point(location) if is_public else None,
        address_lines=tuple(_address_lines(service, location)) if is_public else (),
        city=address.city if address is not None else "",
        postal_code=address.postal_code if address is not None and is_public else "",
        reach=tuple(service.reach) or tuple(filter(None, near)),
        phones=tuple(_once(phones)),
        languages=tuple(dict.fromkeys([*service.languages, *location.languages])),
        facts=_facts(location) | _facts(service),
        texts=public_texts(owners if is_public else {"service": service}, texts),
        contacts=contacts_among(agreed, (*(near_by if is_public else ()), *_inside(service))),
        timezone=location.timezone,
        confirmations=(
            *_said_of_service(service),
            *_said_there(place, location, is_public=is_public),
        ),
        **_of_hours(hours_that_hold(levels)),
        **_of_service(clocks, service, place, service, location),
    )


def _said_of_service(service: Service) -> Iterator[PublicConfirmation]:
    """Yield who confirmed what of a service; the word of a source that is not trusted is none."""
    return _said("service", service, _OF_SERVICE, trusted=service.source.trusted)


def _said_there(
    place: ServiceAtLocation, location: Location, *, is_public: bool
) -> Iterator[PublicConfirmation]:
    """Yield what people confirmed at a place; a source's word is that on the service."""
    yield from _said("place", place, _OF_PUBLIC_PLACE if is_public else _OF_PLACE)
    yield from _said("location", location, _OF_PUBLIC_LOCATION if is_public else _OF_PLACE)


def _said(
    record: str, row: WithHours, fields: frozenset[str], *, trusted: bool = False
) -> Iterator[PublicConfirmation]:
    for name, word in provenance_from(row.provenance).entries.items():
        counts = word.by is not ConfirmedBy.SOURCE or trusted
        if name in fields and word.on is not None and counts:
            yield PublicConfirmation(record, name, word.on, word.by, word.role)


def _inside(service: Service) -> tuple[Owner, ...]:
    return (("service", service.pk), ("organization", service.organization_id))


def _of_service(clocks: Clocks, service: Service, *with_hours: WithHours) -> dict[str, Any]:
    word = _word_on(service, with_hours)
    terms = [(each.label, each.term) for each in service.attributes.all()]
    return {
        "version": VERSION,
        "service_id": service.pk,
        "organization": service.organization.name,
        "tier": Tier(service.tier),
        "mode": Mode(service.mode),
        "hours_hold_days": clocks.hours_hold_days(
            tier=Tier(service.tier), mode=Mode(service.mode)
        ),
        "needs": tuple(term for label, term in terms if label == Label.NEED),
        "keywords": tuple(term for label, term in terms if label == Label.KEYWORD),
        "url": service.url,
        "temporarily_closed": service.status == Status.TEMPORARILY_CLOSED,
        "confirmed_on": word.on if word else None,
        "confirmed_by": word.by if word and word.on else None,
        "source": service.source.name,
        "is_invented": service.source.is_invented,
    }


def _word_on(service: Service, with_hours: Iterable[WithHours]) -> Confirmation | None:
    """Return who confirmed the listing last: all of the service, or the hours that hold."""
    return word_on_hours(_told(service), [_told(each) for each in with_hours])


def _told(row: WithHours) -> Told:
    # Only the word of the whole service can be that of a source.
    trusted = isinstance(row, Service) and row.source.trusted
    return Told(provenance_from(row.provenance), trusted, has_hours=bool(row.schedules.all()))


def _of_hours(hours: StatedHours) -> dict[str, Any]:
    return {
        "rules": hours.rules,
        "exceptions": hours.exceptions,
        "hours_known": hours.is_known,
        "hours_text": hours.text,
    }


def stated_hours(owner: Service | Location | ServiceAtLocation) -> StatedHours:
    """Return the hours that were said of an owner, in a fixed order."""
    return hours_in(owner.schedules.all(), owner.hours_text)


def hours_in(schedules: Iterable[Schedule], text: str) -> StatedHours:
    """Return the hours that some rows say, in a fixed order."""
    rows = list(schedules)
    return StatedHours(
        tuple(sorted(map(_rule, (r for r in rows if not r.is_exception)), key=repr)),
        tuple(sorted(map(_exception, (r for r in rows if r.is_exception)), key=repr)),
        text,
    )


def _without_words(hours: StatedHours) -> StatedHours:
    silent = tuple(
        DatedException(e.first, e.last, e.opens_at, e.closes_at) for e in hours.exceptions
    )
    return StatedHours(hours.rules, silent)


def _rule(row: Schedule) -> Rule:
    return Rule(
        freq=row.freq,
        byday=tuple(filter(None, row.byday.split(","))),
        opens_at=row.opens_at or time(),
        closes_at=row.closes_at or time(),
        interval=row.interval,
        bymonthday=tuple(int(day) for day in filter(None, row.bymonthday.split(","))),
        dtstart=row.dtstart,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )


def _exception(row: Schedule) -> DatedException:
    if row.valid_from is None or row.valid_to is None:
        raise ValueError("an exception has its days (directory_schedule_exception_dated)")
    return DatedException(
        row.valid_from, row.valid_to, row.opens_at, row.closes_at, row.description
    )


def _point(location: Location) -> PublicPoint | None:
    if location.latitude is None or location.longitude is None:
        return None
    return PublicPoint(location.latitude, location.longitude, Precision(location.precision))


def _address_lines(service: Service, location: Location) -> Iterator[str]:
    known = {service.name.casefold(), service.organization.name.casefold(), ""}
    if location.name.casefold() not in known:
        yield location.name
    address = getattr(location, "address", None)
    if address is not None:
        town = " ".join(filter(None, (address.state_province, address.postal_code)))
        last = ", ".join(filter(None, (address.city, town)))
        yield from filter(None, (address.address_1, address.address_2, last))


def _phones(rows: Iterable[Phone], *, with_words: bool = True) -> Iterator[PublicPhone]:
    for row in (row for row in rows if row.type not in NOT_FOR_PEOPLE):
        description = row.description if with_words else ""
        yield PublicPhone(row.number, row.extension, row.type, description)


def _once(phones: Iterable[PublicPhone]) -> list[PublicPhone]:
    """Return the phones without repeats of a number, the most specific first."""
    return list({(p.number, p.extension, p.kind): p for p in reversed(list(phones))}.values())[
        ::-1
    ]


def _facts(owner: Service | Location) -> dict[Fact, bool]:
    known = set(Fact)
    return {
        Fact(each.term): each.value == "yes"
        for each in owner.attributes.all()
        if each.label == Label.FACT and each.term in known
    }
