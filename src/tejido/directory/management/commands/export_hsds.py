from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tejido.directory.services.export_hsds import export_hsds


class Command(BaseCommand):
    """Write the directory as HSDS 3.1."""

    help = "Exports the directory as HSDS 3.1: ndjson and a CSV data package (docs/importing.md)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take where to, and whether everything leaves or what is public."""
        parser.add_argument("folder", type=Path, help="a folder that is not there yet")
        parser.add_argument(
            "--whole",
            action="store_true",
            help="everything that is stored, contacts and hidden places included",
        )

    def handle(self, *, folder: Path, whole: bool, **_options: Any) -> None:
        """Export, then say what was written."""
        exported = export_hsds(
            folder=folder, whole=whole, at=timezone.now(), report=self.stdout.write
        )
        for name, counts in exported.counts.items():
            for kind, count in sorted(counts.items()):
                sentence = ngettext(
                    "%(count)s record in %(file)s", "%(count)s records in %(file)s", count
                )
                file = Path(name) / f"{kind}.ndjson"
                self.stdout.write(sentence % {"count": f"{count:,}", "file": folder / file})
        if whole:
            self.stdout.write(
                _(
                    "This export holds everything, also names of people and places that are not "
                    "public. Keep it where you keep what is confidential. Do not open its tables "
                    "in a spreadsheet program: their cells are exact, and may hold formulas."
                )
            )
