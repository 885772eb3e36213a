from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from tejido.network.services.recovery import recover_by_operator
from tejido.network.telling_passwords import told


class Command(BaseCommand):
    """Open an account from the machine, when there are no two people who could."""

    help = "Gives somebody a password for one sign-in, when nobody else can; the record says so."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take whose account it is."""
        parser.add_argument("username", help="user name of whoever cannot sign in")

    def handle(self, *, username: str, **_options: Any) -> None:
        """Print the password once."""
        opened = recover_by_operator(username=username, at=timezone.now())
        self.stdout.write(told(opened.username, opened.password))
