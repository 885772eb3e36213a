from datetime import date, time

from tejido.directory.domain.hours import StatedHours, hours_that_hold
from tejido.directory.domain.schedule import DatedException, Rule

PLACE = Rule("WEEKLY", ("TU",), time(9), time(17))
SERVICE = Rule("WEEKLY", ("MO",), time(9), time(17))
CLOSED = DatedException(date(2026, 12, 24), date(2026, 12, 26), reason="Holidays")


def test_the_first_level_with_rules_holds():
    levels = [StatedHours(), StatedHours((SERVICE,)), StatedHours((PLACE,))]

    assert hours_that_hold(levels).rules == (SERVICE,)


def test_exceptions_of_every_level_hold_unless_a_nearer_one_overlaps():
    near = DatedException(date(2026, 12, 25), date(2026, 12, 25), time(10), time(12))
    other = DatedException(date(2027, 1, 1), date(2027, 1, 1))

    hours = hours_that_hold([StatedHours((PLACE,), (near,)), StatedHours((), (CLOSED, other))])

    assert hours.exceptions == (near, other)


def test_two_openings_on_one_day_of_the_same_level_both_hold():
    day = date(2026, 12, 24)
    both = (
        DatedException(day, day, time(9), time(10)),
        DatedException(day, day, time(12), time(13)),
    )

    assert hours_that_hold([StatedHours((PLACE,), both)]).exceptions == both


def test_rules_that_cannot_be_computed_are_not_known():
    assert StatedHours((PLACE,)).is_known
    assert not StatedHours((Rule("WEEKLY", (), time(9), time(17)),)).is_known
    assert not StatedHours().is_known
