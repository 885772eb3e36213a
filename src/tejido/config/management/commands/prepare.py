from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from tejido.config.prepare import prepare


class Command(BaseCommand):
    """Make the tables and load what every area starts from; safe to repeat."""

    help = "Makes the tables and loads the reference data of every area. Safe to repeat."

    def handle(self, **_given: Any) -> None:
        """Prepare, saying each step."""
        prepare(report=self.stdout.write)
        self.stdout.write(_("Ready."))
