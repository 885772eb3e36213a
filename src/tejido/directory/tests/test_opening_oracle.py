"""Opening rules equal a calendar that is read day by day, and python-dateutil's own answer."""

import calendar
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from dateutil import rrule
from hypothesis import example, given
from hypothesis import strategies as st

from tejido.directory.domain.opening import day_hours, openings
from tejido.directory.domain.schedule import DatedException, Rule

CALIFORNIA = ZoneInfo("America/Los_Angeles")
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
DAY = timedelta(days=1)


def local(year, month, day):
    return datetime(year, month, day, tzinfo=CALIFORNIA).astimezone(UTC)


def open_on(rules, first, last):
    return openings(rules=rules, exceptions=[], zone=CALIFORNIA, first=first, last=last)


def days_open(rule, first, last):
    table = day_hours(rules=[rule], exceptions=[], first=first, last=last)
    return [each.day for each in table if each.hours]


TIMES = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 59]))
SPAN = st.dates(date(2022, 1, 1), date(2027, 12, 31))


@st.composite
def rules(draw):
    freq = draw(st.sampled_from(["WEEKLY", "MONTHLY"]))
    byday = draw(st.lists(st.sampled_from(DAYS), max_size=3, unique=True))
    bymonthday = ()
    if freq == "MONTHLY" and draw(st.booleans()):
        byday = [f"{draw(st.sampled_from([1, 2, 3, 4, 5, -1, -2]))}{day}" for day in byday]
    elif freq == "MONTHLY":
        days = st.integers(-31, 31).filter(bool)
        bymonthday = tuple(draw(st.lists(days, max_size=3, unique=True)))
    bounds = sorted(draw(st.lists(SPAN, min_size=2, max_size=2)))
    return Rule(
        freq,
        tuple(byday),
        draw(TIMES),
        draw(TIMES),
        interval=draw(st.integers(1, 5)),
        bymonthday=bymonthday,
        dtstart=draw(SPAN),
        valid_from=bounds[0] if draw(st.booleans()) else None,
        valid_to=bounds[1] if draw(st.booleans()) else None,
    )


def recurs_on(rule, day):
    """Tell from the calendar alone whether an unbounded rule falls on a day."""
    byday, bymonthday = rule.byday, rule.bymonthday
    if rule.freq == "WEEKLY":
        weeks = (day.toordinal() - 1) // 7 - (rule.dtstart.toordinal() - 1) // 7
        named = byday or (DAYS[rule.dtstart.weekday()],)
        return weeks % rule.interval == 0 and DAYS[day.weekday()] in named
    months = day.year * 12 + day.month - rule.dtstart.year * 12 - rule.dtstart.month
    length = calendar.monthrange(day.year, day.month)[1]
    if not byday and not bymonthday:
        bymonthday = (rule.dtstart.day,)
    name = DAYS[day.weekday()]
    counted = {name, f"{(day.day - 1) // 7 + 1}{name}", f"{-((length - day.day) // 7 + 1)}{name}"}
    by_name = not byday or bool(counted & set(byday))
    by_number = not bymonthday or bool({day.day, day.day - length - 1} & set(bymonthday))
    return months % rule.interval == 0 and by_name and by_number


def is_bounded_by(rule, day):
    since = max(filter(None, (rule.dtstart, rule.valid_from)))
    return since <= day and (rule.valid_to is None or day <= rule.valid_to)


@given(rule=rules(), first=SPAN, length=st.integers(0, 70))
def test_days_equal_a_calendar_read_day_by_day(rule, first, length):
    window = [first + n * DAY for n in range(length + 1)]

    expected = [day for day in window if is_bounded_by(rule, day) and recurs_on(rule, day)]

    assert days_open(rule, window[0], window[-1]) == expected


@given(rule=rules(), first=SPAN, length=st.integers(0, 70))
def test_days_equal_dateutil_counted_from_the_true_start(rule, first, length):
    last = first + length * DAY
    midnight = [datetime.combine(day, time()) for day in (rule.dtstart, first, last)]
    text = f"FREQ={rule.freq};INTERVAL={rule.interval};WKST=MO"
    text += f";BYDAY={','.join(rule.byday)}" if rule.byday else ""
    numbers = ",".join(map(str, rule.bymonthday))
    text += f";BYMONTHDAY={numbers}" if numbers else ""

    oracle = rrule.rrulestr(f"{text};UNTIL={last:%Y%m%d}T000000", dtstart=midnight[0])
    expected = [at.date() for at in oracle if at >= midnight[1] and is_bounded_by(rule, at.date())]

    assert days_open(rule, first, last) == expected


EXCEPTIONS = st.builds(
    lambda first, days, hours: DatedException(first, first + days * DAY, *hours),
    # Around both days on which the clock changes.
    st.dates(date(2026, 10, 25), date(2026, 11, 10))
    | st.dates(date(2027, 3, 10), date(2027, 3, 16)),
    st.integers(0, 4),
    st.one_of(st.just((None, None)), st.tuples(TIMES, TIMES)),
)


@given(
    regular=st.lists(rules(), max_size=4),
    exceptions=st.lists(EXCEPTIONS, max_size=3),
    first=st.sampled_from([date(2026, 10, 28), date(2026, 10, 31), date(2027, 3, 13)]),
)
@example(
    regular=[Rule("WEEKLY", DAYS, time(0), time(23, 59), dtstart=date(2026, 1, 1))],
    exceptions=[],
    first=date(2026, 10, 31),
)
def test_open_minutes_equal_those_counted_one_by_one(regular, exceptions, first):
    found = openings(
        rules=regular, exceptions=exceptions, zone=CALIFORNIA, first=first, last=first + 2 * DAY
    )

    dawn = local(first.year, first.month, first.day)
    for minutes in range(0, 3 * 24 * 60, 15):
        moment = dawn + timedelta(minutes=minutes, seconds=30)
        is_open = any(opens <= moment < closes for opens, closes in found)
        assert is_open == is_open_by_hand(regular, exceptions, first, moment), moment


@given(rules=st.lists(rules(), min_size=1, max_size=3), closed=st.lists(SPAN, max_size=3))
@example(
    rules=[Rule("WEEKLY", DAYS, time(20), time(3, 30), dtstart=date(2026, 1, 1))],
    closed=[date(2026, 11, 26)],
)
def test_instants_equal_a_dateutil_set_without_its_holidays(rules, closed):
    """Two weeks with each day on which the clock changes: starts and ends of each opening."""
    holidays = [DatedException(day, day) for day in closed]
    for first in (date(2026, 10, 25), date(2026, 11, 22), date(2027, 3, 7)):
        last = first + 13 * DAY

        found = openings(rules=rules, exceptions=holidays, zone=CALIFORNIA, first=first, last=last)

        spans = [
            span_of(rule, day)
            for rule in rules
            for day in dateutil_days(rule, closed, first - DAY, last)
        ]
        bounds = {local(day.year, day.month, day.day) for day in (first, last + DAY)}
        edges = {moment for opening in found for moment in opening}
        assert edges <= {moment for span in spans for moment in span} | bounds
        for opens, closes in spans:
            begins, ends = max(opens, min(bounds)), min(closes, max(bounds))
            is_found = any(start <= begins and ends <= end for start, end in found)
            assert is_found or begins >= ends


def dateutil_days(rule, closed, first, last):
    """Return the days of a rule as dateutil's set has them, without the closed ones."""
    days = rrule.rruleset()
    numbers = ",".join(map(str, rule.bymonthday))
    text = f"FREQ={rule.freq};INTERVAL={rule.interval};WKST=MO"
    text += f";BYDAY={','.join(rule.byday)}" if rule.byday else ""
    text += f";BYMONTHDAY={numbers}" if numbers else ""
    start = datetime.combine(rule.dtstart, time())
    days.rrule(rrule.rrulestr(f"{text};UNTIL={last:%Y%m%d}T000000", dtstart=start))
    for day in closed:
        days.exdate(datetime.combine(day, time()))
    return [at.date() for at in days if first <= at.date() and is_bounded_by(rule, at.date())]


def span_of(rule, day):
    """Return when an opening begins and ends, as instants."""
    whole = rule.opens_at == time() and rule.closes_at == time(23, 59)
    until = day + DAY if whole or rule.closes_at <= rule.opens_at else day
    ends = [(day, rule.opens_at), (until, time() if whole else rule.closes_at)]
    return [datetime.combine(*at, tzinfo=CALIFORNIA).astimezone(UTC) for at in ends]


def is_open_by_hand(regular, exceptions, first, moment):
    """Walk from the eve of the window, one day after the other, without merging anything."""
    for day in (first - DAY, first, first + DAY, first + 2 * DAY):
        special = [each for each in exceptions if each.first <= day <= each.last]
        hours = [(each.opens_at, each.closes_at) for each in special if each.opens_at is not None]
        if not special:
            today = [rule for rule in regular if is_bounded_by(rule, day) and recurs_on(rule, day)]
            hours = [(rule.opens_at, rule.closes_at) for rule in today]
        for opens_at, closes_at in hours:
            whole = opens_at == time() and closes_at == time(23, 59)
            until = day + DAY if whole or closes_at <= opens_at else day
            opens = datetime.combine(day, opens_at, tzinfo=CALIFORNIA).astimezone(UTC)
            closing = time() if whole else closes_at
            closes = datetime.combine(until, closing, tzinfo=CALIFORNIA).astimezone(UTC)
            if opens <= moment < closes:
                return True
    return False


@given(regular=st.lists(rules(), max_size=4), first=SPAN, length=st.integers(0, 40))
def test_intervals_are_in_order_and_apart(regular, first, length):
    found = open_on(regular, first, first + length * DAY)

    assert all(opens < closes for opens, closes in found)
    assert all(before[1] < after[0] for before, after in pairwise(found))
