from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from tejido.directory.domain.duplicates.looking import Progress, Step
from tejido.directory.domain.duplicates.profiles import Kind
from tejido.directory.services.duplicates import look_for_duplicates


class Command(BaseCommand):
    """Look for records that may be one."""

    help = (
        "Looks for organizations, locations and services that may stand in the directory twice, "
        "and keeps the pairs for the desk. Puts nothing together. Safe to repeat."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what to look at."""
        parser.add_argument("--kind", type=Kind, choices=list(Kind), help="this kind only")

    def handle(self, *, kind: Kind | None, verbosity: int, **_options: Any) -> None:
        """Look, and say what was found."""
        report = self._say if verbosity > 1 else None
        kinds = list(Kind) if kind is None else [kind]
        looked = look_for_duplicates(at=timezone.now(), kinds=kinds, report=report)
        for each, count in looked.records.items():
            said = {"count": f"{count:,}", "kind": each.value}
            self.stdout.write(_("Records of the kind %(kind)s: %(count)s") % said)
        self.stdout.write(_("Pairs compared: %(count)s") % {"count": f"{looked.compared:,}"})
        found = {"count": f"{looked.found:,}", "new": f"{looked.new:,}"}
        self.stdout.write(_("Pairs that may be one: %(count)s, of them new: %(new)s") % found)

    def _say(self, progress: Progress) -> None:
        things = "records" if progress.step is Step.READ else "pairs"
        self.stderr.write(f"{progress.done:,} {things} {progress.step.value}")
