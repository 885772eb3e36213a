"""How many listings have what, together and by county or program, in one look at each listing."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Prefetch, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from tejido.directory.domain.quality import (
    OF_PLACES,
    By,
    Group,
    Lacking,
    Part,
    Share,
    with_every_county,
)
from tejido.directory.domain.vocabulary import Tier
from tejido.directory.models import Organization, Service, ServiceAtLocation
from tejido.directory.queries.clocks import clocks_now
from tejido.directory.queries.quality_parts import MANY, Has, listed, parts_of, places_without
from tejido.foundation.paging import PAGE_ROWS, nearest_page
from tejido.geography.queries.places import county_names

_FIPS = "location__address__county_fips"
_PARTS = tuple(Part)
# Key and name of a group.
_Named = tuple[str, str]
# Group -> how many listings, and of each part the sum of `Has`.
_Counts = Mapping[_Named, Sequence[int]]


def groups_of(by: By, tier: Tier, *, today: date) -> tuple[Group, list[Group]]:
    """Return all listings of a tier as one group, and by county or organization, in no order.

    A listing with places in two counties counts in both. Every county is there, with 0 listings
    where there is none; listings without any are a group with an empty key and name. Two queries
    by organization, four by county.
    """
    if by is By.ORGANIZATION:
        counts = _by_organization(tier, today)
        return _group(("", ""), _added(counts.values())), _groups(counts)
    first, further = _by_county(tier, today)
    both = {
        key: _added([each[key] for each in (first, further) if key in each])
        for key in {**first, **further}
    }
    return _group(("", ""), _added(first.values())), with_every_county(
        _groups(both), county_names()
    )


def lacking(
    part: Part, tier: Tier, *, by: By | None, key: str, today: date, page: int
) -> tuple[list[Lacking], int]:
    """Return one page of the listings that lack a part, by name, and how many there are.

    Args:
        part: what they lack.
        tier: of listings.
        by: county or organization to which to keep, or None.
        key: its FIPS code or id; '' by county: listings without any.
        today: the local day.
        page: from 1; beyond the end the last one.

    Three queries, and one more for places.
    """
    expression = parts_of(clocks_now(), today)[part]
    found = _within(tier, by, key).annotate(has=expression).filter(has=Has.NO.value)
    rows = found.select_related("organization").order_by("name", "id")
    if part in OF_PLACES:
        rows = rows.prefetch_related(Prefetch("places", places_without(part)))
    count = found.count()
    page, _pages = nearest_page(page, count)
    start = (page - 1) * PAGE_ROWS
    return [_lacking(row, part) for row in rows[start : start + PAGE_ROWS]], count


def _by_organization(tier: Tier, today: date) -> _Counts:
    rows = listed(tier).annotate(key=F("organization_id"), called=F("organization__name"))
    return _counted(rows, parts_of(clocks_now(), today))


def _by_county(tier: Tier, today: date) -> tuple[_Counts, _Counts]:
    """Return each listing in its first county, and in those where it has places besides."""
    clocks, places = clocks_now(), ServiceAtLocation.objects.filter(**{f"{_FIPS}__gt": ""})
    here = places.filter(service=OuterRef("id")).order_by("id").values(_FIPS)
    rows = listed(tier).annotate(key=Coalesce(Subquery(here[:1]), Value("")), called=Value(""))
    earlier = places.filter(service=OuterRef("service"), pk__lt=OuterRef("pk"))
    besides = places.filter(
        Exists(earlier),
        ~Exists(earlier.filter(**{_FIPS: OuterRef(_FIPS)})),
        service__in=listed(tier),
    ).annotate(key=F(_FIPS), called=Value(""))
    return (
        _counted(rows, parts_of(clocks, today)),
        _counted(besides, parts_of(clocks, today, prefix="service__")),
    )


def _counted(rows: QuerySet[Any], parts: Mapping[Part, Any]) -> _Counts:
    """Return group -> how many listings, and of each part the sum of `Has`."""
    sums = {f"sum_{part.value}": Sum(parts[part]) for part in _PARTS}
    found = rows.order_by().values("key", "called").annotate(listings=Count("pk"), **sums)
    return {
        (str(key), called): numbers
        for key, called, *numbers in found.values_list("key", "called", "listings", *sums)
    }


def _added(counts: Iterable[Sequence[int]]) -> list[int]:
    return [sum(column) for column in zip([0] * (1 + len(_PARTS)), *counts, strict=True)]


def _groups(counts: _Counts) -> list[Group]:
    return [_group(named, each) for named, each in counts.items()]


def _group(named: _Named, counts: Sequence[int]) -> Group:
    listings, *sums = counts
    shares = {part: Share(*divmod(each, MANY)) for part, each in zip(_PARTS, sums, strict=True)}
    return Group(*named, listings, shares)


def _within(tier: Tier, by: By | None, key: str) -> QuerySet[Service]:
    rows = listed(tier)
    if by is By.ORGANIZATION:
        return rows.filter(organization=UUID(key))
    if by is not By.COUNTY:
        return rows
    there = ServiceAtLocation.objects.filter(service=OuterRef("pk"))
    if key:
        return rows.filter(Exists(there.filter(**{_FIPS: key})))
    return rows.filter(~Exists(there.filter(**{f"{_FIPS}__gt": ""})))


def _lacking(row: Service, part: Part) -> Lacking:
    records: tuple[tuple[UUID, str], ...] = ((row.pk, row.name),)
    if part in OF_PLACES:
        records = tuple((each.location_id, each.location.name) for each in row.places.all())
    return Lacking(row.pk, row.name, row.organization_id, row.organization.name, records)


def group_name(by: By, key: str) -> str:
    """Return what a county or organization is called, '' where nobody knows it. One query."""
    if by is By.ORGANIZATION:
        return Organization.objects.filter(id=key).values_list("name", flat=True).first() or ""
    return county_names().get(key, "")
