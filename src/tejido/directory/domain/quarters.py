"""Quarters of a year, as counts are released."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = 3


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
