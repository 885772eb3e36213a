"""The embedded database belongs to one process: who serves or writes holds its data folder."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from django.utils.translation import gettext_lazy as _

from tejido.foundation.errors import Refused


class DataInUse(Refused):
    """Another process holds the data folder."""

    def __init__(self, *, folder: Path, holder: str) -> None:
        """Name the folder and who holds it."""
        sentence = _(
            "The data in %(folder)s is in use by “%(holder)s”. "
            "Stop that first, or do this at the desk."
        ) % {"folder": folder, "holder": holder}
        super().__init__("data-in-use", sentence)


@contextmanager
def one_process(folder: Path, *, command: str) -> Iterator[None]:
    """Hold the data folder while this process, and any that it forks, may write.

    The kernel lets go when the last holder ends, however it ends: nothing is left to tidy.

    Args:
        folder: the data folder; made, for its owner only, where it does not exist.
        command: what holds it, for the sentence that refuses the next.

    Raises:
        DataInUse: another process holds it.
        FolderClosed: this person may not write there.
    """
    with _opened(folder) as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as busy:
            held.seek(0)
            raise DataInUse(folder=folder, holder=held.read() or "tejido") from busy
        held.truncate(0)
        held.write(f"tejido {command}, process {os.getpid()}")
        held.flush()
        yield


class FolderClosed(Refused):
    """The data folder cannot be made or written."""

    def __init__(self, *, folder: Path) -> None:
        """Name the folder."""
        sentence = _(
            "The folder %(folder)s cannot be written by you. "
            "Choose another with --data, or change who owns it."
        ) % {"folder": folder}
        super().__init__("folder-closed", sentence)


def _opened(folder: Path) -> TextIO:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return (folder / "in-use").open("a+", encoding="utf-8")
    except OSError as error:
        raise FolderClosed(folder=folder) from error
