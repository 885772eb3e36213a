"""Opening a file that may not be what it claims; a refusal is a sentence that says what to do."""

import codecs
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tejido.foundation.errors import Refused

HEAD = 4096
_PACKED = (b"PK\x03\x04", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf")
_OLD_SPREADSHEET = b"\xd0\xcf\x11\xe0"
_SENTENCES: dict[str, Promise] = {
    "file-missing": _("There is no file %(path)s. Check the name and the folder."),
    "file-no-file": _("%(path)s is not a file. Name one file."),
    "file-closed": _("%(path)s cannot be read. Ask whoever owns it to let you read it."),
    "file-empty": _("%(path)s is empty. Nothing changed. Get the file again."),
    "file-packed": _(
        "%(path)s is packed, or is a document of another kind. Nothing changed. "
        "Unpack it, or save it as %(wanted)s."
    ),
    "file-old-spreadsheet": _(
        "%(path)s is an old spreadsheet (XLS), or is locked with a password. Nothing changed. "
        "Save it without a password as %(wanted)s."
    ),
    "file-binary": _("%(path)s is not text. Nothing changed. Get it as %(wanted)s."),
    "file-encoding": _(
        "%(path)s is not written in UTF-8. Nothing changed. Save it again with encoding UTF-8."
    ),
    "file-web-page": _(
        "%(path)s is a web page or XML, not data. Nothing changed. "
        "Open its address in a browser: there may be a sign-in or an error in the way."
    ),
}


class FileRefused(Refused):
    """A file that is not what it claims to be; nothing changed."""

    def __init__(self, code: str, sentence: Promise, path: Path, **values: object) -> None:
        """Name the file in the sentence."""
        super().__init__(code, sentence % {"path": path.name or path, **values})


def head_of(path: Path) -> bytes:
    """Return the first bytes of a file.

    Raises:
        FileRefused: it is missing, no file, or closed.
    """
    if not path.exists():
        raise _refused("file-missing", path)
    if not path.is_file():
        raise _refused("file-no-file", path)
    try:
        with path.open("rb") as file:
            return file.read(HEAD)
    except PermissionError as error:
        raise _refused("file-closed", path) from error


def refuse_no_text(path: Path, head: bytes, *, wanted: Promise, wide: bool = False) -> None:
    """Refuse what cannot be text, by its first bytes.

    Args:
        path: the file, for the sentence.
        head: its first bytes.
        wanted: the formats that would do, such as "XLSX or CSV".
        wide: whether UTF-16 would do.

    Raises:
        FileRefused: it is empty, packed, a spreadsheet, binary, or a web page.
    """
    text = head.removeprefix(codecs.BOM_UTF8).strip()
    if not text:
        raise _refused("file-empty", path)
    if head.startswith(_OLD_SPREADSHEET):
        raise _refused("file-old-spreadsheet", path, wanted=wanted)
    if head.startswith(_PACKED):
        raise packed_file(path, wanted=wanted)
    if wide_codec(head):
        if wide:
            return
        raise not_utf8(path)
    if b"\x00" in head:
        raise _refused("file-binary", path, wanted=wanted)
    if text.startswith(b"<"):
        raise _refused("file-web-page", path)


def wide_codec(head: bytes) -> str:
    """Return the name of the UTF-16 in which a file begins, or '' where it is none.

    Without its mark it is known by its letters: every second byte is zero, and no other one.
    """
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    first, second = head[0::2].count(0), head[1::2].count(0)
    if min(first, second) or max(first, second) < len(head) / 3:
        return ""
    return "utf-16-le" if second else "utf-16-be"


def utf8_text(path: Path, contents: bytes) -> str:
    """Return contents as text, without a byte order mark.

    Raises:
        FileRefused: they are not written in UTF-8.
    """
    try:
        return contents.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise not_utf8(path) from error


def not_utf8(path: Path) -> FileRefused:
    """Return the refusal of a file in another encoding."""
    return _refused("file-encoding", path)


def packed_file(path: Path, *, wanted: Promise) -> FileRefused:
    """Return the refusal of a file that is packed, or a document of another kind."""
    return _refused("file-packed", path, wanted=wanted)


def _refused(code: str, path: Path, **values: object) -> FileRefused:
    return FileRefused(code, _SENTENCES[code], path, **values)
