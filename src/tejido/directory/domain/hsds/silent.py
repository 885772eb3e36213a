"""Services at confidential places: their records without sentences that tell where these are."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tejido.directory.domain.confidential import says_confidential, without_place
from tejido.directory.domain.drafts import AtLocationDraft, ServiceDraft
from tejido.directory.domain.issues import IssueCode
from tejido.directory.domain.reading import Reading
from tejido.directory.domain.telling_names import telling_field
from tejido.directory.domain.vocabulary import Visibility

# Fields that are no prose.
NOT_PROSE = frozenset({"id", "name", "url", "email", "status", "organization_id", "program_id"})
LINES = ("address_1", "address_2", "city")


def silent_service(record: Mapping[str, Any], reading: Reading) -> Mapping[str, Any]:
    """Return a service's record as it may be kept; as it is, unless a place is confidential.

    Args:
        record: an HSDS service with its places.
        reading: notes each text that lost a sentence.
    """
    places = record.get("service_at_locations")
    rows = [each for each in places if isinstance(each, dict)] if isinstance(places, list) else []
    if not any(is_secret(row.get("location")) for row in rows):
        return record
    said = [_silent(row, reading, "service_at_locations.") for row in rows]
    return {**_silent(record, reading, ""), "service_at_locations": said}


def is_secret(location: Any) -> bool:
    """Say whether a location's record says that nobody may know where it is."""
    if not isinstance(location, dict):
        return False
    is_redacted = location.get("location_type") == "redacted"
    return is_redacted or any(map(says_confidential, _lines(location)))


def _lines(location: Mapping[str, Any]) -> Iterator[str]:
    yield str(location.get("name") or "")
    addresses = location.get("addresses")
    for row in addresses if isinstance(addresses, list) else ():
        if isinstance(row, dict):
            yield from (str(row.get(name) or "") for name in LINES)


def names_its_place(
    draft: ServiceDraft, places: Iterable[AtLocationDraft], reading: Reading
) -> bool:
    """Say whether a service's names tell where one of its hidden places is, and note it.

    Places that only partners see may be told to them.
    """
    names = {"name": draft.name, "organization.name": draft.organization.name}
    for place in places:
        level = place.location.visibility
        address = place.location.address
        field = telling_field(names, address.address_1 if address else "")
        if level is Visibility.WITHOUT_PLACE and field:
            reading.note(IssueCode.NAME_TELLS_PLACE, field)
            reading.hide_values()
            return True
    return False


def _silent(record: Mapping[str, Any], reading: Reading, where: str) -> dict[str, Any]:
    kept = dict(record)
    for name, said in record.items():
        if isinstance(said, str) and name not in NOT_PROSE:
            kept[name] = without_place(said)
            if kept[name] != said:
                reading.note(IssueCode.SENTENCE_LEFT_OUT, f"{where}{name}")
    return kept
