"""What every test may use: real public data where it is near, a data folder of its own."""

import gc
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.db import connection, connections
from django.db.backends.sqlite3.base import DatabaseOperations
from django.utils import translation
from whitenoise import WhiteNoise

from tejido.foundation.testing import examples

# How long an example takes says nothing on a busy machine.
hypothesis.settings.register_profile("tejido", deadline=None, max_examples=examples(100))
hypothesis.settings.load_profile("tejido")

ROOT = Path(__file__).resolve().parent
SHARED = ROOT.parent / "shared"
NO_SKIP = os.environ.get("TEJIDO_NO_SKIP") == "1"
# Commands speak the language of the machine; tests read English.
os.environ["LC_ALL"] = "C.UTF-8"


def absent(sentence: str) -> None:
    """Skip in plain sight, or fail where TEJIDO_NO_SKIP=1 forbids skipping."""
    if NO_SKIP:
        pytest.fail(sentence)
    pytest.skip(sentence)


def _shared_folder(name: str) -> Path:
    folder = SHARED / name
    if not folder.is_dir():
        absent(
            f"reads real public data: put it in ../shared/{name}, beside the repository "
            "(docs/sources.md says where it is published)"
        )
    return folder


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of real public data that stands beside the repository."""
    return _shared_folder("data")


@pytest.fixture(scope="session")
def shared_hsds() -> Path:
    """Return the folder of the official HSDS schemas that stands beside the repository."""
    return _shared_folder("hsds")


@pytest.fixture(autouse=True)
def own_data_folder(settings: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give each test a data folder that no other test and no person uses (made when used)."""
    folder = tmp_path_factory.getbasetemp() / f"data-{os.urandom(6).hex()}"
    settings.DATA = folder
    settings.SNAPSHOTS = folder / "finder"
    settings.KEYS = folder.with_name(f"{folder.name}-keys")
    return folder


@pytest.fixture(scope="session", autouse=True)
def static_files_looked_up_once() -> Iterator[None]:
    """Each client of a test makes all middleware anew: it took half the time of a request."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    look_up = WhiteNoise.update_files_dictionary

    def once(served: WhiteNoise, root: str, prefix: str) -> None:
        if (root, prefix) not in found:
            look_up(served, root, prefix)
            found[root, prefix] = dict(served.files)
        served.files.update(found[root, prefix])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoise, "update_files_dictionary", once)
        yield


@pytest.fixture(autouse=True)
def own_language() -> Iterator[None]:
    """Begin each test in English: a page in Spanish leaves its thread speaking Spanish."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave to the other run what is about the other database; neither run skips it.

    What is tried without any database is the same on both, and runs once, on SQLite.
    """
    other = "postgres" if settings.EMBEDDED else "embedded"
    left_out = [
        item
        for item in items
        if item.get_closest_marker(other) or (not settings.EMBEDDED and _needs_none(item))
    ]
    gone = set(left_out)
    items[:] = [item for item in items if item not in gone]
    config.hook.pytest_deselected(items=left_out)


def _needs_none(item: pytest.Item) -> bool:
    """Return whether a test reaches no database; pytest-django would not let it."""
    asks = {"db", "transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
    marked = [item.get_closest_marker(name) for name in ("django_db", "postgres")]
    area = item.path.relative_to(ROOT).parts[:3]
    # `config` starts commands, which open databases of their own.
    return not asks and not any(marked) and (area[0] == "tests" or area[2] != "config")


def pytest_collection_finish() -> None:
    """Look for garbage rarely, and not in what is loaded: it took a third of the time of a run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 30, 100)


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest, django_test_environment: None, django_db_blocker: Any
) -> Iterator[None]:
    """Make the test database; on PostgreSQL the owner makes it and the application uses it."""
    if settings.EMBEDDED:
        request.getfixturevalue("django_db_setup")
        yield
        return
    from test_database import test_database  # only there when PostgreSQL is

    worker = getattr(request.config, "workerinput", {}).get("workerid", "one")
    with django_db_blocker.unblock(), test_database(worker):
        django_db_blocker.block()
        yield
        django_db_blocker.unblock()


@pytest.fixture
def stopped(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, django_db_setup: None, django_db_blocker: Any
) -> Iterator[None]:
    """Make every connection lead to a database that is not there."""
    gone = str(tmp_path / "gone" / "tejido.sqlite3")
    connection = connections["default"]
    if connection.vendor == "postgresql":
        connection.close()
        monkeypatch.setitem(connection.settings_dict, "OPTIONS", {"host": gone})
    else:
        monkeypatch.setitem(connection.settings_dict, "NAME", gone)
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Let threads meet at a database as a server's do: SQLite in memory locks whole tables."""

    def keep(number: int) -> None:
        if connection.vendor != "sqlite":
            return
        file = tmp_path / f"{number}.sqlite3"
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(file)])
        # As a server finds it; two that open it first would fight over the change of mode.
        with closing(sqlite3.connect(file)) as once:
            once.execute("PRAGMA journal_mode=WAL")
        monkeypatch.setitem(connections.databases["default"], "NAME", str(file))

    return keep


@pytest.fixture(autouse=True, scope="session")
def tidying_between_tests() -> Iterator[None]:
    """Let tests that commit empty append-only tables on SQLite, which nobody else can."""
    emptied = DatabaseOperations.execute_sql_flush

    def without_triggers(operations: DatabaseOperations, statements: Any) -> None:
        with operations.connection.cursor() as cursor:
            cursor.execute(
                "SELECT name, sql FROM sqlite_master"
                " WHERE type = 'trigger' AND name LIKE 'append_only_%'"
            )
            triggers = cursor.fetchall()
            for name, _ in triggers:
                cursor.execute(f'DROP TRIGGER "{name}"')
            emptied(operations, statements)
            for _, made in triggers:
                cursor.execute(made)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(DatabaseOperations, "execute_sql_flush", without_triggers)
        yield
