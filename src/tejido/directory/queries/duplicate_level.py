"""Which pairs are seen by the same people now, whatever they were when they were found."""

from collections.abc import Callable
from typing import Any

from django.db.models import (
    Case,
    Exists,
    F,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest

from tejido.directory.domain.duplicates.profiles import Kind
from tejido.directory.domain.four_eyes import UNLISTED
from tejido.directory.domain.visibility import STRICTNESS
from tejido.directory.domain.vocabulary import Visibility
from tejido.directory.models import DuplicatePair, Location, Service, ServiceAtLocation

_EVERYBODY = STRICTNESS.index(Visibility.PUBLIC)


def seen_by_the_same(pairs: "QuerySet[DuplicatePair]") -> "QuerySet[DuplicatePair]":
    """Return those pairs of which the same people may see both records.

    Each pair has its two levels, as `queries.duplicates.profiles_of` reads them (a test compares
    the two), and two services are both listed, or neither is.
    """
    unlisted = Service.objects.filter(status__in=UNLISTED)
    one, other = (Q(Exists(unlisted.filter(pk=OuterRef(name)))) for name in ("one", "other"))
    levels = pairs.annotate(one_level=_level("one"), other_level=_level("other"))
    together = levels.filter(one_level=F("other_level"))
    return together.filter((one & other) | (~one & ~other))


def _level(name: str) -> Case:
    return Case(
        *(When(kind=kind.value, then=_LEVELS[kind](name)) for kind in Kind),
        output_field=IntegerField(),
    )


def _of_location(key: str) -> Subquery:
    rows = Location.objects.filter(pk=OuterRef(key)).order_by().values("pk")
    own, shared = Max(_strictness("visibility")), Max(_strictness("services__visibility"))
    level = Greatest(own, Coalesce(shared, Value(_EVERYBODY)))
    return Subquery(rows.annotate(level=level).values("level"), output_field=IntegerField())


def _of_most_open_place(path: str) -> Callable[[str], Coalesce]:
    def of(key: str) -> Coalesce:
        places = ServiceAtLocation.objects.filter(**{path: OuterRef(key)})
        levels = places.annotate(level=_of_location("location")).order_by("level").values("level")
        return Coalesce(Subquery(levels[:1], output_field=IntegerField()), Value(_EVERYBODY))

    return of


def _strictness(field: str) -> Case:
    return Case(
        *(When(**{field: word.value}, then=Value(rank)) for rank, word in enumerate(STRICTNESS)),
        output_field=IntegerField(),
    )


_LEVELS: dict[Kind, Callable[[str], Any]] = {
    Kind.ORGANIZATION: _of_most_open_place("service__organization"),
    Kind.LOCATION: _of_location,
    Kind.SERVICE: _of_most_open_place("service"),
}
