"""Opening a file of places that may not be what it claims; a refusal says what to do."""

import gzip
import zlib
from io import BytesIO
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tejido.foundation.errors import Refused

_GZIP = b"\x1f\x8b"
_PACKED = (b"PK\x03\x04", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf", b"\xd0\xcf\x11\xe0")
_HEAD = 4096
SENTENCES: dict[str, Promise] = {
    "file-missing": _("There is no file %(path)s. Check the name and the folder."),
    "file-no-file": _("%(path)s is not a file. Name one file."),
    "file-closed": _("%(path)s cannot be read. Ask whoever owns it to let you read it."),
    "file-empty": _("%(path)s is empty. Nothing changed. Get the file again."),
    "file-packed": _(
        "%(path)s is packed, or is a spreadsheet. Nothing changed. Unpack it and name the one "
        "file inside. A spreadsheet must be saved as CSV, a shapefile as GeoJSON."
    ),
    "file-cut-short": _(
        "%(path)s is packed with gzip and cannot be unpacked to its end. Nothing changed. "
        "Get the whole file again."
    ),
    "file-too-large": _(
        "%(path)s holds more than %(megabytes)s MB. Nothing changed. Get the Census Bureau's "
        "file itself, or a less detailed one."
    ),
    "file-web-page": _(
        "%(path)s is a web page or XML, not data. Nothing changed. "
        "Open its address in a browser: there may be a sign-in or an error in the way."
    ),
    "file-binary": _("%(path)s is not text. Nothing changed. Get it as CSV, GeoJSON or TopoJSON."),
    "file-encoding": _(
        "%(path)s is not written in UTF-8. Nothing changed. Save it again with encoding UTF-8."
    ),
}


class FileRefused(Refused):
    """A file that is not what it claims to be; nothing changed."""

    def __init__(self, code: str, sentence: Promise, path: Path, **values: object) -> None:
        """Name the file in the sentence."""
        super().__init__(code, sentence % {"path": path.name or path, **values})


def read_text(path: Path, *, at_most: int) -> str:
    """Return the text of a file in UTF-8, unpacked where it is packed with gzip.

    Args:
        path: the file.
        at_most: bytes that it may hold when unpacked.

    Raises:
        FileRefused: it is missing, closed, empty, too large, packed otherwise or no text.
    """
    contents = _contents(path, at_most)
    if contents.startswith(_GZIP):
        contents = _unpacked(path, contents, at_most)
    _refuse_binary(path, contents[:_HEAD])
    try:
        return contents.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _refused("file-encoding", path) from error


def _contents(path: Path, at_most: int) -> bytes:
    if not path.exists():
        raise _refused("file-missing", path)
    if not path.is_file():
        raise _refused("file-no-file", path)
    try:
        with path.open("rb") as file:
            return _limited(path, file.read(at_most + 1), at_most)
    except PermissionError as error:
        raise _refused("file-closed", path) from error


def _unpacked(path: Path, contents: bytes, at_most: int) -> bytes:
    try:
        with gzip.open(BytesIO(contents)) as file:
            return _limited(path, file.read(at_most + 1), at_most)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise _refused("file-cut-short", path) from error


def _limited(path: Path, contents: bytes, at_most: int) -> bytes:
    if len(contents) > at_most:
        raise _refused("file-too-large", path, megabytes=at_most // 1_000_000)
    return contents


def _refuse_binary(path: Path, head: bytes) -> None:
    text = head.removeprefix(b"\xef\xbb\xbf").strip()
    if not text:
        raise _refused("file-empty", path)
    if head.startswith((*_PACKED, _GZIP)):
        raise _refused("file-packed", path)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _refused("file-encoding", path)
    if b"\x00" in head:
        raise _refused("file-binary", path)
    if text.startswith(b"<"):
        raise _refused("file-web-page", path)


def _refused(code: str, path: Path, **values: object) -> FileRefused:
    return FileRefused(code, SENTENCES[code], path, **values)
