"""Opening files that may not be what they claim; a refusal is a sentence that says what to do."""

import codecs
import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import compress, islice
from operator import not_
from pathlib import Path
from typing import Any, BinaryIO

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tejido.directory.domain.encodings import is_mac_roman
from tejido.foundation.files import (
    HEAD,
    FileRefused,
    head_of,
    not_utf8,
    refuse_no_text,
    utf8_text,
    wide_codec,
)

MAX_LINE = 8 * 1024 * 1024
MAX_ROW = 1024 * 1024
# One piece of JSON is held whole, and each of its lists and objects takes twenty times its room.
MAX_DOCUMENT = 64 * 1024 * 1024
MAX_OBJECTS = 2_000_000
MIXED = "UTF-8, Windows-1252"
MAC_ROMAN = "Mac Roman"
JSON_WANTED = _("JSON, or as a zip file of HSDS tables")
TABLE_WANTED = _("XLSX or CSV (UTF-8)")
SENTENCES: dict[str, Promise] = {
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
    "table-too-wide": _(
        "%(path)s has %(columns)s columns, far more than a list of services. Nothing changed. "
        "Save only the columns of the list."
    ),
    "file-one-piece": _(
        "%(path)s is too large for JSON in one piece. Nothing changed. "
        "Get it with one record a line (ndjson), or as HSDS tables."
    ),
    "file-too-deep": _(
        "%(path)s is nested too deeply to be HSDS. Nothing changed. Ask its maker what it is."
    ),
}


def refused(code: str, path: Path, **values: object) -> FileRefused:
    """Return a refusal with the sentence of its code."""
    return FileRefused(code, SENTENCES[code], path, **values)


@dataclass(frozen=True, slots=True)
class JsonFile:
    """A file of JSON: one object a line (`lines`), or one whole document."""

    path: Path
    lines: bool
    document: Any = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file.

    Attributes:
        number: from 1.
        value: what it holds, None where it cannot be read.
        text: as it stands; the beginning of a line without end.
        is_readable: whether it is JSON.
        is_cut: whether the file breaks off in it.
        is_endless: whether it is longer than any record.
    """

    number: int
    value: Any
    text: str
    is_readable: bool
    is_cut: bool
    is_endless: bool = False


def read_json_file(path: Path) -> JsonFile:
    """Return what a JSON file holds: the document, or that it has one object a line.

    Raises:
        FileRefused: it is no JSON, or not whole; nothing was read.
    """
    head = head_of(path)
    refuse_no_text(path, head, wanted=JSON_WANTED)
    begins = head.removeprefix(codecs.BOM_UTF8).lstrip()
    if begins[:1] not in (b"{", b"["):
        is_table = _is_table(begins.split(b"\n", 1)[0])
        raise refused("file-table" if is_table else "file-not-json", path)
    if _has_lines(path):
        return JsonFile(path, lines=True)
    return JsonFile(
        path, lines=False, document=_document(path, utf8_text(path, _in_one_piece(path)))
    )


def read_table_text(path: Path) -> tuple[str, str]:
    """Return the text of a table and the name of its encoding.

    UTF-8, UTF-16, Windows-1252, Mac Roman, or `MIXED` where some lines are UTF-8 and some
    Windows-1252.

    Raises:
        FileRefused: it is missing, no text, a web page, or JSON.
    """
    refuse_no_text(path, head_of(path), wanted=TABLE_WANTED, wide=True)
    _refuse_endless(path)
    text, encoding = _decoded(path, path.read_bytes())
    if text.lstrip()[:1] in ("{", "["):
        raise refused("file-json", path)
    return text, encoding


def is_json(path: Path) -> bool:
    """Say whether a file begins as JSON does."""
    head = head_of(path).removeprefix(codecs.BOM_UTF8).lstrip()
    return head[:1] in (b"{", b"[")


def json_lines(path: Path) -> Iterator[Line]:
    """Return each line that has something, read one at a time, however large the file.

    Raises:
        FileRefused: a line is not written in UTF-8.
    """
    with path.open("rb") as file:
        for number, raw in enumerate(iter(lambda: file.readline(MAX_LINE), b""), start=1):
            is_cut = not raw.endswith(b"\n")
            if is_cut and len(raw) == MAX_LINE:
                _pass_over_line(file)
                text = raw[:HEAD].decode("utf-8", "replace")
                yield Line(number, None, text, is_readable=False, is_cut=False, is_endless=True)
            elif text := utf8_text(path, raw).strip():
                yield _line(number, text, is_cut=is_cut)


def _line(number: int, text: str, *, is_cut: bool) -> Line:
    try:
        return Line(number, json.loads(text), text, is_readable=True, is_cut=is_cut)
    except (ValueError, RecursionError):
        return Line(number, None, text, is_readable=False, is_cut=is_cut)


def _pass_over_line(file: BinaryIO) -> None:
    while (more := file.readline(MAX_LINE)) and not more.endswith(b"\n"):
        pass


def _in_one_piece(path: Path) -> bytes:
    """Return a whole file.

    Raises:
        FileRefused: it would take far more memory than a list does.
    """
    if path.stat().st_size > MAX_DOCUMENT:
        raise refused("file-one-piece", path)
    contents = path.read_bytes()
    if contents.count(b"{") + contents.count(b"[") > MAX_OBJECTS:
        raise refused("file-one-piece", path)
    return contents


def _refuse_endless(path: Path) -> None:
    """Refuse a line of many megabytes before it is held whole."""
    with path.open("rb") as file:
        for number, line in enumerate(iter(lambda: file.readline(MAX_ROW + 1), b""), start=1):
            if len(line) > MAX_ROW:
                raise refused("table-one-line", path, line=number)


def _decoded(path: Path, contents: bytes) -> tuple[str, str]:
    wide = wide_codec(contents[:HEAD])
    try:
        if wide:
            return contents.decode(wide), "UTF-16"
        if _is_utf8(contents):
            return contents.decode("utf-8-sig"), "UTF-8"
        return _by_line(contents)
    except UnicodeDecodeError as error:
        raise not_utf8(path) from error


def _by_line(contents: bytes) -> tuple[str, str]:
    """Return a text of which each line is UTF-8, or else Windows-1252 or Mac Roman."""
    lines = contents.removeprefix(codecs.BOM_UTF8).split(b"\n")
    is_utf8 = [_is_utf8(line) for line in lines]
    is_mac = is_mac_roman(b"\n".join(compress(lines, map(not_, is_utf8))))
    other = "mac_roman" if is_mac else "cp1252"
    read = zip(lines, is_utf8, strict=True)
    text = "\n".join(line.decode("utf-8" if known else other) for line, known in read)
    is_mixed = not all(line.isascii() for line in compress(lines, is_utf8))
    return text, MAC_ROMAN if is_mac else MIXED if is_mixed else "Windows-1252"


def _is_utf8(contents: bytes) -> bool:
    try:
        contents.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


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
        raise refused("file-too-deep", path) from error
    except json.JSONDecodeError as error:
        if error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated"):
            raise refused("file-cut-short", path) from error
        raise refused("file-broken", path, line=error.lineno) from error
    except ValueError as error:
        raise refused("file-broken", path, line=1) from error
