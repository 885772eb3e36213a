"""Folders and zip files of tables: opened without unpacking, and refused with a sentence."""

import codecs
import csv
import io
import json
import re
import stat
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tejido.directory.domain.cleaning import clean_text, safe_link
from tejido.directory.domain.issues import IssueCode
from tejido.directory.domain.reading import Reading
from tejido.directory.domain.source import SourceIn
from tejido.foundation.files import FileRefused

MAX_FILES = 1_000
MAX_BYTES = 2_000_000_000
# Tables shrink to a tenth or a twentieth; what shrinks to a thousandth is made to fill a disk.
MAX_RATIO = 200
RATIO_FROM = 1_000_000
MAX_LINE = 8 * 1024 * 1024
MAX_CELL = 1_000_000
MAX_COLUMNS = 2_000
PACKAGE = "datapackage.json"
KEY = r"[a-z0-9][a-z0-9-]{0,79}"
# What the standard library raises for zip files that are not what they say.
UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError),
    RuntimeError,
)
PACKED = (".zip", ".gz", ".bz2", ".xz", ".7z", ".rar", ".tar", ".tgz")
SENTENCES: dict[str, Promise] = {
    "zip-broken": _("%(path)s is not a whole zip file. Nothing changed. Get the file again."),
    "zip-locked": _(
        "%(path)s is locked with a password. Nothing changed. Unpack it, and import the folder."
    ),
    "zip-outside": _(
        "%(path)s holds a file that would lie outside its folder: %(name)s. Nothing changed. "
        "Ask its maker for a clean file."
    ),
    "package-link": _(
        "%(path)s holds a link to another place instead of a file: %(name)s. Nothing changed. "
        "Put the file itself there."
    ),
    "zip-twice": _(
        "%(path)s holds the file %(name)s twice. Nothing changed. Leave only the right one."
    ),
    "zip-nested": _(
        "%(path)s holds another packed file: %(name)s. Nothing changed. "
        "Unpack it, and import what is in it."
    ),
    "zip-too-large": _(
        "%(path)s would unpack to more than 2 GB. Nothing changed. Import it in parts."
    ),
    "zip-too-many": _(
        "%(path)s holds more than 1,000 files. Nothing changed. Leave only the tables in it."
    ),
    "zip-bomb": _(
        "%(path)s holds a file that unpacks to more than 200 times its size: %(name)s. "
        "Nothing changed. Ask its maker what it is."
    ),
    "package-without-tables": _(
        "%(path)s has no table of HSDS in it, such as services.csv. Nothing changed. "
        "Name the folder or the zip file in which the tables are."
    ),
    "package-encoding": _(
        "%(name)s in %(path)s is not written in UTF-8. Nothing changed. "
        "Save it again with encoding UTF-8."
    ),
    "package-row-broken": _(
        "Row %(row)s of %(name)s in %(path)s cannot be read: a quotation mark may be missing, or "
        "a field is endless. Nothing changed. Mend the row, or get the file again."
    ),
    "package-too-wide": _(
        "%(name)s in %(path)s has %(columns)s columns, more than any table of HSDS. "
        "Nothing changed. Check that it is the right file."
    ),
    "package-columns": _(
        "%(name)s in %(path)s has the column %(column)s more than once. Nothing changed. "
        "Delete or rename one of them."
    ),
}


class PackageRefused(FileRefused):
    """A folder or zip file that cannot be read as tables; nothing changed."""

    def __init__(self, code: str, path: Path, **values: object) -> None:
        """Choose the sentence and name the file."""
        super().__init__(code, SENTENCES[code], path, **values)


@dataclass(frozen=True, slots=True)
class Package:
    """The files of a folder or zip file.

    Attributes:
        members: name of a file -> how to reach it.
        elsewhere: tables in other folders, which are not read.
    """

    path: Path
    members: Mapping[str, str]
    zipped: bool
    elsewhere: tuple[str, ...] = ()

    @contextmanager
    def opened(self, name: str) -> Iterator[BinaryIO]:
        """Open one file for reading bytes."""
        if not self.zipped:
            with (self.path / self.members[name]).open("rb") as file:
                yield file
            return
        with zipfile.ZipFile(self.path) as archive, archive.open(self.members[name]) as inside:
            yield inside  # type: ignore[misc]


def is_package(path: Path) -> bool:
    """Say whether a path is a folder, or a zip file that is no spreadsheet."""
    if path.is_dir():
        return True
    if not path.is_file() or path.suffix.lower() in (".xlsx", ".ods"):
        return False
    try:
        with path.open("rb") as file:
            return file.read(4) == b"PK\x03\x04"
    except OSError:
        return False


def open_package(path: Path) -> Package:
    """Return the files beside the tables of a folder or zip file; nothing is unpacked.

    Raises:
        PackageRefused: it is dangerous, broken, or has no table.
    """
    zipped = not path.is_dir()
    names = [
        name for name in (_zipped_names if zipped else _names_in)(path) if not _is_of_macos(name)
    ]
    folder = _folder_of_tables(names)
    if folder is None:
        raise PackageRefused("package-without-tables", path)
    members = {
        PurePosixPath(name).name: name
        for name in names
        if str(PurePosixPath(name).parent) == folder
    }
    elsewhere = tuple(
        name for name in names if name.endswith(".csv") and name not in members.values()
    )
    return Package(path, members, zipped, elsewhere)


def rows_of(package: Package, name: str, reading: Reading) -> Iterator[tuple[int, dict[str, str]]]:
    """Return the rows of one table as column -> cell, numbered as a spreadsheet shows them.

    A row with more or fewer cells than the header is noted and left out.

    Raises:
        PackageRefused: the table cannot be read; what was read of it counts for nothing.
    """
    with package.opened(name) as file:
        lines = csv.reader(_lines(package, name, file), strict=True)
        header = [column.strip() for column in _next(package, name, lines, 1) or ()]
        _refuse_columns(package, name, header)
        number = 1
        while (cells := _next(package, name, lines, number + 1)) is not None:
            number += 1
            if len(cells) != len(header) and any(cells):
                reading.row = number
                reading.note(IssueCode.ROW_TOO_LONG, name, ",".join(cells))
            elif any(cells):
                yield number, dict(zip(header, cells, strict=True))
        if not header or (name == "services.csv" and number == 1):
            reading.row = 0
            reading.note(IssueCode.TABLE_EMPTY, name)


def _refuse_columns(package: Package, name: str, header: list[str]) -> None:
    if len(header) > MAX_COLUMNS:
        columns = f"{len(header):,}"
        raise PackageRefused("package-too-wide", package.path, name=name, columns=columns)
    twice = next((each for each, count in Counter(header).items() if count > 1), None)
    if twice is not None:
        raise PackageRefused("package-columns", package.path, name=name, column=twice)


def described_in(package: Package, reading: Reading) -> dict[str, object]:
    """Return what datapackage.json says; nothing, and an issue, where it cannot be read."""
    if PACKAGE not in package.members:
        return {}
    with package.opened(PACKAGE) as file:
        contents = file.read(MAX_LINE)
    try:
        said = json.loads(contents.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        reading.row = 0
        reading.note(IssueCode.PACKAGE_UNREADABLE, PACKAGE)
        return {}
    return said


def exported_source(path: Path) -> SourceIn | None:
    """Return the source that an export of ours names, or None where it is no such export.

    Raises:
        PackageRefused: it is dangerous or broken.
    """
    if not is_package(path):
        return None
    described = described_in(open_package(path), Reading("", date.min))
    ours = described.get("tejido")
    said = ours.get("source") if isinstance(ours, dict) else None
    if not isinstance(said, dict) or not re.fullmatch(KEY, str(said.get("key"))):
        return None
    return SourceIn(
        key=said["key"],
        name=clean_text(str(said.get("name") or said["key"]))[:300],
        url=safe_link(str(said.get("url") or "")) or "" if said.get("url") else "",
        licence=clean_text(str(said.get("licence") or ""))[:1_000],
        published_on=_day(said.get("published_on")),
        is_invented=said.get("is_invented") is True,
    )


def _day(said: object) -> date | None:
    try:
        return date.fromisoformat(str(said)) if said else None
    except ValueError:
        return None


def _names_in(path: Path) -> list[str]:
    """Return the names of the files in a folder; pipes and folders are none."""
    link = next((each for each in path.iterdir() if each.is_symlink()), None)
    if link is not None:
        raise PackageRefused("package-link", path, name=link.name[:80])
    return [each.name for each in path.iterdir() if each.is_file()]


def _is_of_macos(name: str) -> bool:
    """Say whether a file is one that macOS puts beside each file of an archive."""
    inside = PurePosixPath(name)
    return inside.name.startswith("._") or "__MACOSX" in inside.parts


def _zipped_names(path: Path) -> list[str]:
    try:
        with zipfile.ZipFile(path) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
    except UNREADABLE as error:
        raise PackageRefused("zip-broken", path) from error
    if len(infos) > MAX_FILES:
        raise PackageRefused("zip-too-many", path)
    for info in infos:
        _refuse_entry(path, info)
    whole = sum(info.file_size for info in infos)
    if whole > MAX_BYTES:
        raise PackageRefused("zip-too-large", path)
    if whole > RATIO_FROM and whole / path.stat().st_size > MAX_RATIO:
        # Each by itself may look harmless where files share what is packed.
        raise PackageRefused("zip-bomb", path, name=infos[0].filename[:80])
    names = Counter(info.filename for info in infos)
    twice = next((name for name, count in names.items() if count > 1), None)
    if twice is not None:
        raise PackageRefused("zip-twice", path, name=twice[:80])
    return [info.filename for info in infos]


def _refuse_entry(path: Path, info: zipfile.ZipInfo) -> None:
    name = info.filename.replace("\\", "/")
    inside = PurePosixPath(name)
    if inside.is_absolute() or ".." in inside.parts or ":" in name:
        raise PackageRefused("zip-outside", path, name=name[:80])
    if stat.S_ISLNK(info.external_attr >> 16):
        raise PackageRefused("package-link", path, name=inside.name[:80])
    if name.lower().endswith(PACKED):
        raise PackageRefused("zip-nested", path, name=inside.name[:80])
    if info.flag_bits & 0x1:
        raise PackageRefused("zip-locked", path)
    packed = max(info.compress_size, 1)
    if info.file_size > RATIO_FROM and info.file_size / packed > MAX_RATIO:
        raise PackageRefused("zip-bomb", path, name=inside.name[:80])


def _folder_of_tables(names: list[str]) -> str | None:
    """Return the highest folder with a package description or a table, or None."""
    found = [
        PurePosixPath(name)
        for name in names
        if PurePosixPath(name).name == PACKAGE or name.lower().endswith(".csv")
    ]
    folders = sorted(
        {each.parent for each in found}, key=lambda each: (len(each.parts), str(each))
    )
    return str(folders[0]) if folders else None


def _lines(package: Package, name: str, file: BinaryIO) -> Iterator[str]:
    """Return the lines of a table as text, none of them endless."""
    lines = io.BufferedReader(file) if isinstance(file, io.RawIOBase) else file
    number = 0
    while raw := lines.readline(MAX_LINE):
        if len(raw) >= MAX_LINE:
            raise PackageRefused("package-row-broken", package.path, name=name, row=number + 1)
        try:
            yield (raw.removeprefix(codecs.BOM_UTF8) if number == 0 else raw).decode()
        except UnicodeDecodeError as error:
            raise PackageRefused("package-encoding", package.path, name=name) from error
        number += 1


def _next(
    package: Package, name: str, lines: Iterator[list[str]], number: int
) -> list[str] | None:
    before = csv.field_size_limit(MAX_CELL)
    try:
        return next(lines, None)
    except csv.Error as error:
        raise PackageRefused("package-row-broken", package.path, name=name, row=number) from error
    except UNREADABLE as error:
        raise PackageRefused("zip-broken", package.path) from error
    finally:
        csv.field_size_limit(before)
