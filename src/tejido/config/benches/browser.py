"""What only a browser can tell: what it fetches for a page, and what Lighthouse says of it."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy

from tejido.finder.bench_offline import NoBrowser
from tejido.foundation.errors import Refused

TOOL = settings.ROOT / "dev" / "lighthouse"
PROGRAM = TOOL / "node_modules" / "lighthouse" / "cli" / "index.js"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PATIENCE_S = 300
TRIES = 3


class NoLighthouse(Refused):
    """Lighthouse is not there and cannot be fetched."""

    def __init__(self) -> None:
        """Say what is missing."""
        sentence = gettext_lazy(
            "This is measured with Lighthouse, which needs Node 20 and npm: "
            "sudo apt-get install nodejs npm"
        )
        super().__init__("no-lighthouse", sentence)


@dataclass(slots=True)
class Weight:
    """What a browser fetched for one page: bytes as they came, heads included, and from where."""

    bytes: float = 0.0
    addresses: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)


@contextmanager
def a_browser() -> Iterator[Any]:
    """Run Chromium, as Playwright's `Browser`.

    Raises:
        NoBrowser: Chromium or Playwright is missing.
    """
    with _playwright()() as playwright:
        browser = playwright.chromium.launch(executable_path=_chromium(), args=_flags())
        try:
            yield browser
        finally:
            browser.close()


def weigh(browser: Any, site: str, path: str) -> Weight:
    """Open a page with nothing kept from before, and return what the browser fetched.

    Args:
        browser: Playwright's `Browser`, of Chromium.
        site: the address of the first page, with a slash at its end.
        path: of the page, without one at its beginning.
    """
    weight, context = Weight(), browser.new_context()
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.on("Network.requestWillBeSent", lambda told: _note(weight, site, told))
    wire.on("Network.loadingFinished", lambda told: _add(weight, told))
    page.goto(site + path, wait_until="networkidle")
    context.close()
    return weight


def _note(weight: Weight, site: str, told: dict[str, Any]) -> None:
    address = told["request"]["url"]
    weight.addresses.append(address)
    if not address.startswith((site, "data:")):
        weight.elsewhere.append(address)


def _add(weight: Weight, told: dict[str, Any]) -> None:
    weight.bytes += told["encodedDataLength"]


def _playwright() -> Any:
    try:
        # Only for measuring: no installation needs a browser.
        return import_module("playwright.sync_api").sync_playwright
    except ImportError as missing:
        raise NoBrowser from missing


def _chromium() -> str:
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        raise NoBrowser
    return found


def _flags() -> list[str]:
    return ["--no-sandbox"] if os.geteuid() == 0 else []


@dataclass(frozen=True, slots=True)
class Lighthouse:
    """Lighthouse as a program, and the browser that it starts."""

    node: str
    chromium: str

    @classmethod
    def installed(cls) -> "Lighthouse":
        """Return it, fetching the locked one where npm can.

        Raises:
            NoLighthouse: Node or npm is missing, or nothing could be fetched.
            NoBrowser: Chromium is missing.
        """
        node, npm = shutil.which("node"), shutil.which("npm")
        if npm and not PROGRAM.exists():
            quiet = ["--no-audit", "--no-fund", "--loglevel=error"]
            subprocess.run([npm, "ci", *quiet], cwd=TOOL, check=False)  # noqa: S603 - locked
        if node is None or not PROGRAM.exists():
            raise NoLighthouse
        return cls(node, _chromium())

    def scores(self, url: str, *, device: str, categories: Sequence[str]) -> dict[str, float]:
        """Return what it says of a page: category -> 0 to 100.

        Args:
            url: of the page.
            device: `mobile` (slow, with a slow line) or `desktop`.
            categories: by its names for them.

        Raises:
            RuntimeError: it could not look at the page three times.
        """
        for _ in range(TRIES - 1):
            # Now and then Chromium loses a page's trace (NO_NAVSTART): look again.
            with suppress(RuntimeError):
                return self._looked(url, device, categories)
        return self._looked(url, device, categories)

    def _looked(self, url: str, device: str, categories: Sequence[str]) -> dict[str, float]:
        flags = " ".join(["--headless=new", *_flags()])
        words = ["--output=json", "--quiet", "--no-enable-error-reporting"]
        words += [f"--only-categories={','.join(categories)}", f"--chrome-flags={flags}"]
        words += ["--preset=desktop"] if device == "desktop" else []
        done = subprocess.run(  # noqa: S603 - our own command
            [self.node, str(PROGRAM), url, *words],
            env=os.environ | {"CHROME_PATH": self.chromium},
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(done.stderr[-500:])
        return scores_of(json.loads(done.stdout))


def scores_of(report: dict[str, Any]) -> dict[str, float]:
    """Return the scores of a report, 0 to 100.

    Raises:
        RuntimeError: it says that it could not look at the page.
    """
    if "runtimeError" in report:
        raise RuntimeError(report["runtimeError"]["message"])
    return {name: 100 * each["score"] for name, each in report["categories"].items()}
