"""How fresh the directory is, in which languages, and where: a fixed number of queries."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from tejido.directory.domain.clocks import CLOCKS, Clocks, FieldGroup
from tejido.directory.domain.quality import (
    SOON_DAYS,
    Age,
    Quality,
    Share,
    SourceAge,
    TextCoverage,
)
from tejido.directory.domain.vocabulary import Tier
from tejido.directory.models import LastConfirmed, Location, ServiceAtLocation
from tejido.directory.queries.clocks import clocks_now
from tejido.directory.queries.quality_parts import listed, oldest_believed, with_public_place
from tejido.translation.queries import states_of

# What people read of a listing: kind of record -> its fields.
_READ = {
    "directory.service": ("name", "description", "before_you_go"),
    "directory.location": ("landmark",),
    "directory.serviceatlocation": ("description",),
}


def quality_of(tier: Tier, *, today: date) -> Quality:
    """Return how fresh the listings of a tier are, in which languages, and where. 14 queries.

    Partners-only places count: whoever may see the desk's listings sees all of them.
    """
    places, withheld = _places(tier)
    return Quality(
        ages=_ages(tier, clocks_now(), today),
        texts=_texts(tier),
        spoken=_spoken(tier),
        places=places,
        withheld=withheld,
        sources=tuple(_sources(tier)),
    )


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


def _aged(row: Mapping[str, Any], *, is_running: bool) -> dict[Age, int]:
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
            for language, counts in states_of(
                kind, field, some.values("pk"), besides="en"
            ).items():
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
    said: dict[Any, set[str]] = {}
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
