"""How good the directory is, in a fixed number of queries: totals, and by county or program."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet

from tejido.directory.domain.clocks import CLOCKS, Clocks, FieldGroup
from tejido.directory.domain.quality import (
    OF_PLACES,
    PAGE_ROWS,
    SOON_DAYS,
    Age,
    By,
    Group,
    Lacking,
    Part,
    Quality,
    Share,
    SourceAge,
    TextCoverage,
    with_every_county,
)
from tejido.directory.domain.vocabulary import Tier
from tejido.directory.models import LastConfirmed, Location, Service, ServiceAtLocation
from tejido.directory.queries.clocks import clocks_now
from tejido.directory.queries.quality_parts import (
    Test,
    listed,
    oldest_believed,
    places_lacking,
    tests_of,
    with_public_place,
)
from tejido.geography.queries.places import counties
from tejido.translation.queries import states_of

_COUNTY = "location__address__county_fips"
# What people read of a listing: kind of record -> its fields.
_READ = {
    "directory.service": ("name", "description", "before_you_go"),
    "directory.location": ("landmark",),
    "directory.serviceatlocation": ("description",),
}


def quality_of(tier: Tier, *, today: date) -> Quality:
    """Return what is known of the listings of a tier. 16 queries.

    Partners-only places count: whoever may see the desk's listings sees all of them.
    """
    clocks = clocks_now()
    (total,) = _counted(listed(tier), tests_of(clocks, today), {}) or [_nothing("", "")]
    places, withheld = _places(tier)
    return Quality(
        total=total,
        ages=_ages(tier, clocks, today),
        texts=_texts(tier),
        spoken=_spoken(tier),
        places=places,
        withheld=withheld,
        sources=tuple(_sources(tier)),
    )


def groups_of(by: By, tier: Tier, *, today: date) -> list[Group]:
    """Return the listings of a tier by county or organization, in no order.

    Every county is there, with 0 listings where there is none; listings without any county
    are a group of their own, with an empty key and name. Two queries by organization, four by
    county.
    """
    clocks = clocks_now()
    if by is By.ORGANIZATION:
        names = {"key": F("organization_id"), "called": F("organization__name")}
        return _counted(listed(tier), tests_of(clocks, today), names)
    there = _counted(
        _in_each_county(tier), tests_of(clocks, today, prefix="service__"), {"key": F(_COUNTY)}
    )
    without = _counted(_in_no_county(tier), tests_of(clocks, today), {})
    names_by_fips = {county.county_fips: county.name for county in counties()}
    return with_every_county([*there, *without], names_by_fips)


def lacking(
    part: Part, tier: Tier, *, by: By | None, key: str, today: date, page: int
) -> tuple[list[Lacking], int]:
    """Return one page of the listings that lack a part, by name, and how many there are.

    Args:
        by: county or organization to which to keep, or None.
        key: its FIPS code or id; '' by county: listings without any.
        page: from 1.

    Three queries, and one more for places.
    """
    test = tests_of(clocks_now(), today)[part]
    found = _within(listed(tier), tier, by, key).filter(test.applies).exclude(test.has)
    rows = found.select_related("organization").order_by("name", "id")
    start = (page - 1) * PAGE_ROWS
    if part in OF_PLACES:
        there = ServiceAtLocation.objects.filter(Exists(_same(places_lacking(part, "service"))))
        rows = rows.prefetch_related(
            Prefetch("places", there.select_related("location").order_by("id"))
        )
    shown = [_lacking(row, part) for row in rows[start : start + PAGE_ROWS]]
    return shown, found.count()


def _same(places: QuerySet[ServiceAtLocation]) -> QuerySet[ServiceAtLocation]:
    return places.filter(pk=OuterRef("pk"))


def _lacking(row: Service, part: Part) -> Lacking:
    records = ((row.pk, row.name),)
    if part in OF_PLACES:
        records = tuple((each.location_id, each.location.name) for each in row.places.all())
    return Lacking(row.pk, row.name, row.organization_id, row.organization.name, records)


def _within(rows: QuerySet[Service], tier: Tier, by: By | None, key: str) -> QuerySet[Service]:
    if by is By.ORGANIZATION:
        return rows.filter(organization=UUID(key))
    if by is By.COUNTY:
        there = ServiceAtLocation.objects.filter(service=OuterRef("pk"), **{_COUNTY: key})
        return rows.filter(Exists(there)) if key else _in_no_county(tier)
    return rows


def _counted(rows: QuerySet[Any], tests: Mapping[Part, Test], names: Mapping[str, F]) -> list[Group]:
    """Return a group for each value of the names, all rows as one where there are none."""
    counts: dict[str, Any] = {"listings": Count("pk")}
    for part, test in tests.items():
        counts[f"{part}_of"] = Count("pk", filter=test.applies)
        counts[f"{part}_have"] = Count("pk", filter=test.applies & test.has)
    if not names:
        return [_group(rows.aggregate(**counts))]
    found = rows.order_by().annotate(**names).values(*names).annotate(**counts)
    return [_group(row) for row in found]


def _group(row: Mapping[str, Any]) -> Group:
    shares = {part: Share(row[f"{part}_have"], row[f"{part}_of"]) for part in Part}
    return Group(str(row.get("key", "")), row.get("called", ""), row["listings"], shares)


def _nothing(key: str, name: str) -> Group:
    return Group(key, name, 0, {part: Share(0, 0) for part in Part})


def _in_each_county(tier: Tier) -> QuerySet[ServiceAtLocation]:
    """Return one row for each county in which a listing has a place."""
    rows = ServiceAtLocation.objects.filter(service__in=listed(tier), **{f"{_COUNTY}__gt": ""})
    earlier = ServiceAtLocation.objects.filter(
        service=OuterRef("service"), pk__lt=OuterRef("pk"), **{_COUNTY: OuterRef(_COUNTY)}
    )
    return rows.filter(~Exists(earlier))


def _in_no_county(tier: Tier) -> QuerySet[Service]:
    there = ServiceAtLocation.objects.filter(service=OuterRef("pk"), **{f"{_COUNTY}__gt": ""})
    return listed(tier).filter(~Exists(there))


def _ages(tier: Tier, clocks: Clocks, today: date) -> dict[FieldGroup, dict[Age, int]]:
    ranks = [rank for rank, clock in enumerate(CLOCKS) if clock.tier is tier]
    rows = LastConfirmed.objects.filter(clock__in=ranks).order_by().values("clock")
    said, soon = Q(is_confirmed=True), today + timedelta(days=SOON_DAYS)
    counted = rows.annotate(
        all=Count("pk"),
        never=Count("pk", filter=~said),
        overdue=Count("pk", filter=said & Q(since__lt=oldest_believed(clocks, today))),
        later=Count("pk", filter=said & Q(since__lt=oldest_believed(clocks, soon))),
    )
    ages = {group: Counter[Age]() for group in FieldGroup}
    for row in counted:
        clock = CLOCKS[row["clock"]]
        ages[clock.group].update(_aged(row, is_running=clock in clocks.days))
    return {group: {age: counts[age] for age in Age} for group, counts in ages.items()}


def _aged(row: Mapping[str, int], *, is_running: bool) -> dict[Age, int]:
    if not is_running:
        return {Age.NO_CLOCK: row["all"]}
    return {
        Age.FRESH: row["all"] - row["never"] - row["later"],
        Age.SOON: row["later"] - row["overdue"],
        Age.OVERDUE: row["overdue"],
        Age.NEVER: row["never"],
    }


def _texts(tier: Tier) -> TextCoverage:
    texts, states = 0, dict[str, Counter[str]]()
    for kind, fields in _READ.items():
        rows = _rows_of(kind, tier)
        there = {field: rows.exclude(**{field: ""}) for field in fields}
        texts += sum(
            rows.aggregate(
                **{f"n_{field}": Count("pk", filter=~Q(**{field: ""})) for field in fields}
            ).values()
        )
        for field, some in there.items():
            for language, counts in states_of(kind, field, some.values("pk")).items():
                states.setdefault(language, Counter()).update(counts)
    return TextCoverage(texts, states)


def _rows_of(kind: str, tier: Tier) -> QuerySet[Any]:
    if kind == "directory.service":
        return listed(tier)
    places = ServiceAtLocation.objects.filter(service__in=listed(tier))
    if kind == "directory.serviceatlocation":
        return places
    return Location.objects.filter(pk__in=places.values("location"))


def _spoken(tier: Tier) -> dict[str, int]:
    """Return language -> listings, as `queries.public` tells them: of service and location."""
    there = ServiceAtLocation.objects.filter(service=OuterRef("pk"))
    elsewhere = Exists(there.exclude(location__languages=[]))
    counts: Counter[str] = Counter()
    alone = listed(tier).filter(~elsewhere).order_by().values("languages")
    for row in alone.annotate(listings=Count("pk")):
        counts.update(dict.fromkeys(row["languages"], row["listings"]))
    said: dict[UUID, set[str]] = {}
    rows = listed(tier).filter(elsewhere).order_by()
    for pk, own, at in rows.values_list("pk", "languages", "places__location__languages"):
        said.setdefault(pk, set()).update(own, at or ())
    counts.update(language for languages in said.values() for language in languages)
    return dict(sorted(counts.items(), key=lambda each: (-each[1], each[0])))


def _places(tier: Tier) -> tuple[Share, int]:
    """Return the places that everybody may know, those with a point, and how many are withheld."""
    places = ServiceAtLocation.objects.filter(service__in=listed(tier))
    public = Exists(with_public_place(ServiceAtLocation.objects.filter(location=OuterRef("pk"))))
    counted = Location.objects.filter(pk__in=places.values("location")).aggregate(
        all=Count("pk"),
        public=Count("pk", filter=Q(public)),
        there=Count("pk", filter=Q(public, latitude__isnull=False)),
    )
    return Share(counted["there"], counted["public"]), counted["all"] - counted["public"]


def _sources(tier: Tier) -> Iterator[SourceAge]:
    rows = listed(tier).values("source__key", "source__name", "source__published_on")
    for row in rows.annotate(listings=Count("pk")).order_by("-listings", "source__name"):
        yield SourceAge(
            row["source__key"], row["source__name"], row["source__published_on"], row["listings"]
        )
