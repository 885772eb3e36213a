"""Who may find a listing: everybody, partners only, or nobody."""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from tejido.directory.domain.acts import ActKind
from tejido.directory.domain.desk import DeskListing
from tejido.directory.domain.vocabulary import Status, Visibility
from tejido.directory.services.acts import Actor
from tejido.directory.services.editing import Edit
from tejido.directory.services.four_eyes import Outcome, edit_or_propose
from tejido.directory.services.setting import FieldKey
from tejido.directory.services.telling import refuse_telling


class Publicity(StrEnum):
    """How a listing is published."""

    PUBLISH = "publish"
    WITHOUT_PLACE = "without-place"
    PARTNERS = "partners"
    CLOSED = "closed"
    GONE = "gone"
    HIDE = "hide"


VISIBILITY = {
    Publicity.PUBLISH: Visibility.PUBLIC,
    Publicity.WITHOUT_PLACE: Visibility.WITHOUT_PLACE,
    Publicity.PARTNERS: Visibility.PARTNERS,
}
STATUS = {
    Publicity.CLOSED: Status.TEMPORARILY_CLOSED,
    Publicity.GONE: Status.DEFUNCT,
    Publicity.HIDE: Status.INACTIVE,
}


def choices_for(listing: DeskListing) -> tuple[Publicity, ...]:
    """Return what can be chosen: a service without a place has no place to hide."""
    needs_place = {Publicity.WITHOUT_PLACE, Publicity.PARTNERS}
    return tuple(each for each in Publicity if listing.places or each not in needs_place)


def publish(
    *, listings: Iterable[DeskListing], publicity: Publicity, actor: Actor, on: date, at: datetime
) -> Outcome:
    """Set who may find these listings, as one act. What shows more waits for a second person.

    The strictest word of all services at a location holds, so that publishing one never shows a
    place that another keeps hidden.

    Raises:
        EditRefused: `name-tells-place`: a name would tell where a place is that is not shown.
    """
    values: dict[FieldKey, Any] = {}
    for listing in listings:
        refuse_telling(listing, hides=publicity is Publicity.WITHOUT_PLACE)
        values |= values_for(listing, publicity)
    kind = ActKind.PUBLISH if publicity is Publicity.PUBLISH else ActKind.HIDE
    return edit_or_propose(
        change=Edit(values=values), actor=actor, on=on, at=at, kind=kind, whole=False
    )


def values_for(listing: DeskListing, publicity: Publicity) -> dict[FieldKey, Any]:
    """Return the fields that say so."""
    status = STATUS.get(publicity, Status.ACTIVE)
    values: dict[FieldKey, Any] = {
        FieldKey(listing.service.kind, listing.service.id, "status"): status.value
    }
    level = VISIBILITY.get(publicity)
    if level is not None:
        for place in listing.places:
            for held in (place.place, place.location):
                values[FieldKey(held.kind, held.id, "visibility")] = level.value
    return values
