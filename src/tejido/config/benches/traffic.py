"""`bench http`: how long results take under traffic, and how much traffic the server bears."""

import tempfile
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from http.client import HTTPConnection
from importlib.metadata import version
from itertools import count
from math import sqrt
from pathlib import Path
from urllib.parse import urlencode

from django.utils.timezone import localdate

from tejido.config.benches.fixed import PAGE, TARGET
from tejido.config.benches.invented import Asking, askings
from tejido.config.benches.load import Load, offer, together
from tejido.config.benches.site import Running, answering, free_port, serving
from tejido.config.server import PROCESSES, THREADS
from tejido.foundation.bench import Figure

ROWS = 10_000
RATE, SECONDS, ROUNDS = 100.0, 8.0, 3
MOST_MS = 200.0
SEARCHES, TRIED = 2_000, 60
# Between a rate that is held and its double: the highest is found to within a twelfth.
HALVINGS, HIGHEST = 3, 20_000.0
FORM = "application/x-www-form-urlencoded"
BROWSER = {
    "User-Agent": "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/120.0 Mobile",
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "es-US,es;q=0.9,en;q=0.8",
    "Accept-Encoding": "gzip, deflate, br, zstd",
    "Connection": "keep-alive",
}
Offer = Callable[[float], Load]


@dataclass(frozen=True, slots=True)
class Servers:
    """The two that are compared.

    Attributes:
        results: offers searches to the server, so many a second.
        fixed: offers as many to the same server sending one fixed page.
        size: of that page as sent, in bytes: the middle one of some answers.
    """

    results: Offer
    fixed: Offer
    size: int


def bench_http(*, rows: int = ROWS) -> list[Figure]:
    """Measure results over HTTP on an invented directory, beside a fixed page of the same size.

    `./tejido serve` answers in its own process; requests are sent when they are due, and an
    answer counts from then. Searches by form and shared links, in both languages; public pages
    have no token and no cookie, so there is none to send.

    Args:
        rows: listings; the targets are for 10,000.

    Returns:
        p50, p95 and p99 at 100 requests a second; the highest rate at which p95 stays within
        200 ms; the CPU that the client itself took; what the server consists of.
    """
    with tempfile.TemporaryDirectory() as name:
        with both_servers(Path(name), rows=rows, seconds=SECONDS) as servers:
            figures = [*at_rate(servers, RATE, is_full=rows == ROWS), *highest(servers)]
        return [
            *figures,
            Figure(f"processes of granian {version('granian')}", PROCESSES, ""),
            Figure("threads in each, all on the snapshot file", THREADS, ""),
        ]


@contextmanager
def both_servers(folder: Path, *, rows: int, seconds: float) -> Iterator[Servers]:
    """Run both servers until the end of the block; each offer lasts so many seconds."""
    data, page, port = folder / "data", folder / "page", free_port()
    data.mkdir()
    asked = askings(SEARCHES, on=localdate())
    with serving(data, rows=rows) as own:
        answers = sorted((_answer(each, own.port) for each in asked[:TRIED]), key=len)
        page.write_bytes(answers[len(answers) // 2])
        with answering(TARGET, port=port, log=folder / "fixed.log", **{PAGE: str(page)}) as fixed:
            size = page.stat().st_size
            yield Servers(_offer(asked, own, seconds), _offer(asked, fixed, seconds), size)


def _offer(asked: list[Asking], server: Running, seconds: float) -> Offer:
    requests, seeds = [request_of(each, server.port) for each in asked], count(1)

    def offered(rate: float) -> Load:
        before, port = server.cpu_seconds(), server.port
        load = offer(requests, port=port, rate=rate, seconds=seconds, seed=next(seeds))
        after = server.cpu_seconds()
        used = after - before if after is not None and before is not None else None
        return replace(load, server_cpu_s=used)

    return offered


def request_of(asking: Asking, port: int) -> bytes:
    """Return a search as a browser sends it to a port of this machine."""
    method, path, headers, body = _parts(asking, port)
    lines = (f"{name}: {value}" for name, value in headers.items())
    head = "\r\n".join((f"{method} {path} HTTP/1.1", *lines, "", ""))
    return (head + body).encode("ascii")


def _parts(asking: Asking, port: int) -> tuple[str, str, dict[str, str], str]:
    home = "/es/" if asking.language == "es" else "/"
    fields, site = urlencode(asking.fields), f"127.0.0.1:{port}"
    headers = {"Host": site, **BROWSER}
    if not asking.by_post:
        return "GET", f"{home}find/?{fields}", headers, ""
    sent = {"Content-Type": FORM, "Content-Length": str(len(fields))}
    origin = {"Origin": f"http://{site}", "Referer": f"http://{site}{home}"}
    return "POST", f"{home}find/", {**headers, **sent, **origin}, fields


def _answer(asking: Asking, port: int) -> bytes:
    """Return the page that answers a search, as it is sent.

    Raises:
        RuntimeError: it was not answered with a page.
    """
    method, path, headers, body = _parts(asking, port)
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request(method, path, body=body, headers=headers)
        answer = connection.getresponse()
        page = answer.read()
    finally:
        connection.close()
    if answer.status != 200:
        raise RuntimeError(f"{method} {path}: {answer.status}")
    return page


def at_rate(servers: Servers, rate: float, *, is_full: bool) -> Iterator[Figure]:
    """Yield how long answers take at one rate, both servers by turns.

    One turn goes before that does not count: a server is slow until it has met each thing once.
    """
    servers.results(rate)
    turns = [(servers.results(rate), servers.fixed(rate)) for _ in range(ROUNDS)]
    ours, fixed = (together(loads) for loads in zip(*turns, strict=True))
    for share in (50, 95, 99):
        value, peer = ours.percentile(share), fixed.percentile(share)
        is_target = is_full and share == 95
        yield Figure(
            f"results p{share} at {rate:g} a second",
            value,
            "ms",
            _peer(servers),
            peer,
            value / peer,
            target=f"<= {MOST_MS:g}" if is_target else "",
            met=value <= MOST_MS if is_target else None,
        )
    yield Figure("requests of these not answered with a page", ours.failed, "", "", fixed.failed)
    yield Figure("the client sent late, p99", ours.late(99), "ms", _peer(servers), fixed.late(99))
    yield _client(f"at {rate:g} a second", ours, fixed, servers)
    if ours.server_cpu_ms and fixed.server_cpu_ms:
        value, peer = ours.server_cpu_ms, fixed.server_cpu_ms
        name = "CPU of the server for each"
        yield Figure(name, value, "ms", _peer(servers), peer, value / peer)


def highest(servers: Servers) -> Iterator[Figure]:
    """Yield the highest rate at which p95 stays within the limit, both servers by turns."""
    offers = {"results": servers.results, "fixed": servers.fixed}
    best = climb({name: (own, RATE) for name, own in offers.items()})
    ours, fixed = best["results"], best["fixed"]
    rates = [load.rate if load else 0.0 for load in (ours, fixed)]
    ratio = rates[0] / rates[1] if rates[1] else None
    yield Figure(
        f"highest rate with p95 <= {MOST_MS:g} ms", rates[0], "/s", _peer(servers), rates[1], ratio
    )
    if ours and fixed:
        yield _client("at these rates", ours, fixed, servers)


def _peer(servers: Servers) -> str:
    return f"a fixed page of {servers.size / 1_000:.1f} kB"


def _client(when: str, ours: Load, fixed: Load, servers: Servers) -> Figure:
    shares = [100 * load.client_cpu for load in (ours, fixed)]
    return Figure(f"CPU of the client {when}", shares[0], "%", _peer(servers), shares[1])


def climb(offers: Mapping[str, tuple[Offer, float]]) -> dict[str, Load | None]:
    """Return for each server the load of the highest rate that it held, trying them by turns.

    Args:
        offers: by name, how to offer a load and the rate to begin with.
    """
    climbs = {name: climbing(first) for name, (_offer, first) in offers.items()}
    rates = {name: next(each) for name, each in climbs.items()}
    best: dict[str, Load | None] = dict.fromkeys(offers)
    while rates:
        for name in tuple(rates):
            load = offers[name][0](rates[name])
            if holds(load):
                best[name] = load
            try:
                rates[name] = climbs[name].send(holds(load))
            except StopIteration:
                del rates[name]
    return best


def climbing(first: float) -> Generator[float, bool, None]:
    """Yield the rates to try, told of each whether it was held: doubled, then between two.

    Below a first rate that is not held, rates down to an eighth of it are tried.
    """
    held, missed = first / 2**HALVINGS, first
    while (yield missed) and missed < HIGHEST:
        held, missed = missed, 2 * missed
    for _ in range(HALVINGS):
        between = sqrt(held * missed)
        if (yield between):
            held = between
        else:
            missed = between


def holds(load: Load) -> bool:
    """Return whether p95 stays within the limit and every request got its page."""
    return not load.failed and load.percentile(95) <= MOST_MS
