"""`bench import`: how fast lists come in, by format, beside the standard library only parsing."""

import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from io import TextIOWrapper
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import tejido
from tejido.directory.synthetic import MAPPING, Invented
from tejido.foundation.bench import Figure

ROWS = 100_000
# Each other format is measured on as many: JSON in one piece may have 64 MB.
SAMPLE = 5_000
DAY = date(2026, 11, 20)
# The limits for 100,000 services: seconds, seconds, MB.
LIMITS = {"first": 600, "unchanged": 120, "memory": 1_000}
KEY = "invented"


@dataclass(frozen=True, slots=True)
class Took:
    """What one run of a command took: seconds of wall clock and CPU, and its peak memory."""

    wall: float
    cpu: float
    megabytes: float


@dataclass(frozen=True, slots=True)
class Scratch:
    """A data folder of its own, with an embedded database, that goes with the run."""

    folder: Path

    def run(self, *words: str | Path, module: str = "tejido") -> Took:
        """Run a command of Tejido, or another module, in a process of its own.

        Raises:
            RuntimeError: it failed; with the end of what it said.
        """
        log = self._log()
        began = time.perf_counter()
        with log.open("w") as said:
            child = subprocess.Popen(  # noqa: S603 - our own command
                [sys.executable, "-m", module, *map(str, words)],
                env=self._environment(),
                stdout=said,
                stderr=subprocess.STDOUT,
            )
            # Not child.wait(): only this way says how much memory this one child took.
            _, status, used = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            raise RuntimeError(log.read_text()[-500:])
        wall = time.perf_counter() - began
        return Took(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / _UNITS_A_MEGABYTE)

    def said(self) -> str:
        """Return what the last one printed."""
        return self._log().read_text()

    def _log(self) -> Path:
        return self.folder / "command.log"

    def _environment(self) -> dict[str, str]:
        ours = {"TEJIDO_DATA": str(self.folder), "DATABASE_URL": "", "DATABASE_OWNER_URL": ""}
        ours["DJANGO_SETTINGS_MODULE"] = "tejido.config.settings"
        source = str(Path(tejido.__file__).parents[1])
        return {**os.environ, **ours, "PYTHONPATH": source}


# Peak memory is counted in bytes on macOS, in kilobytes elsewhere.
_UNITS_A_MEGABYTE = 1e6 if sys.platform == "darwin" else 1e6 / 1024


def bench_import(*, rows: int = ROWS) -> list[Figure]:
    """Measure imports of an invented directory into empty embedded databases.

    Each command runs as people run it, in a process of its own, its start included.

    Args:
        rows: services of the large import; the limits are for 100,000. Each other format is
            measured on at most 5,000.

    Returns:
        The large import, the same again unchanged, its memory; then services a second for each
        format, beside the standard library only parsing the same file.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        return [*_large(folder, rows), *_formats(folder, min(rows, SAMPLE))]


def _large(folder: Path, rows: int) -> Iterator[Figure]:
    path = Invented(rows, DAY).ndjson(folder / "large.ndjson")
    scratch = _scratch(folder / "large")
    first = scratch.run("import_hsds", path, "--source", KEY)
    again = scratch.run("import_hsds", path, "--source", KEY)
    memory = max(first.megabytes, again.megabytes)
    yield _limited("first import", first.wall, "s", "first", rows)
    yield Figure("first import, CPU", first.cpu, "s")
    yield _limited("the same again, unchanged", again.wall, "s", "unchanged", rows)
    yield Figure("the same again, unchanged, CPU", again.cpu, "s")
    yield _limited("peak memory", memory, "MB", "memory", rows)
    path.unlink()
    shutil.rmtree(scratch.folder)


def _limited(name: str, value: float, unit: str, limit: str, rows: int) -> Figure:
    is_held = rows == ROWS
    return Figure(
        name=f"{name}, {rows:,} services",
        value=value,
        unit=unit,
        target=f"<= {LIMITS[limit]:g}" if is_held else "",
        met=value <= LIMITS[limit] if is_held else None,
    )


def _formats(folder: Path, rows: int) -> Iterator[Figure]:
    invented = Invented(rows, DAY)
    mapping = folder / "mapping.toml"
    mapping.write_text(MAPPING)
    hsds = ("--source", KEY)
    table = ("--mapping", mapping)
    lines = invented.ndjson(folder / "services.ndjson")
    yield _figure("ndjson", rows, _hsds(folder, lines, hsds), _seconds(_parse_lines, lines))
    one = invented.json(folder / "services.json")
    yield _figure("JSON", rows, _hsds(folder, one, hsds), _seconds(_parse_json, one))
    tables = _exported(folder, lines)
    yield _figure("HSDS tables", rows, _hsds(folder, tables, hsds), _seconds(_parse_csvs, tables))
    packed = Path(shutil.make_archive(str(folder / "tables"), "zip", tables))
    yield _figure("HSDS zip", rows, _hsds(folder, packed, hsds), _seconds(_parse_zip, packed))
    flat = invented.csv(folder / "services.csv")
    yield _figure("CSV", rows, _table(folder, flat, table), _seconds(_parse_csv, flat))
    book = invented.xlsx(folder / "services.xlsx")
    yield _figure("XLSX", rows, _table(folder, book, table), _seconds(_parse_xlsx, book))


def _scratch(folder: Path) -> Scratch:
    folder.mkdir()
    scratch = Scratch(folder)
    scratch.run("prepare")
    return scratch


def _hsds(folder: Path, path: Path, words: tuple[Any, ...]) -> Took:
    return _fresh(folder, "import_hsds", path, *words)


def _table(folder: Path, path: Path, words: tuple[Any, ...]) -> Took:
    return _fresh(folder, "import_table", "services", path, *words)


def _fresh(folder: Path, *words: str | Path) -> Took:
    scratch = _scratch(folder / "fresh")
    took = scratch.run(*words)
    shutil.rmtree(scratch.folder)
    return took


def _exported(folder: Path, lines: Path) -> Path:
    scratch = _scratch(folder / "exported")
    scratch.run("import_hsds", lines, "--source", KEY)
    scratch.run("export_hsds", folder / "whole", "--whole")
    return folder / "whole" / KEY


def _figure(form: str, rows: int, took: Took, parsing: float) -> Figure:
    ours, theirs = rows / took.wall, rows / parsing
    return Figure(
        name=f"{form}, {rows:,} services",
        value=round(ours, 1),
        unit="services/s",
        peer="standard library, parsing only",
        peer_value=round(theirs, 1),
        ratio=ours / theirs,
    )


def _seconds(parse: Callable[[Path], int], path: Path) -> float:
    began = time.perf_counter()
    if not parse(path):
        raise RuntimeError(path.name)
    return time.perf_counter() - began


def _parse_lines(path: Path) -> int:
    with path.open(encoding="utf-8") as file:
        return sum(1 for line in file if json.loads(line))


def _parse_json(path: Path) -> int:
    return len(json.loads(path.read_text(encoding="utf-8")))


def _parse_csv(path: Path) -> int:
    with path.open(encoding="utf-8", newline="") as file:
        return sum(1 for _ in csv.reader(file))


def _parse_csvs(folder: Path) -> int:
    return sum(_parse_csv(path) for path in folder.glob("*.csv"))


def _parse_zip(path: Path) -> int:
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if name.endswith(".csv")]
        return sum(
            sum(1 for _ in csv.reader(TextIOWrapper(archive.open(name), "utf-8", newline="")))
            for name in names
        )


def _parse_xlsx(path: Path) -> int:
    with zipfile.ZipFile(path) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        return sum(_elements(archive, name) for name in sheets)


def _elements(archive: zipfile.ZipFile, name: str) -> int:
    count = 0
    with archive.open(name) as file:
        # The file was written by this run: nothing foreign is parsed here.
        for _, element in ElementTree.iterparse(file):  # noqa: S314
            element.clear()
            count += 1
    return count
