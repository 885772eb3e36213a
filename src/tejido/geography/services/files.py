"""Reading a file of places as text, unpacked where it is packed with gzip."""

import gzip
import zlib
from io import BytesIO
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from tejido.foundation.files import HEAD, FileRefused, head_of, refuse_no_text, utf8_text

_GZIP = b"\x1f\x8b"
_WANTED = _("CSV, GeoJSON or TopoJSON")
_CUT_SHORT = _(
    "%(path)s is packed with gzip and cannot be unpacked to its end. Nothing changed. "
    "Get the whole file again."
)
_TOO_LARGE = _(
    "%(path)s holds more than %(megabytes)s MB. Nothing changed. Get the Census Bureau's "
    "file itself, or a less detailed one."
)


def read_text(path: Path, *, at_most: int) -> str:
    """Return the text of a file in UTF-8, unpacked where it is packed with gzip.

    Args:
        path: the file.
        at_most: bytes that it may hold when unpacked.

    Raises:
        FileRefused: it is missing, closed, empty, too large, packed otherwise or no text.
    """
    is_packed = head_of(path).startswith(_GZIP)
    with path.open("rb") as file:
        contents = _limited(path, file.read(at_most + 1), at_most)
    if is_packed:
        contents = _unpacked(path, contents, at_most)
    refuse_no_text(path, contents[:HEAD], wanted=_WANTED)
    return utf8_text(path, contents)


def _unpacked(path: Path, contents: bytes, at_most: int) -> bytes:
    try:
        with gzip.open(BytesIO(contents)) as file:
            return _limited(path, file.read(at_most + 1), at_most)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise FileRefused("file-cut-short", _CUT_SHORT, path) from error


def _limited(path: Path, contents: bytes, at_most: int) -> bytes:
    if len(contents) > at_most:
        raise FileRefused("file-too-large", _TOO_LARGE, path, megabytes=at_most // 1_000_000)
    return contents
