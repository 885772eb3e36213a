from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from tejido.network.queries.audit import chain_heads
from tejido.network.services.audit import seal_all
from tejido.network.services.audit_heads import write_heads


class Command(BaseCommand):
    """Seal what people did since the last seal."""

    help = "Seals the record of who did what. The server does it an hour after something happens."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file for the heads."""
        parser.add_argument(
            "--heads", type=Path, help="write here how far each chain reaches; keep it elsewhere"
        )

    def handle(self, *, heads: Path | None, **_given: Any) -> None:
        """Seal, and write the heads."""
        sealed = seal_all(at=timezone.now())
        self.stdout.write(_("Events sealed: %(count)s") % {"count": sealed})
        if heads:
            write_heads(heads, chain_heads())
