import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from tejido.directory.domain.hsds_check.findings import EXIT_STATUS, Verdict
from tejido.directory.services.check_hsds import check_hsds, target_of
from tejido.directory.services.check_report import report_json, report_lines
from tejido.foundation.errors import Refused
from tejido.gateways.web_fetch import Fetcher


class Command(BaseCommand):
    """Check anybody's HSDS."""

    help = (
        "Checks anybody's HSDS 3 (docs/checking-hsds.md): a file, a folder or zip file of tables, "
        "or the address of an API. Ends with 0 where it passes, 1 with warnings, 2 where it "
        "fails or cannot be checked."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what to check and how."""
        parser.add_argument("target", help="a path, or an address such as https://…/hsds/v3")
        parser.add_argument(
            "--schemas", type=Path, metavar="DIR", help="official schema files to hold it to too"
        )
        parser.add_argument("--json", action="store_true", help="for programs")
        parser.add_argument(
            "--allow-private",
            action="store_true",
            help="addresses inside your own network too, such as your own server",
        )

    def handle(
        self,
        *,
        target: str,
        schemas: Path | None,
        json: bool,
        allow_private: bool,
        verbosity: int,
        **_options: Any,
    ) -> None:
        """Check, say what was found, and end with the status of the verdict."""
        try:
            checked = check_hsds(
                target=target_of(target),
                today=timezone.localdate(),
                schemas=schemas,
                fetcher=Fetcher(allow_private=allow_private),
                report=self.stderr.write if verbosity > 1 else None,
            )
        except Refused as refusal:
            self.stderr.write(str(refusal))
            raise SystemExit(EXIT_STATUS[Verdict.FAIL]) from refusal
        if json:
            self.stdout.write(_written(report_json(checked)))
        else:
            for line in report_lines(checked):
                self.stdout.write(line)
        raise SystemExit(EXIT_STATUS[checked.tally.verdict])


def _written(report: dict[str, Any]) -> str:
    return json.dumps(report, ensure_ascii=False, indent=2)
