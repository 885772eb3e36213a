import json
from argparse import ArgumentParser
from collections.abc import Callable
from importlib.metadata import version
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from tejido import __version__
from tejido.config.prepare import area_modules
from tejido.foundation.bench import Figure, line_of, summary


class Command(BaseCommand):
    """Measure one part."""

    help = "Measures one part and says what it was compared with."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the name, the size and the form of the answer."""
        parser.add_argument("name")
        parser.add_argument("--rows", type=int, help="size of the run; each bench has its own")
        parser.add_argument("--json", action="store_true", help="end with one line of JSON")

    def handle(self, *, name: str, rows: int | None, json: bool, **_given: Any) -> None:
        """Run the bench, print its figures, and the JSON line last."""
        benches = measures("bench", "BENCHES")
        if name not in benches:
            known = ", ".join(sorted(benches)) or _("none yet")
            raise CommandError(
                _("There is no bench called %(name)s. There are: %(known)s.")
                % {"name": name, "known": known}
            )
        if rows is not None and rows < 1:
            raise CommandError(_("--rows needs 1 or more."))
        figures = benches[name](**({} if rows is None else {"rows": rows}))
        self.stdout.write("\n".join(line_of(figure) for figure in figures))
        if json:
            self.stdout.write(one_line(name, figures))


def measures(file: str, name: str) -> dict[str, Callable[..., list[Figure]]]:
    """Return what every area measures: the `name` of each module called `file`."""
    return {
        key: measure
        for _, module in area_modules(file)
        for key, measure in getattr(module, name, {}).items()
    }


def one_line(name: str, figures: list[Any]) -> str:
    """Return the JSON line that programs read."""
    versions = {"tejido": __version__, "django": version("django")}
    return json.dumps(summary(bench=name, versions=versions, figures=figures))
