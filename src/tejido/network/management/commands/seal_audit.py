from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tejido.network.queries.audit import chain_heads, checked
from tejido.network.services.audit import seal_all
from tejido.network.services.audit_heads import read_heads, write_heads


class Command(BaseCommand):
    """Seal what people did since the last seal."""

    help = "Seals the record of who did what. The server does it an hour after something happens."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file for the heads."""
        parser.add_argument(
            "--heads", type=Path, help="write here how far each chain reaches; keep it elsewhere"
        )

    def handle(self, *, heads: Path | None, **_given: Any) -> None:
        """Seal, and write the heads where those of before still hold."""
        if heads and heads.exists():
            self._check(heads)
        sealed = seal_all(at=timezone.now())
        self.stdout.write(_("Events sealed: %(count)s") % {"count": sealed})
        if heads:
            write_heads(heads, chain_heads())

    def _check(self, heads: Path) -> None:
        """Refuse to write over the only thing that tells of a chain that was cut or changed."""
        faulty = [each.slug for each in checked(read_heads(heads)) if each.faults]
        if faulty:
            raise CommandError(_FAULTY % {"path": heads, "members": ", ".join(faulty)})


_FAULTY = gettext_lazy(
    "%(path)s tells of a record that is not whole any more: %(members)s. Nothing was written. "
    "Keep the file, and see what ./tejido verify_audit --heads FILE says."
)
