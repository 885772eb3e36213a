from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from tejido.config.keeping_keys import destroy_key
from tejido.config.telling_keys import destroyed_told, refuse_unconfirmed, ring_named
from tejido.foundation.keys import check_destroyable


class Command(BaseCommand):
    """Destroy one generation of a key, and with it everything that only it can read."""

    help = "Destroys one generation of a key for good. Without --yes it says what would be lost."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the key, its generation, the member for a pepper, and the confirmation."""
        parser.add_argument("name", help="sessions, second-steps, pepper …: ./tejido keys")
        parser.add_argument("--generation", type=int, required=True, help="as ./tejido keys says")
        parser.add_argument("--member", default="", help="whose pepper: the member's address word")
        parser.add_argument("--yes", action="store_true", help="you have read what is lost")

    def handle(self, *, name: str, generation: int, member: str, yes: bool, **_: Any) -> None:
        """Say what is lost; with a yes, destroy it."""
        purpose, owner = ring_named(name, member=member)
        found = check_destroyable(purpose, owner, generation)
        refuse_unconfirmed(found, is_confirmed=yes)
        destroy_key(
            purpose, owner, generation=generation, at=timezone.now(), report=self.stdout.write
        )
        self.stdout.write(destroyed_told(found))
