"""A migration operation for SQLite: rows of a table are added and never changed.

On PostgreSQL row-level security without a policy for changes does the same (`postgres.py`).
"""

from django.db.migrations.state import ProjectState

from tejido.foundation.in_sql import InSql

ACTS = ("update", "delete")


class NeverChanged(InSql):
    """Triggers that refuse to change or delete rows of an append-only model on SQLite.

    SQLite makes a table anew when a column of it changes, and forgets its triggers: such a
    migration ends with this operation again. A test looks whether they are there.
    """

    vendor = "sqlite"

    def __init__(self, model_name: str) -> None:
        """Name the model, in this migration's app."""
        self.model_name = model_name

    def forwards(self, state: ProjectState, app_label: str) -> list[str]:
        """Return the statements that make the triggers, also where they are there."""
        table = state.apps.get_model(app_label, self.model_name)._meta.db_table
        return [
            *self.backwards(state, app_label),
            *(
                f'CREATE TRIGGER "{trigger_of(table, act)}" BEFORE {act.upper()} ON "{table}"'
                " BEGIN SELECT RAISE(ABORT, 'append-only'); END"
                for act in ACTS
            ),
        ]

    def backwards(self, state: ProjectState, app_label: str) -> list[str]:
        """Return the statements that take the triggers away."""
        table = state.apps.get_model(app_label, self.model_name)._meta.db_table
        return [f'DROP TRIGGER IF EXISTS "{trigger_of(table, act)}"' for act in ACTS]

    def describe(self) -> str:
        """Return a line for the migration's log."""
        return f"Let no row of {self.model_name} change"

    @property
    def migration_name_fragment(self) -> str:
        """Return a part of the migration's name."""
        return f"never_changed_{self.model_name.lower()}"


def trigger_of(table: str, act: str) -> str:
    """Return the name of the trigger that refuses an act."""
    return f"append_only_{table}_{act}"
