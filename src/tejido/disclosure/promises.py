"""`promises --only tables`: that nobody can work out what released tables hide."""

import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec

from tejido.disclosure.domain.audit import given_away
from tejido.disclosure.domain.suppression import Rule, suppressed
from tejido.disclosure.domain.tables import Linked
from tejido.disclosure.drawn import drawn
from tejido.disclosure.optimum import NotSolved, fewest_hidden
from tejido.foundation.bench import Figure

TRIES = 1_000
# Of all tables so many are as large as the counties of California by twelve kinds.
LARGE_SHARE, LARGE = 0.05, (58, 12)
MOST_OF_FEWEST, MOST_OF_PEER, MOST_SECONDS = 1.15, 1.5, 10.0
# The fewest are sought for every so many of the small tables.
EVERY = 5
RULE = Rule()
PEER = "pytauargus"


@dataclass
class Tried:
    """One table, what is hidden of it, and how long the choice took (seconds of CPU)."""

    linked: Linked
    hidden: frozenset[int]
    seconds: float

    @property
    def is_large(self) -> bool:
        """Return whether it is one of the large ones."""
        return len(self.linked.cells) > LARGE[0] * LARGE[1]


def promise_tables(*, tries: int = TRIES) -> list[Figure]:
    """Hide small counts in drawn, linked tables, attack each, and count what is hidden.

    Returns:
        Cells that can be recovered exactly, or too nearly; hidden cells beside the fewest possible
        and beside pytauargus; the slowest large table.
    """
    every = [_tried(number, tries) for number in range(tries)]
    told = [
        each for one in every for each in given_away(one.linked, RULE.floors(one.hidden), RULE)
    ]
    small = [one for one in every if not one.is_large]
    large = [one for one in every if one.is_large]
    exact = sum(each.is_exact for each in told)
    slowest = max((one.seconds for one in large), default=0.0)
    return [
        _none("hidden cells exactly recoverable", exact, tries),
        _none("small counts told too nearly", len(told), tries),
        *_beside_fewest(small[::EVERY]),
        *_beside_peer(large),
        Figure(
            "slowest table of 58 x 12, CPU", slowest, "s", target=f"<= {MOST_SECONDS:g}",
            met=slowest <= MOST_SECONDS, tries=len(large),
        ),
    ]  # fmt: skip


def _none(name: str, cells: int, tries: int) -> Figure:
    return Figure(name, cells, "cells", target="0", met=not cells, tries=tries)


def _tried(number: int, tries: int) -> Tried:
    is_large = number < max(1, round(tries * LARGE_SHARE))
    rows, columns = LARGE if is_large else (2 + number % 11, 2 + number % 5)
    typical = (8, 20, 60)[number % 3]
    has_regions = not is_large and number % 2 == 0
    linked = drawn(number, rows=rows, columns=columns, typical=typical, has_regions=has_regions)
    began = time.process_time()
    return Tried(linked, suppressed(linked, RULE), time.process_time() - began)


def _beside_fewest(tried: list[Tried]) -> Iterator[Figure]:
    """Yield how much more is hidden than has to be, over all and in the worst table."""
    pairs = []
    for one in tried:
        try:
            pairs.append((len(one.hidden), fewest_hidden(one.linked, RULE).hidden))
        except NotSolved:
            continue
    if not pairs:
        return
    ours, fewest = (sum(each) for each in zip(*pairs, strict=True))
    worst = max((mine / least for mine, least in pairs if least), default=1.0)
    ratio = ours / max(fewest, 1)
    yield Figure(
        "hidden cells of small tables", ours, "cells", "fewest possible", fewest, ratio,
        f"<= {MOST_OF_FEWEST:g} times", met=ratio <= MOST_OF_FEWEST, tries=len(pairs),
    )  # fmt: skip
    yield Figure(
        "hidden cells, worst small table beside its fewest", worst, "times", tries=len(pairs)
    )


def _beside_peer(tried: list[Tried]) -> Iterator[Figure]:
    """Yield how many cells are hidden beside what the tool of official statistics hides."""
    if find_spec(PEER) is None:
        yield Figure(f"compared with {PEER} (not installed)", 0, "times")
        return
    from tejido.disclosure.peer import hidden_by_peer  # noqa: PLC0415 - where it is installed

    with tempfile.TemporaryDirectory() as folder:
        theirs = sum(hidden_by_peer(one.linked, RULE, folder=folder) for one in tried)
    ours = sum(len(one.hidden) for one in tried)
    ratio, peer = ours / max(theirs, 1), f"{PEER} {version(PEER)}"
    yield Figure(
        "hidden cells of tables of 58 x 12", ours, "cells", peer, theirs, ratio,
        f"<= {MOST_OF_PEER:g} times", met=ratio <= MOST_OF_PEER, tries=len(tried),
    )  # fmt: skip


PROMISES = {"tables": promise_tables}
