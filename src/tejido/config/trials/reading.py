"""A page as a program reads it: where its links lead, and its forms with their fields."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

BUTTONS = {"submit", "image"}
IGNORED = {"button", "reset"}


@dataclass
class Field:
    """A field of a form; `choices` are the values that it offers, `longest` 0 for any length."""

    name: str
    kind: str
    value: str = ""
    choices: list[str] = field(default_factory=list)
    longest: int = 0


@dataclass
class Form:
    """A form: where and how it is sent, and its fields."""

    address: str
    method: str
    fields: list[Field] = field(default_factory=list)

    def key(self) -> tuple[str, ...]:
        """Return what makes it the same form on another page."""
        return (self.method, *sorted({each.name for each in self.fields}))


@dataclass
class Reading(HTMLParser):
    """Reads a page that came from `address`."""

    address: str
    links: list[str] = field(default_factory=list)
    forms: list[Form] = field(default_factory=list)
    _form: Form | None = None
    _select: Field | None = None
    _area: Field | None = None

    def __post_init__(self) -> None:
        """Start the parser."""
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a link, a form or a field."""
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in given:
            self.links += self._here(given["href"])
        elif tag == "form":
            self._begin_form(given)
        elif self._form and tag in {"input", "button", "select", "textarea"}:
            self._take(tag, given)
        elif self._select and tag == "option" and "disabled" not in given:
            self._select.choices.append(given.get("value", ""))

    def handle_data(self, data: str) -> None:
        """Note what stands in a field of several lines."""
        if self._area:
            self._area.value += data

    def handle_endtag(self, tag: str) -> None:
        """End a form or a field."""
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None
        elif tag == "textarea":
            self._area = None

    def _begin_form(self, given: dict[str, str]) -> None:
        action = next(self._here(given.get("action", "") or self.address), None)
        self._form = Form(action or "", given.get("method", "get").lower())
        if action:
            self.forms.append(self._form)

    def _take(self, tag: str, given: dict[str, str]) -> None:
        assert self._form  # noqa: S101  (asked before)
        kind = given.get("type", "text") if tag == "input" else tag
        if tag == "button":
            kind = given.get("type", "submit")
        if "name" not in given or "disabled" in given or kind in IGNORED:
            return
        read = Field(given["name"], kind, given.get("value", ""))
        read.longest = int(given.get("maxlength") or 0)
        self._form.fields.append(read)
        self._select = read if tag == "select" else None
        self._area = read if tag == "textarea" else None

    def _here(self, href: str) -> Iterator[str]:
        """Yield where an address of this site leads, without its fragment."""
        whole = urlsplit(urldefrag(urljoin(f"http://here{self.address}", href)).url)
        if whole.scheme == "http" and whole.netloc == "here":
            yield whole.path + (f"?{whole.query}" if whole.query else "")


def read(html: str, *, address: str) -> Reading:
    """Read a page that came from an address of this site."""
    reading = Reading(address)
    reading.feed(html)
    return reading
