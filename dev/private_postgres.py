"""A PostgreSQL of our own for tests: a temporary cluster behind a socket, gone afterwards."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

OLDEST = 15
INSTALL = "sudo apt-get install postgresql"
ROLES = Path(__file__).resolve().parents[1] / "src/tejido/foundation/sql/roles.sql"
QUICK = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


def server_programs() -> Path | None:
    """Return the folder of the newest PostgreSQL server that is new enough, or None."""
    found = [
        (int(folder.parent.name), folder)
        for folder in Path("/usr/lib/postgresql").glob("*/bin")
        if folder.parent.name.isdigit() and (folder / "initdb").exists()
    ]
    if found:
        version, folder = max(found)
        return folder if version >= OLDEST else None
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


@contextmanager
def private_cluster(programs: Path, *, settings: str = "") -> Iterator[Path]:
    """Start a cluster with the three roles, yield the folder of its socket, and stop it.

    `settings` are more options of the server, such as `-c work_mem=64MB`.
    """
    with tempfile.TemporaryDirectory(prefix="tejido-pg-", ignore_cleanup_errors=True) as made:
        folder = Path(made)
        if os.geteuid() == 0:
            shutil.chown(folder, _somebody())
        _run(programs / "initdb", "-D", folder / "data", "-U", "postgres", "-A", "trust",
             "-E", "UTF8", "--no-locale", "--no-sync")  # fmt: skip
        start_again(programs, folder, settings=settings)
        try:
            _make_roles(folder)
            yield folder
        finally:
            _run(*_control(programs, folder), "-m", "immediate", "stop")


def start_again(programs: Path, folder: Path, *, settings: str = "") -> None:
    """Start the cluster of a folder, and return when it answers.

    Raises:
        RuntimeError: it does not start, because a process of before is still there.
    """
    options = f"-c listen_addresses='' -k {folder} {QUICK} {settings}"
    _run(*_control(programs, folder), "-l", folder / "log", "-o", options, "start")


def _control(programs: Path, folder: Path) -> tuple[object, ...]:
    return (programs / "pg_ctl", "-D", folder / "data", "-w")


def connect(socket: Path, *, role: str = "postgres", database: str = "postgres") -> Any:
    """Return a connection that commits each statement."""
    return psycopg.connect(host=str(socket), user=role, dbname=database, autocommit=True)


def url(socket: Path, *, role: str, database: str = "postgres") -> str:
    """Return a DATABASE_URL for one role."""
    return f"postgres://{role}@/{database}?host={socket}"


def _make_roles(socket: Path) -> None:
    with connect(socket) as connection:
        connection.execute(ROLES.read_text(encoding="utf-8"))


def _somebody() -> str:
    """Return another user than root, because PostgreSQL refuses root."""
    names = {user.pw_name for user in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _run(*command: object) -> None:
    as_whom: dict[str, Any] = {}
    if os.geteuid() == 0:
        user = pwd.getpwnam(_somebody())
        as_whom = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    done = subprocess.run(
        [str(part) for part in command],
        check=False,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C"},
        **as_whom,
    )
    if done.returncode:
        raise RuntimeError(f"{Path(str(command[0])).name} failed:\n{done.stdout}")
