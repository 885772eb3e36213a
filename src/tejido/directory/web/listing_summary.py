"""What a listing's page says first: who finds it, where it is from, and what is odd about it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from tejido.directory.domain.acts import ActKind, ActState, FindingKind
from tejido.directory.domain.desk import DeskListing, Held
from tejido.directory.domain.provenance import REST
from tejido.directory.domain.visibility import strictest
from tejido.directory.domain.vocabulary import Status, Tier, Visibility
from tejido.directory.queries.history import ActSeen, FindingSeen, findings_about, history_of
from tejido.directory.web.wording import (
    FINDINGS,
    STATUSES,
    TIERS,
    VISIBILITIES,
    field_words,
    need_names,
    short_day,
    value_words,
)

PROVENANCE = "provenance"


@dataclass(frozen=True, slots=True)
class Summary:
    """The first lines of the page. `is_found` is False for what nobody outside finds."""

    status: str
    seen_by: str
    tier: str
    published_on: str
    is_found: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """Where the list and the network differ: which field, what each says, and since when."""

    what: str
    field: str
    theirs: str
    ours: str
    on: str


def summary_of(listing: DeskListing) -> Summary:
    """Return the first lines of a listing's page."""
    status = Status(listing.service.values["status"])
    level = strictest(place.visibility for place in listing.places) if listing.places else None
    # The least strict place decides whether anybody finds the service.
    is_open = not listing.places or any(
        place.visibility is not Visibility.PARTNERS for place in listing.places
    )
    return Summary(
        status=str(STATUSES[status]),
        seen_by=str(VISIBILITIES[level or Visibility.PUBLIC]) if _is_listed(status) else "",
        tier=str(TIERS[Tier(listing.service.values["tier"])]),
        published_on=short_day(listing.published_on) if listing.published_on else "",
        is_found=_is_listed(status) and is_open,
    )


def differences_of(listing: DeskListing) -> list[Difference]:
    """Return where a list and a person differ about the listing and nobody has looked since."""
    held = {each.id: each for each in listing.records}
    found = findings_about(held)
    looked, needs = (_looked_at(held), need_names()) if found else ({}, {})
    return [
        _difference(act, each, needs)
        for act, each in found
        if looked.get((each.object_id, each.field or REST), act.at) <= act.at
        and _still_differs(held[each.object_id], each)
    ]


def _looked_at(ids: Iterable[UUID]) -> dict[tuple[UUID, str], datetime]:
    """Return when a person last gave their word on each field."""
    found: dict[tuple[UUID, str], datetime] = {}
    for act, changes in history_of(ids):
        if act.kind is ActKind.IMPORT or act.state is not ActState.DONE:
            continue
        for change in (each for each in changes if each.field == PROVENANCE):
            before, after = change.before or {}, change.after or {}
            for name in (each for each in after if after[each] != before.get(each)):
                found.setdefault((change.object_id, name), act.at)
    return found


def _is_listed(status: Status) -> bool:
    return status in {Status.ACTIVE, Status.TEMPORARILY_CLOSED}


def _still_differs(held: Held, found: FindingSeen) -> bool:
    if not found.field:
        return True
    stands = found.ours if found.kind is FindingKind.KEPT else found.theirs
    return bool(held.values.get(found.field) == stands)


def _difference(act: ActSeen, found: FindingSeen, needs: Mapping[str, str]) -> Difference:
    return Difference(
        what=str(FINDINGS[found.kind]),
        field=field_words(found.field) if found.field else _("The whole record"),
        theirs=value_words(found.field, found.theirs, needs=needs) if found.field else "",
        ours=value_words(found.field, found.ours, needs=needs) if found.field else "",
        on=short_day(timezone.localdate(act.at)),
    )
