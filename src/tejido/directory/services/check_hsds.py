"""Check anybody's HSDS: a file, a folder or zip file of tables, or the address of an API."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tejido.directory.domain.hsds_check.findings import Tally
from tejido.directory.services.check_api import check_api
from tejido.directory.services.check_files import Checking, check_path
from tejido.directory.services.check_schemas import schema_validator
from tejido.gateways.web_fetch import Fetcher

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check came to: what was named, and everything that was found."""

    target: str
    tally: Tally


def target_of(words: str) -> str | Path:
    """Return what somebody named in a terminal: an address, or else a path."""
    return words if _ADDRESS.match(words.strip()) else Path(words)


def check_hsds(
    *,
    target: str | Path,
    today: date,
    schemas: Path | None = None,
    fetcher: Fetcher | None = None,
    report: Callable[[str], None] | None = None,
) -> Checked:
    """Hold a feed against the rules; whatever it holds, nothing of it is kept.

    Args:
        target: a path where it is one, the address of an API where it is a text: what somebody
            types on a page never becomes a path.
        today: days after it have not come.
        schemas: a folder of official schema files, to which objects are held too.
        fetcher: how addresses are fetched.
        report: called with a sentence now and then; what it raises ends the check.

    Raises:
        FileRefused: the file is not there, or is none that can be checked.
        WebRefused: the address may not be fetched, or nobody answers there.
        SchemasRefused: the folder holds no schemas.
    """
    checking = Checking(Tally(), today)
    if schemas is not None:
        checking.validate = schema_validator(schemas)
    if report is not None:
        checking.report = report
    if isinstance(target, Path):
        check_path(target, checking)
    else:
        check_api(target.strip(), fetcher or Fetcher(), checking)
    return Checked(str(target), checking.tally)
