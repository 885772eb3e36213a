from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from tejido.directory.management.proposing import agreed_mapping
from tejido.directory.management.wording import add_import_arguments, summary_of
from tejido.directory.services.import_table import import_services
from tejido.directory.services.save_mapping import save_mapping


class Command(BaseCommand):
    """Import a table with a mapping, or with one that is proposed and agreed on."""

    help = "Imports a CSV or XLSX table (docs/importing.md); without --mapping it proposes one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what the table holds, the file, and the mapping."""
        parser.add_argument("kind", choices=["services"], help="what the rows are")
        parser.add_argument("path", type=Path, help="a .csv or .xlsx file with a header")
        parser.add_argument(
            "--mapping", help="a mapping file, or the name of a shipped or saved one"
        )
        parser.add_argument("--sheet", default="", help="which sheet of a spreadsheet")
        parser.add_argument("--yes", action="store_true", help="agree to all that is proposed")
        parser.add_argument(
            "--save-mapping", type=Path, metavar="FILE", help="write the proposed mapping here"
        )
        add_import_arguments(parser)

    def handle(
        self, *, path: Path, mapping: str | None, sheet: str, dry_run: bool, **options: Any
    ) -> None:
        """Agree on a mapping where there is none, import, then say what came of it."""
        now = timezone.now()
        agreed = None
        if mapping is None:
            agreed, sheet = agreed_mapping(
                path=path,
                sheet=sheet,
                options=options,
                today=timezone.localdate(now),
                say=self.stdout.write,
            )
        imported = import_services(
            path=path,
            mapping=agreed or str(mapping),
            sheet=sheet,
            at=now,
            today=timezone.localdate(now),
            dry_run=dry_run,
            report=self.stdout.write,
        )
        if agreed is not None and not dry_run:
            save_mapping(mapped=agreed, at=now)
        for line in summary_of(imported, path):
            self.stdout.write(line)
