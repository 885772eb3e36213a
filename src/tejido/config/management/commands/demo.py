from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from tejido.config.demonstration import personas, plant_demonstration
from tejido.config.serving import refuse_taken_address, serve


class Command(BaseCommand):
    """Show an invented network on a database of its own."""

    help = "Plants an invented network on a database of its own, and serves it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the address, and whether to serve at all."""
        parser.add_argument("--host", default="127.0.0.1", help="address to answer on")
        parser.add_argument("--port", type=int, default=8000, help="port to answer on")
        parser.add_argument("--plant-only", action="store_true", help="plant, and do not serve")

    def handle(self, *, host: str, port: int, plant_only: bool, **_given: Any) -> None:
        """Plant where that is not done yet, say who can sign in, and serve."""
        if not plant_only:
            refuse_taken_address(host, port)
        plant_demonstration(at=timezone.now(), report=self.stdout.write)
        self.stdout.write("\n" + _("Everything here is invented. Sign in as:"))
        self.stdout.write("\n".join(personas()) + "\n")
        if not plant_only:
            serve(host=host, port=port, report=self.stdout.write)
