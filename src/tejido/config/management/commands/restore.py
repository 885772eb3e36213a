from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from tejido.config.backup.command import put_back, try_again


class Command(BaseCommand):
    """Put a backup back, or only try whether it could be."""

    help = "Puts a backup in place of what is there; with --verify only tries it elsewhere."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file, and whether it is only tried."""
        parser.add_argument("file", type=Path, help="a file of ./tejido backup")
        parser.add_argument(
            "--verify",
            action="store_true",
            help="put it into a scratch place, compare everything, and change nothing",
        )

    def handle(self, *, file: Path, verify: bool, **_: Any) -> None:
        """Try it, or put it back."""
        act = try_again if verify else put_back
        act(file, at=timezone.now(), report=self.stdout.write)
