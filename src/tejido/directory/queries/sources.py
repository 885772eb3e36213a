"""Where listings come from, as stored."""

from tejido.directory.domain.source import SourceIn
from tejido.directory.models import Source


def source_by_key(key: str) -> SourceIn | None:
    """Return the source of that key, or None. One query."""
    row = Source.objects.filter(key=key).first()
    if row is None:
        return None
    return SourceIn(
        row.key,
        row.name,
        row.url,
        row.licence,
        row.published_on,
        row.is_invented,
        row.trusted,
    )
