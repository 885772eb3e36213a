"""Stored records as they are compared with others, a batch at a time."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.db.models import Q

from tejido.directory.domain.duplicates.profiles import (
    Kind,
    Profile,
    Street,
    profile,
    street_of,
)
from tejido.directory.domain.visibility import STRICTNESS, strictest
from tejido.directory.domain.vocabulary import Visibility
from tejido.directory.models import Location, Organization, Phone, Service, ServiceAtLocation

# Each database takes so many parameters a statement; phones are asked for by three lists.
AT_ONCE = 500
# Where each kind is found from a service at a location.
_PATHS = {
    Kind.ORGANIZATION: "service__organization_id",
    Kind.LOCATION: "location_id",
    Kind.SERVICE: "service_id",
}
_PLACE = (
    *("id", "visibility", "service_id", "location_id", "location__visibility", "service__name"),
    *("service__organization__name", "location__latitude", "location__longitude"),
    *("location__address__address_1", "location__address__address_2"),
    *("location__address__postal_code", "location__address__city"),
)


@dataclass(frozen=True, slots=True)
class _Place:
    """One service at a location, with what both of them are called and where it is."""

    id: UUID
    service: UUID
    location: UUID
    said: Visibility
    service_name: str
    organization_name: str
    point: tuple[float, float] | None
    street: Street | None


def profiles_of(kind: Kind, ids: Iterable[UUID] | None = None) -> Iterator[Profile]:
    """Yield records of one kind as they are compared, in the order of their ids.

    Args:
        kind: whose.
        ids: of those that are asked for, None: all of them.

    Five queries for 500 records, and one for all ids.
    """
    model = {
        Kind.ORGANIZATION: Organization,
        Kind.LOCATION: Location,
        Kind.SERVICE: Service,
    }[kind]
    known = model._default_manager.order_by("pk").values_list("pk", flat=True)
    wanted = sorted(ids) if ids is not None else list(known)
    for start in range(0, len(wanted), AT_ONCE):
        yield from _Batch.of(kind, wanted[start : start + AT_ONCE]).profiles()


@dataclass(frozen=True, slots=True)
class _Batch:
    """Some records of one kind: their rows, their places, the level and numbers of those."""

    kind: Kind
    rows: dict[UUID, dict[str, Any]]
    places: dict[UUID, list[_Place]]
    levels: dict[UUID, Visibility]
    phones: dict[UUID, set[str]]

    @classmethod
    def of(cls, kind: Kind, ids: list[UUID]) -> "_Batch":
        """Read a batch."""
        places = _places(kind, ids)
        each = [place for some in places.values() for place in some]
        locations = {place.location for place in each}
        if kind is Kind.LOCATION:
            locations |= set(ids)
        return cls(
            kind,
            _rows(kind, ids),
            places,
            _levels(locations),
            _phones(each, locations, {place.service for place in each} | set(ids)),
        )

    def profiles(self) -> Iterator[Profile]:
        """Yield the profiles."""
        for key, row in self.rows.items():
            yield self._profile(key, row)

    def _profile(self, key: UUID, row: dict[str, Any]) -> Profile:
        places = self.places.get(key, [])
        level = self._level(key, places)
        # What stands at a stricter place stays there.
        seen = [place for place in places if self.levels[place.location] == level]
        own = _own_place(row) if self.kind is Kind.LOCATION else []
        where = own or [(place.street, place.point) for place in seen]
        return profile(
            key=key,
            kind=self.kind,
            level=level,
            names=self._names(row, seen),
            contacts=self._contacts(key, row, seen),
            streets=(street for street, _ in where),
            points=(point for _, point in where if point is not None),
        )

    def _level(self, key: UUID, places: list[_Place]) -> Visibility:
        """Return who may see a record: of a location all words count, else its most open place."""
        if self.kind is Kind.LOCATION:
            return self.levels[key]
        found = (self.levels[place.location] for place in places)
        return min(found, key=STRICTNESS.index, default=Visibility.PUBLIC)

    def _names(self, row: dict[str, Any], places: list[_Place]) -> list[str]:
        names = [row["name"]]
        if self.kind is Kind.LOCATION:
            names += [each.organization_name for each in places]
            names += [each.service_name for each in places]
        return names

    def _contacts(self, key: UUID, row: dict[str, Any], places: list[_Place]) -> set[str]:
        owners = {key} | {owner for each in places for owner in _owners(each)}
        numbers: set[str] = reduce(or_, (self.phones.get(each, set()) for each in owners), set())
        host = _host(row.get("website", ""))
        return numbers | ({host} if host else set())


def _owners(place: _Place) -> tuple[UUID, UUID, UUID]:
    return place.id, place.service, place.location


def _rows(kind: Kind, ids: list[UUID]) -> dict[UUID, dict[str, Any]]:
    rows: Any
    if kind is Kind.ORGANIZATION:
        rows = Organization.objects.filter(pk__in=ids).values("pk", "name", "website")
    elif kind is Kind.SERVICE:
        rows = Service.objects.filter(pk__in=ids).values("pk", "name")
    else:
        rows = Location.objects.filter(pk__in=ids).values(
            *("pk", "name", "latitude", "longitude", "address__address_1"),
            *("address__address_2", "address__postal_code", "address__city"),
        )
    return {row["pk"]: row for row in rows.order_by("pk")}


def _places(kind: Kind, ids: list[UUID]) -> dict[UUID, list[_Place]]:
    path = _PATHS[kind]
    rows = ServiceAtLocation.objects.filter(**{f"{path}__in": ids})
    found: dict[UUID, list[_Place]] = defaultdict(list)
    for row in rows.order_by("pk").values(*_PLACE, path):
        found[row[path]].append(_place(row))
    return found


def _place(row: dict[str, Any]) -> _Place:
    said = strictest([Visibility(row["visibility"]), Visibility(row["location__visibility"])])
    ((street, point),) = _own_place(row, "location__")
    return _Place(
        row["id"],
        row["service_id"],
        row["location_id"],
        said,
        row["service__name"],
        row["service__organization__name"],
        point,
        street,
    )


def _own_place(
    row: dict[str, Any], path: str = ""
) -> list[tuple[Street | None, tuple[float, float] | None]]:
    latitude, longitude = row[f"{path}latitude"], row[f"{path}longitude"]
    address = f"{path}address__"
    street = street_of(
        row[f"{address}address_1"] or "",
        row[f"{address}address_2"] or "",
        code=row[f"{address}postal_code"] or "",
        city=row[f"{address}city"] or "",
    )
    return [(street, None if latitude is None else (latitude, longitude))]


def _levels(locations: set[UUID]) -> dict[UUID, Visibility]:
    """Return who may see each location, the strictest word of all that share it."""
    rows = list(Location.objects.filter(pk__in=locations).values_list("pk", "visibility"))
    shared = ServiceAtLocation.objects.filter(location__in=locations)
    rows += shared.values_list("location_id", "visibility")
    said: dict[UUID, list[Visibility]] = defaultdict(list)
    for key, word in rows:
        said[key].append(Visibility(word))
    return {key: strictest(words) for key, words in said.items()}


def _phones(
    places: list[_Place], locations: set[UUID], services: set[UUID]
) -> dict[UUID, set[str]]:
    """Return the numbers on places, locations and services, by their ids."""
    found: dict[UUID, set[str]] = defaultdict(set)
    asked: tuple[tuple[str, Iterable[UUID]], ...] = (
        ("service_at_location_id", [place.id for place in places]),
        ("location_id", locations),
        ("service_id", services),
    )
    for column, ids in asked:
        rows = Phone.objects.filter(Q(**{f"{column}__in": list(ids)}))
        for owner, number in rows.values_list(column, "number"):
            found[owner].add(number)
    return found


def _host(website: str) -> str:
    """Return the host of a site, `harbor.example.org`, or ''."""
    try:
        return (urlsplit(website).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
