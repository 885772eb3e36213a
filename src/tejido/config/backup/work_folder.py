"""Where a backup lies that is not encrypted yet, or not any more; nothing of it stays."""

import fcntl
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

WORK = ".backup-"
# What is written under a name of its own first; whoever writes is done after so long.
DRAFTS, DRAFT_AGE = ".tejido-*.age.*", timedelta(days=1)


@contextmanager
def work_folder() -> Iterator[Path]:
    """Yield a folder for what is not encrypted, beside the database; removed in the end.

    It is held (flock) as long as this process lives: what a killed one left is known by that
    nobody holds it, and is removed first.
    """
    clear_left()
    data = Path(settings.DATA)
    was_there = data.exists()
    folder = data / f"{WORK}{secrets.token_hex(8)}"
    # Named once it is held: else another that begins at this moment would remove it.
    unnamed = folder.with_name(f".new{folder.name}")
    unnamed.mkdir(parents=True, mode=0o700)
    handle = os.open(unnamed, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        unnamed.rename(folder)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(handle)
        # A mistyped data folder is not left behind, unless something came into it.
        if not was_there:
            with suppress(OSError):
                data.rmdir()


def clear_left() -> list[Path]:
    """Remove the work folders that processes left when they were killed, and return them."""
    left = left_behind()
    for folder in left:
        shutil.rmtree(folder, ignore_errors=True)
    return left


def left_behind() -> list[Path]:
    """Return the work folders that nobody holds."""
    return [path for path in sorted(Path(settings.DATA).glob(f"{WORK}*")) if not _is_held(path)]


def clear_drafts(folder: Path, *, at: datetime) -> None:
    """Remove what was half-written, and is encrypted, of backups that were broken off long ago."""
    for draft in folder.glob(DRAFTS):
        if at.timestamp() - draft.stat().st_mtime > DRAFT_AGE.total_seconds():
            draft.unlink(missing_ok=True)


def _is_held(folder: Path) -> bool:
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        # Gone meanwhile, or not ours to remove.
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False
