"""Which listings and needs an act was about."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import Min

from tejido.directory.models import Change, Location, ServiceAtLocation
from tejido.directory.models.concept import Concept, ConceptForm
from tejido.directory.models.service import Service
from tejido.directory.queries.aliases import ends_of
from tejido.directory.queries.wording import spanish_names

# How an object leads to the service whose page shows it.
SERVICE_OF = {
    "directory.organization": (Service, "organization_id", "id", "name"),
    "directory.service": (Service, "id", "id", "name"),
    "directory.location": (ServiceAtLocation, "location_id", "service_id", "service__name"),
    "directory.serviceatlocation": (ServiceAtLocation, "id", "service_id", "service__name"),
}
# What a place is called.
PLACE_NAMES = {
    "directory.location": (Location, "name"),
    "directory.serviceatlocation": (ServiceAtLocation, "location__name"),
}
# How an object leads to the key of its need.
NEED_OF = {
    "directory.concept": (Concept, "key"),
    "directory.conceptform": (ConceptForm, "concept__key"),
}


@dataclass(frozen=True, slots=True)
class Subject:
    """A listing with its name, or a need by its key.

    `is_spanish` says that the name is Spanish, because there is no English one.
    """

    listing: UUID | None = None
    name: str = ""
    need: str = ""
    is_spanish: bool = False


def subjects_of(act_ids: Iterable[UUID]) -> dict[UUID, list[Subject]]:
    """Return what acts were about, each once, in the order of what they changed.

    Left out are imports and their undos, which change too much, and what is gone by now. An
    organization or a location that several services have leads to the first by name. At most
    seven queries.
    """
    rows = Change.objects.filter(act__in=list(act_ids), act__source__isnull=True)
    rows = rows.exclude(act__kind="import").order_by()
    touched = rows.values_list("act_id", "object_type", "object_id").annotate(first=Min("id"))
    found = sorted(touched, key=lambda row: row[3])
    known = subjects_among((kind, key) for _act, kind, key, _first in found)
    about: dict[UUID, list[Subject]] = {}
    for act, kind, key, _first in found:
        subject = known.get((kind, key))
        if subject is not None and subject not in about.setdefault(act, []):
            about[act].append(subject)
    return about


def subjects_among(records: Iterable[tuple[str, UUID]]) -> dict[tuple[str, UUID], Subject]:
    """Return the listing or need that shows each record.

    One query for each kind of record, and one for the languages of names.

    Args:
        records: kind, such as `directory.location`, and id; other kinds are passed over.
    """
    ids = _by_kind(records)
    return listings_of(ids) | _needs(ids)


def subjects_that_stay(
    records: Iterable[tuple[str, UUID]],
) -> dict[tuple[str, UUID], Subject]:
    """Return the listing of what each record became part of; records of their own are left out.

    At most three queries for each kind of record, and one more for each merge on the longest way.
    """
    became = {
        (kind, key): (kind, to)
        for kind, keys in _by_kind(records).items()
        for key, to in ends_of(kind, keys).items()
        if to != key
    }
    shown = subjects_among(became.values())
    return {record: shown[to] for record, to in became.items() if to in shown}


def listings_of(ids: Mapping[str, set[UUID]]) -> dict[tuple[str, UUID], Subject]:
    """Return the listing that shows each object, the first by name where several do.

    One query for each kind of object, and one for their languages.

    Args:
        ids: objects by their kind, such as `directory.location`; other kinds are passed over.
    """
    found: dict[tuple[str, UUID], Subject] = {}
    for kind, (model, column, service, name) in SERVICE_OF.items():
        if kind in ids:
            held = model._default_manager.filter(**{f"{column}__in": ids[kind]})
            for key, listing, said in held.order_by(name, service).values_list(
                column, service, name
            ):
                found.setdefault((kind, key), Subject(listing, said))
    spanish = spanish_names("directory.service", {each.listing for each in found.values()})
    return {
        record: replace(each, is_spanish=each.listing in spanish) for record, each in found.items()
    }


def places_named(records: Iterable[tuple[str, UUID]]) -> dict[tuple[str, UUID], str]:
    """Return the names of the places among some records, of kind and id. At most two queries."""
    ids = _by_kind(records)
    found: dict[tuple[str, UUID], str] = {}
    for kind, (model, name) in PLACE_NAMES.items():
        rows = model._default_manager.filter(id__in=ids.get(kind, ()))
        if kind in ids:
            found |= {(kind, key): said for key, said in rows.values_list("id", name)}
    return found


def _by_kind(records: Iterable[tuple[str, UUID]]) -> dict[str, set[UUID]]:
    ids: dict[str, set[UUID]] = {}
    for kind, key in records:
        ids.setdefault(kind, set()).add(key)
    return ids


def _needs(ids: Mapping[str, set[UUID]]) -> dict[tuple[str, UUID], Subject]:
    found: dict[tuple[str, UUID], Subject] = {}
    for kind, (model, column) in NEED_OF.items():
        if kind in ids:
            held = model._default_manager.filter(id__in=ids[kind])
            for key, need in held.values_list("id", column):
                found[kind, key] = Subject(need=need)
    return found
