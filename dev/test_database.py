"""The test database on PostgreSQL: made and migrated by the owner, used by the application."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management import call_command
from django.db import connection, connections
from private_postgres import ROLES, connect

from tejido.config.prepare import as_owner


@contextmanager
def test_database(worker: str) -> Iterator[None]:
    """Make a database for one worker, migrated as the owner; drop it afterwards.

    The application role is given TRUNCATE, which it has nowhere else: tests that commit need it
    to tidy up.
    """
    name = f"test_tejido_{worker}"
    socket = Path(os.environ["TEJIDO_TEST_SOCKET"])
    _make(name, socket)
    connections.close_all()
    connection.settings_dict["NAME"] = name
    with as_owner():
        call_command("migrate", verbosity=0)
        with connection.cursor() as cursor:
            cursor.execute("GRANT TRUNCATE ON ALL TABLES IN SCHEMA public TO tejido_app")
    yield
    connections.close_all()
    with connect(socket) as admin:
        admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _make(name: str, socket: Path) -> None:
    with connect(socket) as admin:
        admin.execute(f'CREATE DATABASE "{name}" OWNER tejido_owner')
    with connect(socket, database=name) as admin:
        admin.execute(ROLES.read_text(encoding="utf-8"))
