"""What has left, for pages and for the next release."""

import hashlib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from tejido.disclosure.domain.guidelines import Edition
from tejido.disclosure.domain.releasing import Draft
from tejido.disclosure.domain.suppression import Rule
from tejido.disclosure.models import Release

Tables = Mapping[str, Draft]
GUIDELINES = Path(__file__).parent / "guidelines.toml"
LATEST_EDITION = "knowledge-base-4-4"


@dataclass(frozen=True, slots=True)
class Released:
    """One release; `is_unchanged` says that its tables are those that left."""

    id: UUID
    number: int
    period: str
    rule: Rule
    tables: Tables
    released_at: datetime
    is_unchanged: bool


def edition_of(name: str) -> Edition:
    """Return an edition of the guidelines by which tables are scored.

    Raises:
        KeyError: there is none of that name.
    """
    edition: Edition = tomllib.loads(GUIDELINES.read_text(encoding="utf-8"))[name]
    return edition


def releases_of(subject: str) -> list[Released]:
    """Return every release of a subject, the first one first. One database query."""
    return [_released(row) for row in Release.objects.filter(subject=subject).order_by("number")]


def written_tables(tables: Tables) -> dict[str, dict[str, list[list[Any]]]]:
    """Return tables as they are stored."""
    return {name: _written(draft) for name, draft in sorted(tables.items())}


def digest_of(stored: Any) -> str:
    """Return the SHA-256 of tables as they are stored."""
    written = json.dumps(stored, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(written.encode()).hexdigest()


def _released(row: Release) -> Released:
    return Released(
        id=row.id,
        number=row.number,
        period=row.period,
        rule=Rule(row.threshold, row.shows_zero),
        tables={name: _draft(table) for name, table in row.tables.items()},
        released_at=row.released_at,
        is_unchanged=digest_of(row.tables) == row.digest,
    )


def _draft(table: dict[str, list[list[Any]]]) -> Draft:
    return Draft(
        shown={tuple(values): count for *values, count in table["shown"]},
        hidden=frozenset(tuple(values) for values in table["hidden"]),
    )


def _written(draft: Draft) -> dict[str, list[list[Any]]]:
    return {
        "shown": [[*cell, count] for cell, count in sorted(draft.shown.items())],
        "hidden": [list(cell) for cell in sorted(draft.hidden)],
    }
