"""Whose rows code may reach: named in code, and announced to PostgreSQL (docs/postgresql.md).

Three scopes. In a *member* scope code reaches one member's rows, and the records that this member
shares with another. In the *network* scope it reads what a model declares readable by the whole
network. In a *person* scope it reads what a model declares to be about that person, such as the
memberships of whoever signs in. Without a scope nothing that belongs to a member is reachable.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from tejido.foundation.errors import Refused


class Kind(StrEnum):
    """The three scopes."""

    MEMBER = "member"
    NETWORK = "network"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Scope:
    """One scope; `id` is the member's or the person's."""

    kind: Kind
    id: UUID | None = None


class ScopeMissing(Refused):
    """Code reached for a member's rows without saying whose, or in a scope that has ended."""

    def __init__(self, what: str) -> None:
        """Name the table, for the programmer; a person only ever sees the sentence."""
        super().__init__("scope-missing", _("Choose the member that you work for first."))
        self.what = what

    def __str__(self) -> str:
        """Return the sentence with the table."""
        return f"{self.sentence} ({self.what})"


class OtherMember(Refused):
    """A row of another member would be written, or tied to this member's rows."""

    def __init__(self, what: str) -> None:
        """Name the table."""
        super().__init__("other-member", _("This belongs to another member. Nothing changed."))
        self.what = what


class AppendOnly(Refused):
    """A fact would be changed; a correction is a new fact."""

    def __init__(self, what: str) -> None:
        """Name the table."""
        super().__init__("append-only", _("What happened stays as written. Add a correction."))
        self.what = what


_current: ContextVar[Scope | None] = ContextVar("scope", default=None)


def current_scope() -> Scope | None:
    """Return the scope that code runs in, or None."""
    return _current.get()


@contextmanager
def member_scope(member_id: UUID) -> Iterator[None]:
    """Reach one member's rows, and what it shares with others, until the block ends.

    On PostgreSQL the block is a transaction (inside another, a savepoint) and an exception that
    leaves it undoes what it wrote. A generator must not hold a scope over a `yield`: open the
    scope where the rows are used.
    """
    with _entered(Scope(Kind.MEMBER, member_id)):
        yield


@contextmanager
def network_scope() -> Iterator[None]:
    """Read what models declare readable by the whole network, until the block ends."""
    with _entered(Scope(Kind.NETWORK)):
        yield


@contextmanager
def person_scope(person_id: UUID) -> Iterator[None]:
    """Read what models declare to be about one person, whichever member owns it."""
    with _entered(Scope(Kind.PERSON, person_id)):
        yield


@contextmanager
def _entered(scope: Scope) -> Iterator[None]:
    with _announced(scope, outer=_current.get()):
        token = _current.set(scope)
        try:
            yield
        finally:
            _current.reset(token)


@contextmanager
def _announced(scope: Scope, *, outer: Scope | None) -> Iterator[None]:
    if connection.vendor != "postgresql":
        yield
        return
    with transaction.atomic():
        _announce(scope)
        yield
        # An exception rolls back to before the announcement; here nothing did, so say it.
        if not connection.needs_rollback:
            _announce(outer)


def _announce(scope: Scope | None) -> None:
    """Tell the database, for this transaction only; after it the settings read ''."""
    said = [str(scope.id or "on") if scope and scope.kind is kind else "" for kind in Kind]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('tejido.member', %s, true),"
            " set_config('tejido.network', %s, true),"
            " set_config('tejido.person', %s, true)",
            said,
        )
