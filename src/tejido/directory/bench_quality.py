"""How long the figures of the quality page take over a whole directory."""

import json
import random
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from tejido.directory.bench_due import AT, DAY, ROWS, RUNS, fill
from tejido.directory.bench_import import Scratch
from tejido.foundation.bench import Figure

# What the page of one table costs: its pictures and that table.
PICTURES, TABLES = "freshness, languages and places", ("counties", "organizations")
HOPED_S = 1.0
COUNTIES = tuple(f"06{number:03}" for number in range(1, 116, 2))


def bench_quality(*, rows: int = ROWS) -> list[Figure]:
    """Measure pictures, both tables and the page with each over so many listings.

    In an empty embedded database. What is hoped for is for 50,000 listings.

    Each has a place in one of 58 counties; four in five have a phone, hours, a need, a fact, a
    point. The database is that of `bench due`.
    """
    with TemporaryDirectory() as name:
        scratch, told = Scratch(Path(name)), Path(name) / "told.json"
        scratch.run("migrate")
        call = f"bench_quality.measure({rows}, {str(told)!r})"
        scratch.run("shell", "-c", f"from tejido.directory import bench_quality; {call}")
        seconds = json.loads(told.read_text(encoding="utf-8"))
    best = {
        (name, kind): min(runs) for name, kinds in seconds.items() for kind, runs in kinds.items()
    }
    parts = [_figure(name, kind, rows, one) for (name, kind), one in best.items()]
    pages = [
        _figure(f"the page by {table}", kind, rows, best[PICTURES, kind] + best[table, kind])
        for table in TABLES
        for kind in ("wall", "cpu")
    ]
    return [*parts, *(_hoped(page, is_held=rows == ROWS) for page in pages)]


def _figure(name: str, kind: str, rows: int, seconds: float) -> Figure:
    return Figure(f"{name} of {rows:,} listings, {kind}, best of {RUNS}", round(seconds, 3), "s")


def _hoped(figure: Figure, *, is_held: bool) -> Figure:
    """Return the figure beside what is hoped for, where it is of as many listings as that."""
    if not is_held:
        return figure
    return replace(figure, target=f"<= {HOPED_S:g}", met=figure.value <= HOPED_S)


def measure(rows: int, told: str) -> None:
    """Fill the database of this process, ask for the figures, and write seconds to a file."""
    from tejido.directory.domain.quality import By  # noqa: PLC0415 - needs Django
    from tejido.directory.domain.vocabulary import Tier  # noqa: PLC0415
    from tejido.directory.queries.quality import quality_of  # noqa: PLC0415
    from tejido.directory.queries.quality_groups import groups_of  # noqa: PLC0415

    fill(rows)
    _fill_places()
    asked: dict[str, Callable[[], Any]] = {
        PICTURES: lambda: quality_of(Tier.CORE, today=DAY),
    } | {
        table: partial(groups_of, by, Tier.CORE, today=DAY)
        for table, by in zip(TABLES, (By.COUNTY, By.ORGANIZATION), strict=True)
    }
    seconds = {name: _timed(ask) for name, ask in asked.items()}
    Path(told).write_text(json.dumps(seconds), encoding="utf-8")


def _timed(ask: Callable[[], Any]) -> dict[str, list[float]]:
    seconds: dict[str, list[float]] = {"wall": [], "cpu": []}
    for _ in range(RUNS):
        wall, cpu = time.perf_counter(), time.process_time()
        ask()
        seconds["wall"].append(time.perf_counter() - wall)
        seconds["cpu"].append(time.process_time() - cpu)
    return seconds


def _fill_places() -> None:
    from tejido.directory import models  # noqa: PLC0415 - needs Django
    from tejido.foundation.inserting import insert_rows  # noqa: PLC0415

    draw = random.Random(7)  # noqa: S311 - no secret
    stamps = {"created_at": AT, "updated_at": AT}
    source = models.Source.objects.get()
    made: dict[Any, list[Any]] = {}

    def add(model: Any, **values: Any) -> Any:
        row = model(id=UUID(int=draw.getrandbits(128)), **values, **stamps)
        made.setdefault(model, []).append(row)
        return row

    for service in models.Service.objects.order_by("id"):
        point = 37.0 if draw.random() < 0.8 else None
        location = add(
            models.Location,
            name="Place",
            source=source,
            latitude=point,
            longitude=point and -120.0,
            precision="exact",
            visibility="public",
        )
        add(
            models.ServiceAtLocation,
            service=service,
            location=location,
            source=source,
            visibility="public",
        )
        add(
            models.Address,
            location=location,
            city="Town",
            address_1="1 Main Street",
            county_fips=draw.choice(COUNTIES),
        )
        _add_details(models, add, service, draw)
    for model in (models.Location, models.Address, models.ServiceAtLocation, *made):
        insert_rows(model, made.pop(model, []))


def _add_details(models: Any, add: Any, service: Any, draw: random.Random) -> None:
    if draw.random() < 0.8:
        number = f"+1510555{draw.randrange(100, 200):04}"
        add(models.Phone, service=service, hsds_id=service.id, position=0, number=number)
    if draw.random() < 0.8:
        times = {"opens_at": "09:00", "closes_at": "17:00"}
        add(models.Schedule, service=service, freq="WEEKLY", byday="MO", **times)
    if draw.random() < 0.8:
        add(models.Attribute, service=service, label="need", term="naloxone")
        add(models.Attribute, service=service, label="fact", term="no-id", value="yes")
