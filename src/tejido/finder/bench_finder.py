"""`bench finder`: how fast the finder answers, and whether it answers right.

The finder and its peers take turns, some questions each, in an order drawn anew each time, so that
none has a better moment than the others; CPU time beside brute force, the clock beside PostGIS.
"""

import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from django.conf import settings
from django.test.utils import override_settings

from tejido.directory.domain.patterns import horizon_at
from tejido.directory.domain.public import PublicListing
from tejido.finder.bench_postgis import INSTALL, PostGis, postgis
from tejido.finder.brute_force import BruteForce, brute_force
from tejido.finder.domain.answer import Question, Where
from tejido.finder.domain.lexicon import WRITTEN, lexicon_of
from tejido.finder.domain.rows import row_of
from tejido.finder.queries.search import find_services
from tejido.finder.queries.snapshot import current_snapshot
from tejido.finder.queries.understanding import Sought, sought
from tejido.finder.services.build import Content, build_from
from tejido.finder.synthetic import AT, CLUSTERS, Synthetic
from tejido.foundation.bench import Figure

ROWS = 100_000
QUESTIONS, ROUNDS, RUN = 240, 3, 40
# PostgreSQL needs many minutes to load and index more.
MOST_IN_POSTGIS = 100_000
ASKED = {
    "English": ["naloxone", "syringe exchange", "wound care", "shelter", "hiv testing", "food"],
    "Spanish": ["jeringas", "naloxona", "comida", "prueba de hepatitis c", "refugio", "metadona"],
    "synonym": ["narcan", "clean needles", "agujas limpias", "suboxone", "hep c", "rigs"],
    "mistyped": ["naloxoen", "syringge", "metadnoa", "hepatitus", "sheltrr", "bupernorphine"],
    "with a town": ["hepatitis c test oakland", "syringe exchange fresno",
                    "wound care los angeles", "naloxone sacramento"],
    "near me": [""],
}  # fmt: skip
# The most that each may be for so many rows; elsewhere there is nothing to hold a figure against.
TARGETS: dict[int, dict[str, float]] = {
    10_000: {"p99": 15.0},
    100_000: {"p50": 3.0, "p99": 35.0, "build": 15.0},
    1_000_000: {"p99": 110.0},
}
LEAST_AGREEMENT, TIMES_FASTER = 0.99, 3.0
SHARES = (("p50", 50), ("p99", 99))
FINDER, BRUTE_FORCE, POSTGIS = "finder", "brute force", "PostgreSQL + PostGIS"
BEST_PLAN = f"{POSTGIS}, each time the faster of its plans"


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds on the clock, and of this process's own CPU."""

    wall: float
    cpu: float


@dataclass(frozen=True, slots=True)
class Case:
    """A question, and what it `meant`: with closed places where nothing near is known open."""

    kind: str
    question: Question
    meant: Question
    sought: Sought
    on: date


@dataclass
class Measured:
    """How long each arm took for each question, and the numbers of the listings it found."""

    took: dict[str, list[Took]] = field(default_factory=dict)
    found: dict[str, list[list[int]]] = field(default_factory=dict)
    kinds: list[str] = field(default_factory=list)
    server_cpu: float = 0.0

    def milliseconds(self, arm: str) -> list[float]:
        """Return the wall times of an arm."""
        return [1_000 * took.wall for took in self.took[arm]]

    def own_milliseconds(self, arm: str) -> list[float]:
        """Return the CPU times of an arm in this process."""
        return [1_000 * took.cpu for took in self.took[arm]]


Ask = Callable[[Case], list[int]]


@dataclass
class Generated:
    """Listings passed on, and the time that inventing them took."""

    made: Synthetic
    wall: float = 0.0
    cpu: float = 0.0

    def __iter__(self) -> Iterator[PublicListing]:
        """Yield the listings."""
        source = self.made.listings()
        while True:
            took, listing = _timed(next, source, None)
            self.wall, self.cpu = self.wall + took.wall, self.cpu + took.cpu
            if listing is None:
                return
            yield listing


def bench_finder(*, rows: int = ROWS, with_postgis: bool = True) -> list[Figure]:
    """Measure search and build on an invented directory, against its peers in the same run.

    Args:
        rows: listings; there are targets for 10,000, 100,000 and 1,000,000.
        with_postgis: compare with PostgreSQL and PostGIS too, where they are installed.

    Returns:
        CPU time of a search (p50, p99, all kinds mixed) beside brute force, wall time beside
        PostGIS, build time without inventing the listings, size, and shares of the same results.
    """
    made = Synthetic(rows)
    targets = TARGETS.get(rows, {})
    with tempfile.TemporaryDirectory() as folder, override_settings(SNAPSHOTS=Path(folder)):
        built, size = _build(made, Path(folder))
        peer = brute_force(made.listings(), lexicon_of(made.concepts, WRITTEN), horizon_at(AT))
        rounds = _rounds(made, peer)
        measured = _measured(rounds, {BRUTE_FORCE: partial(_ask_brute_force, peer)})
        bodies = map(row_of, made.listings())
        is_compared = with_postgis and rows <= MOST_IN_POSTGIS
        with postgis(peer, bodies, _meant(rounds) if is_compared else ()) as plans:
            beside = _beside_postgis(rounds, plans)
    beside.found[BRUTE_FORCE] = measured.found[BRUTE_FORCE]
    return [
        *_cpu(measured, targets),
        *_wall(beside, plans, is_held=rows == ROWS),
        *_peer(beside, plans),
        _held("build, CPU", built.cpu, "s", targets.get("build")),
        Figure("build, wall", built.wall, "s"),
        Figure("snapshot", size / 1e6, "MB"),
        _agreement(measured, FINDER, about="agreement with brute force"),
        Figure("load average of the machine over a minute", os.getloadavg()[0], ""),
    ]


def _build(made: Synthetic, folder: Path) -> tuple[Took, int]:
    source = Generated(made)
    content = Content(listings=source, concepts=made.concepts, places=made.places())
    began, began_cpu = time.perf_counter(), time.process_time()
    file = build_from(content, folder=folder, at=AT, report=lambda _: None)
    wall, cpu = time.perf_counter() - began, time.process_time() - began_cpu
    return Took(wall - source.wall, cpu - source.cpu), file.stat().st_size


def _rounds(made: Synthetic, peer: BruteForce) -> list[list[Case]]:
    """Return the questions of each round, at another second each, so that nothing is at hand."""
    cases = [_case(kind, question, peer) for kind, question in _questions(made)]
    return [
        [_later(case, timedelta(seconds=number)) for case in cases] for number in range(1 + ROUNDS)
    ]


def _questions(made: Synthetic) -> Iterator[tuple[str, Question]]:
    draw = random.Random(11)  # noqa: S311 - not a secret
    kinds = list(ASKED)
    for number in range(QUESTIONS):
        kind = kinds[number % len(kinds)]
        words = ASKED[kind][number // len(kinds) % len(ASKED[kind])]
        cluster = draw.choices(range(CLUSTERS), made.shares)[0]
        latitude, longitude = made.centres[cluster]
        at = AT + timedelta(minutes=draw.randrange(30 * 24 * 60))
        where = Where(latitude + draw.gauss(0, 0.15), longitude + draw.gauss(0, 0.15), "here")
        is_open = number // len(kinds) % 2 == 0
        yield kind, Question(at=at, words=words, where=where, only_open=is_open)


def _case(kind: str, question: Question, peer: BruteForce) -> Case:
    on = question.at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    looked_for = sought(question, current_snapshot())
    meant = peer.meant(question, looked_for.kinds, on=on, people=looked_for.people)
    return Case(kind, question, meant, looked_for, on)


def _later(case: Case, by: timedelta) -> Case:
    question, meant = (replace(each, at=each.at + by) for each in (case.question, case.meant))
    return replace(case, question=question, meant=meant)


def _meant(rounds: list[list[Case]]) -> list[Question]:
    return [case.meant for case in chain.from_iterable(rounds)]


def _beside_postgis(rounds: list[list[Case]], plans: Sequence[PostGis]) -> Measured:
    began = plans[0].server_seconds() if plans else 0.0
    measured = _measured(rounds, {plan.name: partial(_ask_postgis, plan) for plan in plans})
    measured.server_cpu = plans[0].server_seconds() - began if plans else 0.0
    return measured


def _measured(rounds: list[list[Case]], peers: Mapping[str, Ask]) -> Measured:
    """Ask every arm everything: a first round for what it finds, the others for how long."""
    draw = random.Random(12)  # noqa: S311 - not a secret
    first, others = rounds[0], list(chain.from_iterable(rounds[1:]))
    arms = {FINDER: _ask_finder, **peers}
    found = {name: [ask(case) for case in first] for name, ask in arms.items()}
    measured = Measured({name: [] for name in arms}, found, [case.kind for case in others])
    for start in range(0, len(others), RUN):
        for name in draw.sample(list(arms), len(arms)):
            run = others[start : start + RUN]
            measured.took[name] += [_timed(arms[name], case)[0] for case in run]
    return measured


def _ask_finder(case: Case) -> list[int]:
    return [hit.listing.id.int - 1 for hit in find_services(case.question).hits]


def _ask_postgis(plan: PostGis, case: Case) -> list[int]:
    listings, _total = plan.answer(case.question, case.meant, case.sought, on=case.on)
    return [listing.id.int - 1 for listing in listings]


def _ask_brute_force(peer: BruteForce, case: Case) -> list[int]:
    looked_for = case.sought
    return peer.best(case.question, looked_for.kinds, on=case.on, people=looked_for.people)


def _timed(work: Callable[..., Any], *given: Any) -> tuple[Took, Any]:
    began, began_cpu = time.perf_counter(), time.process_time()
    answer = work(*given)
    return Took(time.perf_counter() - began, time.process_time() - began_cpu), answer


def _cpu(measured: Measured, targets: Mapping[str, float]) -> Iterator[Figure]:
    ours, theirs = map(measured.own_milliseconds, (FINDER, BRUTE_FORCE))
    for name, share in SHARES:
        value, peer_value = (float(np.percentile(each, share)) for each in (ours, theirs))
        held = _held(f"search {name}, CPU", value, "ms", targets.get(name))
        yield replace(held, peer=BRUTE_FORCE, peer_value=peer_value, ratio=value / peer_value)
    for kind in ASKED:
        of_kind = [each for each, asked in zip(ours, measured.kinds, strict=True) if asked == kind]
        yield Figure(f"search p50, CPU, {kind}", float(np.median(of_kind)), "ms")


def _wall(measured: Measured, plans: Sequence[PostGis], *, is_held: bool) -> Iterator[Figure]:
    theirs = [measured.milliseconds(plan.name) for plan in plans]
    for name, share in SHARES:
        value = float(np.percentile(measured.milliseconds(FINDER), share))
        figure = Figure(f"search {name}, wall", value, "ms")
        if theirs:
            peer_value = float(np.percentile(np.min(theirs, axis=0), share))
            ratio = value / peer_value
            figure = replace(figure, peer=BEST_PLAN, peer_value=peer_value, ratio=ratio)
            if is_held and name == "p99":
                target = f"{TIMES_FASTER:g} times faster"
                figure = replace(figure, target=target, met=ratio <= 1 / TIMES_FASTER)
        yield figure


def _peer(measured: Measured, plans: Sequence[PostGis]) -> Iterator[Figure]:
    """Yield what the peer found and what it cost, or that it was absent."""
    if not plans:
        why = f"at most {MOST_IN_POSTGIS:,} rows, with: {INSTALL}"
        yield Figure(f"compared with {POSTGIS} ({why})", 0, "times")
        return
    for plan in plans:
        for name, share in SHARES:
            value = float(np.percentile(measured.milliseconds(plan.name), share))
            yield Figure(f"{plan.name}, {name}, wall", value, "ms")
        client = float(np.median(measured.own_milliseconds(plan.name)))
        yield Figure(f"{plan.name}, p50, CPU of its client", client, "ms")
        yield _agreement(measured, plan.name, about=f"{plan.name}, agreement with brute force")
    mean = 1_000 * measured.server_cpu / (len(plans) * len(measured.kinds))
    yield Figure(f"{plans[0].versions}, mean, CPU of its server", mean, "ms")


def _agreement(measured: Measured, arm: str, *, about: str) -> Figure:
    """Return the mean share of the same listings among the results of brute force."""
    pairs = zip(measured.found[arm], measured.found[BRUTE_FORCE], strict=True)
    value = float(np.mean([_shared(found, expected) for found, expected in pairs]))
    target = f">= {LEAST_AGREEMENT:g}"
    return Figure(about, value, "share", target=target, met=value >= LEAST_AGREEMENT)


def _shared(found: list[int], expected: list[int]) -> float:
    if not expected and not found:
        return 1.0
    return len(set(expected) & set(found)) / max(len(expected), len(found))


def _held(name: str, value: float, unit: str, most: float | None) -> Figure:
    if most is None:
        return Figure(name, value, unit)
    return Figure(name, value, unit, target=f"<= {most:g}", met=value <= most)
