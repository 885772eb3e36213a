from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from tejido.directory.management.wording import summary_of
from tejido.directory.services.import_table import import_services


class Command(BaseCommand):
    """Import a table with a mapping."""

    help = "Imports a CSV table with a mapping file (docs/importing.md)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what the table holds, the file, and the mapping."""
        parser.add_argument("kind", choices=["services"], help="what the rows are")
        parser.add_argument("path", type=Path, help="a .csv file with a header")
        parser.add_argument(
            "--mapping", required=True, help="a mapping file, or the name of a shipped one"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="count and report, change nothing"
        )

    def handle(self, *, path: Path, mapping: str, dry_run: bool, **_: Any) -> None:
        """Import, then say what came of it."""
        now = timezone.now()
        imported = import_services(
            path=path,
            mapping=mapping,
            at=now,
            today=timezone.localdate(now),
            dry_run=dry_run,
            report=self.stdout.write,
        )
        for line in summary_of(imported, path):
            self.stdout.write(line)
