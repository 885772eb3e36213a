import secrets
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tejido.accounts.services import create_account
from tejido.network.domain.members import MemberKind
from tejido.network.services.members import MemberIn, found_network
from tejido.network.services.people import PersonIn


class Command(BaseCommand):
    """Store the first member and the account of its coordinator, who adds everybody else."""

    help = "Stores the first member of the network and the account of its first coordinator."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the member and the person."""
        parser.add_argument("name", help="name of the member that coordinates the network")
        parser.add_argument("--kind", choices=[*MemberKind], default=MemberKind.COALITION.value)
        parser.add_argument("--county", default="", help="five digits, such as 06001")
        parser.add_argument("--username", required=True, help="user name of the coordinator")
        parser.add_argument("--called", required=True, help="what they want to be called")
        parser.add_argument("--language", choices=["en", "es"], default="en")

    def handle(self, **given: Any) -> None:
        """Store both or neither, and print the password once."""
        password = secrets.token_urlsafe(12)
        with transaction.atomic():
            account = create_account(
                username=given["username"], password=password, language=given["language"]
            )
            found_network(
                member=MemberIn(given["name"], MemberKind(given["kind"]), given["county"]),
                coordinator=PersonIn(account.id, given["called"]),
                at=timezone.now(),
            )
        self.stdout.write(
            _("Sign in as %(username)s with the password %(password)s and change it there.")
            % {"username": account.username, "password": password}
        )
