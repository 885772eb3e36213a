"""The wall behind the scopes: PostgreSQL itself, asked in raw SQL as the application role."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError, ProgrammingError

from tejido.foundation.scope import member_scope, person_scope
from tejido.network.domain.members import RelationshipKind
from tejido.network.models import Event, Member, Relationship
from tests.owned_tables import names, of_one, same_member_keys

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

TODAY = date(2026, 11, 20)
MORNING = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)
JSON = {"facts", "source", "result", "roles", "offers", "seeks", "counties"}
JSON |= {"rows", "columns"}


def relate(from_member: Member, to_member: Member) -> Relationship:
    return Relationship.objects.create(
        from_member=from_member, to_member=to_member, kind=RelationshipKind.SUPPORTS, since=TODAY
    )


def raw(statement: str, *values: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else cursor.rowcount


def policies(table: str) -> dict[str, tuple[str | None, str | None]]:
    found = raw("SELECT cmd, qual, with_check FROM pg_policies WHERE tablename = %s", table)
    return {command: (read, write) for command, read, write in found}


@names
def test_row_level_security_is_enabled_and_forced(model: Any) -> None:
    table = model._meta.db_table

    secured = raw(
        "SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE relname = %s", table
    )

    assert secured == [(True, True)]


@names
def test_policies_say_what_the_model_says(model: Any) -> None:
    found = policies(model._meta.db_table)
    written = {"INSERT"} if model.append_only else {"INSERT", "UPDATE", "DELETE"}
    columns = {f"{field}_id" for field in model.owner_fields}
    person = f"{model.person_field}_id" if model.person_field else None

    assert set(found) == {"SELECT"} | written
    for read, write in found.values():
        assert all(column in (read or write or "") for column in columns)
    reading = found["SELECT"][0] or ""
    assert ("tejido.network" in reading) == model.readable_by_network
    assert ("tejido.person" in reading) == bool(person)
    assert person is None or person in reading
    for command in written:
        said = "".join(part or "" for part in found[command])
        assert "tejido.network" not in said
        assert "tejido.person" not in said


@same_member_keys
def test_child_and_parent_are_tied_by_member_in_the_database(model: Any, key: Any) -> None:
    tied = raw(
        "SELECT pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE contype = 'f' AND conrelid = %s::regclass",
        model._meta.db_table,
    )

    parent = key.related_model._meta.db_table
    wanted = f"FOREIGN KEY (member_id, {key.column}) REFERENCES {parent}(member_id, id)"
    assert wanted in [definition for (definition,) in tied]


@names
def test_raw_sql_without_a_scope_sees_nothing(
    model: Any, rows: dict[str, Any], valley: Member, coast: Member
) -> None:
    with member_scope(valley.id):
        relate(valley, coast)
        assert raw(f"SELECT count(*) FROM {model._meta.db_table}") != [(0,)]

    assert raw(f"SELECT count(*) FROM {model._meta.db_table}") == [(0,)]


@of_one
def test_raw_sql_in_a_scope_reaches_no_other_members_rows(
    model: Any, rows: dict[str, Any], valley: Member, coast: Member
) -> None:
    table = model._meta.db_table
    foreign = rows[f"{coast.slug} {model.__name__}"]

    with member_scope(valley.id):
        assert raw(f"SELECT DISTINCT member_id FROM {table}") == [(valley.id,)]
        assert raw(f"SELECT id FROM {table} WHERE id = %s", foreign) == []
        assert raw(f"UPDATE {table} SET id = id WHERE id = %s", foreign) == 0
        assert raw(f"DELETE FROM {table} WHERE id = %s", foreign) == 0


@of_one
@pytest.mark.parametrize("scoped", [True, False])
def test_raw_sql_cannot_insert_rows_of_another_member(
    model: Any, scoped: bool, rows: dict[str, Any], valley: Member, coast: Member
) -> None:
    table = model._meta.db_table
    columns = [field.column for field in model._meta.concrete_fields]
    with member_scope(coast.id):
        copied = raw(f"SELECT {', '.join(columns)} FROM {table}")[0]
    values = dict(zip(columns, copied, strict=True)) | {"id": uuid4(), "member_id": coast.id}
    values |= {name: "{}" for name in JSON if name in values}
    statement = (
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join(['%s'] * len(columns))})"
    )

    with (
        pytest.raises(ProgrammingError, match="row-level security"),
        member_scope(valley.id) if scoped else transaction.atomic(),
    ):
        raw(statement, *values.values())


def test_raw_sql_cannot_hand_a_row_to_another_member(
    rows: dict[str, Any], valley: Member, coast: Member
) -> None:
    with (
        pytest.raises(ProgrammingError, match="row-level security"),
        member_scope(valley.id),
    ):
        raw("UPDATE network_membership SET member_id = %s", coast.id)


def test_raw_sql_cannot_hang_a_child_on_another_members_parent(
    rows: dict[str, Any], valley: Member, coast: Member
) -> None:
    foreign: UUID = rows[f"{coast.slug} Membership"]

    with pytest.raises(IntegrityError, match="same_member"), member_scope(valley.id):
        raw("UPDATE network_rolegrant SET role = 'steward', membership_id = %s", foreign)


def test_raw_sql_cannot_change_what_happened(rows: dict[str, Any], valley: Member) -> None:
    with member_scope(valley.id):
        assert raw("UPDATE network_event SET act = 'x'") == 0
        assert raw("DELETE FROM network_event") == 0
        assert raw("SELECT count(*) FROM network_event WHERE act = 'add.member'") == [(1,)]


@pytest.mark.django_db(transaction=True)
def test_the_announcement_ends_with_the_transaction(valley: Member) -> None:
    with member_scope(valley.id):
        assert raw("SELECT current_setting('tejido.member', true)") == [(str(valley.id),)]

    assert raw("SELECT current_setting('tejido.member', true)") == [("",)]
    assert raw("SELECT count(*) FROM network_membership") == [(0,)]


@pytest.mark.django_db(transaction=True)
def test_what_fails_in_a_scope_is_undone(valley: Member) -> None:
    def fail() -> None:
        with member_scope(valley.id):
            Event.objects.create(
                member=valley, act="add.member", object_id=valley.id, happened_at=MORNING
            )
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()

    with member_scope(valley.id):
        assert Event.objects.count() == 0


def test_raw_sql_sees_the_people_of_its_member_and_themselves_only(
    rows: dict[str, Any], valley: Member, coast: Member
) -> None:
    names = "SELECT display_name FROM network_person"
    with member_scope(coast.id):
        ((ivan,),) = raw("SELECT person_id FROM network_membership")

    assert raw(names) == []
    with member_scope(valley.id):
        assert raw(names) == [("Rosa",)]
        assert raw("UPDATE network_person SET display_name = 'x'") == 0
    with person_scope(ivan):
        assert raw(names) == [("Iván",)]


def test_raw_sql_adds_people_in_a_member_only() -> None:
    with (
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
    ):
        raw("INSERT INTO network_person VALUES (%s, 'Nobody')", uuid4())
