import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from tejido.config.demonstration import code_of

STANDS_S, ENOUGH_TO_TYPE_S = 30, 15


class Command(BaseCommand):
    """Say the code of the second step that somebody invented would read on their phone."""

    help = "Says the code of the second step for one of the demonstration's people."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take who it is."""
        parser.add_argument("username", help="as `demo` prints it")

    def handle(self, *, username: str, **_: Any) -> None:
        """Print the six digits, the next where too little is left of these to type them."""
        code_of(username, at=timezone.now())
        left = STANDS_S - time.time() % STANDS_S
        time.sleep(left if left < ENOUGH_TO_TYPE_S else 0)
        self.stdout.write(code_of(username, at=timezone.now()))
