from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from tejido.geography.management.wording import said_of_tracts
from tejido.geography.services.load_tracts import load_tracts
from tejido.geography.services.problems import write_problems


class Command(BaseCommand):
    """Load census tracts."""

    help = "Loads California's census tracts from Centers of Population (docs/areas/geography.md)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file and what may change."""
        parser.add_argument("path", type=Path, help="a .txt or .csv file, also with .gz")
        parser.add_argument(
            "--replace",
            action="store_true",
            help="remove tracts of the file's counties that the file does not have",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="count and report, change nothing"
        )

    def handle(self, *, path: Path, replace: bool, dry_run: bool, **_: Any) -> None:
        """Load, then say what came of it."""
        loaded = load_tracts(path=path, replace=replace, dry_run=dry_run, report=self.stdout.write)
        problem_file = (
            write_problems(loaded.problems, path=path, at=timezone.now())
            if loaded.problems
            else None
        )
        for line in said_of_tracts(loaded, path=path, problem_file=problem_file, dry_run=dry_run):
            self.stdout.write(line)
