"""How the HSDS API answers: open to every page, never too often, unchanged answers only once."""

import hashlib
import json
import threading
from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.http import http_date, parse_etags
from django.utils.translation import gettext as _

from tejido import __version__
from tejido.directory.api.asking import Asking, WrongParameter
from tejido.directory.domain.feed_question import Shape
from tejido.directory.queries.feed import Page
from tejido.directory.queries.feed_files import Feed, FeedDamaged, FeedMissing
from tejido.foundation.errors import Refused
from tejido.foundation.rate import Rate, address_of

JSON, LINES = "application/json", "application/x-ndjson"
METHODS = "GET, HEAD, POST, OPTIONS"
# What a person may have typed, or where they are: no cache keeps it.
PRIVATE = frozenset(
    {"search", "lat", "lon", "postcode", "concept", "open_at", "taxonomy_term_id", "language"}
)
rate = Rate()
# Of the eight threads that answer (config.server).
MOST_STREAMS = 3
_places = threading.BoundedSemaphore(MOST_STREAMS)
Run = Callable[..., HttpResponseBase]


def open_to_all(run: Run) -> Run:
    """Let every page of the web ask, nobody too often; refusals are JSON with a sentence."""

    @wraps(run)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with translation.override(translation.get_language_from_request(request)):
            response = _answered(run, request, *args, **kwargs)
        if request.method == "HEAD":
            response = _bare(response)
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = "ETag, Last-Modified, Retry-After"
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return answer


def may_ask(request: HttpRequest, methods: str = METHODS) -> HttpResponse:
    """Answer a browser that asks whether a page from elsewhere may ask."""
    response = HttpResponse(status=HTTPStatus.NO_CONTENT)
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Allow-Methods"] = methods
    response.headers["Access-Control-Allow-Headers"] = "Content-Type, If-None-Match"
    response.headers["Access-Control-Max-Age"] = "86400"
    return response


def unless_same(request: HttpRequest, feed: Feed, make: Callable[[], HttpResponseBase]) -> Any:
    """Answer 304 where the asker has this answer; else make it, with its mark and its age."""
    mark = f'"{_mark(request, feed)}"'
    if request.method == "POST":
        return make()
    known = request.headers.get("If-None-Match", "")
    has_it = mark in {each.removeprefix("W/") for each in parse_etags(known)} or known == "*"
    response = HttpResponse(status=HTTPStatus.NOT_MODIFIED) if has_it else make()
    response.headers["ETag"] = mark
    response.headers["Last-Modified"] = http_date(feed.built_at.timestamp())
    is_private = PRIVATE & set(request.GET)
    response.headers["Cache-Control"] = "no-store" if is_private else "public, no-cache"
    return response


def list_response(asking: Asking, page: Page) -> HttpResponseBase:
    """Return a page with its envelope, or all records line by line."""
    if asking.is_stream:
        return streamed(_lines(page), LINES)
    pieces = _enveloped(asking, page)
    if asking.shape is Shape.WITH_SERVICES:
        return streamed(pieces, JSON)
    return HttpResponse(b"".join(pieces), content_type=JSON)


def record_response(pieces: Iterable[bytes], *, is_long: bool) -> HttpResponseBase:
    """Return one record; a long one piece by piece."""
    if is_long:
        return streamed(pieces, JSON)
    return HttpResponse(b"".join(pieces), content_type=JSON)


class Busy(Refused):
    """As many as may already read a long answer."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("", _("Others read long answers right now. Try again in a minute."))


class Stream:
    """A long answer, piece by piece; it holds its place to its end, or until it is closed."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        """Take a place.

        Raises:
            Busy: there is none.
        """
        if not _places.acquire(blocking=False):
            raise Busy
        self._pieces, self._is_open = pieces, True

    def __iter__(self) -> Iterator[bytes]:
        """Yield the pieces; the last one gives the place back."""
        yield from self._pieces
        self.close()

    def close(self) -> None:
        """Give the place back."""
        if self._is_open:
            self._is_open = False
            _places.release()


class StreamedResponse(StreamingHttpResponse):
    """A long answer, which knows its stream."""

    def __init__(self, stream: Stream, kind: str) -> None:
        """Send a stream of a content type."""
        super().__init__(stream, content_type=kind)
        self.stream = stream


def streamed(pieces: Iterable[bytes], kind: str) -> HttpResponseBase:
    """Return a long answer, piece by piece, as fast as whoever asks takes it.

    Raises:
        Busy: who reads slowly holds a thread, so that only some may at once.
    """
    return StreamedResponse(Stream(pieces), kind)


def refusal(name: str, sentence: str, status: int) -> JsonResponse:
    """Return why there is no answer, in the language of whoever asks."""
    vary = {"Vary": "Accept-Language"}
    body = {"parameter": name, "sentence": sentence}
    return JsonResponse(body, status=status, headers=vary)


def _answered(run: Run, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    if not rate.allows(address_of(request)):
        sentence = _("That was more than 60 questions in a minute. Wait a minute and ask again.")
        response = refusal("", sentence, HTTPStatus.TOO_MANY_REQUESTS)
        response.headers["Retry-After"] = "60"
        return response
    try:
        return _run(run, request, *args, **kwargs)
    except WrongParameter as error:
        return refusal(error.code, str(error), error.status)
    except (FeedMissing, Busy) as error:
        response = refusal("", str(error), HTTPStatus.SERVICE_UNAVAILABLE)
        response.headers["Retry-After"] = "60"
        return response


def _bare(response: HttpResponseBase) -> HttpResponseBase:
    """Return an answer without its body; a stream gives its place back unread."""
    bare = HttpResponse(status=response.status_code, headers=dict(response.items()))
    if isinstance(response, HttpResponse):
        bare.headers["Content-Length"] = str(len(response.content))
    if isinstance(response, StreamedResponse):
        # Closing the answer would end the request, and with it the connection to the database.
        response.stream.close()
    return bare


def _run(run: Run, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    """Answer, and where the file is damaged meanwhile begin again with the one before."""
    try:
        return run(request, *args, **kwargs)
    except FeedDamaged:
        return run(request, *args, **kwargs)


def _mark(request: HttpRequest, feed: Feed) -> str:
    asked = sorted(request.GET.items())
    said = [feed.mark, __version__, request.build_absolute_uri(request.path), asked]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:32]


def _lines(page: Page) -> Iterator[bytes]:
    yield from page.pieces
    if page.total:
        yield b"\n"


def _enveloped(asking: Asking, page: Page) -> Iterator[bytes]:
    """Yield a page: the seven members that HSDS asks for, and the records."""
    size = asking.per_page or max(page.total, 1)
    pages = -(-page.total // size)
    skipped = (asking.page - 1) * size
    here = max(0, min(size, page.total - skipped))
    envelope = {
        "total_items": page.total,
        "total_pages": pages,
        "page_number": asking.page,
        "size": here,
        "first_page": asking.page == 1,
        "last_page": asking.page >= pages,
        "empty": here == 0,
    }
    yield json.dumps(envelope)[:-1].encode() + b', "contents": ['
    yield from page.pieces
    yield b"]}"
