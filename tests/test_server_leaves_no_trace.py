"""A real server in a process of its own: what it prints and what it writes names nobody."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest

from tejido.directory.testing import a_feed
from tejido.finder.testing import a_listing, a_snapshot
from tejido.gateways.twilio import SIGNATURE_HEADER, Twilio

ROOT = Path(__file__).resolve().parents[1]
pytestmark = pytest.mark.embedded
CANARY = "zanate7731"
KEY = "a key for tests"
BROWSER = "Mozilla/5.0 (zanate7731 telephone)"
READY_WITHIN_S = 90


class Server:
    """`./tejido serve` on a data folder of its own."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.folder = folder
        self.printed = folder.parent / "printed"
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("DATABASE", "DJANGO"))}
        given = clean | {"TEJIDO_DATA": str(folder), "PYTHONPATH": str(ROOT / "src")}
        given |= {"SMS_AUTH_TOKEN": KEY}
        with self.printed.open("wb") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tejido", "serve", "--port", str(self.port)],
                env=given,
                stdout=out,
                stderr=subprocess.STDOUT,
            )

    def ask(self, path: str, sent: dict[str, str] | None = None) -> tuple[int, str]:
        headers = {"User-Agent": BROWSER, "X-Forwarded-For": CANARY, "Cookie": f"x={CANARY}"}
        body = urlencode(sent).encode() if sent is not None else None
        url = f"http://127.0.0.1:{self.port}{path}"
        if sent:
            headers[SIGNATURE_HEADER] = Twilio(KEY).signature(
                url, {n: [v] for n, v in sent.items()}
            )
        request = Request(url, body, headers)
        try:
            with urlopen(request, timeout=20) as answer:
                return answer.status, answer.read().decode()
        except HTTPError as error:
            return error.code, error.read().decode()

    def is_up(self) -> bool:
        assert self.process.poll() is None, self.printed.read_text()
        try:
            return self.ask("/privacy/")[0] == 200
        except (URLError, ConnectionError):
            return False

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=30)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    folder = tmp_path / "data"
    listing = a_listing(needs=("naloxone",))
    a_snapshot(folder / "finder", [listing], at=datetime.now(UTC))
    a_feed(folder / "finder", [listing], at=datetime.now(UTC))
    server = Server(folder)
    try:
        until = time.monotonic() + READY_WITHIN_S
        while not server.is_up():
            assert time.monotonic() < until, server.printed.read_text()
            time.sleep(0.2)
        yield server
    finally:
        server.stop()


def files_with(folder: Path, words: str) -> list[str]:
    return [
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file() and words.encode() in path.read_bytes()
    ]


def test_a_server_prints_and_writes_nothing_of_what_people_ask(server: Server) -> None:
    found = server.ask("/find/", {"q": f"naloxone {CANARY}", "place": "Oakland"})
    shared = server.ask(f"/find/?q={CANARY}&place={CANARY}")
    missing = server.ask(f"/{CANARY}/?{CANARY}")
    refused = server.ask("/account/login/", {"login": CANARY, "password": CANARY})
    asked = server.ask(f"/api/finder/v1/search?q={CANARY}")
    broken = server.ask("/find/", {"need": CANARY, "day": CANARY, "lat": CANARY})
    text = {
        "MessageSid": f"SM{CANARY}",
        "From": f"+1{CANARY}",
        "Body": f"naloxone {CANARY} Oakland",
    }
    texted = server.ask("/sms/", text)
    repeated = server.ask("/sms/", text)
    incomplete = server.ask("/sms/", text | {"From": ""})
    server.stop()

    assert "Program 1" in found[1]
    assert "<Response><Message>" in texted[1]
    assert (repeated, incomplete[0]) == (texted, 400)
    assert CANARY in shared[1]
    statuses = [answer[0] for answer in (found, shared, missing, refused, asked, broken)]
    assert statuses == [200, 200, 404, 200, 200, 200]
    printed = server.printed.read_text()
    assert "Open http" in printed
    assert CANARY not in printed
    assert "127.0.0.1 " not in printed
    assert files_with(server.folder, CANARY) == []


def test_the_search_through_files_would_have_found_it(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "file").write_bytes(b"\x00" + CANARY.encode())

    assert files_with(tmp_path, CANARY) == ["inner/file"]
