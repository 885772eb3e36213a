from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from tejido.directory.management.importing import ImportCommand
from tejido.directory.management.proposing import agreed_mapping, named_mapping
from tejido.directory.services.import_table import import_services
from tejido.directory.services.importing import Imported
from tejido.directory.services.save_mapping import save_mapping


class Command(ImportCommand):
    """Import a table with a mapping, or with one that is proposed and agreed on."""

    help = "Imports a CSV or XLSX table (docs/importing.md); without --mapping it proposes one."
    path_help = "a .csv or .xlsx file with a header"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what the table holds, the file, and the mapping."""
        parser.add_argument("kind", choices=["services"], help="what the rows are")
        super().add_arguments(parser)
        parser.add_argument(
            "--mapping", help="a mapping file, or the name of a shipped or saved one"
        )
        parser.add_argument("--sheet", default="", help="which sheet of a spreadsheet")
        parser.add_argument("--yes", action="store_true", help="agree to all that is proposed")
        parser.add_argument(
            "--save-mapping", type=Path, metavar="FILE", help="write the proposed mapping here"
        )

    def imported(self, options: dict[str, Any], **said: Any) -> Imported:
        """Agree on a mapping where there is none, import, and keep what was agreed on."""
        mapping, sheet = options["mapping"], options["sheet"]
        if mapping is not None:
            mapped = named_mapping(mapping, options)
            return import_services(mapping=mapped, sheet=sheet, **said)
        agreed, sheet = agreed_mapping(
            path=said["path"],
            sheet=sheet,
            options=options,
            today=said["today"],
            say=self.stdout.write,
        )
        imported = import_services(mapping=agreed, sheet=sheet, **said)
        if not said["dry_run"]:
            save_mapping(mapped=agreed, at=said["at"])
        return imported
