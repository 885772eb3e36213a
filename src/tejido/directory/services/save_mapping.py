"""Keep a mapping for the next time."""

from datetime import datetime
from uuid import UUID

from tejido.directory.domain.mapped import Mapped
from tejido.directory.domain.mapping_text import mapping_text
from tejido.directory.models import SavedMapping


def save_mapping(*, mapped: Mapped, at: datetime, by: UUID | None = None) -> str:
    """Keep a mapping under the key of its source, in the place of an earlier one; return its text.

    Args:
        mapped: as it was used.
        at: when.
        by: who, or None for a command.
    """
    text = mapping_text(mapped)
    SavedMapping.objects.update_or_create(
        name=mapped.source.key, defaults={"text": text, "saved_at": at, "saved_by": by}
    )
    return text
