"""Sends requests when they are due, whether or not the answers to earlier ones are there.

What waits for the answer before it asks again asks a slow server less often, and so never sees
how slow it is. Here the instants are set beforehand, and an answer has taken as long as from the
instant at which its request was due.
"""

import asyncio
import random
import time
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle, islice
from statistics import mean

import numpy as np

MOST_CONNECTIONS = 400
LEAD_S, PATIENCE_S = 0.1, 30.0
_END_OF_HEAD = b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Load:
    """What became of a run.

    Attributes:
        rate: requests a second that were due.
        waits_ms: from the instant at which each request was due to the end of its answer; inf
            for one that failed.
        late_ms: how late this client itself sent each request.
        client_cpu: CPU time of this process as a share of the time that it took.
        server_cpu_s: CPU seconds of the server meanwhile, None where the system does not say.
    """

    rate: float
    waits_ms: tuple[float, ...]
    late_ms: tuple[float, ...]
    client_cpu: float
    server_cpu_s: float | None = None

    def percentile(self, share: float) -> float:
        """Return the wait that so many percent of the requests did not exceed, in ms."""
        return float(np.percentile(self.waits_ms, share, method="higher"))

    def late(self, share: float) -> float:
        """Return how late at most the client sent so many percent of the requests, in ms."""
        return float(np.percentile(self.late_ms, share, method="higher"))

    @property
    def server_cpu_ms(self) -> float | None:
        """CPU time of the server for each request, in ms."""
        return 1_000 * self.server_cpu_s / len(self.waits_ms) if self.server_cpu_s else None

    @property
    def failed(self) -> int:
        """How many had no whole answer with status 200."""
        return self.waits_ms.count(float("inf"))


def together(loads: Sequence[Load]) -> Load:
    """Return several runs at the same rate as one."""
    return Load(
        rate=loads[0].rate,
        waits_ms=tuple(wait for load in loads for wait in load.waits_ms),
        late_ms=tuple(late for load in loads for late in load.late_ms),
        client_cpu=mean(load.client_cpu for load in loads),
        server_cpu_s=sum(load.server_cpu_s or 0 for load in loads) or None,
    )


def offer(requests: Sequence[bytes], *, port: int, rate: float, seconds: float, seed: int) -> Load:
    """Send requests to a server on this machine as people come: each on its own.

    Args:
        requests: whole HTTP/1.1 requests, sent in turn.
        port: of the server.
        rate: requests a second, on average; the gaps between them are exponential.
        seconds: for how long requests are due.
        seed: of the gaps.
    """
    dues = list(_dues(rate, seconds, seed))
    pool = _Pool(port)
    began, used = time.perf_counter(), time.process_time()
    asyncio.run(_send_all(pool, list(zip(dues, islice(cycle(requests), len(dues)), strict=True))))
    share = (time.process_time() - used) / (time.perf_counter() - began)
    lost = len(dues) - len(pool.waits_ms)
    waits = (*pool.waits_ms, *(float("inf") for _ in range(lost)))
    return Load(rate, waits, tuple(pool.late_ms), share)


def _dues(rate: float, seconds: float, seed: int) -> Iterator[float]:
    draw, due = random.Random(seed), 0.0  # noqa: S311 - not a secret
    while (due := due + draw.expovariate(rate)) < seconds:
        yield due


async def _send_all(pool: "_Pool", requests: list[tuple[float, bytes]]) -> None:
    loop = asyncio.get_running_loop()
    start = loop.time() + LEAD_S
    for due, request in requests:
        await asyncio.sleep(max(0.0, start + due - loop.time()))
        pool.send(_Sending(request, start + due))
    try:
        await asyncio.wait_for(pool.all_answered(), PATIENCE_S)
    except TimeoutError:
        pass
    finally:
        pool.close()


@dataclass(slots=True)
class _Sending:
    request: bytes
    due: float


@dataclass
class _Pool:
    """Connections that stay open between requests, as a browser's do."""

    port: int
    waits_ms: list[float] = field(default_factory=list)
    late_ms: list[float] = field(default_factory=list)
    _free: list["_Connection"] = field(default_factory=list)
    _open: set["_Connection"] = field(default_factory=set)
    _waiting: deque[_Sending] = field(default_factory=deque)
    _opening: set[asyncio.Task[None]] = field(default_factory=set)
    _unanswered: int = 0

    def send(self, sending: _Sending) -> None:
        """Send now where a connection is free, else as soon as one is."""
        self._unanswered += 1
        if self._free:
            self._sent(self._free.pop(), sending)
            return
        self._waiting.append(sending)
        self._open_another()

    def _open_another(self) -> None:
        if len(self._open) + len(self._opening) < MOST_CONNECTIONS:
            opening = asyncio.get_running_loop().create_task(self._connect())
            self._opening.add(opening)
            opening.add_done_callback(self._opening.discard)

    async def _connect(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            _, made = await loop.create_connection(
                lambda: _Connection(self), "127.0.0.1", self.port
            )
        except OSError:
            return
        self._open.add(made)
        self.is_free(made)

    def is_free(self, connection: "_Connection") -> None:
        """Give a connection its next request, or keep it for one."""
        if self._waiting:
            self._sent(connection, self._waiting.popleft())
        else:
            self._free.append(connection)

    def _sent(self, connection: "_Connection", sending: _Sending) -> None:
        self.late_ms.append(1_000 * (asyncio.get_running_loop().time() - sending.due))
        connection.send(sending)

    def answered(self, sending: _Sending, *, well: bool) -> None:
        """Note how long an answer took."""
        took = 1_000 * (asyncio.get_running_loop().time() - sending.due)
        self.waits_ms.append(took if well else float("inf"))
        self._unanswered -= 1

    def lost(self, connection: "_Connection") -> None:
        """Forget a connection that the server closed; what waits gets another."""
        self._open.discard(connection)
        if connection in self._free:
            self._free.remove(connection)
        if self._waiting:
            self._open_another()

    async def all_answered(self) -> None:
        """Wait until nothing is on its way."""
        while self._unanswered:
            await asyncio.sleep(0.01)

    def close(self) -> None:
        """Close every connection."""
        for opening in self._opening:
            opening.cancel()
        for connection in tuple(self._open):
            connection.close()


class _Connection(asyncio.Protocol):
    """One connection: a request, then its answer to the last byte, then the next."""

    def __init__(self, pool: _Pool) -> None:
        self._pool = pool
        self._transport: asyncio.Transport | None = None
        self._sending: _Sending | None = None
        self._heard = bytearray()
        self._whole = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(transport, asyncio.Transport):
            self._transport = transport

    def send(self, sending: _Sending) -> None:
        self._sending, self._whole = sending, 0
        self._heard.clear()
        if self._transport:
            self._transport.write(sending.request)

    def data_received(self, data: bytes) -> None:
        self._heard += data
        if not self._whole and _END_OF_HEAD in self._heard:
            self._whole = _length_of(bytes(self._heard))
        if self._whole and len(self._heard) >= self._whole:
            self._done(well=self._heard[8:13] == b" 200 ")
            self._stay_or_close()

    def _stay_or_close(self) -> None:
        if self._heard.startswith(b"HTTP/1.1"):
            self._pool.is_free(self)
        else:
            self.close()

    def connection_lost(self, exc: Exception | None) -> None:
        self._pool.lost(self)
        self._done(well=False)

    def close(self) -> None:
        if self._transport:
            self._transport.close()

    def _done(self, *, well: bool) -> None:
        if self._sending:
            sending, self._sending = self._sending, None
            self._pool.answered(sending, well=well)


def _length_of(heard: bytes) -> int:
    """Return how long a whole answer is, its head included.

    Raises:
        ValueError: it does not say its length.
    """
    head, _, _rest = heard.partition(_END_OF_HEAD)
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return len(head) + len(_END_OF_HEAD) + int(value)
    raise ValueError(head)
