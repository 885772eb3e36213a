"""Quarters of a year, as counts are released."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS, QUARTERS = 3, 4


@dataclass(frozen=True, order=True, slots=True)
class Quarter:
    """One of the four quarters of a year; `number` is 1 to 4."""

    year: int
    number: int

    def __str__(self) -> str:
        """Return it as 2026-Q3."""
        return f"{self.year}-Q{self.number}"

    @property
    def begins(self) -> date:
        """Return its first day."""
        return date(self.year, 1 + MONTHS * (self.number - 1), 1)

    @property
    def ends(self) -> date:
        """Return its last day."""
        return self.next.begins - timedelta(days=1)

    @property
    def next(self) -> "Quarter":
        """Return the quarter after it."""
        return Quarter(self.year + self.number // 4, 1 + self.number % 4)


def quarter_of(day: date) -> Quarter:
    """Return the quarter that a day lies in."""
    return Quarter(day.year, 1 + (day.month - 1) // MONTHS)


def quarters_over(first: date, today: date) -> Iterator[Quarter]:
    """Yield the quarters that are over, from that of a first day on."""
    quarter, running = quarter_of(first), quarter_of(today)
    while quarter < running:
        yield quarter
        quarter = quarter.next


def span_of(first: Quarter, last: Quarter) -> str:
    """Return the word for quarters of one year together: 2026-Q3-Q4; the year where it is all."""
    if first == last:
        return str(first)
    whole = (first.number, last.number) == (1, QUARTERS)
    return str(first.year) if whole else f"{first}-Q{last.number}"


def quarters_in(period: str) -> tuple[Quarter, ...]:
    """Return the quarters that a word names: a year, a quarter, or several quarters of a year.

    Raises:
        ValueError: it names none.
    """
    year, *numbers = period.split("-Q")
    first, last = int((numbers or ["1"])[0]), int((numbers or [str(QUARTERS)])[-1])
    return tuple(Quarter(int(year), number) for number in range(first, last + 1))
