"""Where listings come from, as stored."""

from dataclasses import dataclass

from django.db.models import Count

from tejido.directory.domain.source import SourceIn
from tejido.directory.models import Service, Source


@dataclass(frozen=True, slots=True)
class SourceSeen:
    """A source with how many services are from it."""

    source: SourceIn
    services: int


def sources_seen() -> list[SourceSeen]:
    """Return every source by name, with its services. Two queries."""
    counted = Service.objects.order_by().values_list("source").annotate(count=Count("id"))
    counts = dict(counted)
    rows = Source.objects.order_by("name", "key")
    return [SourceSeen(_source(row), counts.get(row.id, 0)) for row in rows]


def source_by_key(key: str) -> SourceIn | None:
    """Return the source of that key, or None. One query."""
    row = Source.objects.filter(key=key).first()
    return _source(row) if row is not None else None


def all_sources() -> list[SourceIn]:
    """Return every source, by key. One query."""
    return [_source(row) for row in Source.objects.order_by("key")]


def _source(row: Source) -> SourceIn:
    return SourceIn(
        row.key,
        row.name,
        row.url,
        row.licence,
        row.published_on,
        row.is_invented,
        row.trusted,
    )
