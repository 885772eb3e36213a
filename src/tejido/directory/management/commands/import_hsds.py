from typing import Any

from tejido.directory.management.importing import ImportCommand
from tejido.directory.management.wording import given_source
from tejido.directory.services.import_hsds import import_hsds
from tejido.directory.services.importing import Imported


class Command(ImportCommand):
    """Import services from HSDS."""

    help = "Imports HSDS: JSON or ndjson of version 3, tables of 3 or 1.1 (docs/importing.md)."
    path_help = "a .json or .ndjson file, or a folder or .zip file of tables"

    def imported(self, options: dict[str, Any], **said: Any) -> Imported:
        """Import from the source that the options name."""
        return import_hsds(source=given_source(said["path"], options), **said)
