"""Where listings come from, as stored."""

from tejido.directory.domain.source import SourceIn
from tejido.directory.models import Source


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
