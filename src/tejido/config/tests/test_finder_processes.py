"""Processes beside the server answer the finder, the same and leaving as little behind."""

import io
import os
import re
import signal
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from multiprocessing import active_children
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as project
from django.utils.timezone import localdate

from tejido.config import finder_processes
from tejido.config.finder_processes import FinderBeside, answered, is_finder
from tejido.config.wsgi import application as whole
from tejido.finder.services.unmet import UNMET
from tejido.finder.testing import a_listing, a_snapshot

# The application looks at the connection when a request begins, though the finder needs none.
pytestmark = pytest.mark.django_db
CANARY = "zanate7731"
FOUND = "q=naloxone&place=Oakland"


def request(path: str, body: str = "", **more: str) -> dict[str, Any]:
    """Return a request as a server hands it to an application."""
    return {
        "REQUEST_METHOD": "POST" if body else "GET",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "CONTENT_LENGTH": str(len(body)),
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "HTTP_HOST": "localhost",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body.encode()),
        **more,
    }


def answer(application: Any, environ: dict[str, Any]) -> tuple[str, dict[str, str], str]:
    begun: list[Any] = []
    page = b"".join(application(environ, lambda *said: begun.append(said))).decode()
    status, headers = begun[0]
    return status, dict(headers), page


def processes_of(beside: FinderBeside) -> list[int]:
    """Return the numbers of the processes beside, once they can answer."""
    until = time.monotonic() + 60
    while not beside.ready and time.monotonic() < until:
        time.sleep(0.05)
    assert beside.ready
    return [child.pid for child in active_children() if child.pid]


@pytest.fixture
def beside(
    tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[FinderBeside]:
    """Return the application with one process beside it, on a list of one place."""
    settings.SNAPSHOTS = tmp_path / "finder"
    settings.ALLOWED_HOSTS = ["localhost"]
    a_snapshot(settings.SNAPSHOTS, [a_listing(needs=("naloxone",))], at=datetime.now(UTC))
    monkeypatch.setenv("TEJIDO_DATA", str(tmp_path))
    UNMET.forget()
    application = FinderBeside(whole, processes=1)
    application.start()
    assert processes_of(application)
    yield application
    application.end()
    UNMET.forget()


def without_what_differs(page: str) -> str:
    """Return a page without names of files, which carry their hash only where it is served."""
    return re.sub(r'/static/[^"]+', "", page)


def test_a_process_beside_answers_with_the_same_page(beside: FinderBeside) -> None:
    tomorrow = localdate() + timedelta(days=1)
    asked = f"{FOUND}&day={tomorrow}&hour=14%3A00"
    for path in ("/find/", "/es/find/"):
        there = answer(beside, request(path, asked))
        here = answer(whole, request(path, asked))

        assert there[0] == here[0] == "200 OK"
        assert there[1]["Cache-Control"] == "no-store"
        assert without_what_differs(there[2]) == without_what_differs(here[2])
        assert "Set-Cookie" not in there[1]


@pytest.mark.parametrize("what", [signal.SIGKILL, signal.SIGSTOP], ids=["gone", "stuck"])
def test_a_process_that_is_gone_or_stuck_is_replaced_and_nobody_notices(
    beside: FinderBeside, monkeypatch: pytest.MonkeyPatch, what: signal.Signals
) -> None:
    (first,) = processes_of(beside)
    os.kill(first, what)

    with monkeypatch.context() as patched:
        patched.setattr(finder_processes, "PATIENCE_S", 1.0)
        status, _, page = answer(beside, request("/find/", FOUND))

    assert status == "200 OK"
    assert "<h1>" in page
    (second,) = processes_of(beside)
    assert second != first
    assert answer(beside, request("/find/", FOUND))[0] == "200 OK"
    assert processes_of(beside) == [second]


def test_what_is_looked_for_in_vain_is_counted_by_the_one_that_writes(
    beside: FinderBeside,
) -> None:
    answer(beside, request("/find/", "need=syringes&place=Oakland"))

    assert UNMET.take() == {("syringes", "06001", localdate()): 1}


def test_a_process_beside_has_no_database(beside: FinderBeside) -> None:
    environ = {name: value for name, value in request("/healthz").items() if name != "wsgi.input"}
    assert beside.ready

    said = beside.ready.submit(answered, environ, b"").result()

    assert b'"database": "down"' in said.body


def test_a_process_beside_writes_down_nothing_of_a_search(
    beside: FinderBeside, capfd: pytest.CaptureFixture[str]
) -> None:
    for body in (f"q={CANARY}&place={CANARY}", f"lat={CANARY}&lon=1", f"day={CANARY}"):
        answer(beside, request("/find/", body, HTTP_USER_AGENT=CANARY, HTTP_COOKIE=CANARY))
    answer(beside, request(f"/find/{CANARY}/"))

    assert CANARY not in "".join(capfd.readouterr())
    kept = [path for path in Path(project.SNAPSHOTS).parent.rglob("*") if path.is_file()]
    assert [path for path in kept if CANARY.encode() in path.read_bytes()] == []


def test_the_second_who_asks_at_the_same_time_starts_the_processes() -> None:
    inner: list[FinderBeside] = []

    def here(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        if not environ.get("within"):
            list(inner[0](request("/find/") | {"within": "1"}, start_response))
        return [b""]

    inner.append(FinderBeside(here, processes=1))
    list(inner[0](request("/es/about/"), lambda *_: None))
    assert not active_children()

    list(inner[0](request("/find/"), lambda *_: None))

    assert len(processes_of(inner[0])) == 1
    inner[0].end()


def test_without_other_processes_everything_is_answered_here() -> None:
    alone = FinderBeside(lambda _environ, _start: [b"here"], processes=0)

    alone.start()

    assert list(alone(request("/find/"), lambda *_: None)) == [b"here"]


@pytest.mark.parametrize(
    ("path", "length", "is_ours"),
    [
        ("/", "", True),
        ("/es/find/", "40", True),
        ("/place/00000000-0000-0000-0000-000000000001/", "", True),
        ("/find/", "16385", False),
        ("/find/", "many", False),
        ("/find/", "-1", False),
        ("/desk/", "", False),
        ("/account/login/", "", False),
        ("/sms/", "", False),
        ("/findings/", "", False),
    ],
)
def test_only_pages_of_the_finder_are_handed_on(path: str, length: str, *, is_ours: bool) -> None:
    assert is_finder({"PATH_INFO": path, "CONTENT_LENGTH": length}) is is_ours
