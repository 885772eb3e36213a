"""`bench offline`: how large a kept list is, and how fast a slow phone searches it."""

import json
import random
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from django.utils.translation import gettext_lazy

from tejido.directory.domain.patterns import horizon_at
from tejido.directory.domain.vocabulary import Tier
from tejido.finder.queries.lines import lines_to_call
from tejido.finder.queries.pack_files import MANIFEST, packs_in
from tejido.finder.services.build import Content, build_from
from tejido.finder.services.packs import Shelf, publish_packs
from tejido.finder.synthetic import AT, Synthetic
from tejido.foundation.bench import Figure
from tejido.foundation.errors import Refused

ROWS = 2_000
QUESTIONS = 240
SLOWED = 6
MOST_BYTES, MOST_MS = 1_500_000, 100.0
SCRIPTS = Path(__file__).parent / "static" / "finder" / "offline"
PROGRAM = """async ({questions}) => {
  const {readPack} = await import('/pack.js');
  const {readSearch} = await import('/asking.js');
  const {findServices, prepared} = await import('/search.js');
  const text = await (await fetch('/pack.json')).text();
  const began = performance.now();
  const list = prepared(readPack(text));
  const opened = performance.now() - began;
  const took = questions.map((question) => {
    const start = performance.now();
    const read = readSearch(question, question.at, list);
    findServices({...question, ...read}, list);
    return performance.now() - start;
  });
  return {opened, took};
}"""


class NoBrowser(Refused):
    """There is no browser to measure in."""

    def __init__(self) -> None:
        """Say what is missing."""
        sentence = gettext_lazy(
            "This is measured in Chromium: install it, and the packages for development."
        )
        super().__init__("no-browser", sentence)


def bench_offline(*, rows: int = ROWS) -> list[Figure]:
    """Measure a kept list of an invented directory of harm reduction places.

    Args:
        rows: listings; the targets are for 2,000.

    Returns:
        Bytes of both languages by gzip and by brotli, and the wall time of opening and searching
        it in Chromium with the processor slowed 6 times.
    """
    made = Synthetic(rows)
    with tempfile.TemporaryDirectory() as folder:
        sizes = _published(made, Path(folder))
        scripts = _scripts(Path(folder))
        with _served(scripts) as port:
            measured = _in_browser(port, _questions(made))
    p50, p95 = (float(np.percentile(measured["took"], share)) for share in (50, 95))
    is_full = rows == ROWS
    return [
        _held("both languages, gzip", sizes["gz"] / 1e6, "MB", MOST_BYTES / 1e6, is_full=is_full),
        Figure("both languages, brotli", sizes["br"] / 1e6, "MB"),
        Figure(f"opening, slowed {SLOWED} times", measured["opened"], "ms"),
        Figure(f"search p50, slowed {SLOWED} times", p50, "ms"),
        _held(f"search p95, slowed {SLOWED} times", p95, "ms", MOST_MS, is_full=is_full),
    ]


def _held(name: str, value: float, unit: str, most: float, *, is_full: bool) -> Figure:
    if not is_full:
        return Figure(name, value, unit)
    return Figure(name, value, unit, target=f"<= {most:g}", met=value <= most)


def _published(made: Synthetic, folder: Path) -> dict[str, int]:
    """Publish the packs, put the English one at pack.json, and return the size of both."""
    places = made.places()
    shelf = Shelf(made.concepts, places, lines_to_call())
    listings = (replace(each, tier=Tier.CORE) for each in made.listings())
    content = Content(listings, made.concepts, places)
    build_from(content, folder=folder, at=AT, report=lambda _: None, shelf=shelf)
    horizon = horizon_at(AT)
    publish_packs(shelf, folder=folder, horizon=horizon, at=AT, report=lambda _: None)
    manifest = json.loads((packs_in(folder) / MANIFEST).read_text())
    names = [pack["hash"] for pack in manifest["packs"] if pack["area"] == "core"]
    text = next(text for area, _language, _count, text in shelf.texts(horizon, at=AT))
    (folder / "pack.json").write_text(text, encoding="utf-8")
    return {
        ending: sum((packs_in(folder) / f"{name}.json.{ending}").stat().st_size for name in names)
        for ending in ("gz", "br")
    }


def _scripts(folder: Path) -> Path:
    scripts = Path(shutil.copytree(SCRIPTS, folder / "scripts"))
    shutil.move(folder / "pack.json", scripts / "pack.json")
    (scripts / "index.html").write_text("<!doctype html><title>bench</title>")
    return scripts


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def _served(folder: Path) -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()


def _questions(made: Synthetic) -> list[dict[str, Any]]:
    """Return what is typed: both languages, slang, slips of the keys, times, towns, nothing."""
    draw = random.Random(11)  # noqa: S311 - not a secret
    asked = (
        *("naloxone", "syringe exchange", "wound care", "hiv testing", "jeringas", "naloxona"),
        *("prueba de hepatitis c", "narcan", "clean needles", "agujas limpias", "naloxoen"),
        *("syringge", "metadnoa", "hepatitus", "food and shower tonight 8pm near oakland", ""),
    )
    return [
        {
            "words": asked[number % len(asked)],
            "at": int(AT.timestamp() * 1000) + draw.randrange(30 * 24 * 3_600_000),
            "place": "",
            # Every third person says where in words, if at all.
            "position": _somewhere(made, draw) if number % 3 else None,
            "onlyOpen": number % 2 == 0,
            "limit": 50,
        }
        for number in range(QUESTIONS)
    ]


def _somewhere(made: Synthetic, draw: random.Random) -> dict[str, Any]:
    latitude, longitude = made.centres[draw.randrange(len(made.centres))]
    return {"latitude": float(latitude), "longitude": float(longitude), "county": ""}


def _in_browser(port: int, questions: list[dict[str, Any]]) -> Any:
    try:
        # Only for measuring: no installation needs a browser.
        started = import_module("playwright.sync_api").sync_playwright()
    except ImportError as missing:
        raise NoBrowser from missing
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        raise NoBrowser
    with started as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{port}/")
        slowed = page.context.new_cdp_session(page)
        slowed.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
        measured = page.evaluate(PROGRAM, {"questions": questions})
        browser.close()
    return measured
