from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from tejido.config.telling_keys import key_lines, not_made_yet
from tejido.foundation.keys import folder, key_states


class Command(BaseCommand):
    """Say which keys there are, never what they are."""

    help = "Lists the keys: generation, made when, in use or not. Never what they are."

    def handle(self, **_given: Any) -> None:
        """Print one line for each key that there is or was."""
        self.stdout.write(_("Keys in %(folder)s") % {"folder": folder()})
        states = key_states()
        self.stdout.write("\n".join(key_lines(states)))
        self.stdout.write(not_made_yet(states))
