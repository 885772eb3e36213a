"""What the import commands share: their arguments, the moment, and what they say at the end."""

from abc import abstractmethod
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from tejido.directory.management.wording import add_import_arguments, summary_of
from tejido.directory.services.importing import Imported


class ImportCommand(BaseCommand):
    """A command that imports one path; `path_help` says what it may be."""

    path_help: str

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the path, whose list it is, and whether anything may change."""
        parser.add_argument("path", type=Path, help=self.path_help)
        add_import_arguments(parser)

    def handle(self, *, path: Path, dry_run: bool, **options: Any) -> None:
        """Import, then say what came of it."""
        now = timezone.now()
        said = {"path": path, "dry_run": dry_run, "at": now, "today": timezone.localdate(now)}
        imported = self.imported(options, **said, report=self.stdout.write)
        for line in summary_of(imported, path):
            self.stdout.write(line)

    @abstractmethod
    def imported(self, options: dict[str, Any], **said: Any) -> Imported:
        """Import what was named; `said` is what every import takes."""
