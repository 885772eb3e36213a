"""Neighbours are put together until they can be shown."""

from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from tejido.disclosure.domain.pooling import Pool, pooled


def test_years_of_few_become_longer_times_that_can_be_shown():
    assert pooled([4, 5, 6, 30, 2, 3]) == [Pool(0, 2, 15), Pool(3, 5, 35)]


def test_what_is_too_few_all_together_is_not_shown():
    assert pooled([4, 5, 1]) == []
    assert pooled([]) == []


def most_pools(counts: tuple[int, ...]) -> int:
    @cache
    def most(start: int) -> float:
        if start == len(counts):
            return 0
        ends = range(start + 1, len(counts) + 1)
        fitting = [1 + most(end) for end in ends if sum(counts[start:end]) >= 11]
        return max(fitting, default=float("-inf"))

    return max(0, int(max(most(0), 0)))


@given(st.lists(st.integers(0, 25), max_size=9))
def test_every_count_is_in_one_pool_and_there_are_as_many_as_can_be(counts):
    pools = pooled(counts)

    assert all(pool.count == sum(counts[pool.first : pool.last + 1]) >= 11 for pool in pools)
    covered = [place for pool in pools for place in range(pool.first, pool.last + 1)]
    assert covered == (list(range(len(counts))) if pools else [])
    assert len(pools) == most_pools(tuple(counts))
