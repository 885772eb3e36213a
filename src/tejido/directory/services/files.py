"""Opening files that may not be what they claim; a refusal is a sentence that says what to do."""

import codecs
import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tejido.foundation.errors import Refused

HEAD = 4096
MAX_LINE = 8 * 1024 * 1024
MAX_ROW = 1024 * 1024
SENTENCES: dict[str, Promise] = {
    "file-missing": _("There is no file %(path)s. Check the name and the folder."),
    "file-no-file": _("%(path)s is not a file. Name one file."),
    "file-closed": _("%(path)s cannot be read. Ask whoever owns it to let you read it."),
    "file-empty": _("%(path)s is empty. Nothing changed. Get the file again."),
    "file-compressed": _(
        "%(path)s is packed, or is a document of another kind. Nothing changed. "
        "Unpack it, or save the sheet as XLSX or CSV (UTF-8), and import that file."
    ),
    "file-old-spreadsheet": _(
        "%(path)s is an old spreadsheet (XLS), or is locked with a password. Nothing changed. "
        "Save it as XLSX without a password, and import that file."
    ),
    "spreadsheet-broken": _(
        "%(path)s is not a whole spreadsheet. Nothing changed. "
        "Get the file again, or open it in a spreadsheet program and save it as XLSX."
    ),
    "spreadsheet-bomb": _(
        "%(path)s would unpack to far more than a list of services has. Nothing changed. "
        "Save only the sheet with the list, as XLSX or CSV."
    ),
    "sheet-too-large": _(
        "%(path)s has more rows, columns or merged cells than a list of services. "
        "Nothing changed. Save only the list, as CSV."
    ),
    "sheets-empty": _(
        "%(path)s has no sheet with anything in it. Nothing changed. Hidden sheets are not read."
    ),
    "table-one-line": _(
        "Line %(line)s of %(path)s is longer than any row of a list. Nothing changed. "
        "Get the file again, with one row a line."
    ),
    "table-no-rows": _("%(path)s has no rows below its header. Nothing changed."),
    "file-binary": _("%(path)s is not text. Nothing changed. Get it as JSON or CSV."),
    "file-encoding": _(
        "%(path)s is not written in UTF-8. Nothing changed. Save it again with encoding UTF-8."
    ),
    "file-web-page": _(
        "%(path)s is a web page, not data. Nothing changed. "
        "Open its address in a browser: there may be a sign-in or an error in the way."
    ),
    "file-table": _(
        "%(path)s looks like a table, not like JSON. Nothing changed. "
        "Use import_table services with a mapping file."
    ),
    "file-json": _(
        "%(path)s is JSON, not a table. Nothing changed. Use import_hsds for HSDS data."
    ),
    "file-not-json": _("%(path)s is not JSON. Nothing changed. Get it as HSDS 3 JSON."),
    "file-broken": _(
        "%(path)s is not whole JSON: line %(line)s cannot be read. Nothing changed. "
        "Get the file again, or have its maker check it."
    ),
    "file-cut-short": _(
        "%(path)s ends in the middle of a record. Nothing changed. Get the whole file again."
    ),
    "table-broken": _(
        "Row %(row)s of %(path)s cannot be read: a quotation mark may be missing, or the file may "
        "be cut short. Nothing changed. Mend the row, or get the file again."
    ),
    "file-too-deep": _(
        "%(path)s is nested too deeply to be HSDS. Nothing changed. Ask its maker what it is."
    ),
}


class FileRefused(Refused):
    """A file that is not what it claims to be; nothing changed."""

    def __init__(self, code: str, path: Path, **values: object) -> None:
        """Choose the sentence and name the file."""
        super().__init__(code, SENTENCES[code] % {"path": path.name or path, **values})


@dataclass(frozen=True, slots=True)
class JsonFile:
    """A file of JSON: one object a line (`lines`), or one whole document."""

    path: Path
    lines: bool
    document: Any = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file: its number from 1, its value, and whether the file breaks off in it."""

    number: int
    value: Any
    text: str
    is_readable: bool
    is_cut: bool


def read_json_file(path: Path) -> JsonFile:
    """Return what a JSON file holds: the document, or that it has one object a line.

    Raises:
        FileRefused: it is no JSON, or not whole; nothing was read.
    """
    head = _head(path)
    _refuse_binary(path, head, wide=False)
    text = head.removeprefix(codecs.BOM_UTF8).lstrip()
    if text[:1] not in (b"{", b"["):
        is_table = _is_table(text.split(b"\n", 1)[0])
        raise FileRefused("file-table" if is_table else "file-not-json", path)
    if _has_lines(path):
        return JsonFile(path, lines=True)
    return JsonFile(path, lines=False, document=_document(path, _utf8(path, path.read_bytes())))


def read_table_text(path: Path) -> tuple[str, str]:
    """Return the text of a table and the name of its encoding.

    UTF-8, UTF-16 with its mark (as spreadsheets save it), else Windows-1252.

    Raises:
        FileRefused: it is missing, no text, a web page, or JSON.
    """
    _refuse_binary(path, _head(path), wide=True)
    _refuse_endless(path)
    text, encoding = _decoded(path, path.read_bytes())
    if text.lstrip()[:1] in ("{", "["):
        raise FileRefused("file-json", path)
    return text.lstrip("\n\r "), encoding


def is_json(path: Path) -> bool:
    """Say whether a file begins as JSON does."""
    head = _head(path).removeprefix(codecs.BOM_UTF8).lstrip()
    return head[:1] in (b"{", b"[")


def json_lines(path: Path) -> Iterator[Line]:
    """Return each line that has something, read one at a time, however large the file.

    Raises:
        FileRefused: a line is not written in UTF-8.
    """
    with path.open("rb") as file:
        for number, raw in enumerate(file, start=1):
            text = _utf8(path, raw).strip()
            if text:
                is_cut = not raw.endswith(b"\n")
                try:
                    yield Line(number, json.loads(text), text, is_readable=True, is_cut=is_cut)
                except (ValueError, RecursionError):
                    yield Line(number, None, text, is_readable=False, is_cut=is_cut)


def _head(path: Path) -> bytes:
    """Return the first bytes of a file.

    Raises:
        FileRefused: it is missing, no file, or closed.
    """
    if not path.exists():
        raise FileRefused("file-missing", path)
    if not path.is_file():
        raise FileRefused("file-no-file", path)
    try:
        with path.open("rb") as file:
            return file.read(HEAD)
    except PermissionError as error:
        raise FileRefused("file-closed", path) from error


def _refuse_binary(path: Path, head: bytes, *, wide: bool) -> None:
    if not head.removeprefix(codecs.BOM_UTF8).strip():
        raise FileRefused("file-empty", path)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise FileRefused("file-old-spreadsheet", path)
    packed = (b"PK\x03\x04", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf")
    if head.startswith(packed):
        raise FileRefused("file-compressed", path)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        if wide:
            return
        raise FileRefused("file-encoding", path)
    if b"\x00" in head:
        raise FileRefused("file-binary", path)
    text = head.removeprefix(codecs.BOM_UTF8).lstrip()
    if text.startswith(b"<"):
        raise FileRefused("file-web-page", path)


def _refuse_endless(path: Path) -> None:
    """Refuse a line of many megabytes before it is held whole."""
    with path.open("rb") as file:
        for number, line in enumerate(iter(lambda: file.readline(MAX_ROW + 1), b""), start=1):
            if len(line) > MAX_ROW:
                raise FileRefused("table-one-line", path, line=number)


def _utf8(path: Path, contents: bytes) -> str:
    try:
        return contents.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileRefused("file-encoding", path) from error


def _decoded(path: Path, contents: bytes) -> tuple[str, str]:
    is_wide = contents.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    tries = (
        [("utf-16", "UTF-16")] if is_wide else [("utf-8-sig", "UTF-8"), ("cp1252", "Windows-1252")]
    )
    for codec, name in tries:
        try:
            return contents.decode(codec), name
        except UnicodeDecodeError:
            continue
    raise FileRefused("file-encoding", path)


def _is_table(line: bytes) -> bool:
    return any(line.count(mark) >= 2 for mark in (b",", b";", b"\t"))


def _has_lines(path: Path) -> bool:
    """Say whether each line is an object: by the file's name, or because its first two are."""
    if path.suffix.lower() in (".ndjson", ".jsonl"):
        return True
    with path.open("rb") as file:
        some = (line for line in iter(lambda: file.readline(MAX_LINE), b"") if line.strip())
        two = [line.removeprefix(codecs.BOM_UTF8).strip() for line in islice(some, 2)]
    starts = all(line.startswith(b"{") for line in two)
    return len(two) == 2 and starts and any(_is_object(line) for line in two)


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _document(path: Path, text: str) -> Any:
    try:
        return json.loads(text)
    except RecursionError as error:
        raise FileRefused("file-too-deep", path) from error
    except json.JSONDecodeError as error:
        if error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated"):
            raise FileRefused("file-cut-short", path) from error
        raise FileRefused("file-broken", path, line=error.lineno) from error
    except ValueError as error:
        raise FileRefused("file-broken", path, line=1) from error
