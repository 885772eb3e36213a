"""The frame of migration operations that are SQL for one kind of database."""

from abc import ABC, abstractmethod
from typing import ClassVar

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class InSql(Operation, ABC):
    """An operation in SQL that leaves Django's picture of the tables as it is.

    On another kind of database than its `vendor` it does nothing.
    """

    reversible = True
    reduces_to_sql = True
    vendor: ClassVar[str]

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change nothing that Django knows of."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Run the statements."""
        self._run(schema_editor, self.forwards(to_state, app_label))

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Undo the statements."""
        self._run(schema_editor, self.backwards(from_state, app_label))

    @abstractmethod
    def forwards(self, state: ProjectState, app_label: str) -> list[str]:
        """Return the statements."""

    @abstractmethod
    def backwards(self, state: ProjectState, app_label: str) -> list[str]:
        """Return the statements that undo them."""

    def _run(self, schema_editor: BaseDatabaseSchemaEditor, statements: list[str]) -> None:
        if schema_editor.connection.vendor == self.vendor:
            for statement in statements:
                schema_editor.execute(statement)
