"""`bench due`: how long the list of what is due takes over many listings."""

import json
import random
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from tejido.directory.bench_import import Scratch
from tejido.foundation.bench import Figure

ROWS = 50_000
# Two and a half listings a program; a team with 40 hours a week.
LISTINGS_A_PROGRAM, WEEK = 2.5, 2_400
DAY, AT = date(2026, 11, 21), datetime(2026, 11, 21, 20, tzinfo=UTC)
LIMIT_S = 1.0
RUNS = 5


def bench_due(*, rows: int = ROWS) -> list[Figure]:
    """Measure the plan over so many listings of harm reduction in an empty embedded database.

    Most of them are due: each part was confirmed on a random day of the last 500, and nobody
    ever confirmed one in ten. The limit is for 50,000 listings.
    """
    with TemporaryDirectory() as name:
        scratch, told = Scratch(Path(name)), Path(name) / "told.json"
        scratch.run("migrate")
        call = f"from tejido.directory.bench_due import measure; measure({rows}, {str(told)!r})"
        scratch.run("shell", "-c", call)
        seconds = json.loads(told.read_text(encoding="utf-8"))
    figures = []
    for kind in ("wall", "cpu"):
        best = min(seconds[kind])
        is_held = rows == ROWS
        figures.append(
            Figure(
                f"what is due of {rows:,} listings, {kind}, best of {RUNS}",
                round(best, 3),
                "s",
                target=f"<= {LIMIT_S:g}" if is_held else "",
                met=best <= LIMIT_S if is_held else None,
            )
        )
    return figures


def measure(rows: int, told: str) -> None:
    """Fill the database of this process, ask for the plan, and write seconds to a file."""
    from tejido.directory.queries.due import due_plan  # noqa: PLC0415 - needs Django

    fill(rows)
    seconds: dict[str, list[float]] = {"wall": [], "cpu": []}
    for _ in range(RUNS):
        wall, cpu = time.perf_counter(), time.process_time()
        due_plan(today=DAY)
        seconds["wall"].append(time.perf_counter() - wall)
        seconds["cpu"].append(time.process_time() - cpu)
    Path(told).write_text(json.dumps(seconds), encoding="utf-8")


def fill(rows: int) -> None:
    """Store so many listings of harm reduction without places, with their due parts."""
    from tejido.directory import models  # noqa: PLC0415 - needs Django
    from tejido.directory.services.acts import COMMAND  # noqa: PLC0415
    from tejido.directory.services.clocks import set_pace  # noqa: PLC0415
    from tejido.foundation.inserting import insert_rows  # noqa: PLC0415

    draw = random.Random(5)  # noqa: S311 - no secret
    stamps = {"created_at": AT, "updated_at": AT}
    source = models.Source.objects.create(key="invented", name="Invented", **stamps)

    def an_id() -> UUID:
        return UUID(int=draw.getrandbits(128))

    programs = [
        models.Organization(id=an_id(), name=f"Program {number}", source=source, **stamps)
        for number in range(max(1, int(rows / LISTINGS_A_PROGRAM)))
    ]
    listings = [
        models.Service(
            id=an_id(),
            organization=draw.choice(programs),
            name=f"Service {number}",
            status="active",
            tier="core",
            mode="fixed",
            source=source,
            **stamps,
        )
        for number in range(rows)
    ]
    insert_rows(models.Organization, programs)
    insert_rows(models.Service, listings)
    insert_rows(
        models.LastConfirmed,
        [
            models.LastConfirmed(
                listing_id=listing.id,
                organization_id=listing.organization_id,
                clock=clock,
                since=DAY - timedelta(days=draw.randrange(500)),
                is_confirmed=draw.random() < 0.9,
            )
            for listing in listings
            for clock in (1, 5, 9, 13, 17)
        ],
    )
    set_pace(minutes_a_sheet=15, minutes_a_week=WEEK, actor=COMMAND, at=AT)
