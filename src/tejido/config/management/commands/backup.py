from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from tejido.config.backup.command import back_up


class Command(BaseCommand):
    """Back everything up into one encrypted file."""

    help = "Backs everything up into one encrypted file, beside a server that runs, and tries it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file."""
        parser.add_argument("file", type=Path, help="a new file; best on another disk")

    def handle(self, *, file: Path, **_: Any) -> None:
        """Write it, try it, and say what it holds."""
        back_up(file, at=timezone.now(), report=self.stdout.write)
