"""An invented directory of any size for `bench finder`: the same for the same size and seed.

Made as in the measurements that set our targets: Zipf words from a vocabulary of 30,000, 120
clusters of places, 3,000 distinct opening patterns, one to four needs a listing.
"""

import random
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

import numpy as np

from tejido.directory.domain.concepts import Concept, FormKind
from tejido.directory.domain.needs import read_needs
from tejido.directory.domain.public import VERSION, PublicListing, PublicPoint, PublicText
from tejido.directory.domain.schedule import Rule
from tejido.directory.domain.vocabulary import ConfirmedBy, Fact, Mode, Precision, Tier
from tejido.directory.services.concepts import NEEDS_FILE
from tejido.geography.domain.places import Place, PlaceKind

AT = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
VOCABULARY, CLUSTERS, PATTERNS, PLACES = 30_000, 120, 3_000, 4_270
SEED = 7
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_TOWNS = """oakland,fresno,los angeles,san diego,san jose,sacramento,bakersfield,eureka,redding,
stockton,salinas,riverside,san bernardino,chico,ukiah,modesto,visalia,santa cruz,ventura,merced"""
CITIES = _TOWNS.replace("\n", "").split(",")


def bench_concepts() -> tuple[Concept, ...]:
    """Return the needs of the product, read from their file."""
    concepts, _ = read_needs(tomllib.loads(NEEDS_FILE.read_text())["need"])
    return concepts


@dataclass(frozen=True)
class Synthetic:
    """A directory of `rows` listings.

    Attributes:
        rows: how many listings.
        concepts: needs that listings offer.
        seed: another seed is another directory.
    """

    rows: int
    concepts: tuple[Concept, ...] = field(default_factory=bench_concepts)
    seed: int = SEED

    @cached_property
    def vocabulary(self) -> list[str]:
        """Invented words, the most frequent first."""
        draw = random.Random(self.seed)  # noqa: S311 - not a secret
        words: set[str] = set()
        while len(words) < VOCABULARY:
            pairs = (
                draw.choice("bcdfglmnprstv") + draw.choice("aeiou")
                for _ in range(draw.choice((2, 2, 3, 3, 4)))
            )
            words.add("".join(pairs) + draw.choice(("", "s", "n", "r", "l")))
        ordered = sorted(words)
        draw.shuffle(ordered)
        return ordered

    @cached_property
    def centres(self) -> Any:
        """Latitude and longitude of each cluster, the largest cluster first."""
        draw = np.random.default_rng(self.seed + 1)
        return np.c_[draw.uniform(32.6, 41.8, CLUSTERS), draw.uniform(-124, -115.5, CLUSTERS)]

    @cached_property
    def shares(self) -> Any:
        """How much of the directory lies in each cluster."""
        weights = 1 / np.arange(1, CLUSTERS + 1)
        return weights / weights.sum()

    @cached_property
    def patterns(self) -> list[tuple[Rule, ...]]:
        """Opening patterns, the most frequent first."""
        draw = random.Random(self.seed + 2)  # noqa: S311 - not a secret
        return [_pattern(draw) for _ in range(PATTERNS)]

    def places(self) -> tuple[Place, ...]:
        """Return as many counties, ZIP codes and towns as California has, spread over it."""
        draw = random.Random(13)  # noqa: S311 - not a secret
        kinds = [PlaceKind.COUNTY] * 58 + [PlaceKind.ZIP] * 1_760
        kinds += [PlaceKind.TOWN] * (PLACES - len(kinds))
        return tuple(self._place(kind, number, draw) for number, kind in enumerate(kinds))

    def _place(self, kind: PlaceKind, number: int, draw: random.Random) -> Place:
        name = str(90_000 + number) if kind is PlaceKind.ZIP else self.vocabulary[number].title()
        at = (round(draw.uniform(32.6, 41.9), 4), round(draw.uniform(-124, -114.5), 4))
        fips = f"06{1 + 2 * draw.randrange(58):03}"
        return Place(kind, name, fips, *at, approximate=True, weight=draw.randrange(60))

    def listings(self) -> Iterator[PublicListing]:
        """Yield the listings in order."""
        labels = [_labels(concept) for concept in self.concepts]
        for row in _Columns(self).rows():
            yield self._listing(row, labels)

    def _listing(self, row: dict[str, Any], labels: list[tuple[str, str]]) -> PublicListing:
        words = self.vocabulary
        offered = row["concepts"]
        english, spanish = labels[offered[0]]
        city = CITIES[row["cluster"] % len(CITIES)]
        name = " ".join((*(words[each] for each in row["name"]), english))
        body = " ".join((*(words[each] for each in row["body"]), city, english, spanish))
        number = row["number"]
        return PublicListing(
            version=VERSION,
            id=UUID(int=number),
            service_id=UUID(int=number),
            organization=words[row["name"][0]],
            tier=Tier.CORE if row["core"] else Tier.CONTEXT,
            mode=Mode.MOBILE if row["mobile"] else Mode.FIXED,
            texts=(PublicText("en", name, body, "", "", {"name": "source"}),),
            needs=tuple(self.concepts[each].id for each in offered),
            keywords=(),
            point=PublicPoint(row["latitude"], row["longitude"], Precision.EXACT),
            address_lines=(f"{number} Main Street",),
            city=city,
            postal_code="",
            reach=(),
            phones=(),
            url="",
            languages=("en", "es")[: 1 + row["spanish"]],
            facts={Fact.NO_ID: bool(row["no_id"])},
            rules=self.patterns[row["pattern"]],
            exceptions=(),
            timezone="America/Los_Angeles",
            hours_known=True,
            hours_text="",
            temporarily_closed=False,
            confirmed_on=AT.date() - timedelta(days=row["age"]),
            confirmed_by=ConfirmedBy.SOURCE,
            hours_hold_days=30 if row["mobile"] else 90,
            source="synthetic",
            is_invented=True,
        )


class _Columns:
    """The random columns of a directory, drawn at once."""

    def __init__(self, made: Synthetic) -> None:
        draw = np.random.default_rng(made.seed)
        count = made.rows
        zipf = 1 / np.arange(1, VOCABULARY + 1) ** 1.05
        zipf /= zipf.sum()
        popular = 1 / np.arange(1, len(made.concepts) + 1) ** 0.6
        cluster = draw.choice(CLUSTERS, count, p=made.shares)
        spread = np.where(draw.random(count) < 0.8, 0.12, 0.6)
        self._columns: dict[str, list[Any]] = {
            "number": list(range(1, count + 1)),
            "cluster": cluster.tolist(),
            "latitude": _around(made.centres[cluster, 0], spread, draw),
            "longitude": _around(made.centres[cluster, 1], spread, draw),
            "pattern": np.minimum(draw.pareto(0.7, count) * 8, PATTERNS - 1).astype(int).tolist(),
            "core": (draw.random(count) < 0.2).tolist(),
            "mobile": (draw.random(count) < 0.1).tolist(),
            "spanish": (draw.random(count) < 0.35).astype(int).tolist(),
            "no_id": (draw.random(count) < 0.6).tolist(),
            "age": draw.integers(0, 120, count).tolist(),
            "how_many": draw.integers(1, 5, count).tolist(),
            "length": draw.integers(15, 41, count).tolist(),
        }
        self._concepts = draw.choice(len(popular), (count, 4), p=popular / popular.sum())
        self._names = draw.choice(VOCABULARY, (count, 2), p=zipf)
        self._bodies = draw.choice(VOCABULARY, (count, 40), p=zipf).astype(np.int32)

    def rows(self) -> Iterator[dict[str, Any]]:
        """Yield one row after the other."""
        for at, values in enumerate(zip(*self._columns.values(), strict=True)):
            row = dict(zip(self._columns, values, strict=True))
            row["concepts"] = list(dict.fromkeys(self._concepts[at, : row["how_many"]].tolist()))
            row["name"] = self._names[at].tolist()
            row["body"] = self._bodies[at, : row["length"]].tolist()
            yield row


def _around(centre: Any, spread: Any, draw: Any) -> list[float]:
    around: list[float] = (centre + draw.normal(0, 1, len(centre)) * spread).tolist()
    return around


def _labels(concept: Concept) -> tuple[str, str]:
    labels = {form.language: form.text for form in concept.forms if form.kind is FormKind.LABEL}
    return labels["en"], labels["es"]


def _pattern(draw: random.Random) -> tuple[Rule, ...]:
    kind = draw.random()
    opens = draw.randrange(7 * 60, 11 * 60, 5)
    if kind < 0.02:
        return (_rule(_DAYS, 0, 0),)
    if kind < 0.55:
        return (_rule(_DAYS[:5], opens, opens + draw.randrange(240, 600, 15)),)
    if kind < 0.75:
        days = sorted(draw.sample(_DAYS, draw.choice((1, 2, 3))))
        return (_rule(days, opens, opens + draw.randrange(120, 300, 10)),)
    if kind < 0.85:
        return (_rule(_DAYS[:5], opens, 720), _rule(_DAYS[:5], 780, 1_020))
    if kind < 0.95:
        return (_rule(_DAYS[:6], opens + 600, opens + 900),)
    day = f"{draw.choice((1, 2, 3, 4, -1))}{draw.choice(_DAYS)}"
    return (_rule((day,), opens, opens + 180, freq="MONTHLY"),)


def _rule(days: Any, opens: int, closes: int, *, freq: str = "WEEKLY") -> Rule:
    return Rule(
        freq=freq,
        byday=tuple(days),
        opens_at=_clock(opens),
        closes_at=_clock(closes),
        dtstart=date(2024, 1, 1),
    )


def _clock(minute: int) -> time:
    return time(minute // 60 % 24, minute % 60)
