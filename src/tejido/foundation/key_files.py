"""Keys in files outside the database: one file a key, its owner alone may read it.

A file is some lines of comment and then the secret in the form that other programs read too (an
age identity, PEM). One that was cut short or changed is known by its check. Of a key that was
destroyed a file without a secret stays, so that its number is never used again and nobody looks
for it.
"""

import hashlib
import os
import re
import secrets
import stat
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from uuid import UUID

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from tejido.foundation.errors import Refused

_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_CHECK = "check"
MARK_DIGITS = 16


class Purpose(StrEnum):
    """What a key is for. Each has its own ring of generations; of peppers each member has one."""

    SESSIONS = "sessions"
    SECOND_STEPS = "second-steps"
    PEPPER = "pepper"
    SEALING = "sealing"
    CREDENTIALS = "credentials"
    AUDIT = "audit"
    BACKUP = "backup"


_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_NAME = re.compile(
    rf"(?P<purpose>{'|'.join(Purpose)})(?:-(?P<owner>{_UUID}))?"
    r"\.(?P<generation>[1-9][0-9]{0,5})\.(?P<state>key|destroyed)"
)


@dataclass(frozen=True, slots=True)
class KeyName:
    """Which key; `owner` is the member whose pepper it is, and None for all other keys."""

    purpose: Purpose
    owner: UUID | None
    generation: int

    @property
    def ring(self) -> tuple[Purpose, UUID | None]:
        """Return what its generations have in common."""
        return (self.purpose, self.owner)

    def __str__(self) -> str:
        """Return the name of the file without its ending."""
        ring = f"{self.purpose}-{self.owner}" if self.owner else self.purpose.value
        return f"{ring}.{self.generation}"


@dataclass(frozen=True, slots=True)
class Key:
    """One key. It never says its secret by itself, so that no log does."""

    name: KeyName
    made_at: datetime
    secret: str

    def __repr__(self) -> str:
        """Return the name only."""
        return f"<Key {self.name}>"

    @property
    def mark(self) -> str:
        """Return 16 hexadecimal digits that tell this key from others and say nothing of it."""
        return hashlib.sha256(f"mark of a key\n{self.secret}".encode()).hexdigest()[:MARK_DIGITS]


class KeyRefused(Refused):
    """A key cannot be read, made or destroyed. The code says why, the sentence what to do."""

    def __init__(
        self, code: str, sentence: object, told: Mapping[str, object] | None = None
    ) -> None:
        """Keep the sentence with what it tells, for later: no language is known yet."""
        super().__init__(code, _later(sentence, told) if told else sentence)


def _filled(sentence: object, told: Mapping[str, object]) -> str:
    return str(sentence) % told


_later = lazy(_filled, str)


@dataclass(frozen=True, slots=True)
class Listed:
    """What lies in the folder of the keys; a key that came back may be in both."""

    keys: frozenset[KeyName]
    destroyed: frozenset[KeyName]

    def usable(self, purpose: Purpose, owner: UUID | None = None) -> list[KeyName]:
        """Return the keys of one ring that were not destroyed, newest first."""
        ring = (name for name in self.keys - self.destroyed if name.ring == (purpose, owner))
        return sorted(ring, key=lambda name: -name.generation)


def listed(folder: Path) -> Listed:
    """Return which keys a folder holds; none where there is no folder.

    Raises:
        KeyRefused: `folder-open`, `folder-closed`.
    """
    try:
        _check_only_ours(folder, "folder-open")
        files = [path.name for path in folder.iterdir()]
    except FileNotFoundError:
        files = []
    except OSError as error:
        raise _closed(folder, "folder-closed") from error
    return Listed(_named(files, "key"), _named(files, "destroyed"))


def read_key(folder: Path, name: KeyName) -> Key:
    """Return a key that is there.

    Raises:
        KeyRefused: `key-missing`, `key-open`, `key-closed`, `key-damaged`.
    """
    path = _path(folder, name)
    try:
        _check_only_ours(path, "key-open")
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise missing(folder, name) from error
    except UnicodeDecodeError as error:
        raise _damaged(path, name) from error
    except OSError as error:
        raise _closed(path, "key-closed") from error
    return _parsed(name, text, path)


def make_key(folder: Path, name: KeyName, secret: str, *, at: datetime) -> Key:
    """Write a key and return it; of two processes at once one succeeds.

    It stands under its name only when it is whole and on the disk.

    Raises:
        KeyRefused: `key-exists`, `folder-open`, `folder-closed`.
    """
    key = Key(name, at.astimezone(UTC), secret)
    _make_folder(folder)
    _put(folder, _path(folder, name), _written(key))
    return key


def destroy_key(folder: Path, name: KeyName, *, at: datetime) -> None:
    """Overwrite a key, remove it, and leave a file that says so; safe to repeat.

    A disk or a backup may hold older copies of the file: they are not reached from here.

    Raises:
        KeyRefused: `folder-open`, `folder-closed`.
    """
    _make_folder(folder)
    path, left = _path(folder, name), _path(folder, name, "destroyed")
    if not left.exists():
        said = f"# tejido key {name}\n# destroyed: {at.astimezone(UTC).isoformat()}\n"
        _put(folder, left, said)
    try:
        if path.exists():
            _overwrite(path)
            path.unlink()
        _sync(folder)
    except OSError as error:
        raise _closed(path, "folder-closed") from error


def missing(folder: Path, name: KeyName) -> KeyRefused:
    """Return the refusal for a key that was in use and is not there."""
    sentence = _(
        "The key %(name)s is not in %(folder)s, and this installation has used it. Nothing was "
        "changed. Put the folder back from the copy that you keep of it, or say with TEJIDO_KEYS "
        "where it is. If the key is lost for good: ./tejido rotate_key %(purpose)s --lost."
    )
    told = {"name": name, "folder": folder, "purpose": name.purpose.value}
    return KeyRefused("key-missing", sentence, told)


def _named(files: list[str], state: str) -> frozenset[KeyName]:
    found = (_NAME.fullmatch(file) for file in files)
    return frozenset(
        KeyName(
            Purpose(name["purpose"]),
            UUID(name["owner"]) if name["owner"] else None,
            int(name["generation"]),
        )
        for name in found
        if name and name["state"] == state
    )


def _path(folder: Path, name: KeyName, state: str = "key") -> Path:
    return folder / f"{name}.{state}"


def _written(key: Key) -> str:
    head = f"# tejido key {key.name}\n# made: {key.made_at.isoformat()}\n"
    return f"{head}# {_CHECK}: {_check_of(head, key.secret)}\n{key.secret}\n"


def _check_of(head: str, secret: str) -> str:
    return hashlib.sha256(f"{head}{secret}".encode()).hexdigest()[:MARK_DIGITS]


def _parsed(name: KeyName, text: str, path: Path) -> Key:
    head = re.match(r"(# tejido key (\S+)\n# made: (\S+)\n)# check: (\w+)\n", text)
    secret = text[head.end() : -1] if head else ""
    is_whole = bool(secret) and text.endswith("\n")
    if not head or not is_whole or head[4] != _check_of(head[1], secret) or head[2] != str(name):
        raise _damaged(path, name)
    return Key(name, datetime.fromisoformat(head[3]), secret)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _check_only_ours(folder, "folder-open")
    except OSError as error:
        raise _closed(folder, "folder-closed") from error


def _put(folder: Path, path: Path, text: str) -> None:
    """Write a file whole under its name, or not at all; never over another."""
    draft = folder / f".{path.name}.{secrets.token_hex(8)}"
    try:
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        # A link is refused where the name is taken, which a rename is not.
        os.link(draft, path)
        _sync(folder)
    except FileExistsError as error:
        raise _exists(path) from error
    except OSError as error:
        raise _closed(folder, "folder-closed") from error
    finally:
        with suppress(OSError):
            draft.unlink()


def _overwrite(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(secrets.token_bytes(path.stat().st_size))
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _check_only_ours(path: Path, code: str) -> None:
    if path.stat().st_mode & _OTHERS:
        sentence = _(
            "%(path)s holds keys, and other users of this machine may look into it. Nothing was "
            "changed. Close it: chmod %(mode)s %(path)s. Who may have looked? If you cannot be "
            "sure, make new keys afterwards: ./tejido rotate_key."
        )
        mode = "700" if path.is_dir() else "600"
        raise KeyRefused(code, sentence, {"path": path, "mode": mode})


def _closed(path: Path, code: str) -> KeyRefused:
    sentence = _(
        "%(path)s cannot be read or written by you. Nothing was changed. Is there room on the "
        "disk? Does it belong to the user who runs Tejido? Give it to them with chown, or choose "
        "another folder with TEJIDO_KEYS."
    )
    return KeyRefused(code, sentence, {"path": path})


def _damaged(path: Path, name: KeyName) -> KeyRefused:
    sentence = _(
        "The key in %(path)s was cut short or changed. Nothing was changed now. Put this file "
        "back from the copy that you keep of the folder. If there is none: ./tejido rotate_key "
        "%(purpose)s --lost."
    )
    return KeyRefused("key-damaged", sentence, {"path": path, "purpose": name.purpose.value})


def _exists(path: Path) -> KeyRefused:
    sentence = _("%(path)s was made a moment ago by another process. Run the command again.")
    return KeyRefused("key-exists", sentence, {"path": path})
