"""Migration operations for PostgreSQL: row-level security, parents of the same member.

On SQLite they do nothing. Each can be undone.
"""

from abc import abstractmethod
from collections.abc import Iterable
from typing import Any

from django.db.migrations.state import ProjectState

from tejido.foundation.in_sql import InSql

# NULLIF: after a transaction the setting reads '' and not NULL. The sub-select is evaluated once
# for a statement and not once for a row.
MEMBER = "(SELECT NULLIF(current_setting('tejido.member', true), '')::uuid)"
PERSON = "(SELECT NULLIF(current_setting('tejido.person', true), '')::uuid)"
NETWORK = "(SELECT current_setting('tejido.network', true) = 'on')"
CHANGES = ("UPDATE", "DELETE")


class _OnPostgres(InSql):
    """An operation for PostgreSQL."""

    vendor = "postgresql"


class _Secured(_OnPostgres):
    """Row-level security on one table: enabled, forced, with policies for some acts."""

    model_name: str

    @abstractmethod
    def policies(self) -> dict[str, str]:
        """Return act -> the condition that rows must meet for it, in SQL."""

    def forwards(self, state: ProjectState, app_label: str) -> list[str]:
        """Return the statements that secure the rows, the owner of the table's included."""
        table = _table(state, app_label, self.model_name)
        return [
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
            *(
                f"CREATE POLICY scope_{act.lower()} ON {table} FOR {act} {condition}"
                for act, condition in self.policies().items()
            ),
        ]

    def backwards(self, state: ProjectState, app_label: str) -> list[str]:
        """Return the statements that take the policies away."""
        table = _table(state, app_label, self.model_name)
        return [
            *(f"DROP POLICY scope_{act.lower()} ON {table}" for act in self.policies()),
            f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
        ]

    def describe(self) -> str:
        """Return a line for the migration's log."""
        return f"Secure the rows of {self.model_name}"

    @property
    def migration_name_fragment(self) -> str:
        """Return a part of the migration's name."""
        return f"secure_{self.model_name.lower()}"


class RowSecurity(_Secured):
    """Enable and force row-level security on the table of an owned model.

    Without an announced scope (`foundation.scope`) nobody but the backup role sees a row or
    writes one, the owner of the table included.
    """

    def __init__(
        self,
        model_name: str,
        *,
        owners: Iterable[str] = ("member_id",),
        network: bool = False,
        person: str | None = None,
        append_only: bool = False,
    ) -> None:
        """Say whose rows they are; the same as the model says of itself.

        Args:
            model_name: of the model, in this migration's app.
            owners: columns with the members that a row belongs to.
            network: readable in the network scope.
            person: column with the person that a row is about, who may read it.
            append_only: no row is changed or deleted.
        """
        self.model_name = model_name
        self.owners = tuple(owners)
        self.network, self.person, self.append_only = network, person, append_only

    def policies(self) -> dict[str, str]:
        """Return one condition for reading and one for each way of writing."""
        written = " OR ".join(f"{_quoted(column)} = {MEMBER}" for column in self.owners)
        read = written + (f" OR {NETWORK}" if self.network else "")
        read += f" OR {_quoted(self.person)} = {PERSON}" if self.person else ""
        changes = () if self.append_only else CHANGES
        return {
            "SELECT": f"USING ({read})",
            "INSERT": f"WITH CHECK ({written})",
            **dict.fromkeys(changes, f"USING ({written})"),
        }


class OwnSecurity(_Secured):
    """Enable and force row-level security where rows belong to no member: own conditions.

    The conditions are SQL over the columns of the table; MEMBER, NETWORK and PERSON above say
    what is announced. Without a condition an act is closed to everybody.
    """

    def __init__(
        self, model_name: str, *, read: str, add: str = "", change: str = "", remove: str = ""
    ) -> None:
        """Say which rows may be read, added, changed, deleted."""
        self.model_name = model_name
        self.read, self.add, self.change, self.remove = read, add, change, remove

    def policies(self) -> dict[str, str]:
        """Return the conditions that were given."""
        acts = (
            ("SELECT", self.read, "USING"),
            ("INSERT", self.add, "WITH CHECK"),
            ("UPDATE", self.change, "USING"),
            ("DELETE", self.remove, "USING"),
        )
        return {act: f"{how} ({condition})" for act, condition, how in acts if condition}


class MayRemove(_OnPostgres):
    """Let rows of a table with `OwnSecurity` be deleted, where a condition holds."""

    def __init__(self, model_name: str, condition: str) -> None:
        """Say which rows, in SQL over the columns of the table."""
        self.model_name, self.condition = model_name, condition

    def forwards(self, state: ProjectState, app_label: str) -> list[str]:
        """Return the policy."""
        table = _table(state, app_label, self.model_name)
        return [f"CREATE POLICY scope_delete ON {table} FOR DELETE USING ({self.condition})"]

    def backwards(self, state: ProjectState, app_label: str) -> list[str]:
        """Return the statement that takes it away."""
        return [f"DROP POLICY scope_delete ON {_table(state, app_label, self.model_name)}"]

    def describe(self) -> str:
        """Return a line for the migration's log."""
        return f"Let rows of {self.model_name} go"

    @property
    def migration_name_fragment(self) -> str:
        """Return a part of the migration's name."""
        return f"remove_{self.model_name.lower()}"


class SameMember(_OnPostgres):
    """Tie (member_id, parent) of a child to (member_id, id) of its parent.

    The parent's model needs a unique constraint over its member and its id.
    """

    def __init__(self, model_name: str, field: str) -> None:
        """Name the child's model and its key to the parent."""
        self.model_name, self.field = model_name, field

    def forwards(self, state: ProjectState, app_label: str) -> list[str]:
        """Return the composite foreign key."""
        child = state.apps.get_model(app_label, self.model_name)
        key: Any = child._meta.get_field(self.field)
        parent = _quoted(key.related_model._meta.db_table)
        return [
            f"ALTER TABLE {_quoted(child._meta.db_table)} ADD CONSTRAINT {self._name(child)}"
            f" FOREIGN KEY (member_id, {_quoted(key.column)}) REFERENCES {parent} (member_id, id)"
        ]

    def backwards(self, state: ProjectState, app_label: str) -> list[str]:
        """Return the statement that drops it."""
        child = state.apps.get_model(app_label, self.model_name)
        return [f"ALTER TABLE {_quoted(child._meta.db_table)} DROP CONSTRAINT {self._name(child)}"]

    def describe(self) -> str:
        """Return a line for the migration's log."""
        return f"Keep {self.model_name}.{self.field} within the same member"

    @property
    def migration_name_fragment(self) -> str:
        """Return a part of the migration's name."""
        return f"{self.model_name.lower()}_{self.field}_same_member"

    def _name(self, child: Any) -> str:
        return _quoted(f"{child._meta.db_table}_{self.field}_same_member")


def _table(state: ProjectState, app_label: str, model_name: str) -> str:
    return _quoted(state.apps.get_model(app_label, model_name)._meta.db_table)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
