"""A listing on its way in: what importers, forms and the demonstration hand to the services.

A draft is complete for its source: a child that is not in it is not in the source.
Texts are in the source's language, English unless `translations` has the same text with the state
`source`; `translations` adds other languages, field by field.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from tejido.directory.domain.schedule import DatedException, Rule
from tejido.directory.domain.vocabulary import Fact, Mode, Precision, Status, Tier, Visibility


@dataclass(frozen=True, slots=True)
class TextIn:
    """One text in another language than English, with its state (translation.State).

    `source` is the text that the field itself has, and says in which language that is.
    """

    language: str
    text: str
    state: str = "translated"


@dataclass(frozen=True, slots=True)
class PhoneDraft:
    """A phone number; `number` is E.164 where it could be read, otherwise as the source has it."""

    id: UUID
    number: str
    extension: str = ""
    kind: str = "voice"
    description: str = ""
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AddressDraft:
    """Where a location is, in words."""

    address_1: str
    city: str
    state: str = "CA"
    postal_code: str = ""
    address_2: str = ""
    county_fips: str = ""


@dataclass(frozen=True, slots=True)
class CarriedDraft:
    """An object that hangs on another and that Tejido only carries, such as a cost option.

    `field` is the HSDS name of the field that it stands in; `position` its place in a list, or
    None where the field holds one object.
    """

    field: str
    position: int | None
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RecordDraft:
    """An object that stands alone and that Tejido only carries, such as a taxonomy.

    `kind` is its HSDS name in the singular: `taxonomy_term`.
    """

    id: UUID
    kind: str
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class StatedDraft:
    """What every draft of a record carries besides the fields that we know.

    Attributes:
        extra: fields of the source that we have no place for.
        own_words: how the source writes what we read differently (hsds.own_words).
        carried: objects that hang on it and that we only carry.
    """

    extra: Mapping[str, Any] = field(default_factory=dict, kw_only=True)
    own_words: Mapping[str, Any] = field(default_factory=dict, kw_only=True)
    carried: tuple[CarriedDraft, ...] = field(default=(), kw_only=True)


@dataclass(frozen=True, slots=True)
class OrganizationDraft(StatedDraft):
    """An HSDS organization. `locations` are those that the source lists under it."""

    id: UUID
    name: str
    description: str = ""
    url: str = ""
    locations: tuple["LocationDraft", ...] = ()


@dataclass(frozen=True, slots=True)
class LocationDraft(StatedDraft):
    """An HSDS location. `landmark` says where to look: 'the blue van behind the library'."""

    id: UUID
    name: str = ""
    address: AddressDraft | None = None
    latitude: float | None = None
    longitude: float | None = None
    precision: Precision = Precision.EXACT
    landmark: str = ""
    transportation: str = ""
    timezone: str = "America/Los_Angeles"
    visibility: Visibility = Visibility.PUBLIC
    facts: Mapping[Fact, bool] = field(default_factory=dict)
    phones: tuple[PhoneDraft, ...] = ()
    languages: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()
    exceptions: tuple[DatedException, ...] = ()
    hours_text: str = ""
    translations: Mapping[str, tuple[TextIn, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AtLocationDraft(StatedDraft):
    """An HSDS service_at_location: the unit that the finder ranks."""

    id: UUID
    location: LocationDraft
    rules: tuple[Rule, ...] = ()
    exceptions: tuple[DatedException, ...] = ()
    hours_text: str = ""
    phones: tuple[PhoneDraft, ...] = ()
    description: str = ""
    translations: Mapping[str, tuple[TextIn, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ServiceDraft(StatedDraft):
    """An HSDS service with all that hangs on it; the unit of import.

    Attributes:
        needs: concept ids that the source states, such as `naloxone`.
        keywords: words of the source without a concept, searched as words.
        places: none for a service by mail or phone, which then reaches `reach`.
        reach: county FIPS codes, or empty for the whole state.
        confirmed_on: when the source says that the record was right, or None.
    """

    id: UUID
    name: str
    organization: OrganizationDraft
    description: str = ""
    status: Status = Status.ACTIVE
    tier: Tier = Tier.CONTEXT
    mode: Mode = Mode.FIXED
    url: str = ""
    email: str = ""
    before_you_go: str = ""
    needs: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    facts: Mapping[Fact, bool] = field(default_factory=dict)
    phones: tuple[PhoneDraft, ...] = ()
    rules: tuple[Rule, ...] = ()
    exceptions: tuple[DatedException, ...] = ()
    hours_text: str = ""
    places: tuple[AtLocationDraft, ...] = ()
    reach: tuple[str, ...] = ()
    confirmed_on: date | None = None
    translations: Mapping[str, tuple[TextIn, ...]] = field(default_factory=dict)


# What a source may hand in: services with all that they need, and what stands alone.
Draft = ServiceDraft | OrganizationDraft | LocationDraft | RecordDraft
