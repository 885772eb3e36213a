from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from tejido.directory.domain.clocks import (
    CLOCKS,
    Clock,
    Clocks,
    ClocksMistaken,
    FieldGroup,
    PlaceKind,
    read_clocks,
)
from tejido.directory.domain.vocabulary import Mode, Tier
from tejido.directory.models import Clock as ClockRow
from tejido.directory.queries.clocks import clocks_now, clocks_seen, pace_now, shipped_clocks
from tejido.directory.queries.public import public_listings
from tejido.directory.services.acts import Actor
from tejido.directory.services.clocks import (
    ClocksRefused,
    clock_id,
    clocks_mark,
    load_clocks,
    set_clocks,
    set_pace,
)
from tejido.directory.services.undo import undo_act
from tejido.directory.testing import a_service, stored

NOW = datetime(2026, 11, 21, 18, tzinfo=UTC)
TODAY = date(2026, 11, 21)
VAN_HOURS = Clock(FieldGroup.HOURS, Tier.CORE, PlaceKind.MOBILE)
COORDINATOR = Actor(role="network-coordinator")
FILE = """
since = 2026-11-21
[core.mobile]
hours = 30
[core.fixed]
hours = 90
[pace]
minutes_a_sheet = 15
"""


def set_days(clock=VAN_HOURS, days=14, why="Vans change their rounds", **more):
    return set_clocks(days={clock: days}, why=why, actor=COORDINATOR, on=TODAY, at=NOW, **more)


def test_shipped_clocks_are_those_of_the_field():
    days = shipped_clocks().clocks.days

    assert {
        (clock.kind, clock.group): number
        for clock, number in days.items()
        if clock.tier is Tier.CORE
    } == {
        ("mobile", "hours"): 30,
        ("mobile", "phone"): 90,
        ("mobile", "status"): 90,
        ("mobile", "eligibility"): 180,
        ("mobile", "address"): 365,
        ("fixed", "hours"): 90,
        ("fixed", "phone"): 90,
        ("fixed", "status"): 90,
        ("fixed", "eligibility"): 180,
        ("fixed", "address"): 365,
    }
    assert not [clock for clock in days if clock.tier is Tier.CONTEXT]


def test_clocks_stand_in_the_order_of_harm():
    assert CLOCKS[0] == Clock(FieldGroup.HOURS, Tier.CORE, PlaceKind.MOBILE)
    assert CLOCKS[1] == Clock(FieldGroup.HOURS, Tier.CORE, PlaceKind.FIXED)
    assert CLOCKS[-1] == Clock(FieldGroup.ADDRESS, Tier.CONTEXT, PlaceKind.FIXED)


def test_due_on_is_the_day_after_the_last_on_which_a_part_is_believed():
    assert Clocks({VAN_HOURS: 30}).due_on(VAN_HOURS, date(2026, 2, 1)) == date(2026, 3, 4)


def test_due_on_without_a_clock_is_never():
    assert Clocks({}).due_on(VAN_HOURS, TODAY) is None


@pytest.mark.parametrize("mode", [each for each in Mode if each is not Mode.MOBILE])
def test_hours_of_whatever_does_not_move_are_believed_as_long_as_those_of_a_house(mode):
    clocks = shipped_clocks().clocks

    assert clocks.hours_hold_days(tier=Tier.CORE, mode=mode) == 90
    assert clocks.hours_hold_days(tier=Tier.CONTEXT, mode=mode) == 90


@pytest.mark.parametrize(
    "wrong",
    [
        "since = ",
        FILE.replace("hours = 30", "hours = 0"),
        FILE.replace("hours = 30", "hours = 4000"),
        FILE.replace("hours = 30", "hours = true"),
        FILE.replace("hours = 30", "fax = 30"),
        FILE.replace("[core.mobile]", "[core.boat]"),
        FILE.replace("[core.mobile]", "[kern.mobile]"),
        FILE.replace("hours = 30", ""),
        FILE.replace("since = 2026-11-21", ""),
        FILE.replace("minutes_a_sheet = 15", ""),
    ],
)
def test_a_file_of_clocks_with_a_mistake_is_refused(wrong):
    assert read_clocks(FILE)
    with pytest.raises(ClocksMistaken):
        read_clocks(wrong)


@pytest.mark.django_db
def test_load_clocks_twice_changes_nothing():
    load_clocks()
    before = list(ClockRow.objects.order_by("id").values())

    load_clocks()

    assert list(ClockRow.objects.order_by("id").values()) == before
    assert [each.clock for each in clocks_seen()] == list(CLOCKS)
    assert clocks_now() == shipped_clocks().clocks
    assert pace_now().minutes_a_week is None


@pytest.mark.django_db
def test_clocks_run_as_shipped_before_anything_is_loaded():
    assert clocks_now() == shipped_clocks().clocks
    assert pace_now().minutes_a_sheet == shipped_clocks().minutes_a_sheet


@pytest.mark.django_db
def test_set_clocks_says_why_and_since_and_stands_against_the_file():
    set_days()

    load_clocks()

    van = clocks_seen()[0]
    assert (van.days, van.since, van.why) == (14, TODAY, "Vans change their rounds")


@pytest.mark.django_db
def test_set_clocks_is_undone_and_then_as_shipped():
    act = set_days()

    undo_act(act_id=act, at=NOW)

    assert clocks_now() == shipped_clocks().clocks
    assert clocks_seen()[0].why == ""


@pytest.mark.django_db
def test_set_clocks_to_what_they_are_is_no_act():
    assert set_days(days=30) is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("clock", "days", "why", "code"),
    [
        (VAN_HOURS, None, "because", "core-hours-needed"),
        (VAN_HOURS, 0, "because", "days-out-of-range"),
        (VAN_HOURS, 3651, "because", "days-out-of-range"),
        (VAN_HOURS, 14, "  ", "why-needed"),
    ],
)
def test_set_clocks_refuses_what_nobody_can_mean(clock, days, why, code):
    with pytest.raises(ClocksRefused) as refused:
        set_days(clock, days, why)

    assert refused.value.code == code
    assert clocks_now() == shipped_clocks().clocks


@pytest.mark.django_db
def test_two_coordinators_at_once_are_told_and_the_first_stands():
    load_clocks()
    seen = clocks_mark()
    set_days(days=14, seen=seen)

    with pytest.raises(ClocksRefused) as refused:
        set_days(days=21, seen=seen)

    assert refused.value.code == "changed-meanwhile"
    assert clocks_seen()[0].days == 14


@pytest.mark.django_db
def test_other_days_for_vans_reach_the_public_projection():
    stored(a_service(mode=Mode.MOBILE))
    (before,) = public_listings()

    set_days(days=3)

    (after,) = public_listings()
    assert (before.confirmed_on, after.confirmed_on) == (date(2026, 11, 1), date(2026, 11, 1))
    assert before.hours_hold_until == date(2026, 12, 1)
    assert after.hours_hold_until == date(2026, 11, 4)


@pytest.mark.django_db
def test_set_pace_is_an_act_that_can_be_undone():
    act = set_pace(minutes_a_sheet=10, minutes_a_week=240, actor=COORDINATOR, at=NOW)
    assert (pace_now().minutes_a_sheet, pace_now().minutes_a_week) == (10, 240)

    undo_act(act_id=act, at=NOW)

    assert pace_now().minutes_a_week is None
    assert set_pace(minutes_a_sheet=15, minutes_a_week=None, actor=COORDINATOR, at=NOW) is None


@pytest.mark.django_db
@pytest.mark.parametrize(("sheet", "week"), [(0, 60), (481, 60), (15, -1), (15, 10_081)])
def test_set_pace_refuses_minutes_that_fit_no_week(sheet, week):
    with pytest.raises(ClocksRefused):
        set_pace(minutes_a_sheet=sheet, minutes_a_week=week, actor=COORDINATOR, at=NOW)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("number", "changes"),
    [
        (0, {"days": 0}),
        (0, {"days": None}),
        (0, {"group": "fax"}),
        (1, {"kind": "mobile"}),
    ],
)
def test_the_table_of_clocks_refuses_what_cannot_be(number, changes):
    load_clocks()
    row = ClockRow.objects.filter(id=clock_id(CLOCKS[number]))

    with pytest.raises(IntegrityError), transaction.atomic():
        row.update(**changes)
