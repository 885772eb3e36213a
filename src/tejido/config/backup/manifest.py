"""What a backup says of itself: what it holds, of which moment, made by which Tejido."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

FORM = 1


class NotAManifest(ValueError):
    """It is not what a backup of Tejido begins with."""


@dataclass(frozen=True, slots=True)
class Part:
    """One file in the backup, as it must come out again."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds.

    Attributes:
        id: of this backup.
        taken_at: the moment that it holds.
        version: of the Tejido that made it.
        epoch: of the database, or None where it had none yet.
        database: `sqlite` or `postgresql`.
        migrations: what had been applied, as `area.name`.
        counts: rows of each table.
        told: what areas asked of the moment, by name, as rows.
        parts: the files, the database first.
        form: of this description; a higher one is of a newer Tejido.
    """

    id: UUID
    taken_at: datetime
    version: str
    epoch: UUID | None
    database: str
    migrations: list[str]
    counts: dict[str, int]
    told: dict[str, list[list[Any]]]
    parts: list[Part]
    form: int = FORM

    @property
    def rows(self) -> int:
        """Return how many rows all tables have together."""
        return sum(self.counts.values())

    def differences(self, counts: dict[str, int]) -> list[str]:
        """Return the tables that do not have the rows that they had, as `table: 3 of 5`."""
        tables = sorted(self.counts.keys() | counts.keys())
        return [
            f"{table}: {counts.get(table, 0)} of {self.counts.get(table, 0)}"
            for table in tables
            if counts.get(table) != self.counts.get(table)
        ]


def written(manifest: Manifest) -> bytes:
    """Return a manifest as JSON."""
    return json.dumps(asdict(manifest), default=str, indent=1).encode()


def read(content: bytes) -> Manifest:
    """Return what `written` wrote.

    Raises:
        NotAManifest: it is something else. One of a newer form is read as far as it is known.
    """
    try:
        told = json.loads(content)
        return Manifest(
            id=UUID(told["id"]),
            taken_at=datetime.fromisoformat(told["taken_at"]),
            version=str(told["version"]),
            epoch=UUID(told["epoch"]) if told["epoch"] else None,
            database=str(told["database"]),
            migrations=[str(name) for name in told["migrations"]],
            counts={str(table): int(count) for table, count in told["counts"].items()},
            told=dict(told["told"]),
            parts=[Part(p["name"], int(p["size"]), p["sha256"]) for p in told["parts"]],
            form=int(told["form"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise NotAManifest from error
