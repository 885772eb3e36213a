from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from tejido.config.embedded import is_lost, loss_told
from tejido.config.prepare import prepare
from tejido.config.publishing import publish_if_old
from tejido.config.serving import refuse_taken_address, serve


class Command(BaseCommand):
    """Serve your own network."""

    help = "Serves the pages: one process, several threads, no log of who asked for what."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the address."""
        parser.add_argument("--host", default="127.0.0.1", help="address to answer on")
        parser.add_argument("--port", type=int, default=8000, help="port to answer on")

    def handle(self, *, host: str, port: int, **_: Any) -> None:
        """Bring the embedded database up to date and serve."""
        refuse_taken_address(host, port)
        if is_lost():
            self.stdout.write(loss_told())
        if settings.EMBEDDED:
            prepare(report=self.stdout.write)
        publish_if_old(at=timezone.now(), report=self.stdout.write)
        serve(host=host, port=port, report=self.stdout.write)
