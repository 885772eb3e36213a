"""`text`: what people get who text, tried in a terminal."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from django.core.management.base import BaseCommand
from django.utils import timezone

from tejido.finder.services.conversation import reply_to
from tejido.gateways.domain.gsm7 import parts
from tejido.gateways.domain.texts import TextIn

_INVENTED = "+15550100"


class Command(BaseCommand):
    """Answer messages as a phone would get them."""

    help = (
        "Answers text messages in the terminal, one conversation from the first to the last. "
        "Without messages it reads them line by line. Your shell keeps what you type after the "
        "command; lines that are read are kept nowhere."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the messages, and whom they are from."""
        parser.add_argument("messages", nargs="*", help='such as "narcan 94601" MORE 1')
        parser.add_argument("--from", dest="sender", default=_INVENTED, help="a phone number")

    def handle(self, *, messages: list[str], sender: str, **_: Any) -> None:
        """Answer each message, and say in how many parts it is sent."""
        for words in messages or _lines():
            answer = reply_to(
                TextIn(uuid4().hex, sender, words), now=timezone.now(), limited=False
            )
            count = f"{parts(answer)} x" if answer else "no answer"
            self.stdout.write(f"> {words}\n{answer}\n[{count}]\n\n")


def _lines() -> Iterator[str]:
    for line in sys.stdin:
        if line.strip():
            yield line.rstrip("\n")
