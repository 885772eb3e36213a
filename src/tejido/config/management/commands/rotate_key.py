from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from tejido.config.keeping_keys import rotate_key
from tejido.config.telling_keys import ring_named, rotated_told


class Command(BaseCommand):
    """Make the next generation of a key."""

    help = "Makes the next generation of a key. What is older goes on reading until destroyed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the key, the member for a pepper, and whether older ones are given up."""
        parser.add_argument("name", help="sessions, second-steps, pepper …: ./tejido keys")
        parser.add_argument("--member", default="", help="whose pepper: the member's address word")
        parser.add_argument(
            "--lost",
            action="store_true",
            help="give up, for good, what is missing or damaged",
        )

    def handle(self, *, name: str, member: str, lost: bool, **_: Any) -> None:
        """Make it, and say what is to be done now."""
        purpose, owner = ring_named(name, member=member)
        key = rotate_key(purpose, owner, at=timezone.now(), is_lost=lost, report=self.stdout.write)
        self.stdout.write(rotated_told(key.name))
