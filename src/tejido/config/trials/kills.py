"""`promises --only kills`: what was acknowledged is there after the server or database was killed.

Kill -9 takes everything from a process and nothing from the machine: what the database handed to
the system is written yet. A power cut is tried elsewhere (`power_cuts.py`).
"""

import random
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.utils.translation import gettext_noop

from tejido.config.benches.invented import publish
from tejido.config.trials.neighbours import Neighbours, listings_at
from tejido.config.trials.postgres import KillableDatabase, a_database
from tejido.config.trials.site import Site, embedded_site, postgres_site
from tejido.foundation.bench import Figure

KILLS, LISTINGS = 100, 200
LONGEST_S = 0.6
KEPT = "SELECT id FROM directory_suggestion"
SQLITE, POSTGRES, DATABASE = "SQLite", "PostgreSQL", "the database itself"
LOST = {
    SQLITE: gettext_noop("acknowledged writes lost, server killed, SQLite"),
    POSTGRES: gettext_noop("acknowledged writes lost, server killed, PostgreSQL"),
    DATABASE: gettext_noop("acknowledged writes lost, database killed, PostgreSQL"),
}
THANKED = {
    SQLITE: gettext_noop("acknowledged writes, server killed, SQLite"),
    POSTGRES: gettext_noop("acknowledged writes, server killed, PostgreSQL"),
    DATABASE: gettext_noop("acknowledged writes, database killed, PostgreSQL"),
}


@dataclass
class Tally:
    """What happened in all tries together."""

    kills: int = 0
    thanked: int = 0
    lost: int = 0
    damaged: int = 0


def promise_kills(*, tries: int = KILLS) -> list[Figure]:
    """Kill server and database while people report, and count what they were thanked for."""
    figures = []
    with embedded_site(_publish) as site:
        figures += _told(SQLITE, _servers_killed(site, tries))
    with a_database() as database:
        if database is None:
            return figures
        with postgres_site(database, _publish) as site:
            figures += _told(POSTGRES, _servers_killed(site, tries))
            figures += _told(DATABASE, _databases_killed(site, database, tries))
    return figures


def _servers_killed(site: Site, tries: int) -> Tally:
    tally = Tally()
    for _ in range(tries):
        site.start()
        people = Neighbours(site.port, listings_at(site.port))
        with people.reporting():
            _wait(people)
            site.kill()
        _count(site, people, tally)
    return tally


def _databases_killed(site: Site, database: KillableDatabase, tries: int) -> Tally:
    """Kill the database under a server that goes on, and look whether it finds it again."""
    tally = Tally()
    site.start()
    listings = listings_at(site.port)
    for _ in range(tries):
        people = Neighbours(site.port, listings)
        with people.reporting():
            _wait(people)
            database.kill()
            database.start()
            people.wait_for_another()
        _count(site, people, tally)
    site.kill()
    return tally


def _count(site: Site, people: Neighbours, tally: Tally) -> None:
    kept = {UUID(str(row[0])) for row in site.ask(KEPT)}
    tally.kills += 1
    tally.thanked += len(people.thanked)
    tally.lost += len(set(people.thanked) - kept)
    tally.damaged += not _is_whole(site)
    # No more than so many are kept of one day.
    site.ask("DELETE FROM directory_suggestion")


def _is_whole(site: Site) -> bool:
    return site.settings.get("DATABASE_URL") != "" or site.ask("PRAGMA integrity_check") == [
        ("ok",)
    ]


def _told(name: str, tally: Tally) -> list[Figure]:
    met = not tally.lost and not tally.damaged and tally.thanked > 0
    return [
        Figure(LOST[name], tally.lost, "", target="0", met=met, tries=tally.kills),
        Figure(THANKED[name], tally.thanked, ""),
    ]  # fmt: skip


def _publish(site: Site) -> None:
    publish(site.folder, rows=LISTINGS, at=datetime.now(UTC))


def _wait(people: Neighbours) -> None:
    """Wait until a server that has just started answers, and for a moment that nobody chose."""
    people.wait_for_another()
    time.sleep(random.uniform(0, LONGEST_S))  # noqa: S311  (no secret)
