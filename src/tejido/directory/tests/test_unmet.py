"""Counts of unmet needs: shown nowhere, and on PostgreSQL closed to whoever names no scope."""

from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

import tejido
from tejido.directory.services.unmet import add_unmet
from tejido.directory.testing import NOON
from tejido.foundation.scope import network_scope

PACKAGE = Path(tejido.__path__[0])
CELL = ("naloxone", "06019", NOON.date())


def rows():
    with connection.cursor() as cursor:
        cursor.execute("SELECT concept, county_fips, searches FROM directory_unmetneed")
        return cursor.fetchall()


def test_only_what_disclosure_lets_out_reads_them():
    """Beside it, what removes them knows their days, and what we hold tells that there are any."""
    told = [
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if "tests" not in path.parts and "UnmetNeed" in path.read_text(encoding="utf-8")
    ]

    assert sorted(told) == [
        "directory/held.py",
        "directory/migrations/0008_unmet_needs.py",
        "directory/migrations/0021_counts_of_unmet_needs_go.py",
        "directory/models/__init__.py",
        "directory/models/unmet.py",
        "directory/queries/unmet.py",
        "directory/services/forgetting.py",
        "directory/services/unmet.py",
    ]


@pytest.mark.django_db
def test_they_hold_no_instant_and_no_order():
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, "directory_unmetneed")

    names = {column.name for column in columns}
    assert names == {"id", "concept", "county_fips", "day", "searches"}


@pytest.mark.django_db
def test_searches_add_up():
    add_unmet({CELL: 2})
    add_unmet({CELL: 3})

    with network_scope():
        assert rows() == [("naloxone", "06019", 5)]


@pytest.mark.django_db
@pytest.mark.postgres
def test_raw_sql_without_a_scope_neither_sees_nor_adds_them():
    add_unmet({CELL: 1})

    assert rows() == []
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO directory_unmetneed VALUES (%s, 'naloxone', '06019', '2026-11-19', 1)",
            [uuid4()],
        )
