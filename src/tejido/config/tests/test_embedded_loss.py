"""What happens when the embedded file is gone: nothing is made in its place unasked."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.db.backends.sqlite3.base import DatabaseWrapper

from tejido.config import demonstration
from tejido.config.embedded import is_lost, loss_told, open_only_what_is_there

AT = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)


@pytest.fixture
def file(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """Let the settings speak of a file in an empty folder, without connecting to it."""
    database = connections.settings["default"]
    before = database["NAME"]
    database["NAME"] = tmp_path / "a folder" / "tejido.sqlite3"
    settings.EMBEDDED = True
    settings.SNAPSHOTS = tmp_path / "finder"
    database["NAME"].parent.mkdir()
    yield database["NAME"]
    database["NAME"] = before


def connect() -> sqlite3.Connection:
    given = dict(connections.settings["default"])
    given |= {"ENGINE": "django.db.backends.sqlite3", "OPTIONS": {}}
    connection = DatabaseWrapper(given, "default")
    opened: sqlite3.Connection = connection.get_new_connection(connection.get_connection_params())
    return opened


def test_server_does_not_make_a_database_that_is_gone(file: Path) -> None:
    open_only_what_is_there()

    with pytest.raises(sqlite3.OperationalError, match="unable to open"):
        connect()

    assert list(file.parent.iterdir()) == []


def test_server_writes_to_the_database_that_is_there(file: Path) -> None:
    file.touch()
    open_only_what_is_there()

    with closing(connect()) as connection:
        connection.execute("CREATE TABLE first (row integer)")

    assert file.stat().st_size > 0


def test_folder_is_said_to_have_lost_its_database_only_if_it_had_one(
    file: Path, settings: Any
) -> None:
    assert not is_lost()

    settings.SNAPSHOTS.mkdir()
    assert is_lost()
    assert "no longer in" in loss_told()

    file.touch()
    assert not is_lost()


@pytest.mark.django_db
def test_demonstration_plants_again_where_its_people_are_gone(
    tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DATA = tmp_path
    monkeypatch.setattr(demonstration, "area_modules", lambda _: ())
    changed = [demonstration._plant_if_changed(at=AT, report=lambda _: None) for _ in range(2)]

    # Nobody was planted, so the mark alone is not believed.
    assert (tmp_path / "planted").exists()
    assert changed == [True, True]
