"""Quarters of a year."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tejido.foundation.quarters import Quarter, quarter_of, quarters_in, quarters_over, span_of


def test_the_last_quarter_ends_with_the_year():
    assert (Quarter(2026, 4).begins, Quarter(2026, 4).ends) == (
        date(2026, 10, 1),
        date(2026, 12, 31),
    )
    assert str(Quarter(2026, 4)) == "2026-Q4"


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_every_day_lies_in_its_quarter_and_the_next_begins_the_day_after(day):
    quarter = quarter_of(day)

    assert quarter.begins <= day <= quarter.ends
    assert quarter.next.begins == quarter.ends + timedelta(days=1)


def test_the_running_quarter_is_not_over():
    assert list(quarters_over(date(2026, 5, 9), date(2026, 12, 31))) == [
        Quarter(2026, 2),
        Quarter(2026, 3),
    ]
    assert list(quarters_over(date(2026, 10, 1), date(2026, 12, 31))) == []


@pytest.mark.parametrize(
    ("first", "last", "word"), [(3, 3, "2026-Q3"), (3, 4, "2026-Q3-Q4"), (1, 4, "2026")]
)
def test_quarters_together_have_a_word_that_is_read_again(first, last, word):
    assert span_of(Quarter(2026, first), Quarter(2026, last)) == word
    assert [each.number for each in quarters_in(word)] == [*range(first, last + 1)]
