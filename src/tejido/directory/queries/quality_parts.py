"""What it takes for a listing to have a part: expressions for counts and for lists."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import IntEnum
from typing import Any

from django.db.models import (
    Case,
    DateField,
    Exists,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

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
_WITHOUT = {
    # A van has a landmark where a house has a street.
    Part.ADDRESS: Q(location__address__isnull=True)
    | Q(location__address__city="")
    | Q(location__address__address_1="", location__landmark=""),
    Part.POINT: Q(location__latitude__isnull=True),
}


# No directory has so many listings: a sum of `Has` holds two counts.
MANY = 2**20


class Has(IntEnum):
    """Whether a listing has a part, as numbers whose sum tells how many were asked and have it.

    The sum is asked + MANY * have. So the database looks at each listing once; where it groups
    by what listings have, SQLite works that out again for each group.
    """

    NOT_ASKED = 0
    NO = 1
    YES = 1 + MANY


def listed(tier: Tier) -> QuerySet[Service]:
    """Return the listings of a tier that are listed."""
    return Service.objects.filter(status__in=LISTED, tier=tier.value)


def parts_of(clocks: Clocks, today: date, *, prefix: str = "") -> Mapping[Part, Any]:
    """Return for each part the expression that says whether a row has it, one of `Has`.

    Args:
        clocks: those that run.
        today: the local day.
        prefix: '' for rows of services, `service__` for rows that belong to one.
    """
    service = f"{prefix}id"
    undescribed, spanish = (
        Q(**{f"{prefix}description": ""}),
        has_text("directory.service", "description", "es", of=service),
    )
    return {
        Part.BELIEVED: _believed(service, clocks, today),
        Part.HOURS: _said(_anywhere(Schedule, service, is_exception=False)),
        Part.PHONE: _said(_anywhere(Phone, service)),
        **{part: _at_places(part, service) for part in Part if part in OF_PLACES},
        Part.ELIGIBILITY: _said(_stated(service, "fact")),
        Part.LANGUAGES: _said(_languages(service, prefix)),
        Part.DESCRIPTION: _said(~undescribed),
        Part.NEEDS: _said(_stated(service, "need")),
        Part.SPANISH: Case(
            When(undescribed, then=Value(Has.NOT_ASKED.value)),
            default=_said(Q(spanish)),
            output_field=IntegerField(),
        ),
    }


def public_places(service: str) -> QuerySet[ServiceAtLocation]:
    """Return the places of an outer listing whose address everybody may know."""
    return with_public_place(ServiceAtLocation.objects.filter(service=OuterRef(service)))


def with_public_place(places: QuerySet[ServiceAtLocation]) -> QuerySet[ServiceAtLocation]:
    """Return those places about which nobody said that not everybody may know them."""
    stricter = ServiceAtLocation.objects.filter(location=OuterRef("location"))
    return places.filter(visibility=_PUBLIC, location__visibility=_PUBLIC).filter(
        ~Exists(stricter.exclude(visibility=_PUBLIC))
    )


def places_without(part: Part) -> QuerySet[ServiceAtLocation]:
    """Return the public places that lack an address or a point, with their locations."""
    places = with_public_place(ServiceAtLocation.objects.filter(_WITHOUT[part]))
    return places.select_related("location").order_by("id")


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


def _said(condition: Q) -> Case:
    """Return yes or no of a part that every listing is asked for."""
    return Case(
        When(condition, then=Value(Has.YES.value)),
        default=Value(Has.NO.value),
        output_field=IntegerField(),
    )


def _believed(service: str, clocks: Clocks, today: date) -> Coalesce:
    """Return whether the hours were confirmed in time; not asked where no clock runs."""
    running = [
        RANKS[clock]
        for clock in CLOCKS
        if clock.group is FieldGroup.HOURS and clock in clocks.days
    ]
    in_time = Q(is_confirmed=True, since__gte=oldest_believed(clocks, today))
    rows = LastConfirmed.objects.filter(listing=OuterRef(service), clock__in=running)
    return _or_not_asked(rows.order_by().annotate(has=_said(in_time)))


def _at_places(part: Part, service: str) -> Coalesce:
    """Return whether all public places of a listing have an address or a point."""
    lacks = Case(When(_WITHOUT[part], then=Value(Has.YES - Has.NO)), default=Value(0))
    rows = public_places(service).order_by().values("service")
    return _or_not_asked(rows.annotate(has=Value(Has.YES.value) - Max(lacks)))


def _or_not_asked(rows: QuerySet[Any]) -> Coalesce:
    asked = Subquery(rows.values("has")[:1], output_field=IntegerField())
    return Coalesce(asked, Value(Has.NOT_ASKED.value))


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
