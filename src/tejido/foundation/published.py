"""Files that many processes read while newer ones take their place: immutable, named by content.

A text file beside them, the pointer, names the one to read; it is replaced in one step. The name
of a file is its own hash, so that a damaged one is known.
"""

import hashlib
import os
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

Opened = TypeVar("Opened")
_DIGITS = 32
# A build never takes as long as that: what is older was left by one that was killed.
KILLED_SECONDS = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class PublishedFiles:
    """One kind of such files in a folder.

    Attributes:
        prefix: what their names begin with.
        pointer: the name of the file that names the current one.
        kept: how many older ones stay, for processes that still read them.
    """

    prefix: str
    pointer: str
    kept: int = 2

    def name_of(self, content: Path) -> str:
        """Return the name that a file with this content has."""
        return f"{self.prefix}{_hash(content)[:_DIGITS]}.sqlite"

    def is_whole(self, file: Path) -> bool:
        """Tell whether a file is what its name says: not cut short, not changed."""
        return file.is_file() and file.name == self.name_of(file)

    def files_in(self, folder: Path) -> list[Path]:
        """Return every file of the folder, newest first."""
        files = folder.glob(f"{self.prefix}*.sqlite")
        return sorted(files, key=lambda file: (-file.stat().st_mtime_ns, file.name))

    def offered_by(self, folder: Path) -> Iterator[Path]:
        """Yield the files to try, the current one first, then older ones, newest first."""
        pointer = folder / self.pointer
        current = folder / pointer.read_text().strip() if pointer.is_file() else None
        if current is not None:
            yield current
        yield from (file for file in self.files_in(folder) if file != current)

    def pointer_state(self, folder: Path) -> tuple[object, ...]:
        """Return what changes when a newer file stands; one look at the disk."""
        try:
            found = (folder / self.pointer).stat()
        except OSError:
            return (folder, None)
        return (folder, found.st_mtime_ns, found.st_ino)

    def draft_in(self, folder: Path) -> Path:
        """Return where to write the next file; the folder is made, and what was left goes."""
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for left in folder.glob(f"draft-{self.prefix}*.sqlite"):
            if time.time() - left.stat().st_mtime > KILLED_SECONDS:
                left.unlink(missing_ok=True)
        draft = folder / f"draft-{self.prefix}{os.getpid()}.sqlite"
        draft.unlink(missing_ok=True)
        return draft

    def publish(self, draft: Path, *, folder: Path) -> Path:
        """Name a draft after its hash, make it the current file, and return where it is."""
        _sync(draft)
        final = folder / self.name_of(draft)
        draft.replace(final)
        self._point_to(final, folder)
        self._prune(folder, current=final)
        return final

    def _point_to(self, final: Path, folder: Path) -> None:
        pointer = folder / f"{self.pointer}.{os.getpid()}.new"
        pointer.write_text(final.name)
        _sync(pointer)
        pointer.replace(folder / self.pointer)
        _sync(folder)

    def _prune(self, folder: Path, *, current: Path) -> None:
        """Remove old files. A process that still reads one keeps it until it lets go."""
        older = [file for file in self.files_in(folder) if file != current]
        for file in older[self.kept :]:
            file.unlink(missing_ok=True)


@dataclass(slots=True)
class InUse(Generic[Opened]):
    """The file that this process reads now, opened once, until a newer one stands.

    Attributes:
        files: which kind.
        newest: opens what a folder offers, given what is in use; it says what else may stay.
    """

    files: PublishedFiles
    newest: Callable[[Path, Opened | None], Opened]
    _seen: tuple[object, ...] = ()
    _opened: Opened | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def current(self, folder: Path) -> Opened:
        """Return what is to be read now; a newer one is noticed by one look at the pointer."""
        seen = self.files.pointer_state(folder)
        if seen != self._seen or self._opened is None:
            with self._lock:
                if seen != self._seen or self._opened is None:
                    self._opened = self.newest(folder, self._opened)
                    self._seen = seen
        return self._opened

    def let_go(self, damaged: Opened) -> None:
        """Use it no more, unless another took its place already."""
        with self._lock:
            if self._opened is damaged:
                self._opened = None


def _hash(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
