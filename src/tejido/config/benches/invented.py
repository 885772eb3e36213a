"""An invented directory behind the real server, and what people ask it."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from tejido.directory.domain.patterns import horizon_at
from tejido.directory.domain.public import PublicListing, PublicPhone
from tejido.directory.domain.vocabulary import Fact
from tejido.directory.services.feed import feed_draft
from tejido.finder.queries.lines import lines_to_call
from tejido.finder.services.build import Content, build_from
from tejido.finder.services.packs import Shelf, publish_packs
from tejido.finder.synthetic import AT, CITIES, CLUSTERS, Synthetic
from tejido.finder.web.tiles import TILES
from tejido.geography.domain.places import Place, PlaceKind

# California has about so many counties, ZIP codes, and towns.
COUNTIES, ZIPS, TOWNS = 58, 1_760, 2_450
FIRST_ZIP = 90_001
SEED = 17
TYPED = {
    "English": ("naloxone", "syringe exchange", "wound care", "shelter", "hiv testing", "food"),
    "Spanish": ("jeringas", "naloxona", "comida", "prueba de hepatitis c", "refugio", "metadona"),
    "slang": ("narcan", "clean needles", "agujas limpias", "suboxone", "hep c", "rigs"),
    "mistyped": ("naloxoen", "syringge", "metadnoa", "hepatitus", "sheltrr", "bupernorphine"),
    "with a town": ("hepatitis c test oakland", "syringe exchange fresno", "narcan sacramento"),
}


@dataclass(frozen=True, slots=True)
class Asking:
    """One search: `fields` as a form sends them, `by_post` or as a shared link, in a language."""

    fields: tuple[tuple[str, str], ...]
    by_post: bool
    language: str


def publish(folder: Path, *, rows: int, at: datetime, with_packs: bool = False) -> None:
    """Build the snapshot of an invented directory for the data folder of a server.

    As `finder.synthetic`, and what a card shows beside: phones, facts, how long ago somebody
    confirmed. Nothing is marked as invented, since search engines are kept from what is.

    Args:
        folder: the data folder.
        rows: listings.
        at: the instant of the build; ages count from it.
        with_packs: make what phones keep as well, which takes as long again.
    """
    made, finder = Synthetic(rows), folder / "finder"
    content = Content(_listings(made, at), made.concepts, tuple(_places(made)))
    shelf = Shelf(content.concepts, content.places, lines_to_call()) if with_packs else None
    build_from(content, folder=finder, at=at, report=_quiet, shelf=shelf)
    # Without a file for the HSDS API, `serve` would build both from its empty database.
    with feed_draft(folder=finder, at=at, concepts=(), places=()) as (_feed, put_in_use):
        put_in_use()
    if shelf:
        publish_packs(shelf, folder=finder, horizon=horizon_at(at), at=at, report=_quiet)


def _quiet(_line: str) -> None:
    """Say nothing."""


def _listings(made: Synthetic, at: datetime) -> Iterator[PublicListing]:
    draw, aged = random.Random(SEED), at.date() - AT.date()  # noqa: S311 - not a secret
    for each in made.listings():
        number = f"+1559555{each.id.int % 10_000:04}"
        yield replace(
            each,
            facts={fact: draw.random() < 0.7 for fact in Fact if draw.random() < 0.6},
            phones=(PublicPhone(number, "", "voice", ""),),
            confirmed_on=(each.confirmed_on or AT.date()) + aged,
            postal_code=str(FIRST_ZIP + draw.randrange(ZIPS)),
            is_invented=False,
        )


def _places(made: Synthetic) -> Iterator[Place]:
    """Yield places where the listings are; the first towns have names that people know."""
    draw = random.Random(SEED)  # noqa: S311 - not a secret
    names = (*(city.title() for city in CITIES), *(word.title() for word in made.vocabulary))
    for number in range(COUNTIES):
        yield _place(made, draw, PlaceKind.COUNTY, f"{names[-number - 1]} County")
    for number in range(ZIPS):
        yield _place(made, draw, PlaceKind.ZIP, str(FIRST_ZIP + number))
    for name in names[:TOWNS]:
        yield _place(made, draw, PlaceKind.TOWN, name)


def _place(made: Synthetic, draw: random.Random, kind: PlaceKind, name: str) -> Place:
    (cluster,) = draw.choices(range(CLUSTERS), made.shares)
    north, east = made.centres[cluster]
    at = float(north + draw.gauss(0, 0.1)), float(east + draw.gauss(0, 0.1))
    fips = f"06{1 + 2 * draw.randrange(COUNTIES):03}"
    return Place(kind, name, fips, *at, approximate=True, weight=draw.randrange(60))


def askings(count: int, *, on: date) -> list[Asking]:
    """Return so many searches: both languages, tiles, slang, slips of the keys, filters, towns.

    Args:
        count: how many.
        on: the local day; who asks for open places asks for an afternoon of the week after it,
            so that the hour of the run makes no difference.
    """
    draw = random.Random(SEED)  # noqa: S311 - not a secret
    return [
        Asking(
            fields=tuple(_fields(draw, on)),
            by_post=draw.random() < 2 / 3,
            language=draw.choice(("en", "es")),
        )
        for _ in range(count)
    ]


def _fields(draw: random.Random, on: date) -> Iterator[tuple[str, str]]:
    kind = draw.choice(("tile", "tile", *TYPED))
    if kind == "tile":
        yield "need", draw.choice(TILES)[0]
    else:
        yield "q", draw.choice(TYPED[kind])
    if kind != "with a town":
        known = (
            draw.choice(CITIES) if draw.random() < 0.3 else str(FIRST_ZIP + draw.randrange(ZIPS))
        )
        yield "place", known
    if draw.random() < 0.15:
        yield "open", "on"
        yield "day", (on + timedelta(days=draw.randint(1, 7))).isoformat()
        yield "hour", "14:00"
    if draw.random() < 0.15:
        yield "fact", "no-id"
