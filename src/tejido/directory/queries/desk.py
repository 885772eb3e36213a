"""Lists of listings at the desk: everything, whoever may see it."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, TextField
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from tejido.directory.domain.desk import (
    FRESH_DAYS,
    OLD_DAYS,
    DeskPage,
    DeskRow,
    DeskSearch,
    Freshness,
)
from tejido.directory.domain.provenance import REST, provenance_from
from tejido.directory.domain.visibility import strictest
from tejido.directory.domain.vocabulary import Status, Tier, Visibility
from tejido.directory.models import Phone, Service, ServiceAtLocation, Source
from tejido.foundation.paging import PAGE_ROWS, nearest_page

WORDS_AT_MOST = 8


def find_at_desk(search: DeskSearch, *, page: int, today: date) -> DeskPage:
    """Return one page of the services that fit a search, by name. Three queries.

    A page that does not exist is the nearest one that does.
    """
    found = matching(search, today=today)
    total = found.count()
    page, pages = nearest_page(page, total)
    places = ServiceAtLocation.objects.select_related("location__address").order_by("id")
    rows = found.select_related("organization", "source").prefetch_related(
        Prefetch("places", places)
    )
    start = (page - 1) * PAGE_ROWS
    shown = tuple(_row(service) for service in rows[start : start + PAGE_ROWS])
    return DeskPage(shown, total, page, pages)


def matching(search: DeskSearch, *, today: date) -> QuerySet[Service]:
    """Return the services that fit a search, by name."""
    found = Service.objects.order_by("name", "id")
    for word in search.words.split()[:WORDS_AT_MOST]:
        found = found.filter(_says(word))
    if search.ids is not None:
        found = found.filter(id__in=search.ids)
    if search.source:
        found = found.filter(source__key=search.source)
    if search.tier is not None:
        found = found.filter(tier=search.tier.value)
    if search.status is not None:
        found = found.filter(status=search.status.value)
    if search.visibility is not None:
        found = found.filter(_seen_by(search.visibility))
    if search.freshness is not None:
        found = found.annotate(confirmed=Cast(KT(f"provenance__{REST}__on"), TextField()))
        found = found.filter(_confirmed(search.freshness, today))
    return found


def all_sources() -> list[tuple[str, str]]:
    """Return (key, name) of every source, by name. One query."""
    return list(Source.objects.order_by("name", "key").values_list("key", "name"))


def _says(word: str) -> Q:
    at_places = ServiceAtLocation.objects.filter(service=OuterRef("pk")).filter(
        Q(location__name__icontains=word)
        | Q(location__address__city__icontains=word)
        | Q(location__address__address_1__icontains=word)
        | Q(location__address__postal_code=word)
    )
    by_phone = Phone.objects.filter(service=OuterRef("pk"), number__contains=word)
    said = Q(name__icontains=word) | Q(organization__name__icontains=word)
    said |= Q(description__icontains=word) | Q(Exists(at_places))
    digits = "".join(filter(str.isdigit, word))
    return said | Q(Exists(by_phone)) if len(digits) >= 4 else said


def _seen_by(level: Visibility) -> Q:
    there = ServiceAtLocation.objects.filter(service=OuterRef("pk"))
    if level is Visibility.PUBLIC:
        public = Q(visibility=level.value, location__visibility=level.value)
        return Q(Exists(there.filter(public))) | ~Q(Exists(there))
    said = Q(visibility=level.value) | Q(location__visibility=level.value)
    return Q(Exists(there.filter(said)))


def _confirmed(freshness: Freshness, today: date) -> Q:
    fresh = (today - timedelta(days=FRESH_DAYS)).isoformat()
    old = (today - timedelta(days=OLD_DAYS)).isoformat()
    # Dates are compared as text: ISO 8601 sorts like the days themselves.
    return {
        Freshness.FRESH: Q(confirmed__gte=fresh),
        Freshness.OLD: Q(confirmed__lt=fresh, confirmed__gte=old),
        Freshness.VERY_OLD: Q(confirmed__lt=old),
        Freshness.NEVER: Q(confirmed__isnull=True),
    }[freshness]


def _row(service: Service) -> DeskRow:
    places = list(service.places.all())
    said = [(place.visibility, place.location.visibility) for place in places]
    words = [Visibility(word) for pair in said for word in pair]
    towns = [getattr(getattr(place.location, "address", None), "city", "") for place in places]
    return DeskRow(
        id=service.id,
        name=service.name,
        organization=service.organization.name,
        towns=tuple(dict.fromkeys(filter(None, towns))),
        tier=Tier(service.tier),
        status=Status(service.status),
        visibility=strictest(words) if words else None,
        source=service.source.name,
        confirmed=provenance_from(service.provenance).provenance_of(REST),
    )
