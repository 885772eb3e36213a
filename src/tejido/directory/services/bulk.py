"""One change of many listings: what it would change, and doing it as one act."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tejido.directory.domain.acts import ActKind
from tejido.directory.domain.desk import DeskSearch, Held
from tejido.directory.domain.digest import said_digest
from tejido.directory.domain.provenance import REST, Provenance
from tejido.directory.domain.vocabulary import Tier
from tejido.directory.models import ServiceAtLocation
from tejido.directory.queries.desk import matching
from tejido.directory.services.acts import Actor
from tejido.directory.services.editing import Edit, EditRefused, waiting_fields
from tejido.directory.services.four_eyes import Outcome, edit_or_propose
from tejido.directory.services.listing_rows import need_rows_of
from tejido.directory.services.publishing import STATUS, VISIBILITY, Publicity
from tejido.directory.services.reconcile import in_batches
from tejido.directory.services.setting import FieldKey, values_of

AT_ONCE = 2_000
KIND = "directory.service"


class Bulk(StrEnum):
    """What can be done with many listings."""

    CONFIRM = "confirm"
    CORE = "core"
    CONTEXT = "context"
    PUBLISH = "publish"
    PARTNERS = "partners"
    HIDE = "hide"
    ADD_NEED = "add-need"
    TAKE_NEED = "take-need"


NEEDS_NEED = frozenset({Bulk.ADD_NEED, Bulk.TAKE_NEED})


@dataclass(frozen=True, slots=True)
class Plan:
    """What a change of many listings would do.

    Attributes:
        fitting: how many listings the search finds.
        listings: id and name of those that would change, by name.
        values, confirmed: what would be stored.
        mark: of all of it, so that what is done is what was shown.
        waiting: of how many listings something waits for a second person.
    """

    fitting: int
    listings: tuple[tuple[UUID, str], ...]
    values: dict[FieldKey, Any]
    confirmed: tuple[FieldKey, ...]
    mark: str
    waiting: int = 0


def plan_bulk(*, search: DeskSearch, what: Bulk, need: str, today: date) -> Plan:
    """Return what would change. A fixed number of queries for each 500 listings.

    Raises:
        EditRefused: `too-many`: more than AT_ONCE listings fit.
    """
    found = matching(search, today=today)
    names = dict(found.values_list("id", "name")[: AT_ONCE + 1])
    if len(names) > AT_ONCE:
        raise EditRefused(
            "too-many",
            _("At most %(count)s listings change at once. Narrow the list.")
            % {"count": f"{AT_ONCE:,}"},
        )
    if what is Bulk.CONFIRM:
        confirmed = tuple(FieldKey(KIND, key, REST) for key in names)
        return _plan(names, set(names), {}, confirmed)
    with transaction.atomic():
        wanted = dict(_wanted(list(names), what, need))
        now = values_of(wanted)
    owners = _owners(list(names))
    values = {key: value for key, value in wanted.items() if now.get(key) != value}
    waiting = _services(waiting_fields(Edit(values=values), now), owners) & names.keys()
    plan = _plan(names, _services(values, owners) & names.keys(), values, ())
    return replace(plan, waiting=len(waiting))


def do_bulk(*, plan: Plan, mark: str, actor: Actor, on: date, at: datetime) -> Outcome:
    """Do what was shown, as one act that can be undone; what shows more waits for somebody.

    Raises:
        EditRefused: `changed-meanwhile`: it would do something else now.
    """
    if mark != plan.mark:
        raise EditRefused(
            "changed-meanwhile",
            _("Other listings fit now than when you looked. Look again."),
        )
    change = Edit(values=plan.values, confirmed=plan.confirmed)
    return edit_or_propose(
        change=change, actor=actor, on=on, at=at, kind=ActKind.BULK, whole=False
    )


def _plan(
    names: dict[UUID, str],
    changing: set[UUID],
    values: dict[FieldKey, Any],
    confirmed: tuple[FieldKey, ...],
) -> Plan:
    listed = tuple((key, name) for key, name in names.items() if key in changing)
    said = sorted([*map(str, key), value] for key, value in values.items())
    mark = said_digest([said, sorted(str(key) for key in confirmed)])
    return Plan(len(names), listed, values, confirmed, mark)


def _wanted(ids: list[UUID], what: Bulk, need: str) -> Iterator[tuple[FieldKey, Any]]:
    if what in (Bulk.CORE, Bulk.CONTEXT):
        yield from ((FieldKey(KIND, key, "tier"), Tier(what.value).value) for key in ids)
    elif what in NEEDS_NEED:
        yield from _needs(ids, need, add=what is Bulk.ADD_NEED)
    else:
        yield from _publicity(ids, Publicity(what.value))


def _needs(ids: Iterable[UUID], need: str, *, add: bool) -> Iterator[tuple[FieldKey, Any]]:
    keys = [FieldKey(KIND, key, "attributes") for key in ids]
    for key, rows in values_of(keys).items():
        held = Held(KIND, key.object_id, {"attributes": rows}, Provenance())
        needs = [row["term"] for row in rows if row["label"] == "need"]
        if (need in needs) is not add:
            others = [each for each in needs if each != need]
            keywords = [row["term"] for row in rows if row["label"] == "keyword"]
            wanted = [*others, need] if add else others
            yield key, need_rows_of(held, needs=wanted, keywords=keywords)


def _publicity(ids: list[UUID], publicity: Publicity) -> Iterator[tuple[FieldKey, Any]]:
    level = VISIBILITY.get(publicity)
    places = [] if level is None else list(_places(ids))
    with_place = {service for _place, service, _location in places}
    for key in ids:
        # Partners only hides a place: without one there is nothing to hide.
        if publicity is not Publicity.PARTNERS or key in with_place:
            status = STATUS.get(publicity)
            yield FieldKey(KIND, key, "status"), status.value if status else "active"
    for place, _service, location in places:
        if level is not None:
            yield FieldKey("directory.serviceatlocation", place, "visibility"), level.value
            yield FieldKey("directory.location", location, "visibility"), level.value


def _services(keys: Iterable[FieldKey], owners: Mapping[UUID, set[UUID]]) -> set[UUID]:
    return {service for key in keys for service in owners.get(key.object_id, ())}


def _places(ids: list[UUID]) -> Iterator[tuple[UUID, UUID, UUID]]:
    for some in in_batches(ids):
        rows = ServiceAtLocation.objects.filter(service__in=some).order_by("id")
        yield from rows.values_list("id", "service_id", "location_id")


def _owners(ids: list[UUID]) -> dict[UUID, set[UUID]]:
    """Return record -> the services that it belongs to."""
    owners: dict[UUID, set[UUID]] = {key: {key} for key in ids}
    for place, service, location in _places(ids):
        owners.setdefault(place, set()).add(service)
        owners.setdefault(location, set()).add(service)
    return owners
