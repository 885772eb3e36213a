"""Putting a finished snapshot in the place of the last one, so that readers see one or the other.

`current` names the file; it is replaced in one step. The name of a snapshot is its own hash.
"""

import os
from pathlib import Path

from tejido.finder.queries.files import POINTER, name_of, snapshots_in

KEPT = 2


def publish(draft: Path, *, folder: Path) -> Path:
    """Name a draft after its hash, make it the current snapshot, and return where it is."""
    _sync(draft)
    final = folder / name_of(draft)
    draft.replace(final)
    _point_to(final, folder)
    _prune(folder, current=final)
    return final


def _point_to(final: Path, folder: Path) -> None:
    pointer = folder / f"{POINTER}.{os.getpid()}.new"
    pointer.write_text(final.name)
    _sync(pointer)
    pointer.replace(folder / POINTER)
    _sync(folder)


def _prune(folder: Path, *, current: Path) -> None:
    """Remove old snapshots. A process that still reads one keeps it until it lets go."""
    older = [file for file in snapshots_in(folder) if file != current]
    for file in older[KEPT:]:
        file.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
