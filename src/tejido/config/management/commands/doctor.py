import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from tejido.config.backup.taking import database_file
from tejido.config.doctor.database import look_at_database
from tejido.config.doctor.findings import Level, Look
from tejido.config.doctor.safety import (
    look_at_backups,
    look_at_folders,
    look_at_keys,
    look_at_room,
)
from tejido.config.doctor.serving import (
    look_at_address,
    look_at_finder,
    look_at_removal,
    look_at_rounds,
)

LOOKS: list[Look] = [
    *(look_at_database, look_at_keys, look_at_backups, look_at_room, look_at_folders),
    *(look_at_address, look_at_finder, look_at_rounds, look_at_removal),
]
MARKS = {Level.WELL: "ok   ", Level.CARE: "care ", Level.WRONG: "WRONG"}


class Command(BaseCommand):
    """Say what is well with this installation and what is not."""

    help = "Looks at the database, keys, backups, disk and settings, and says what to do."

    def handle(self, **_: Any) -> None:
        """Say each finding on a line; the exit status is 1 where something is wrong."""
        # Whoever asks a database that is not there makes an empty one.
        looks = LOOKS if not settings.EMBEDDED or database_file().exists() else LOOKS[:1]
        found = [finding for look in looks for finding in look(timezone.now())]
        for finding in found:
            self.stdout.write(f"{MARKS[finding.level]} {finding.seen}")
            if finding.do:
                self.stdout.write(f"        {finding.do}")
        if any(finding.level is Level.WRONG for finding in found):
            sys.exit(1)
