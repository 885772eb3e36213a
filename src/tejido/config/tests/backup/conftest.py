"""A small network in a data folder of its own, and commands that are run over it as people do."""

import resource
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tejido.config.benches.site import environment, settings_of


@dataclass(frozen=True, slots=True)
class Installation:
    """A data folder with its keys beside it."""

    data: Path

    @property
    def keys(self) -> Path:
        return self.data.with_name(f"{self.data.name}-keys")

    @property
    def database(self) -> Path:
        return self.data / "tejido.sqlite3"

    def run(
        self, *command: object, most_bytes: int = 0, **env: str
    ) -> subprocess.CompletedProcess[str]:
        """Run a command; no file that it writes may be larger than `most_bytes`, when given."""
        settings = settings_of(self.data) | env
        return subprocess.run(
            [sys.executable, "-m", "tejido", *map(str, command)],
            env=environment(settings),
            capture_output=True,
            text=True,
            check=False,
            preexec_fn=_limited(most_bytes) if most_bytes else None,
        )

    def said(self, *command: object, **options: Any) -> str:
        """Run a command that must succeed, and return what it said."""
        done = self.run(*command, **options)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def refused(self, *command: object, **options: Any) -> str:
        """Run a command that must refuse, in one sentence and not in a traceback."""
        done = self.run(*command, **options)
        assert done.returncode, done.stdout
        assert "Traceback" not in done.stderr
        return done.stderr

    def ask(self, sql: str) -> list[Any]:
        with closing(sqlite3.connect(self.database)) as connection, connection:
            return connection.execute(sql).fetchall()

    def everything(self) -> dict[str, list[Any]]:
        """Return all rows of all tables."""
        tables = self.ask("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        return {name: self.ask(f'SELECT * FROM "{name}" ORDER BY 1') for (name,) in tables}

    def copied(self, to: Path) -> "Installation":
        shutil.copytree(self.data, to)
        shutil.copytree(self.keys, to.with_name(f"{to.name}-keys"))
        return Installation(to)


def _limited(most_bytes: int) -> Callable[[], None]:
    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))

    return limit


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """Return an installation with one member, its manager, a file, and a backup key."""
    first = Installation(tmp_path_factory.mktemp("first") / "data")
    first.said("found_network", "Trial Coalition", "--username", "boss", "--called", "Boss")
    (first.data / "imports").mkdir()
    (first.data / "imports" / "lista ñandú.csv").write_text("name\nRío\n", encoding="utf-8")
    # Made before `one` is copied, so that both have the same keys, and know of it.
    first.said("backup", first.data.with_name("kept.age"))
    return first


@pytest.fixture
def one(founded: Installation, tmp_path: Path) -> Installation:
    """Return an installation of the test's own."""
    return founded.copied(tmp_path / "one")


@pytest.fixture
def backup(founded: Installation) -> Path:
    """Return a backup of what `one` is when its test begins."""
    return founded.data.with_name("kept.age")
