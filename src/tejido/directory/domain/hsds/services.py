"""HSDS services and organizations as drafts."""

import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid5

from tejido.directory.domain.drafts import (
    AtLocationDraft,
    OrganizationDraft,
    PhoneDraft,
    ServiceDraft,
)
from tejido.directory.domain.hsds.contacts import read_languages, read_phones
from tejido.directory.domain.hsds.organizations import read_organization
from tejido.directory.domain.hsds.ours import our_words
from tejido.directory.domain.hsds.ours_read import name_alone, with_our_service
from tejido.directory.domain.hsds.places import read_place
from tejido.directory.domain.hsds.render import OF_SERVICE, service_fields
from tejido.directory.domain.hsds.schedules import read_schedules
from tejido.directory.domain.hsds.silent import names_its_place, silent_service
from tejido.directory.domain.hsds.stated import with_the_rest
from tejido.directory.domain.hsds.terms import Terms, read_terms
from tejido.directory.domain.issues import IssueCode, shown
from tejido.directory.domain.reading import MAX_NAME, Reading
from tejido.directory.domain.vocabulary import Fact, Mode, Status, Tier

APART = frozenset({"organization", "service_at_locations"})
STATUSES = {
    "active": Status.ACTIVE,
    "inactive": Status.INACTIVE,
    "defunct": Status.DEFUNCT,
    "closed": Status.INACTIVE,
    "temporarily closed": Status.TEMPORARILY_CLOSED,
}
WHOLE_STATE = frozenset(
    {"statewide", "california", "state of california", "nationwide", "national", "worldwide"}
    | {"united states", "usa", "western united states", "international"}
)
# Sentences about what to know before going, the most pressing first.
BEFORE = ("alert", "application_process", "eligibility_description", "fees_description")


def read_service(
    record: Mapping[str, Any], reading: Reading, *, parent: Mapping[str, Any] | None = None
) -> ServiceDraft | None:
    """Return a service with its organization, or None with an issue where it is none.

    Args:
        record: an HSDS service, cleaned.
        reading: the file on its way in.
        parent: the organization that the service was found in, where it names none itself.
    """
    record = silent_service(record, reading)
    key = _service_id(record, reading)
    ours = our_words(record)
    name = reading.text(record, "name", "", MAX_NAME)
    known_as = name or name_alone(ours)
    if not known_as:
        reading.note(IssueCode.NAME_MISSING, "name")
    if key is None or not known_as:
        return None
    places = _places(record, key, reading)
    hours = read_schedules(record, reading, "")
    terms = read_terms(record, reading, "")
    draft = ServiceDraft(
        id=key,
        name=name,
        organization=_organization(record, parent, key, known_as, reading),
        description=reading.text(record, "description", ""),
        status=_status(record, reading),
        tier=_tier(terms, reading),
        mode=Mode.FIXED if any(_is_somewhere(place) for place in places) else Mode.PHONE,
        url=reading.link(record, "url"),
        email=reading.text(record, "email", "", 300),
        before_you_go=_before(record, reading),
        needs=terms.needs,
        keywords=terms.keywords,
        languages=read_languages(record, reading, ""),
        facts=_facts(record) | terms.facts,
        phones=_phones(record, parent, places, reading),
        rules=hours.rules,
        exceptions=hours.exceptions,
        hours_text=hours.text,
        places=places,
        reach=_reach(record, places, reading),
        confirmed_on=_confirmed_on(record, reading),
    )
    draft = with_our_service(draft, ours, reading)
    if names_its_place(draft, draft.places, reading):
        return None
    return with_the_rest(
        draft,
        record,
        service_fields,
        known=OF_SERVICE,
        apart=APART,
        reading=reading,
        where="",
    )


def _service_id(record: Mapping[str, Any], reading: Reading) -> UUID | None:
    key = reading.id_of(record.get("id"), "service")
    if key is None:
        reading.note(IssueCode.ID_MISSING, "id")
    elif key in reading.services:
        reading.note(IssueCode.ID_REPEATED, "id", str(key))
        return None
    else:
        reading.services.add(key)
    return key


def _organization(
    record: Mapping[str, Any],
    parent: Mapping[str, Any] | None,
    service_id: UUID,
    service_name: str,
    reading: Reading,
) -> OrganizationDraft:
    """Return who offers the service; where nobody is named, the service stands for itself."""
    own = record.get("organization")
    said: Mapping[str, Any] = own if isinstance(own, dict) else parent or {}
    key = reading.id_of(said.get("id") or record.get("organization_id"), "organization")
    if not said.get("name") or key is None:
        where = "organization.name"
        reading.note(IssueCode.ORGANIZATION_MISSING, where, shown(said.get("name", "")))
    return read_organization(said, key or uuid5(service_id, "organization"), service_name, reading)


def _places(
    record: Mapping[str, Any], service_id: UUID, reading: Reading
) -> tuple[AtLocationDraft, ...]:
    rows = reading.children(record, "service_at_locations")
    drafts = [read_place(row, service_id, reading) for row in rows]
    return tuple({draft.id: draft for draft in drafts if draft is not None}.values())


def _phones(
    record: Mapping[str, Any],
    parent: Mapping[str, Any] | None,
    places: tuple[AtLocationDraft, ...],
    reading: Reading,
) -> tuple[PhoneDraft, ...]:
    """Return the service's phones; the organization's where nobody nearer has one."""
    phones = read_phones(record, reading, "")
    nearer = [phone for place in places for phone in (*place.phones, *place.location.phones)]
    own = record.get("organization")
    organization = own if isinstance(own, dict) else parent
    if phones or nearer or not organization:
        return phones
    return read_phones(organization, reading, "organization.")


def _is_somewhere(place: AtLocationDraft) -> bool:
    return place.location.address is not None or place.location.latitude is not None


def _status(record: Mapping[str, Any], reading: Reading) -> Status:
    """Return the status; an unknown word is not shown to people until somebody mends it."""
    said = reading.text(record, "status", "", 60).casefold().replace("_", " ")
    if said in STATUSES:
        return STATUSES[said]
    reading.note(IssueCode.STATUS_UNKNOWN, "status", said)
    return Status.INACTIVE if said else Status.ACTIVE


def _tier(terms: Terms, reading: Reading) -> Tier:
    is_core = any(reading.concepts.get(need, False) for need in terms.stated)
    return Tier.CORE if is_core else Tier.CONTEXT


def _before(record: Mapping[str, Any], reading: Reading) -> str:
    """Return the sentences to know before going; fewer than three words say nothing alone."""
    said = [reading.text(record, key, "") for key in BEFORE]
    return "\n".join(dict.fromkeys(text for text in said if len(text.split()) >= 3))


def _facts(record: Mapping[str, Any]) -> dict[Fact, bool]:
    """Return facts that set phrases state: "None." as the fee, "Walk in" as the way to apply."""
    facts: dict[Fact, bool] = {}
    fees = str(record.get("fees_description") or "").strip(" .").casefold()
    if fees in ("none", "free", "no fee", "no fees", "no charge", "no cost", "free of charge"):
        facts[Fact.FREE] = True
    applying = str(record.get("application_process") or "")
    if re.match(r"\W*walk[- ]?ins?\b", applying, re.IGNORECASE):
        facts[Fact.WALK_IN] = True
    return facts


def _reach(
    record: Mapping[str, Any], places: tuple[AtLocationDraft, ...], reading: Reading
) -> tuple[str, ...]:
    """Return the counties that a service without a place reaches; nothing is the whole state."""
    rows = reading.children(record, "service_areas")
    names = [reading.text(row, "name", "service_areas.", 300) for row in rows]
    if any(name.casefold().strip(" .") in WHOLE_STATE for name in names):
        return ()
    found = {name: reading.gazette.area(name) for name in names if name}
    if any(_is_somewhere(place) for place in places) or not reading.gazette.counties:
        return tuple(sorted(set(filter(None, found.values()))))
    for name in (name for name, fips in found.items() if not fips):
        reading.note(IssueCode.AREA_UNKNOWN, "service_areas.name", name)
    return tuple(sorted(set(filter(None, found.values()))))


def _confirmed_on(record: Mapping[str, Any], reading: Reading) -> Any:
    return reading.past_day(record, "assured_date") or reading.past_day(record, "last_modified")
