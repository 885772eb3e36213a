"""Stored records as drafts again: all that the directory knows, for those who may see it all."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from tejido.directory.domain.drafts import (
    AddressDraft,
    AtLocationDraft,
    CarriedDraft,
    LocationDraft,
    OrganizationDraft,
    PhoneDraft,
    ServiceDraft,
    TextIn,
)
from tejido.directory.domain.vocabulary import Fact, Mode, Precision, Status, Tier, Visibility
from tejido.directory.models import (
    Label,
    Location,
    Organization,
    Phone,
    Record,
    Service,
    ServiceAtLocation,
)
from tejido.directory.queries.listing import stated_hours
from tejido.directory.queries.wording import SOURCE_LANGUAGE
from tejido.translation.queries import texts_of

Owner = Organization | Service | Location | ServiceAtLocation
# object id -> field -> its texts in other languages
Translations = Mapping[UUID, Mapping[str, tuple[TextIn, ...]]]


def translations_of(kind: str, ids: Iterable[UUID]) -> Translations:
    """Return every text in another language than English, with its state, sources too.

    One query for each 500 objects.
    """
    found: dict[UUID, dict[str, tuple[TextIn, ...]]] = {}
    texts = texts_of(kind, ids, public_only=False)
    for (owner, field, language), text in sorted(texts.items(), key=lambda each: str(each[0])):
        if language != SOURCE_LANGUAGE:
            said = found.setdefault(owner, {})
            said[field] = (*said.get(field, ()), TextIn(language, text.text, text.state.value))
    return found


def organization_draft(
    row: Organization, locations: tuple[LocationDraft, ...] = ()
) -> OrganizationDraft:
    """Return an organization; its records are prefetched."""
    return OrganizationDraft(
        id=row.pk,
        name=row.name,
        description=row.description,
        url=row.website,
        locations=locations,
        **_beside(row),
    )


def location_draft(row: Location, texts: Translations) -> LocationDraft:
    """Return a location; what hangs on it is prefetched."""
    hours = stated_hours(row)
    return LocationDraft(
        id=row.pk,
        name=row.name,
        address=_address(row),
        latitude=row.latitude,
        longitude=row.longitude,
        precision=Precision(row.precision),
        landmark=row.landmark,
        transportation=row.transportation,
        timezone=row.timezone,
        visibility=Visibility(row.visibility),
        facts=_facts(row),
        phones=_phones(row),
        languages=tuple(row.languages),
        rules=hours.rules,
        exceptions=hours.exceptions,
        hours_text=row.hours_text,
        translations=texts.get(row.pk, {}),
        **_beside(row),
    )


def place_draft(
    row: ServiceAtLocation, location: LocationDraft, texts: Translations
) -> AtLocationDraft:
    """Return a service at a location; what hangs on it is prefetched."""
    hours = stated_hours(row)
    return AtLocationDraft(
        id=row.pk,
        location=location,
        rules=hours.rules,
        exceptions=hours.exceptions,
        hours_text=row.hours_text,
        phones=_phones(row),
        description=row.description,
        translations=texts.get(row.pk, {}),
        **_beside(row),
    )


def service_draft(
    row: Service,
    organization: OrganizationDraft,
    places: tuple[AtLocationDraft, ...],
    texts: Translations,
) -> ServiceDraft:
    """Return a service; what hangs on it is prefetched."""
    hours = stated_hours(row)
    return ServiceDraft(
        id=row.pk,
        name=row.name,
        organization=organization,
        description=row.description,
        status=Status(row.status),
        tier=Tier(row.tier),
        mode=Mode(row.mode),
        url=row.url,
        email=row.email,
        before_you_go=row.before_you_go,
        needs=_terms(row, Label.NEED),
        keywords=_terms(row, Label.KEYWORD),
        languages=tuple(row.languages),
        facts=_facts(row),
        phones=_phones(row),
        rules=hours.rules,
        exceptions=hours.exceptions,
        hours_text=row.hours_text,
        places=places,
        reach=tuple(row.reach),
        confirmed_on=row.assured_date,
        translations=texts.get(row.pk, {}),
        **_beside(row),
    )


def _beside(row: Owner) -> dict[str, Any]:
    return {
        "extra": row.extra,
        "own_words": row.own_words,
        "carried": tuple(_carried(record) for record in row.records.all()),
    }


def _carried(row: Record) -> CarriedDraft:
    return CarriedDraft(row.kind, row.position, row.fields)


def _address(row: Location) -> AddressDraft | None:
    address = getattr(row, "address", None)
    if address is None:
        return None
    return AddressDraft(
        address_1=address.address_1,
        city=address.city,
        state=address.state_province,
        postal_code=address.postal_code,
        address_2=address.address_2,
        county_fips=address.county_fips,
    )


def _phones(row: Service | Location | ServiceAtLocation) -> tuple[PhoneDraft, ...]:
    rows: list[Phone] = sorted(row.phones.all(), key=lambda phone: phone.position)
    return tuple(
        PhoneDraft(
            id=phone.hsds_id,
            number=phone.number,
            extension=phone.extension,
            kind=phone.type,
            description=phone.description,
            languages=tuple(phone.languages),
        )
        for phone in rows
    )


def _terms(row: Service, label: Label) -> tuple[str, ...]:
    return tuple(sorted(each.term for each in row.attributes.all() if each.label == label))


def _facts(row: Service | Location) -> dict[Fact, bool]:
    known = set(Fact)
    return {
        Fact(each.term): each.value == "yes"
        for each in row.attributes.all()
        if each.label == Label.FACT and each.term in known
    }
