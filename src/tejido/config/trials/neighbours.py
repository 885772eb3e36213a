"""People who say, from several phones at once, that something is wrong with a place.

What they were thanked for must be there afterwards, whatever was killed.
"""

import json
import random
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPException
from ipaddress import IPv4Address
from itertools import product
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen
from uuid import UUID

PHONES = 3
PATIENCE_S = 10
WRONG = ("closed", "hours", "phone", "address", "offer", "other")
_KEY = re.compile(r'name="form" value="(([0-9a-f]{32}):[^"]+)"')
# The server is killed while it answers.
_AWAY = (URLError, ConnectionError, TimeoutError, OSError, HTTPException)


@dataclass
class Neighbours:
    """Phones that report; `thanked` are the ids of what the server said it keeps."""

    port: int
    listings: list[str]
    thanked: list[UUID] = field(default_factory=list)
    _stopped: threading.Event = field(default_factory=threading.Event)
    _to_say: Iterator[tuple[str, str]] = field(default_factory=lambda: iter(()))

    @contextmanager
    def reporting(self) -> Iterator[None]:
        """Report as fast as the server answers, until the end of the block."""
        self._stopped.clear()
        # Of one thing that is wrong with one place three are kept a day, the rest is counted.
        self._to_say = iter([*product(self.listings, WRONG)] * 3)
        phones = [threading.Thread(target=self._report) for _ in range(PHONES)]
        for phone in phones:
            phone.start()
        try:
            yield
        finally:
            self._stopped.set()
            for phone in phones:
                phone.join()

    def wait_for_another(self, *, patience_s: float = 30) -> None:
        """Wait until somebody is thanked again, or nobody is for so long."""
        before, until = len(self.thanked), time.monotonic() + patience_s
        while len(self.thanked) == before and time.monotonic() < until:
            time.sleep(0.02)

    def _report(self) -> None:
        drawn = random.Random()  # noqa: S311  (no secret)
        while not self._stopped.is_set():
            listing, wrong = next(self._to_say, ("", ""))
            if not listing:
                return
            with suppress(*_AWAY):
                self._report_once(listing, wrong, drawn)

    def _report_once(self, listing: str, wrong: str, drawn: random.Random) -> None:
        page = f"http://127.0.0.1:{self.port}/wrong/{listing}/"
        found = _KEY.search(_fetched(Request(page)))
        if not found:
            return
        said = {"form": found[1], "wrong": wrong, "instead": "a trial"}
        headers = {
            "Origin": f"http://127.0.0.1:{self.port}",
            # Else all phones together would be one that sends too much.
            "X-Forwarded-For": str(IPv4Address(drawn.getrandbits(32))),
        }
        answer = _fetched(Request(page, urlencode(said).encode(), headers))
        if not _KEY.search(answer):
            self.thanked.append(UUID(hex=found[2]))


def listings_at(port: int) -> list[str]:
    """Return the ids of some places that the server shows."""
    address = f"http://127.0.0.1:{port}/api/finder/v1/search?q=naloxone&near=90011"
    told = json.loads(_fetched(Request(address)))
    return [each["id"] for each in told["results"]]


def _fetched(request: Request) -> str:
    with urlopen(request, timeout=PATIENCE_S) as answer:  # noqa: S310  (our own server)
        return str(answer.read().decode())
