from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from tejido.network.queries.audit import checked
from tejido.network.services.audit_heads import read_heads
from tejido.network.telling_audit import line_of, lines_of_unknown, refuse_faults


class Command(BaseCommand):
    """Check the record of who did what."""

    help = "Checks that nobody changed or removed what was sealed of who did what."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file with the heads."""
        parser.add_argument(
            "--heads", type=Path, help="of seal_audit --heads: shows where an end was cut off"
        )
        parser.add_argument(
            "--keys-may-lack",
            action="store_true",
            help="go on where a key is not there; its seals are counted, and not checked",
        )

    def handle(self, *, heads: Path | None, keys_may_lack: bool, verbosity: int, **_: Any) -> None:
        """Print a line for each member; end with 1 where something is wrong.

        With --verbosity 0 only of members of whom there is more to say than that all is whole.
        """
        anchors = read_heads(heads) if heads else {}
        records = []
        for record in checked(anchors, may_lack=keys_may_lack):
            records.append(record)
            if verbosity or record.faults:
                self.stdout.write(line_of(record))
        unknown = lines_of_unknown(anchors, records)
        self.stdout.write("\n".join(unknown))
        refuse_faults(records, unknown=unknown)
