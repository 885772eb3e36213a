from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from tejido.directory.management.wording import add_import_arguments, given_source, summary_of
from tejido.directory.services.import_hsds import import_hsds


class Command(BaseCommand):
    """Import services from HSDS."""

    help = "Imports HSDS: JSON or ndjson of version 3, tables of 3 or 1.1 (docs/importing.md)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file and whose it is."""
        parser.add_argument(
            "path", type=Path, help="a .json or .ndjson file, or a folder or .zip file of tables"
        )
        add_import_arguments(parser)

    def handle(self, *, path: Path, dry_run: bool, **options: Any) -> None:
        """Import, then say what came of it."""
        now = timezone.now()
        imported = import_hsds(
            path=path,
            source=given_source(path, options),
            at=now,
            today=timezone.localdate(now),
            dry_run=dry_run,
            report=self.stdout.write,
        )
        for line in summary_of(imported, path):
            self.stdout.write(line)
