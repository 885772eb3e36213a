"""The suite runs as the application role, which may neither own nor bypass."""

from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from tejido.config.prepare import as_owner
from tejido.config.serving import ServingRefused, refuse_privileged_role

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]


def one(statement: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()


def test_tests_run_as_the_application_role() -> None:
    role = one(
        "SELECT rolname, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole FROM pg_roles"
        " WHERE rolname = current_user"
    )

    assert role == ("tejido_app", False, False, False, False)


def test_application_role_owns_no_table() -> None:
    owners = one(
        "SELECT array_agg(DISTINCT tableowner) FROM pg_tables WHERE schemaname = 'public'"
    )

    assert owners == (["tejido_owner"],)


def test_application_role_cannot_make_tables() -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        one("CREATE TABLE mine (id int)")


def test_application_role_may_serve() -> None:
    refuse_privileged_role()


@pytest.mark.django_db(transaction=True)
def test_owner_may_not_serve() -> None:
    with as_owner(), pytest.raises(ServingRefused) as refusal:
        refuse_privileged_role()

    assert refusal.value.code == "privileged-role"
    assert one("SELECT current_user") == (settings.DATABASES["default"]["USER"],)
