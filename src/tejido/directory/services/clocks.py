"""Setting clocks: what a coordinator said stands against the file, and is taken back by undo."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tejido.directory.domain import clocks as domain
from tejido.directory.domain.acts import ActKind, ActState
from tejido.directory.domain.clocks import CLOCKS, DAYS_AT_MOST, FieldGroup
from tejido.directory.domain.vocabulary import Tier
from tejido.directory.models import Change, Clock, Pace
from tejido.directory.queries.clocks import clocks_seen, shipped_clocks
from tejido.directory.services.acts import Actor, Recorder, begin_act, finish_act
from tejido.directory.services.editing import seen_digest
from tejido.directory.services.setting import FieldKey, set_values
from tejido.foundation.errors import Refused

OBJECT_TYPE = "directory.clock"
PACE_TYPE = "directory.pace"
_NAMESPACE = UUID("5d6e9f0a-4f6b-4b4a-8f0e-6d1b7a0c2e11")
_PACE_ID = uuid5(_NAMESPACE, "pace")
_FIELDS = ("days", "since", "why")
MINUTES_AT_MOST, WEEK_AT_MOST = 480, 10_080


class ClocksRefused(Refused):
    """Clocks that cannot be set."""


@transaction.atomic
def load_clocks() -> int:
    """Make the table say what the file says, wherever no coordinator says otherwise.

    Safe to repeat. Return how many clocks there are.
    """
    shipped = shipped_clocks()
    at = datetime.combine(shipped.since, datetime.min.time(), UTC)
    stored = {row.id: row for row in Clock.objects.select_for_update()}
    peoples = _set_by_people()
    for clock in CLOCKS:
        row = stored.get(clock_id(clock)) or Clock(id=clock_id(clock), created_at=at)
        if row.id not in peoples:
            row.group, row.tier, row.kind = (each.value for each in clock)
            row.days, row.since, row.why = shipped.clocks.days.get(clock), shipped.since, ""
            row.updated_at = at
            row.save()
    Pace.objects.get_or_create(
        id=_PACE_ID,
        defaults={
            "minutes_a_sheet": shipped.minutes_a_sheet,
            "created_at": at,
            "updated_at": at,
        },
    )
    return len(CLOCKS)


def clock_id(clock: domain.Clock) -> UUID:
    """Return the id of the row of a clock."""
    return uuid5(_NAMESPACE, " ".join(clock))


def clocks_mark() -> str:
    """Return a mark of how the clocks stand, for `set_clocks`."""
    return seen_digest(_keys())


def set_clocks(
    *,
    days: Mapping[domain.Clock, int | None],
    why: str,
    actor: Actor,
    on: date,
    at: datetime,
    seen: str = "",
) -> UUID | None:
    """Set clocks as one act; return it, None where every one stands so already.

    Listings are due by the new days at once; the finder follows with its next snapshot.

    Args:
        days: of each clock that is to change or stay; None stops it.
        why: in a sentence.
        actor: the coordinator.
        on: the local day.
        at: the instant.
        seen: how they stood when the page was opened (`clocks_mark`); '' skips the check.

    Raises:
        ClocksRefused: `days-out-of-range`; `core-hours-needed`; `why-needed`;
            `changed-meanwhile`.
    """
    _refuse(days, why)
    with transaction.atomic():
        load_clocks()
        if seen and seen != clocks_mark():
            raise ClocksRefused(
                "changed-meanwhile",
                _("Somebody changed this while you were editing. Look at it again."),
            )
        now = {each.clock: each.days for each in clocks_seen()}
        changed = {clock: number for clock, number in days.items() if now[clock] != number}
        return _store(changed, why.strip(), actor, on, at) if changed else None


def set_pace(
    *, minutes_a_sheet: int, minutes_a_week: int | None, actor: Actor, at: datetime
) -> UUID | None:
    """Say how long one call sheet takes and how much time the team has, as one act.

    Return it, None where nothing changes.

    Raises:
        ClocksRefused: `minutes-out-of-range`.
    """
    week = minutes_a_week if minutes_a_week is not None else 0
    if not (1 <= minutes_a_sheet <= MINUTES_AT_MOST and 0 <= week <= WEEK_AT_MOST):
        raise ClocksRefused("minutes-out-of-range", _("Write whole minutes that fit a week"))
    with transaction.atomic():
        load_clocks()
        row = Pace.objects.select_for_update().get(id=_PACE_ID)
        if (row.minutes_a_sheet, row.minutes_a_week) == (minutes_a_sheet, minutes_a_week):
            return None
        act_id = begin_act(kind=ActKind.EDIT, at=at, actor=actor)
        record = Recorder(act_id)
        said = {"minutes_a_sheet": minutes_a_sheet, "minutes_a_week": minutes_a_week}
        values = {FieldKey(PACE_TYPE, _PACE_ID, name): value for name, value in said.items()}
        set_values(values, at=at, record=record)
        finish_act(act_id, counts={"fields": 1})
        return act_id


def _refuse(days: Mapping[domain.Clock, int | None], why: str) -> None:
    if not why.strip():
        raise ClocksRefused("why-needed", _("Say why, in a sentence"))
    for clock, number in days.items():
        if number is None and clock.group is FieldGroup.HOURS and clock.tier is Tier.CORE:
            raise ClocksRefused(
                "core-hours-needed", _("Hours of harm reduction itself need a number of days")
            )
        if number is not None and not 1 <= number <= DAYS_AT_MOST:
            raise ClocksRefused("days-out-of-range", _("Write a whole number from 1 to 3,650"))


def _store(
    changed: Mapping[domain.Clock, int | None], why: str, actor: Actor, on: date, at: datetime
) -> UUID:
    act_id = begin_act(kind=ActKind.EDIT, at=at, actor=actor)
    record = Recorder(act_id)
    values = {
        FieldKey(OBJECT_TYPE, clock_id(clock), name): value
        for clock, number in changed.items()
        for name, value in (("days", number), ("since", on.isoformat()), ("why", why))
    }
    set_values(values, at=at, record=record)
    finish_act(act_id, counts={"fields": len(changed)})
    return act_id


def _keys() -> list[FieldKey]:
    ids = [clock_id(clock) for clock in CLOCKS]
    return [FieldKey(OBJECT_TYPE, key, name) for key in ids for name in _FIELDS]


def _set_by_people() -> set[UUID]:
    """Return the clocks that a person set, in an act that stands."""
    standing = Change.objects.filter(
        object_type=OBJECT_TYPE,
        object_id__in=[clock_id(clock) for clock in CLOCKS],
        act__state=ActState.DONE.value,
    ).exclude(act__kind=ActKind.UNDO.value)
    return set(standing.values_list("object_id", flat=True))
