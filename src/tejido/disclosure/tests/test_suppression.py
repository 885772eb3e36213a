"""Which cells are hidden, and that nobody can work them out."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tejido.disclosure.domain.audit import given_away
from tejido.disclosure.domain.bounds import Attacker
from tejido.disclosure.domain.suppression import CannotHide, Rule, suppressed
from tejido.disclosure.domain.tables import Levels, Linked, linked_of
from tejido.disclosure.drawn import ALL, drawn, total_of
from tejido.disclosure.optimum import fewest_hidden

RULE = Rule()


def table(rows: dict[str, list[int]]) -> Linked:
    columns = [f"c{number}" for number in range(len(next(iter(rows.values()))))]
    counts = {
        (row, column): count
        for row, cells in rows.items()
        for column, count in zip(columns, cells, strict=True)
    }
    return linked_of([(ALL, ALL)], counts, [total_of(list(rows)), total_of(columns)])


def named(linked: Linked, numbers) -> set[tuple[str, ...]]:
    return {linked.cells[number] for number in numbers}


def test_a_table_of_large_counts_is_shown_whole():
    assert suppressed(table({"a": [11, 40], "b": [12, 99]}), RULE) == frozenset()


def test_one_small_cell_takes_three_others_with_it():
    linked = table({"a": [4, 40, 50], "b": [30, 41, 60], "c": [70, 80, 90]})

    hidden = named(linked, suppressed(linked, RULE))

    # A rectangle: with fewer, a row's or a column's total less what is shown tells it.
    assert hidden == {("a", "c0"), ("a", "c1"), ("b", "c0"), ("b", "c1")}


def test_a_zero_is_shown_and_everything_hidden_is_at_least_one():
    linked = table({"a": [0, 5, 60], "b": [30, 41, 60], "c": [70, 80, 90]})
    hidden = suppressed(linked, RULE)

    known = Attacker(linked, RULE.floors(hidden)).interval(linked.cells.index(("a", "c1")))

    assert ("a", "c0") not in named(linked, hidden)
    assert known.least >= 1


def test_where_zeros_are_not_shown_they_are_hidden_like_any_small_count():
    linked = table({"a": [0, 50, 60], "b": [30, 41, 60], "c": [70, 80, 90]})

    hidden = suppressed(linked, Rule(shows_zero=False))

    assert ("a", "c0") in named(linked, hidden)
    assert (
        list(given_away(linked, Rule(shows_zero=False).floors(hidden), Rule(shows_zero=False)))
        == []
    )


def test_two_small_cells_that_add_up_to_ten_are_not_each_others_hiding_place():
    # The row's total less the shown cell would leave 10 for both: each is known to be 1 to 9.
    linked = table({"a": [4, 6, 50], "b": [30, 41, 60], "c": [70, 80, 90]})

    hidden = suppressed(linked, RULE)

    known = Attacker(linked, RULE.floors(hidden)).interval(linked.cells.index(("a", "c0")))
    assert known.width >= 11


def test_where_all_that_a_sum_hides_is_three_or_less_one_more_is_hidden():
    # Six cells of 3: wide enough for an attacker's sums, yet the guidelines ask for one more.
    linked = linked_of(
        [(ALL,)],
        {(f"c{n}",): 3 for n in range(6)} | {("large",): 50},
        [Levels({ALL: (*[f"c{n}" for n in range(6)], "large")})],
    )

    hidden = named(linked, suppressed(linked, RULE))

    assert ("large",) in hidden or (ALL,) in hidden


def test_a_table_whose_total_is_small_is_hidden_whole():
    linked = table({"a": [1, 2], "b": [3, 0]})

    hidden = named(linked, suppressed(linked, RULE))

    assert hidden == set(linked.cells) - {("b", "c1")}


def test_what_is_known_already_can_make_a_cell_impossible_to_hide():
    linked = table({"a": [4, 40], "b": [30, 41]})
    known = {number for number, cell in enumerate(linked.cells) if cell != ("a", "c0")}

    with pytest.raises(CannotHide) as refused:
        suppressed(linked, RULE, known=known)

    assert linked.cells[refused.value.number] == ("a", "c0")


def test_what_is_not_published_may_hide_a_cell_without_any_other():
    linked = table({"a": [4, 40], "b": [30, 41]})
    totals = {("a", ALL), (ALL, "c0"), (ALL, ALL)}
    unseen = {linked.cells.index(cell): 0 for cell in totals}

    assert named(linked, suppressed(linked, RULE, unseen=unseen)) == {("a", "c0"), *totals}


@settings(max_examples=25, deadline=None)
@given(
    st.integers(0, 10**6), st.integers(2, 7), st.integers(2, 6), st.sampled_from([5.0, 20.0, 60.0])
)
def test_nobody_can_work_out_a_small_count(seed, rows, columns, typical):
    linked = drawn(seed, rows=rows, columns=columns, typical=typical, has_regions=seed % 2 == 0)

    hidden = suppressed(linked, RULE)

    assert {number for number, count in enumerate(linked.counts) if RULE.is_small(count)} <= hidden
    assert list(given_away(linked, RULE.floors(hidden), RULE)) == []


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from([5.0, 20.0]))
def test_nobody_can_work_out_a_small_count_where_zeros_are_hidden_too(seed, typical):
    rule, linked = Rule(shows_zero=False), drawn(seed, rows=5, columns=4, typical=typical)

    assert list(given_away(linked, rule.floors(suppressed(linked, rule)), rule)) == []


def test_a_table_of_three_dimensions_is_protected():
    values = [f"v{number}" for number in range(3)]
    counts = {
        (a, b, c): (i * 7 + j * 5 + k * 11) % 29
        for i, a in enumerate(values)
        for j, b in enumerate(values)
        for k, c in enumerate(values)
    }
    linked = linked_of([(ALL, ALL, ALL)], counts, [total_of(values)] * 3)

    hidden = suppressed(linked, RULE)

    assert list(given_away(linked, RULE.floors(hidden), RULE)) == []


def test_hardly_more_is_hidden_than_the_fewest_possible():
    tables = [drawn(seed, rows=3 + seed % 3, columns=2 + seed % 3) for seed in range(12)]

    ours = sum(len(suppressed(each, RULE)) for each in tables)
    fewest = sum(fewest_hidden(each, RULE).hidden for each in tables)

    assert ours <= 1.15 * fewest
