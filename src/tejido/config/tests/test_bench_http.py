"""`bench http`: a client that keeps its schedule, and figures of a small run."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from tejido.config.benches import traffic
from tejido.config.benches.invented import Asking, askings, publish
from tejido.config.benches.load import Load, offer, together
from tejido.config.benches.site import Running, answering, free_port
from tejido.config.benches.traffic import at_rate, both_servers, climb, climbing, request_of

pytestmark = pytest.mark.embedded
REQUEST = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
BY_POST = Asking(fields=(("q", "hep c"), ("place", "94601")), by_post=True, language="es")


@contextmanager
def a_server(*, takes_s: float, status: int = 200) -> Iterator[int]:
    """Serve one request after the other, each for so long."""

    class Slow(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            time.sleep(takes_s)
            self.send_response(status)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"ok")

        def log_message(self, *_: Any) -> None:
            pass

    class Patient(HTTPServer):
        request_queue_size = 128

    server = Patient(("127.0.0.1", 0), Slow)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()


def test_an_answer_counts_from_when_it_was_due_and_not_from_when_there_was_room_for_it() -> None:
    with a_server(takes_s=0.03) as port:
        load = offer([REQUEST], port=port, rate=100, seconds=0.5, seed=1)

    assert load.failed == 0
    # The last of some fifty waited for all before it, though its own answer took 30 ms.
    assert max(load.waits_ms) > 600


def test_what_is_not_a_page_counts_as_never_answered() -> None:
    with a_server(takes_s=0, status=503) as port:
        load = offer([REQUEST], port=port, rate=50, seconds=0.2, seed=1)

    assert load.failed == len(load.waits_ms) > 0
    assert load.percentile(95) == float("inf")


def test_runs_at_one_rate_count_as_one() -> None:
    both = together(
        [Load(10, (1.0, 2.0), (0.0, 0.0), 0.1, 0.02), Load(10, (3.0,), (1.0,), 0.3, 0.04)]
    )

    assert both.percentile(50) == 2.0
    assert both.late(100) == 1.0
    assert both.client_cpu == pytest.approx(0.2)
    assert both.server_cpu_ms == pytest.approx(20)


@pytest.mark.parametrize(
    ("bears", "tried"),
    [
        (150, [100, 200, 141, 168, 154]),
        (90, [100, 35, 59, 77]),
        (1_000, [100, 200, 400, 800, 1600, 1131, 951, 1037]),
    ],
)
def test_rates_are_doubled_then_halved_in_between(bears: float, tried: list[int]) -> None:
    rates, climbed = [], climbing(100)
    rate = next(climbed)
    while True:
        rates.append(int(rate))
        try:
            rate = climbed.send(rate <= bears)
        except StopIteration:
            break

    assert rates == tried


def test_the_highest_rate_that_each_server_held_is_told() -> None:
    best = climb({"slow": (bearing(150), 100.0), "fast": (bearing(1_000), 100.0)})

    assert {name: int(load.rate) for name, load in best.items() if load} == {
        "slow": 141,
        "fast": 951,
    }


def bearing(most: float) -> Callable[[float], Load]:
    return lambda rate: Load(rate, (10.0 if rate <= most else 900.0,), (0.0,), 0.1)


def test_a_search_is_sent_as_a_browser_sends_its_form() -> None:
    head, _, body = request_of(BY_POST, 8000).decode().partition("\r\n\r\n")

    assert head.startswith("POST /es/find/ HTTP/1.1\r\nHost: 127.0.0.1:8000\r\n")
    assert f"Content-Length: {len(body)}" in head
    assert "Origin: http://127.0.0.1:8000" in head
    assert body == "q=hep+c&place=94601"


def test_a_shared_link_is_opened_without_a_form() -> None:
    link = Asking(BY_POST.fields, by_post=False, language="en")

    request = request_of(link, 8000).decode()

    assert request.startswith("GET /find/?q=hep+c&place=94601 HTTP/1.1")
    assert request.endswith("\r\n\r\n")


def test_searches_are_of_every_kind_and_the_same_in_each_run() -> None:
    asked = askings(200, on=date(2026, 11, 20))

    assert asked == askings(200, on=date(2026, 11, 20))
    assert {each.language for each in asked} == {"en", "es"}
    assert {each.by_post for each in asked} == {True, False}
    assert {name for each in asked for name, _ in each.fields} >= {"need", "q", "place", "fact"}
    assert all(dict(each.fields)["hour"] for each in asked if ("open", "on") in each.fields)


@contextmanager
def only_the_finder(folder: Path, *, rows: int) -> Iterator[Running]:
    """Serve without a database, which takes some seconds to make and which no search needs."""
    publish(folder, rows=rows, at=datetime.now(UTC))
    target, data = "tejido.config.wsgi:application", str(folder)
    log = folder / "server.log"
    with answering(target, port=free_port(), log=log, TEJIDO_DATA=data) as server:
        yield server


def test_a_small_run_answers_every_search(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(traffic, "ROUNDS", 1)
    monkeypatch.setattr(traffic, "serving", only_the_finder)

    with both_servers(tmp_path, rows=40, seconds=0.5) as servers:
        figures = {each.name: each for each in at_rate(servers, 20, is_full=False)}

    assert figures["results p95 at 20 a second"].value > 0
    assert figures["requests of these not answered with a page"].value == 0
    assert figures["results p95 at 20 a second"].peer.startswith("a fixed page of ")
