"""What it takes for a listing to have a part: conditions for counts and for lists."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import Case, DateField, Exists, OuterRef, Q, QuerySet, Value, When

from tejido.directory.domain.clocks import CLOCKS, RANKS, Clocks, FieldGroup
from tejido.directory.domain.quality import OF_PLACES, Part
from tejido.directory.domain.vocabulary import Status, Tier, Visibility
from tejido.directory.models import (
    Attribute,
    LastConfirmed,
    Phone,
    Schedule,
    Service,
    ServiceAtLocation,
)
from tejido.translation.queries import has_text

# Everything of which somebody may still find something.
LISTED = (Status.ACTIVE.value, Status.TEMPORARILY_CLOSED.value)
_PUBLIC = Visibility.PUBLIC.value
_LACKING = {
    # A van has a landmark where a house has a street.
    Part.ADDRESS: Q(location__address__isnull=True)
    | Q(location__address__city="")
    | Q(location__address__address_1="", location__landmark=""),
    Part.POINT: Q(location__latitude__isnull=True),
}


class Test(NamedTuple):
    """Of which listings a part is asked, and which of those have it."""

    applies: Any
    has: Any


def listed(tier: Tier) -> QuerySet[Service]:
    """Return the listings of a tier that are listed."""
    return Service.objects.filter(status__in=LISTED, tier=tier.value)


def tests_of(clocks: Clocks, today: date, *, prefix: str = "") -> Mapping[Part, Test]:
    """Return for each part how to ask a row for it.

    Args:
        clocks: those that run.
        today: the local day.
        prefix: `` for rows of services, `service__` for rows that belong to one.
    """
    service = f"{prefix}id"
    everything = Q(**{f"{service}__isnull": False})
    described = Q(**{f"{prefix}description__gt": ""})
    spanish = has_text("directory.service", "description", "es", of=service)
    at_place = Q(Exists(public_places(service)))
    return {
        Part.BELIEVED: Test(Q(_hours(service, clocks)), ~Q(_hours(service, clocks, today))),
        Part.HOURS: Test(everything, _anywhere(Schedule, service, is_exception=False)),
        Part.PHONE: Test(everything, _anywhere(Phone, service)),
        **{
            part: Test(at_place, ~Q(Exists(places_lacking(part, service))))
            for part in Part
            if part in OF_PLACES
        },
        Part.ELIGIBILITY: Test(everything, _stated(service, "fact")),
        Part.LANGUAGES: Test(everything, _languages(service, prefix)),
        Part.DESCRIPTION: Test(everything, described),
        Part.NEEDS: Test(everything, _stated(service, "need")),
        Part.SPANISH: Test(described, Q(spanish)),
    }


def public_places(service: str = "pk") -> QuerySet[ServiceAtLocation]:
    """Return the places of an outer listing whose address everybody may know."""
    places = ServiceAtLocation.objects.filter(service=OuterRef(service))
    return with_public_place(places)


def with_public_place(places: QuerySet[ServiceAtLocation]) -> QuerySet[ServiceAtLocation]:
    """Return those places about which nobody said that not everybody may know them."""
    stricter = ServiceAtLocation.objects.filter(location=OuterRef("location"))
    return places.filter(visibility=_PUBLIC, location__visibility=_PUBLIC).filter(
        ~Exists(stricter.exclude(visibility=_PUBLIC))
    )


def places_lacking(part: Part, service: str = "pk") -> QuerySet[ServiceAtLocation]:
    """Return the public places of an outer listing that lack an address or a point."""
    return public_places(service).filter(_LACKING[part])


def _anywhere(model: Any, service: str, **narrowed: Any) -> Q:
    """Return the condition that rows stand on the service, there, or on the location."""
    rows, outer = model.objects.filter(**narrowed), OuterRef(service)
    return (
        Q(Exists(rows.filter(service=outer)))
        | Q(Exists(rows.filter(service_at_location__service=outer)))
        | Q(Exists(rows.filter(location__services__service=outer)))
    )


def _stated(service: str, label: str) -> Q:
    rows, outer = Attribute.objects.filter(label=label), OuterRef(service)
    return Q(Exists(rows.filter(service=outer))) | Q(
        Exists(rows.filter(location__services__service=outer))
    )


def _languages(service: str, prefix: str) -> Q:
    there = ServiceAtLocation.objects.filter(service=OuterRef(service))
    return ~Q(**{f"{prefix}languages": []}) | Q(Exists(there.exclude(location__languages=[])))


def _hours(service: str, clocks: Clocks, due: date | None = None) -> Exists:
    """Return the condition that the clock of the hours runs, or that they are due on a day."""
    running = [
        RANKS[clock] for clock in CLOCKS if clock.group is FieldGroup.HOURS and clock in clocks.days
    ]
    rows = LastConfirmed.objects.filter(listing=OuterRef(service), clock__in=running)
    if due is not None:
        rows = rows.filter(Q(is_confirmed=False) | Q(since__lt=oldest_believed(clocks, due)))
    return Exists(rows)


def oldest_believed(clocks: Clocks, day: date) -> Case:
    """Return the first day since when a confirmation holds on a day, by the row's clock.

    Rows of clocks that do not run have none.
    """
    return Case(
        *(
            When(clock=RANKS[clock], then=Value(day - timedelta(days=days)))
            for clock, days in clocks.days.items()
        ),
        output_field=DateField(),
    )
