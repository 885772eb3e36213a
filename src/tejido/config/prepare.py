"""Makes the database what the code expects: tables, then each area's reference data."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from tejido.config.fingerprints import fingerprint

Report = Callable[[str], None]


def prepare(*, report: Report) -> None:
    """Make tables and load reference data; at once when the embedded database already has both.

    Safe to repeat. On PostgreSQL the tables are made as the role of DATABASE_OWNER_URL.
    """
    wanted = _fingerprint()
    if settings.EMBEDDED and _prepared_for() == wanted:
        return
    report(_("Making the tables"))
    call_command("migrate", verbosity=0)
    for area, reference in area_modules("reference"):
        report(_("Loading what %(area)s starts from") % {"area": area})
        reference.load_reference(report=report)
    if settings.EMBEDDED:
        _remember(wanted)


def migrations_waiting() -> int:
    """Return how many changes of tables wait; it asks the database, which must be there."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def is_prepared() -> bool:
    """Tell whether the database is there and has the tables of this Tejido."""
    is_there = not settings.EMBEDDED or Path(connection.settings_dict["NAME"]).exists()
    return is_there and not migrations_waiting()


def area_modules(name: str) -> Iterator[tuple[str, ModuleType]]:
    """Yield each area's module of that name, from the ground up, where an area has one."""
    for area in settings.AREAS:
        path = f"tejido.{area}.{name}"
        if find_spec(path):
            yield area, import_module(path)


@contextmanager
def as_owner() -> Iterator[None]:
    """Let the default connection be the owner of the tables, where that is another role."""
    owner = settings.OWNER_DATABASE
    if not owner:
        yield
        return
    usual = dict(connection.settings_dict)
    _connect_as(owner)
    try:
        yield
    finally:
        _connect_as(usual)


def _connect_as(database: dict[str, object]) -> None:
    connection.close()
    for key in ("USER", "PASSWORD", "HOST", "PORT", "OPTIONS"):
        connection.settings_dict[key] = database.get(key) or ({} if key == "OPTIONS" else "")


def _fingerprint() -> int:
    """Return a number that changes with anything that `prepare` would do."""
    made_from = fingerprint("*/migrations/*.py", "*/reference.py", "*/reference/**/*")
    return int(made_from[:8], 16) >> 1


def _prepared_for() -> int:
    if not Path(connection.settings_dict["NAME"]).exists():
        return 0
    with connection.cursor() as cursor:
        return int(cursor.execute("PRAGMA user_version").fetchone()[0])


def _remember(number: int) -> None:
    # Kept inside the file, so that a restored or copied database brings its own answer along.
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA user_version = {number:d}")
