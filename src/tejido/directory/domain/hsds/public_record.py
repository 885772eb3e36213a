"""The public projection as HSDS 3.1 records: nothing else of the directory enters them."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any
from uuid import UUID, uuid5

from tejido.directory.domain.hsds.metadata import public_metadata
from tejido.directory.domain.hsds.ours import NAMESPACE, as_value, our_attributes
from tejido.directory.domain.hsds.render import (
    DEFAULT_ZONE,
    is_number,
    language_rows,
    schedule_rows,
)
from tejido.directory.domain.public import PublicListing, PublicPhone
from tejido.directory.domain.vocabulary import Precision, Status

# Fields of a public text that stand on the service; the rest stand on the location.
ON_SERVICE = ("name", "description", "before_you_go")


def public_records(listings: Iterable[PublicListing]) -> Iterator[dict[str, Any]]:
    """Return one whole service (service_full) for the listings of each service, in order.

    Args:
        listings: the public projection, those of one service one after the other.
    """
    for _, its in groupby(listings, key=lambda listing: listing.service_id):
        yield _service(list(its))


def _service(listings: list[PublicListing]) -> dict[str, Any]:
    first = listings[0]
    closed = first.temporarily_closed
    record: dict[str, Any] = {
        "id": str(first.service_id),
        "name": first.original("name"),
        "description": first.original("description"),
        "status": (Status.TEMPORARILY_CLOSED if closed else Status.ACTIVE).value,
        "organization": _organization(first),
        "url": first.url,
        "application_process": first.original("before_you_go"),
        "assured_date": first.confirmed_on.isoformat() if first.confirmed_on else "",
        "languages": language_rows(first.service_id, _languages(listings)),
        "attributes": our_attributes(first.service_id, "service", _service_words(first)),
        "metadata": public_metadata(first.service_id, "service", "service", first.confirmations),
        "service_at_locations": [_place(each, first) for each in listings if _is_at_place(each)],
    }
    if not record["service_at_locations"]:
        record["phones"] = _phones(first)
        record["contacts"] = _contacts(first)
        record["schedules"] = schedule_rows(first.service_id, first.rules, first.exceptions)
    return {name: value for name, value in record.items() if value not in ("", [])}


def _organization(listing: PublicListing) -> dict[str, str]:
    key = uuid5(NAMESPACE, f"{listing.source}\n{listing.organization}")
    # HSDS asks for a description; the projection has none.
    name = listing.organization
    return {"id": str(key), "name": name, "description": name}


def _is_at_place(listing: PublicListing) -> bool:
    return listing.id != listing.service_id


def _place(listing: PublicListing, first: PublicListing) -> dict[str, Any]:
    own = listing.original("description")
    record = {
        "id": str(listing.id),
        "description": own if own != first.original("description") else "",
        "phones": _phones(listing),
        "contacts": _contacts(listing),
        "schedules": schedule_rows(listing.id, listing.rules, listing.exceptions),
        "attributes": our_attributes(
            listing.id, "service_at_location", [("hours", listing.hours_text)]
        ),
        "metadata": public_metadata(
            listing.id, "service_at_location", "place", listing.confirmations
        ),
        "location": _location(listing),
    }
    return {name: value for name, value in record.items() if value not in ("", [])}


def _location(listing: PublicListing) -> dict[str, Any]:
    """Return where it is: of a place that is not public, nothing but that there is one."""
    key = uuid5(listing.id, "location")
    is_public = bool(listing.point or listing.address_lines)
    record: dict[str, Any] = {"id": str(key), "location_type": "physical"}
    if listing.point:
        record |= {"latitude": listing.point.latitude, "longitude": listing.point.longitude}
    if len(listing.address_lines) > 1 and listing.city and listing.postal_code:
        record["addresses"] = [_address(listing)]
    elif listing.address_lines:
        # HSDS takes only whole addresses.
        record["description"] = ", ".join(listing.address_lines)
    words = [
        ("timezone", listing.timezone if listing.timezone != DEFAULT_ZONE else ""),
        ("visibility", "" if is_public else "public-without-place"),
        ("landmark", listing.original("landmark")),
        *(("fact", f"{f.value}={'yes' if yes else 'no'}") for f, yes in listing.facts.items()),
        *_texts(listing, ("landmark",)),
    ]
    if listing.point and listing.point.precision is Precision.APPROXIMATE:
        words.append(("precision", listing.point.precision.value))
    attributes = our_attributes(key, "location", words)
    metadata = public_metadata(key, "location", "location", listing.confirmations)
    record |= {"attributes": attributes} if attributes else {}
    return record | ({"metadata": metadata} if metadata else {})


def _address(listing: PublicListing) -> dict[str, str]:
    *street, last = listing.address_lines
    state = last.removeprefix(f"{listing.city}, ").removesuffix(listing.postal_code).strip()
    return {
        "id": str(uuid5(listing.id, "address")),
        "address_1": ", ".join(street),
        "city": listing.city,
        "state_province": state or "CA",
        "postal_code": listing.postal_code,
        "country": "US",
        "address_type": "physical",
    }


def _contacts(listing: PublicListing) -> list[dict[str, Any]]:
    """Return the contacts who agreed to be shown."""
    return [
        {
            name: value
            for name, value in {
                "id": str(uuid5(listing.id, f"contact {contact}")),
                "name": contact.name,
                "title": contact.title,
                "phones": _phone_rows(uuid5(listing.id, f"contact {contact}"), contact.phones),
            }.items()
            if value not in ("", [])
        }
        for contact in listing.contacts
    ]


def _phones(listing: PublicListing) -> list[dict[str, Any]]:
    return _phone_rows(listing.id, listing.phones)


def _phone_rows(owner: UUID, phones: Iterable[PublicPhone]) -> list[dict[str, Any]]:
    return [
        {
            name: value
            for name, value in {
                "id": str(uuid5(owner, f"{phone.number} {phone.extension} {phone.kind}")),
                "number": phone.number,
                "extension": int(phone.extension) if is_number(phone.extension) else None,
                "type": phone.kind,
                "description": _about(phone),
            }.items()
            if value not in ("", None)
        }
        for phone in phones
    ]


def _about(phone: PublicPhone) -> str:
    """Return a phone's description, with an extension that HSDS cannot hold as a number."""
    beside = f"ext. {phone.extension}" if phone.extension else ""
    said = "" if is_number(phone.extension) else beside
    return ", ".join(filter(None, (phone.description, said)))


def _languages(listings: list[PublicListing]) -> list[str]:
    return list(dict.fromkeys(code for each in listings for code in each.languages))


def _service_words(listing: PublicListing) -> list[tuple[str, str]]:
    alone = not _is_at_place(listing)
    facts = listing.facts.items() if alone else ()
    return [
        ("tier", listing.tier.value),
        ("mode", listing.mode.value),
        ("before-you-go", listing.original("before_you_go")),
        ("source", listing.source),
        ("invented", "yes" if listing.is_invented else ""),
        ("hours", listing.hours_text if alone else ""),
        *(("need", need) for need in listing.needs),
        *(("keyword", keyword) for keyword in listing.keywords),
        *(("reach", county) for county in listing.reach),
        *(("fact", f"{fact.value}={'yes' if holds else 'no'}") for fact, holds in facts),
        *_texts(listing, ON_SERVICE),
    ]


def _texts(listing: PublicListing, fields: Iterable[str]) -> Iterator[tuple[str, str]]:
    for text in listing.texts[1:]:
        for name in fields:
            words = getattr(text, name)
            if words:
                state = text.states.get(name, "")
                yield (
                    "text",
                    as_value(field=name, language=text.language, text=words, state=state),
                )
