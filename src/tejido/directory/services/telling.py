"""Refuse names that tell where a place is that everybody finds without its exact place."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from tejido.directory.domain.desk import DeskListing, DeskPlace
from tejido.directory.domain.telling_names import telling_field
from tejido.directory.domain.vocabulary import Visibility
from tejido.directory.services.editing import EditRefused

SENTENCES = {
    "name": _(
        "The name “%(name)s” tells where the place is, and its place is not shown. Write "
        "the name without street and number first. Nothing changed."
    ),
    "name_es": _(
        "The Spanish name “%(name)s” tells where the place is, and its place is not shown. "
        "Write the name without street and number first. Nothing changed."
    ),
    "organization": _(
        "The name of the organization, “%(name)s”, tells where the place is, and its place "
        "is not shown. Write the name without street and number first. Nothing changed."
    ),
}


def telling_name(
    listing: DeskListing, *, hides: bool = False, names: Mapping[str, str] | None = None
) -> tuple[str, str] | None:
    """Return the field and the name that tell where a place is that is not shown, or None.

    Args:
        listing: a service with its places.
        hides: whether its places are to be shown to nobody, whatever they are now.
        names: names that are to take the place of its own, by field of SENTENCES.
    """
    said = {**_names(listing), **(names or {})}
    for place in listing.places:
        if hides or place.visibility is Visibility.WITHOUT_PLACE:
            field = telling_field(said, _street(place))
            if field:
                return field, said[field]
    return None


def refuse_telling(
    listing: DeskListing, *, hides: bool = False, names: Mapping[str, str] | None = None
) -> None:
    """Refuse what `telling_name` finds.

    Raises:
        EditRefused: `name-tells-place`: with the name and what to do.
    """
    found = telling_name(listing, hides=hides, names=names)
    if found is not None:
        field, name = found
        raise EditRefused("name-tells-place", SENTENCES[field] % {"name": name})


def _names(listing: DeskListing) -> dict[str, str]:
    return dict(_said(listing))


def _said(listing: DeskListing) -> Iterator[tuple[str, str]]:
    yield "name", str(listing.service.values["name"])
    yield "name_es", listing.service.texts.get(("name", "es"), ("", ""))[0]
    yield "organization", str(listing.organization.values["name"])


def _street(place: DeskPlace) -> str:
    rows: list[dict[str, Any]] = list(place.location.values.get("address", ()))
    return str(rows[0].get("address_1") or "") if rows else ""
