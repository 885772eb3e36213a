"""Small groups are not erased: neighbouring periods or areas are put together until they show."""

from collections.abc import Sequence
from dataclasses import dataclass

from tejido.disclosure.domain.suppression import THRESHOLD


@dataclass(frozen=True, slots=True)
class Pool:
    """Neighbours from `first` to `last` (places in their order, both included), and their sum."""

    first: int
    last: int
    count: int


def pooled(counts: Sequence[int], *, threshold: int = THRESHOLD) -> list[Pool]:
    """Return as many pools of neighbours as reach the threshold; all counts are in one of them.

    Args:
        counts: of people, in the order of their periods, or of areas from neighbour to neighbour.
        threshold: the smallest sum that can be shown.

    Returns:
        Pools in order; none where all together are too few. They are cells like others: what may
        leave of them beside other tables is for `domain.releasing.draft_of` to say.
    """
    pools: list[Pool] = []
    first, count = 0, 0
    for place, each in enumerate(counts):
        count += each
        if count >= threshold:
            pools.append(Pool(first, place, count))
            first, count = place + 1, 0
    if pools and first < len(counts):
        end = pools.pop()
        pools.append(Pool(end.first, len(counts) - 1, end.count + count))
    return pools
