"""Opening rules as the directory can hold them, drawn at random."""

from datetime import date, time, timedelta

from hypothesis import strategies as st

from tejido.directory.domain.opening import is_computable
from tejido.directory.domain.schedule import DatedException, Rule

TODAY = date(2026, 11, 22)
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
NEAR = st.dates(TODAY - timedelta(days=500), TODAY + timedelta(days=300))
AT = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 59]))
NUMBERED = [f"{number}{day}" for number in (1, 2, 3, 4, 5, -1) for day in DAYS]
REASONS = st.sampled_from(
    ["", "Thanksgiving", "staff training; doors shut", "2 p. m. party", "12"]
)


@st.composite
def any_rules(draw):
    """Draw a rule that the directory can hold and anybody can compute."""
    freq = draw(st.sampled_from(["WEEKLY", "MONTHLY"]))
    month_days = freq == "MONTHLY" and draw(st.booleans())
    names = NUMBERED + list(DAYS) if freq == "MONTHLY" else DAYS
    days = st.lists(st.sampled_from(names), min_size=1, max_size=4, unique=True).map(tuple)
    of_month = st.lists(st.integers(1, 31) | st.just(-1), min_size=1, max_size=3, unique=True)
    interval = draw(st.sampled_from([1, 1, 2, 3]))
    first, last = draw(st.none() | NEAR), draw(st.none() | NEAR)
    rule = Rule(
        freq=freq,
        byday=() if month_days else draw(days),
        bymonthday=tuple(draw(of_month)) if month_days else (),
        opens_at=draw(AT),
        closes_at=draw(AT),
        interval=interval,
        dtstart=draw(NEAR) if interval > 1 else draw(st.none() | NEAR),
        valid_from=first if last is None or first is None else min(first, last),
        valid_to=last if first is None or last is None else max(first, last),
    )
    assert is_computable([rule])
    return rule


@st.composite
def plain_rules(draw):
    """Draw a rule such as programs have: by day, some weeks or dates only."""
    hours = draw(st.sampled_from([(9, 12), (9, 17), (16, 20), (12, 15), (20, 2), (0, 0), (17, 0)]))
    kind = draw(st.sampled_from(["week", "second week", "numbered", "month days", "months"]))
    days = tuple(d for d in DAYS if draw(st.booleans())) or ("TH",)
    numbers = draw(st.sampled_from([("1", "3"), ("-1",), ("2", "4", "5")]))
    is_monthly = kind in {"numbered", "month days", "months"}
    numbered = tuple(f"{number}{draw(st.sampled_from(DAYS))}" for number in numbers)
    every = {"second week": 2, "months": draw(st.sampled_from([2, 3]))}.get(kind, 1)
    return Rule(
        freq="MONTHLY" if is_monthly else "WEEKLY",
        byday=() if kind == "month days" else (numbered if is_monthly else days),
        bymonthday=draw(st.sampled_from([(1,), (1, 15), (-1,)])) if kind == "month days" else (),
        opens_at=time(hours[0]),
        closes_at=time(hours[1]),
        interval=every,
        dtstart=draw(NEAR) if every > 1 else None,
        valid_from=draw(st.none() | NEAR),
        valid_to=draw(
            st.none() | st.dates(TODAY + timedelta(days=301), TODAY + timedelta(days=900))
        ),
    )


def dated_exceptions(reasons=REASONS):
    """Draw the hours of certain days, or that it is closed then."""
    hours = [(None, None), (time(10), time(13)), (time(0), time(0)), (time(12), time(15))]
    return st.builds(
        lambda first, days, times, reason: DatedException(
            first, first + timedelta(days=days), *times, reason
        ),
        NEAR,
        st.integers(0, 20),
        st.sampled_from(hours),
        reasons,
    )
