"""Fetching an address that somebody typed, without being led into our own network.

The name is resolved once, each address that it has is checked, and the connection goes to a
checked address: a name that answers differently the second time leads nowhere. TLS still holds
the certificate against the name. No proxy, no cookie, no credentials.

Source: docs/sources.md#ssrf
"""

import io
import json
import socket
import ssl
import time
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse
from threading import Thread
from typing import Any
from urllib.parse import SplitResult, urljoin, urlsplit

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tejido.foundation.errors import Refused
from tejido.gateways.domain.addresses import is_public

AGENT = "Tejido (open data checker)"
REDIRECTS = (301, 302, 303, 307, 308)
PORTS = {"http": 80, "https": 443}
PIECE = 64 * 1024
SENTENCES: dict[str, Promise] = {
    "url-scheme": _("%(url)s is no web address. Give one that begins with https:// or http://."),
    "url-credentials": _("The address holds a name or password. Give it without them."),
    "url-port": _("%(url)s names a port on which no website answers. Check the address."),
    "url-unknown": _("No computer is called %(host)s. Check the address."),
    "url-private": _(
        "%(host)s is inside a private network, or is this computer. "
        "Only public addresses are fetched."
    ),
    "url-redirect-elsewhere": _(
        "%(host)s sends us to another place: %(url)s. Check that address, and give it instead."
    ),
    "url-redirects": _("%(host)s sends us on again and again. Ask who runs it."),
    "url-slow": _("%(host)s takes too long to answer. Try again later, or ask who runs it."),
    "url-large": _("%(host)s sends more than can be checked at once. Get it as a file."),
    "url-closed": _("%(host)s does not answer. Check the address, or try again later."),
    "url-tls": _(
        "The certificate of %(host)s is not valid, so nobody knows who answers. "
        "Ask who runs it to mend it."
    ),
    "url-broken": _("What %(host)s answers is not what a website answers. Check the address."),
    "url-requests": _("This check asked %(host)s as often as it may, and stopped."),
}


class WebRefused(Refused):
    """An address that may not be fetched, or that does not answer as it should."""

    def __init__(self, code: str, **values: object) -> None:
        """Choose the sentence and fill it in."""
        super().__init__(code, SENTENCES[code] % {"host": "", "url": "", **values})


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one run may take.

    Attributes:
        answer_s: seconds for one answer, from the name to its last byte.
        run_s: seconds for all of them.
        answer_bytes: of one answer, unpacked.
        run_bytes: of all, unpacked.
        requests: how many.
        redirects: in a row.
    """

    answer_s: float = 30.0
    run_s: float = 300.0
    answer_bytes: int = 16 * 1024 * 1024
    run_bytes: int = 256 * 1024 * 1024
    requests: int = 100
    redirects: int = 3


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; names of headers are in lower case."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes


def resolved(host: str, port: int) -> list[str]:
    """Return the IP addresses of a name, as the system says."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


@dataclass(slots=True)
class Fetcher:
    """Fetches for one run, and keeps count of what it may still take.

    Attributes:
        allow_private: addresses inside private networks too; for commands, never for pages.
        resolve: host and port -> IP addresses.
        trust: which certificates count; the system's where None.
    """

    limits: Limits = field(default_factory=Limits)
    allow_private: bool = False
    resolve: Callable[[str, int], Sequence[str]] = resolved
    trust: ssl.SSLContext | None = None
    requests: int = 0
    received: int = 0
    ends_at: float = field(init=False)

    def __post_init__(self) -> None:
        """Start the clock of the run."""
        self.ends_at = time.monotonic() + self.limits.run_s

    def is_over(self) -> bool:
        """Say whether the run may not ask any more."""
        is_spent = self.received > self.limits.run_bytes or self.requests > self.limits.requests
        return is_spent or time.monotonic() >= self.ends_at

    def ask(
        self, url: str, *, method: str = "GET", body: Mapping[str, Any] | None = None
    ) -> Answer:
        """Return the whole answer of an address; `body` is sent as JSON.

        Raises:
            WebRefused: it may not be fetched, or does not answer as it should.
        """
        with closing(self._opened(url, method, body)) as way:
            pieces = list(way.pieces())
            return Answer(way.url, way.status, way.headers, b"".join(pieces))

    def lines(self, url: str, *, most_bytes: int) -> Iterator[Answer | bytes]:
        """Return the answer without its body, then its lines one by one, of `most_bytes` at most.

        The last line may be cut off; it then has no line end.

        Raises:
            WebRefused: as with `ask`.
        """
        with closing(self._opened(url, "GET", None, most_bytes)) as way:
            yield Answer(way.url, way.status, way.headers, b"")
            rest = b""
            for piece in way.pieces(cut=True):
                *whole, rest = (rest + piece).split(b"\n")
                yield from (line + b"\n" for line in whole)
            if rest:
                yield rest

    def _opened(
        self, url: str, method: str, body: Mapping[str, Any] | None, most: int | None = None
    ) -> "_Way":
        ends_at = min(self.ends_at, time.monotonic() + self.limits.answer_s)
        host = _parts(url).hostname
        for _turn in range(self.limits.redirects + 1):
            way = self._sent(url, method, body, ends_at)
            way.left = min(way.left, most) if most is not None else way.left
            if way.status not in REDIRECTS or "location" not in way.headers:
                return way
            way.close()
            was, url = url, urljoin(url, way.headers["location"])
            if _parts(url).hostname != host or _loses_encryption(was, url):
                raise WebRefused("url-redirect-elsewhere", host=host, url=url[:200])
        raise WebRefused("url-redirects", host=host)

    def _sent(
        self, url: str, method: str, body: Mapping[str, Any] | None, ends_at: float
    ) -> "_Way":
        parts = _parts(url)
        host = str(parts.hostname)
        self.requests += 1
        if self.requests > self.limits.requests:
            raise WebRefused("url-requests", host=host)
        wire = self._connected(parts, ends_at)
        try:
            answer = _asked(wire, parts, method, body)
        except (OSError, HTTPException, ValueError) as error:
            wire.hang_up()
            raise _trouble(error, host) from error
        left = min(self.limits.answer_bytes, self.limits.run_bytes - self.received)
        return _Way(self, url, host, wire, answer, left)

    def _connected(self, parts: SplitResult, ends_at: float) -> "_Wire":
        host, port = str(parts.hostname), parts.port or PORTS[parts.scheme]
        last: OSError | None = None
        for address in self._addresses(host, port, ends_at):
            try:
                plain = socket.create_connection((address, port), timeout=_left(ends_at))
                return _Wire(self._secured(plain, parts, ends_at), ends_at)
            except OSError as error:
                last = error
        raise _trouble(last or OSError(), host) from last

    def _secured(self, plain: socket.socket, parts: SplitResult, ends_at: float) -> socket.socket:
        if parts.scheme != "https":
            return plain
        host = str(parts.hostname)
        context = self.trust or ssl.create_default_context()
        try:
            plain.settimeout(_left(ends_at))
            return context.wrap_socket(plain, server_hostname=host)
        except OSError:
            plain.close()
            raise

    def _addresses(self, host: str, port: int, ends_at: float) -> Sequence[str]:
        found = _in_time(lambda: self.resolve(host, port), ends_at, host)
        if not found:
            raise WebRefused("url-unknown", host=host)
        if not self.allow_private and not all(map(is_public, found)):
            raise WebRefused("url-private", host=host)
        return found


@dataclass(slots=True)
class _Way:
    """One answer on its way: status and headers are here, the body comes in pieces."""

    fetcher: Fetcher
    url: str
    host: str
    wire: "_Wire"
    answer: HTTPResponse
    left: int

    @property
    def status(self) -> int:
        return self.answer.status

    @property
    def headers(self) -> dict[str, str]:
        return {name.lower(): value for name, value in self.answer.getheaders()}

    def close(self) -> None:
        self.answer.close()
        self.wire.hang_up()

    def pieces(self, *, cut: bool = False) -> Iterator[bytes]:
        """Return the body unpacked; where there is too much, end (`cut`) or refuse."""
        try:
            for piece in self._unpacked():
                self.fetcher.received += len(piece)
                self.left -= len(piece)
                if self.left < 0 and cut:
                    return
                if self.left < 0:
                    raise WebRefused("url-large", host=self.host)
                yield piece
        except (OSError, HTTPException, zlib.error) as error:
            raise _trouble(error, self.host) from error

    def _unpacked(self) -> Iterator[bytes]:
        packing = self.headers.get("content-encoding", "identity").strip().lower()
        if packing not in ("identity", "", "gzip"):
            raise WebRefused("url-broken", host=self.host)
        unpack = zlib.decompressobj(wbits=31) if packing == "gzip" else None
        while piece := self.answer.read1(PIECE):
            if unpack is None:
                yield piece
                continue
            # A bomb is unpacked a piece at a time too, and ends with the limit.
            while piece:
                yield unpack.decompress(piece, PIECE)
                piece = unpack.unconsumed_tail
        if unpack is not None:
            yield unpack.flush()


class _Wire:
    """A connection that ends at one moment, however slowly the other side drips.

    `http.client` uses it as if it were a socket, and closes it before the body is read.
    """

    def __init__(self, way: socket.socket, ends_at: float) -> None:
        self.way, self.ends_at = way, ends_at

    def makefile(self, *_mode: object) -> io.BufferedReader:
        return io.BufferedReader(_Reading(self))

    def sendall(self, contents: bytes) -> None:
        self.way.settimeout(_left(self.ends_at))
        self.way.sendall(contents)

    def close(self) -> None:
        """Do nothing: the body is still to come."""

    def hang_up(self) -> None:
        self.way.close()


class _Reading(io.RawIOBase):
    """What comes over a wire."""

    def __init__(self, wire: _Wire) -> None:
        super().__init__()
        self.wire = wire

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self.wire.way.settimeout(_left(self.wire.ends_at))
        return self.wire.way.recv_into(buffer)


def _asked(
    wire: _Wire, parts: SplitResult, method: str, body: Mapping[str, Any] | None
) -> HTTPResponse:
    connection = HTTPConnection(str(parts.hostname), parts.port or PORTS[parts.scheme])
    connection.sock = wire
    contents = None if body is None else json.dumps(body).encode()
    headers = {
        "Host": parts.netloc,
        "User-Agent": AGENT,
        "Accept": "application/json, application/x-ndjson, */*;q=0.1",
        "Accept-Encoding": "gzip",
        "Connection": "close",
        # What a browser on another page would send: an API says by it whether it is open.
        "Origin": "https://example.org",
    }
    if contents is not None:
        headers["Content-Type"] = "application/json"
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    connection.request(method, target, body=contents, headers=headers)
    return connection.getresponse()


def _parts(url: str) -> SplitResult:
    """Return the parts of an address that may be fetched."""
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname, parts.port
        is_plain = parts.netloc.isascii() and not any(mark <= " " for mark in url.strip())
    except ValueError as error:
        raise WebRefused("url-scheme", url=url[:200]) from error
    if parts.scheme not in PORTS or not host or not is_plain:
        raise WebRefused("url-scheme", url=url[:200])
    if parts.username is not None or parts.password is not None:
        raise WebRefused("url-credentials")
    # Ports below 1024 belong to other services, which may take a request for something else.
    if port is not None and port < 1024 and port not in PORTS.values():
        raise WebRefused("url-port", url=url[:200])
    return parts


def _loses_encryption(was: str, url: str) -> bool:
    return _parts(was).scheme == "https" and _parts(url).scheme != "https"


def _left(ends_at: float) -> float:
    """Return the seconds that are left."""
    left = ends_at - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _in_time(work: Callable[[], Sequence[str]], ends_at: float, host: str) -> Sequence[str]:
    """Return what a slow resolver finds, or refuse when the time is over."""
    found: list[Sequence[str]] = []

    def resolve() -> None:
        try:
            found.append(work())
        except (OSError, UnicodeError):
            found.append(())

    thread = Thread(target=resolve, daemon=True)
    thread.start()
    thread.join(max(0.0, ends_at - time.monotonic()))
    if not found:
        raise WebRefused("url-slow", host=host)
    return found[0]


def _trouble(error: Exception, host: str) -> WebRefused:
    if isinstance(error, TimeoutError):
        return WebRefused("url-slow", host=host)
    if isinstance(error, ssl.SSLError):
        return WebRefused("url-tls", host=host)
    if isinstance(error, OSError) and not isinstance(error, HTTPException):
        return WebRefused("url-closed", host=host)
    return WebRefused("url-broken", host=host)
