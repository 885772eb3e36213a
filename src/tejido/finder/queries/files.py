"""The folder of snapshots: `current` names the one to read, and each is named after its hash."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

POINTER = "current"
_PREFIX = "finder-"
_DIGITS = 32


def name_of(content: Path) -> str:
    """Return the name that a snapshot with this content has."""
    return f"{_PREFIX}{_hash(content)[:_DIGITS]}.sqlite"


def is_whole(file: Path) -> bool:
    """Tell whether a snapshot is what its name says: not cut short, not changed."""
    return file.is_file() and file.name == name_of(file)


def snapshots_in(folder: Path) -> list[Path]:
    """Return every snapshot of the folder, newest first."""
    files = folder.glob(f"{_PREFIX}*.sqlite")
    return sorted(files, key=lambda file: (-file.stat().st_mtime_ns, file.name))


def offered_by(folder: Path) -> Iterator[Path]:
    """Yield the snapshots to try, the current one first, then older ones, newest first."""
    pointer = folder / POINTER
    current = folder / pointer.read_text().strip() if pointer.is_file() else None
    if current is not None:
        yield current
    yield from (file for file in snapshots_in(folder) if file != current)


def _hash(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
