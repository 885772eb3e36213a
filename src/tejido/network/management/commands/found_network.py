from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from tejido.accounts.services import create_account, give_password
from tejido.network.domain.members import MemberKind
from tejido.network.services.members import MemberIn, found_network
from tejido.network.services.people import PersonIn
from tejido.network.telling_passwords import told


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
        """Store both or neither, and print a first password, for one sign-in."""
        at = timezone.now()
        with transaction.atomic():
            account = create_account(
                username=given["username"], password=None, language=given["language"]
            )
            found_network(
                member=MemberIn(given["name"], MemberKind(given["kind"]), given["county"]),
                coordinator=PersonIn(account.id, given["called"]),
                at=at,
            )
            opened = give_password(account_id=account.id, at=at)
        self.stdout.write(told(*opened))
