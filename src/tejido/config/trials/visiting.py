"""A browser of a trial: keeps its cookies, follows where it is sent, tells much of itself."""

import secrets
from http.cookiejar import CookieJar
from typing import Any
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPCookieProcessor, HTTPErrorProcessor, Request, build_opener

from tejido.config.trials.walking import Answer

PATIENCE_S = 60


class _Answers(HTTPErrorProcessor):
    """Takes a page of a mistake as the page that it is."""

    def http_response(self, request: Request, response: Any) -> Any:
        """Leave everything but a redirect as it came."""
        if response.status in {301, 302, 303, 307, 308}:
            return super().http_response(request, response)
        return response


class Visitor:
    """Somebody with a browser, on a server of this machine."""

    def __init__(self, port: int, **headers: str) -> None:
        """Begin without cookies; `headers` go with everything that is asked."""
        self.site, self.headers = f"http://127.0.0.1:{port}", headers
        self.opener = build_opener(HTTPCookieProcessor(CookieJar()), _Answers)

    def __call__(
        self, method: str, address: str, data: list[tuple[str, str]], files: dict[str, str]
    ) -> Answer:
        """Ask, and return what came back after the last redirect."""
        kind, body = _packed(data, files)
        headers = self.headers | {"Origin": self.site} | ({"Content-Type": kind} if body else {})
        request = Request(  # noqa: S310  (our own server)
            self.site + address, body if method == "POST" else None, headers, method=method
        )
        with self.opener.open(request, timeout=PATIENCE_S) as answer:
            return _told(answer)


def _told(answer: Any) -> Answer:
    where = urlsplit(answer.geturl())
    address = where.path + (f"?{where.query}" if where.query else "")
    text = answer.read().decode(errors="replace")
    return Answer(address, answer.status, answer.headers.get("Content-Type", ""), text)


def _packed(data: list[tuple[str, str]], files: dict[str, str]) -> tuple[str, bytes]:
    """Return the kind and the bytes of a form."""
    if not files:
        return "application/x-www-form-urlencoded", urlencode(data).encode()
    edge = secrets.token_hex(8)
    ends = f"--{edge}--\r\n"
    said = "".join(_part(edge, f'name="{name}"', value) for name, value in data)
    brought = "".join(
        _part(edge, f'name="{name}"; filename="a.csv"\r\nContent-Type: text/csv', content)
        for name, content in files.items()
    )
    return f"multipart/form-data; boundary={edge}", (said + brought + ends).encode()


def _part(edge: str, head: str, content: str) -> str:
    return f"--{edge}\r\nContent-Disposition: form-data; {head}\r\n\r\n{content}\r\n"
