"""What signs sessions, read while the settings are: by every command, with any database or none.

So reading never makes or refuses anything. What is wrong is said by `keeping_keys.keep_keys` and
by `foundation.keys`, when the server starts and when a key is used.
"""

import secrets
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from tejido.foundation.key_files import KeyRefused, Purpose, listed, read_key


def session_secrets(folder: Path, *, before: Path, given: str = "") -> list[str]:
    """Return what signs sessions, then what is still believed.

    Args:
        folder: the folder of the keys.
        before: where an installation kept its only key before there was such a folder; it is
            believed for as long as it lies there.
        given: by the environment, or ''; it signs where it is set.
    """
    found = filter(None, [given, *_kept(folder), _text_of(before)])
    # Until the server starts and keeps it, a new one is good for this process.
    return list(dict.fromkeys(found)) or [secrets.token_urlsafe(50)]


def _kept(folder: Path) -> Iterator[str]:
    with suppress(KeyRefused):
        for name in listed(folder).usable(Purpose.SESSIONS):
            yield read_key(folder, name).secret


def _text_of(file: Path) -> str:
    with suppress(OSError, UnicodeDecodeError):
        return file.read_text(encoding="utf-8")
    return ""
