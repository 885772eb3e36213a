from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from tejido.config.management.commands.bench import measures, one_line
from tejido.foundation.bench import line_of


class Command(BaseCommand):
    """Try what is promised, many times."""

    help = "Tries what is promised, many times, and says how often it held. Takes a while."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take one promise, the number of tries, and the form of the answer."""
        parser.add_argument("--only", metavar="NAME", help="one promise instead of all")
        parser.add_argument("--tries", type=int, help="how often; each promise has its own number")
        parser.add_argument("--json", action="store_true", help="end with one line of JSON")

    def handle(self, *, only: str | None, tries: int | None, json: bool, **_given: Any) -> None:
        """Try each, print its figures as they come, and the JSON line last."""
        promises = measures("promises", "PROMISES")
        if only is not None and only not in promises:
            known = ", ".join(sorted(promises))
            raise CommandError(
                _("There is no promise called %(name)s. There are: %(known)s.")
                % {"name": only, "known": known}
            )
        if tries is not None and tries < 1:
            raise CommandError(_("--tries needs 1 or more."))
        figures = []
        for name in [only] if only else sorted(promises):
            kept = promises[name](**({} if tries is None else {"tries": tries}))
            self.stdout.write("\n".join(line_of(figure) for figure in kept))
            figures += kept
        if json:
            self.stdout.write(one_line("promises", figures))
        if not all(figure.met is not False for figure in figures):
            raise CommandError(_("Not everything that is promised held."))
