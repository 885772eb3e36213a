"""Mappings that people saved."""

from tejido.directory.models import SavedMapping


def saved_mapping(name: str) -> str | None:
    """Return the text of a saved mapping, or None. One query."""
    return SavedMapping.objects.filter(name=name).values_list("text", flat=True).first()


def saved_mappings() -> dict[str, str]:
    """Return the text of each saved mapping by its name, in their order. One query."""
    return dict(SavedMapping.objects.order_by("name").values_list("name", "text"))


def saved_mapping_names() -> list[str]:
    """Return the names of all saved mappings, in their order. One query."""
    return list(SavedMapping.objects.order_by("name").values_list("name", flat=True))
