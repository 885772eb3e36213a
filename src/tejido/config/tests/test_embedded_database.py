"""The embedded file as processes find it: durable, and locked before the first write."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.embedded
PROGRAM = """
import sqlite3, django
django.setup()
from django.conf import settings
from django.db import connection, transaction
with connection.cursor() as cursor:
    cursor.execute("CREATE TABLE first (row integer)")
    journal = cursor.execute("PRAGMA journal_mode").fetchone()[0]
    synchronous = cursor.execute("PRAGMA synchronous").fetchone()[0]
with transaction.atomic():
    other = sqlite3.connect(settings.DATABASES["default"]["NAME"], timeout=0)
    try:
        other.execute("INSERT INTO first VALUES (1)")
        locked = "free"
    except sqlite3.OperationalError as error:
        locked = str(error)
print(journal, synchronous, locked)
"""
FULL = 2


def test_embedded_database_keeps_a_journal_waits_for_the_disk_and_locks_at_once(
    tmp_path: Path,
) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE")}
    given = kept | {
        "TEJIDO_DATA": str(tmp_path),
        "PYTHONPATH": str(settings.PACKAGE.parent),
        "DJANGO_SETTINGS_MODULE": "tejido.config.settings",
    }

    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], env=given, capture_output=True, text=True, check=False
    )

    assert (done.stdout, done.stderr) == (f"wal {FULL} database is locked\n", "")
