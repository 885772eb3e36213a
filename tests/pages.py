"""Every address of the site, and what a page's HTML would make a browser do."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlsplit
from uuid import UUID

from django.http import HttpResponse
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter, UUIDConverter
from django.utils import translation

LISTING = UUID(int=1)
# Signed-in work. All else is public, and a new page is so until it is added here.
PERSONAL = ("/desk/", "/account/", "/es/account/")
# Pages of sign-in that a stranger may open.
ENTRANCE = {"account_login", "account_signup", "account_inactive", "mfa_login_webauthn"}
# A browser loads nothing from these: they say where a page stands.
NAMING = {"canonical", "alternate"}
VALUES: dict[str, object] = {"id": LISTING}
OF_KIND: dict[type, object] = {UUIDConverter: LISTING, IntConverter: 1}


@dataclass(frozen=True)
class Named:
    """A named address: its pattern, and what kind each of its parts is."""

    name: str
    pattern: URLPattern
    parts: dict[str, object]

    def values(self) -> dict[str, object]:
        """Return something for each part that is not fixed."""
        parts = self.parts.items()
        return {key: VALUES.get(key, OF_KIND.get(type(kind), "x")) for key, kind in parts}

    def paths(self) -> list[str]:
        """Return the address in each language; once where it carries none."""
        values, found = self.values(), []
        for language in ("en", "es"):
            with translation.override(language):
                try:
                    found.append(reverse(self.name, kwargs=values))
                except NoReverseMatch:
                    continue
        return list(dict.fromkeys(found))


def named_addresses() -> Iterator[Named]:
    """Yield each named address with its name, namespaces included."""
    yield from _named(get_resolver().url_patterns, (), {})


def public_paths() -> list[str]:
    """Return every address that a stranger may open."""
    return [
        path
        for address in named_addresses()
        for path in address.paths()
        if address.name in ENTRANCE or not path.startswith(PERSONAL)
    ]


def personal_paths() -> list[str]:
    """Return every address that only a person who signed in may open."""
    known = set(public_paths())
    every = {path for address in named_addresses() for path in address.paths()}
    return sorted(every - known)


def _named(
    patterns: list[URLPattern | URLResolver], spaces: tuple[str, ...], parts: dict[str, object]
) -> Iterator[Named]:
    for pattern in patterns:
        known = parts | dict(getattr(pattern.pattern, "converters", {}))
        if isinstance(pattern, URLResolver):
            inner = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from _named(pattern.url_patterns, inner, known)
        elif pattern.name:
            yield Named(":".join((*spaces, pattern.name)), pattern, known)


@dataclass
class Page(HTMLParser):
    """What a browser would load from a page, where it would send forms, and what is inline."""

    loads: list[str] = field(default_factory=list)
    sends: list[str] = field(default_factory=list)
    inline: list[str] = field(default_factory=list)
    tells: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Start the parser."""
        super().__init__()

    def foreign(self) -> list[str]:
        """Return what the page would load from, or send to, another site."""
        return [address for address in self.loads + self.sends if is_elsewhere(address)]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what one tag does."""
        given = {name: value or "" for name, value in attrs}
        self._loading(tag, given)
        self.sends += [given[name] for name in ("action", "formaction") if name in given]
        self.inline += [
            f"{tag} {name}" for name in given if name == "style" or name.startswith("on")
        ]
        if tag == "style" or (tag == "script" and "src" not in given):
            self.inline.append(tag)
        self.inline += [v for v in given.values() if v.strip().lower().startswith("javascript:")]
        says_where_from = tag == "a" and "noreferrer" not in given.get("rel", "").split()
        if says_where_from and is_elsewhere(given.get("href", "")):
            self.tells.append(given["href"])

    def _loading(self, tag: str, given: dict[str, str]) -> None:
        if tag != "a" and given.get("rel") not in NAMING:
            self.loads += [
                given[name]
                for name in ("src", "href", "data", "poster", "xlink:href", "background")
                if name in given
            ]
        self.loads += [part.split()[0] for part in given.get("srcset", "").split(",") if part]
        if "ping" in given:
            self.loads.append(given["ping"])


def is_html(response: HttpResponse) -> bool:
    """Return whether the answer is a page that a browser would show."""
    is_sent = response.status_code not in {301, 302} and not response.streaming
    return is_sent and response.get("Content-Type", "").startswith("text/html")


def page_of(html: str) -> Page:
    """Read a page."""
    page = Page()
    page.feed(html)
    return page


def links_of(html: str) -> set[str]:
    """Return where the links of a page lead."""
    return set(re.findall(r'<a\b[^>]*\bhref="([^"]+)"', html))


def is_elsewhere(address: str) -> bool:
    """Return whether the address leaves our own site."""
    parts = urlsplit(address)
    return bool(parts.netloc) or parts.scheme in {"http", "https", "ftp", "ws", "wss"}
