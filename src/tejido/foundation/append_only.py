"""A migration operation for SQLite: rows of a table are added and never changed.

On PostgreSQL row-level security without a policy for changes does the same (`postgres.py`).
"""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

ACTS = ("update", "delete")


class NeverChanged(Operation):
    """Triggers that refuse to change or delete rows of an append-only model on SQLite.

    SQLite makes a table anew when a column of it changes, and forgets its triggers: such a
    migration ends with this operation again. A test looks whether they are there.
    """

    reversible = True
    reduces_to_sql = True

    def __init__(self, model_name: str) -> None:
        """Name the model, in this migration's app."""
        self.model_name = model_name

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change nothing that Django knows of."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Make the triggers."""
        table = to_state.apps.get_model(app_label, self.model_name)._meta.db_table
        for act in ACTS:
            self._run(schema_editor, f'DROP TRIGGER IF EXISTS "{trigger_of(table, act)}"')
            self._run(
                schema_editor,
                f'CREATE TRIGGER "{trigger_of(table, act)}" BEFORE {act.upper()} ON "{table}"'
                " BEGIN SELECT RAISE(ABORT, 'append-only'); END",
            )

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Take the triggers away."""
        table = from_state.apps.get_model(app_label, self.model_name)._meta.db_table
        for act in ACTS:
            self._run(schema_editor, f'DROP TRIGGER IF EXISTS "{trigger_of(table, act)}"')

    def describe(self) -> str:
        """Return a line for the migration's log."""
        return f"Let no row of {self.model_name} change"

    @property
    def migration_name_fragment(self) -> str:
        """Return a part of the migration's name."""
        return f"never_changed_{self.model_name.lower()}"

    def _run(self, schema_editor: BaseDatabaseSchemaEditor, statement: str) -> None:
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(statement)


def trigger_of(table: str, act: str) -> str:
    """Return the name of the trigger that refuses an act."""
    return f"append_only_{table}_{act}"
