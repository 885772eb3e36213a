from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from tejido.network.services.closing import close_by_operator


class Command(BaseCommand):
    """Close the account of somebody who works nowhere, for good."""

    help = "Closes the account of somebody who works for no member, for good; the record says so."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take whose account it is."""
        parser.add_argument("username", help="user name of whoever is not to sign in any more")

    def handle(self, *, username: str, **_options: Any) -> None:
        """Close it, and say so."""
        close_by_operator(username=username, at=timezone.now())
        self.stdout.write(
            _("The account %(username)s is closed. Nobody signs in with it any more.")
            % {"username": username}
        )
