from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from tejido.geography.management.wording import said_of_boundaries
from tejido.geography.services.load_boundaries import load_boundaries


class Command(BaseCommand):
    """Load outlines of counties."""

    help = "Loads outlines of California's counties, GeoJSON or TopoJSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file."""
        parser.add_argument("path", type=Path, help="a .json file in degrees, also with .gz")
        parser.add_argument(
            "--dry-run", action="store_true", help="count and report, change nothing"
        )

    def handle(self, *, path: Path, dry_run: bool, **_: Any) -> None:
        """Load, then say what came of it."""
        loaded = load_boundaries(path=path, dry_run=dry_run, report=self.stdout.write)
        for line in said_of_boundaries(loaded, path=path, dry_run=dry_run):
            self.stdout.write(line)
