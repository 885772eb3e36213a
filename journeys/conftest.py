"""A real server with the demonstration, a real Chromium, and what must hold on every page."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
AXE = ROOT / "journeys" / "node_modules" / "axe-core" / "axe.min.js"
LAUNCHER = [sys.executable, str(ROOT / "tejido")]
NO_SKIP = os.environ.get("TEJIDO_NO_SKIP") == "1"
CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
LEAVE = "https://www.weather.gov/"
READY_SECONDS = 90


def needs(thing: object, sentence: str) -> None:
    """Skip in plain sight what cannot run here, or fail where skipping is forbidden."""
    if thing:
        return
    if NO_SKIP:
        pytest.fail(sentence)
    pytest.skip(sentence)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def run(*arguments: str) -> str:
    """Run a command of Tejido to its end and return what it said."""
    done = subprocess.run(
        [*LAUNCHER, *arguments], capture_output=True, text=True, check=False, env=environment()
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def environment() -> dict[str, str]:
    """Return the environment of a person who set nothing."""
    ours = {
        "DATABASE_URL",
        "DATABASE_OWNER_URL",
        "DJANGO_SETTINGS_MODULE",
        "TEJIDO_DATA",
        "TEJIDO_KEYS",
    }
    return {name: value for name, value in os.environ.items() if name not in ours}


@dataclass
class Site:
    """A server that runs, and the folder that it keeps its things in."""

    data: Path
    port: int
    process: subprocess.Popen[bytes]

    @property
    def url(self) -> str:
        """Return where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def stop(self) -> None:
        """Stop it and wait until it is gone."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
            self.process.wait(timeout=20)


def start(command: str, data: Path) -> Site:
    """Start `demo` or `serve` on a folder and return when it answers."""
    port = free_port()
    arguments = [*LAUNCHER, command, "--data", str(data), "--port", str(port)]
    log = data.parent / f"{data.name}.log"
    with log.open("wb") as heard:
        process = subprocess.Popen(
            arguments, stdout=heard, stderr=heard, env=environment(), start_new_session=True
        )
    site = Site(data, port, process)
    ready_at = time.monotonic() + READY_SECONDS
    while time.monotonic() < ready_at:
        if process.poll() is not None:
            pytest.fail(f"{command} ended: {log.read_text()}")
        try:
            with urllib.request.urlopen(f"{site.url}/healthz", timeout=5):
                return site
        except OSError:
            time.sleep(0.2)
    site.stop()
    pytest.fail(f"{command} did not answer within {READY_SECONDS} s")


@pytest.fixture(scope="session")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the demonstration in it; copy it before use."""
    data = tmp_path_factory.mktemp("planted") / "data"
    run("demo", "--data", str(data), "--plant-only")
    return data


def copied(planted: Path, folder: Path) -> Path:
    """Return a copy of the demonstration for one server alone."""
    keys = planted.with_name(f"{planted.name}-keys")
    if keys.is_dir():
        shutil.copytree(keys, folder / "data-keys")
    return Path(shutil.copytree(planted, folder / "data"))


@pytest.fixture(scope="session")
def site(planted: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Serve the demonstration to every journey that only looks."""
    running = start("demo", copied(planted, tmp_path_factory.mktemp("site")))
    yield running
    running.stop()


@pytest.fixture
def own_site(planted: Path, tmp_path: Path) -> Iterator[Site]:
    """Serve the demonstration to one journey that changes it."""
    running = start("demo", copied(planted, tmp_path))
    yield running
    running.stop()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Return a real Chromium."""
    needs(CHROMIUM, "needs Chromium: sudo apt-get install chromium")
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=root)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def axe_source() -> str:
    """Return axe-core as one script."""
    needs(AXE.exists(), "needs axe-core: cd journeys && npm ci")
    return AXE.read_text(encoding="utf-8")


@dataclass
class Visits:
    """Opens pages as a person with some phone would, and remembers what left the site."""

    browser: Browser
    contexts: list[BrowserContext] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    cookies_allowed: bool = False

    def page(self, site: Site, *, width: int = 375, dark: bool = False, **options: object) -> Page:
        """Return a new empty page; `options` are Playwright's for a context."""
        context = self.browser.new_context(
            base_url=site.url,
            viewport={"width": width, "height": 812 if width < 600 else 900},
            color_scheme="dark" if dark else "light",
            **options,
        )
        context.route(f"{LEAVE}**", lambda route: route.fulfill(body="<title>Weather</title>"))
        page = context.new_page()
        page.on("request", lambda request: self._note(request.url, site))
        page.on("pageerror", lambda error: self.left.append(f"script error: {error}"))
        self.contexts.append(context)
        return page

    def _note(self, url: str, site: Site) -> None:
        if not url.startswith((site.url, "data:", LEAVE)):
            self.left.append(url)

    def close(self) -> None:
        """Close every page; nothing may have left the site, no public page may set a cookie."""
        cookies = [cookie["name"] for context in self.contexts for cookie in context.cookies()]
        for context in self.contexts:
            context.close()
        assert self.left == []
        assert self.cookies_allowed or cookies == []


@pytest.fixture
def visits(chromium: Browser) -> Iterator[Visits]:
    """Open pages; afterwards nothing has left the site and no cookie was set."""
    opened = Visits(chromium)
    yield opened
    opened.close()
