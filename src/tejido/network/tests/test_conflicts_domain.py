"""What stands between two parties: worked examples, and what holds whatever the register says."""

from datetime import date, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as some

from tejido.network.domain.conflicts import (
    NO_INTEREST,
    WORKS_FOR,
    Line,
    Party,
    PartyKind,
    reasons_between,
)
from tejido.network.domain.members import RelationshipKind

DAY = date(2026, 11, 20)
ANA = Party(PartyKind.PERSON, UUID(int=1))
CLINIC, FUND, PROGRAM = (Party(PartyKind.MEMBER, UUID(int=number)) for number in (2, 3, 4))
EVERY_DAY = some.dates(DAY - timedelta(days=40), DAY + timedelta(days=40))
PARTIES = some.sampled_from([ANA, CLINIC, FUND, PROGRAM])
KINDS = some.sampled_from([WORKS_FOR, *(kind.value for kind in RelationshipKind)])


@some.composite
def lines(draw):
    one = draw(PARTIES)
    other = draw(PARTIES.filter(lambda party: party != one))
    since = draw(EVERY_DAY)
    lasts = draw(some.none() | some.integers(0, 50))
    until = None if lasts is None else since + timedelta(days=lasts)
    return Line(draw(KINDS), one, other, since, until)


REGISTERS = some.lists(lines(), max_size=12, unique=True)


def works(person, member, since=DAY, until=None):
    return Line(WORKS_FOR, person, member, since, until)


def funds(one, other, since=DAY, until=None):
    return Line("funds", one, other, since, until)


def test_who_works_there_is_not_impartial():
    line = works(ANA, CLINIC)

    assert reasons_between([line], ANA, CLINIC, on=DAY) == [(line,)]


def test_who_works_for_the_funder_is_not_impartial_at_one_remove():
    register = [works(ANA, FUND), funds(FUND, PROGRAM), funds(FUND, CLINIC)]

    assert reasons_between(register, ANA, PROGRAM, on=DAY) == [(register[0], register[1])]


def test_two_programs_of_one_funder_meet_in_it():
    register = [funds(FUND, PROGRAM), funds(FUND, CLINIC)]

    assert reasons_between(register, PROGRAM, CLINIC, on=DAY) == [tuple(register)]


def test_the_first_and_the_last_day_count_and_no_other():
    line = funds(FUND, PROGRAM, DAY, DAY + timedelta(days=2))
    days = [DAY + timedelta(days=number) for number in range(-1, 4)]

    found = [bool(reasons_between([line], FUND, PROGRAM, on=day)) for day in days]

    assert found == [False, True, True, True, False]


def test_sending_people_to_each_other_is_no_interest():
    line = Line(RelationshipKind.REFERS_TO, PROGRAM, CLINIC, DAY)

    assert reasons_between([line], PROGRAM, CLINIC, on=DAY) == []


@given(REGISTERS, PARTIES, PARTIES, EVERY_DAY)
def test_it_is_the_same_in_whichever_order_they_are_named(register, one, other, day):
    there = reasons_between(register, one, other, on=day)
    back = reasons_between(register, other, one, on=day)

    assert {frozenset(reason) for reason in there} == {frozenset(reason) for reason in back}
    assert len(there) == len(back)


@given(REGISTERS, PARTIES, PARTIES, EVERY_DAY)
def test_each_reason_is_a_way_from_one_to_the_other_that_stands_on_the_day(
    register, one, other, day
):
    for reason in reasons_between(register, one, other, on=day):
        reached = one
        for line in reason:
            assert line in register
            assert line.since <= day
            assert line.until is None or day <= line.until
            assert line.kind not in NO_INTEREST
            reached = line.beyond(reached)
        assert reached == other
        assert len(reason) in {1, 2}


@given(REGISTERS, PARTIES, PARTIES, EVERY_DAY)
def test_no_line_that_joins_them_is_missed(register, one, other, day):
    joining = {
        (line,)
        for line in register
        if {line.one, line.other} == {one, other}
        and line.holds(day)
        and line.kind not in NO_INTEREST
    }

    found = reasons_between(register, one, other, on=day)

    assert {reason for reason in found if len(reason) == 1} == joining
    assert all(len(reason) == 2 for reason in found[len(joining) :])


@given(REGISTERS, PARTIES, EVERY_DAY)
def test_nobody_conflicts_with_themselves(register, one, day):
    assert reasons_between(register, one, one, on=day) == []


@given(REGISTERS, lines(), PARTIES, PARTIES, EVERY_DAY)
def test_another_line_never_hides_a_reason(register, more, one, other, day):
    before = reasons_between(register, one, other, on=day)
    after = reasons_between([*register, more], one, other, on=day)

    assert set(before) <= set(after)
