"""Somebody who opens every page that a link leads to, and fills every form with canaries."""

from collections import Counter, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urlencode, urlsplit

from django.urls import Resolver404, resolve

from tejido.config.trials.canaries import SHORTEST, Cage, Canary
from tejido.config.trials.reading import BUTTONS, Field, Form, read

WORDS = {"text", "search", "textarea", "password", "email", "url", "tel"}
PAGES_OF_ONE_ADDRESS = 3
FORMS_OF_ONE_KIND = 2
# What would end the walk: who signs out, or takes a role away, sees no further page.
NEVER = frozenset(
    {
        *("account_logout", "account_end_session", "account_end_others", "mfa_deactivate_totp"),
        *("network:take-role", "network:end-membership", "network:language", "network:leave"),
        *("network:departure", "network:other-departure", "network:answer-departure"),
        "network:answer-other-departure",
    }
)
# What is typed here is answered, and kept nowhere.
PASSING = {"finder:find", "account_login", "account_reauthenticate", "mfa_authenticate"}
TABLE = "name,address\n{0},{0}\n"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the address where it ended, whether it is a page, its text."""

    address: str
    status: int
    kind: str
    text: str


class Door(Protocol):
    """Asks the server; `files` are field -> content."""

    def __call__(
        self, method: str, address: str, data: list[tuple[str, str]], files: dict[str, str], /
    ) -> Answer:
        """Return what it answered."""
        ...


@dataclass
class Walker:
    """One visitor, and what they saw.

    Attributes:
        who: their user name, or `nobody`.
        door: asks the server as them.
        cage: their canaries are let out of it.
        types: whether they type, or only look.
        at_most: pages, in all.
        never: named addresses that they keep away from.
        answered: every answer that they got.
        pages: how often each named address was opened.
        forms: how often each kind of form was sent.
    """

    who: str
    door: Door
    cage: Cage
    types: bool = True
    at_most: int = 10_000
    never: frozenset[str] = NEVER
    answered: Callable[["Walker", Answer], None] = lambda _walker, _answer: None
    pages: Counter[str] = field(default_factory=Counter)
    forms: Counter[tuple[str, ...]] = field(default_factory=Counter)

    def walk(self, starts: Iterable[str]) -> None:
        """Open the pages of some addresses and all that they lead to."""
        waiting, known = deque(starts), set(starts)
        while waiting:
            for found in self._open(waiting.popleft()):
                if found not in known:
                    known.add(found)
                    waiting.append(found)

    def _open(self, address: str) -> list[str]:
        route = route_of(address)
        is_enough = self.pages[route] >= PAGES_OF_ONE_ADDRESS or self.pages.total() >= self.at_most
        if route in self.never or is_enough:
            return []
        self.pages[route] += 1
        return self._read(self.door("GET", address, [], {}))

    def _read(self, answer: Answer) -> list[str]:
        self.answered(self, answer)
        if "html" not in answer.kind:
            return []
        page = read(answer.text, address=answer.address)
        led = [link for form in page.forms if self.types for link in self._send(form, answer)]
        return page.links + led

    def _send(self, form: Form, page: Answer) -> list[str]:
        """Fill a form and send it, once or twice of each kind; return where that leads."""
        route = route_of(form.address or page.address)
        key = (route, *form.key())
        if route in self.never or self.forms[key] >= FORMS_OF_ONE_KIND:
            return []
        self.forms[key] += 1
        data, files = self._filled(form, route)
        if form.method == "post":
            answer = self.door("POST", form.address, data, files)
        else:
            answer = self.door("GET", f"{_path(form.address)}?{urlencode(data)}", [], {})
        # One further page, and no form of it: else a form that is shown again is never done.
        self.answered(self, answer)
        is_page = "html" in answer.kind and answer.status < 400
        return (
            [answer.address, *read(answer.text, address=answer.address).links] if is_page else []
        )

    def _filled(self, form: Form, route: str) -> tuple[list[tuple[str, str]], dict[str, str]]:
        is_passing = form.method == "get" or route in PASSING
        fields = _asked(form.fields)
        files = {
            each.name: TABLE.format(self._canary(each, route, is_passing=False))
            for each in fields
            if each.kind == "file"
        }
        data = [
            (each.name, self._typed(each, route, is_passing=is_passing))
            for each in fields
            if each.kind != "file"
        ]
        return data, files

    def _typed(self, asked: Field, route: str, *, is_passing: bool) -> str:
        if asked.kind not in WORDS:
            chosen = asked.value or next(filter(None, asked.choices), "")
            return chosen or OTHERWISE.get(asked.kind, "")
        if asked.longest and asked.longest < SHORTEST:
            return asked.value
        word = self._canary(asked, route, is_passing=is_passing)
        return SHAPES.get(asked.kind, "{0}").format(word)

    def _canary(self, asked: Field, route: str, *, is_passing: bool) -> str:
        return self.cage.new(Canary(route, asked.name, self.who, is_passing))


SHAPES = {"email": "{0}@example.org", "url": "https://example.org/{0}"}
OTHERWISE = {"date": "2026-11-20", "number": "2", "time": "09:00", "month": "2026-11"}


def _asked(fields: list[Field]) -> list[Field]:
    """Return each field once: of several to choose from the first, of the buttons the first."""
    by_name: dict[str, Field] = {}
    for each in fields:
        name = "button" if each.kind in BUTTONS else each.name
        by_name.setdefault(name, each)
    return list(by_name.values())


def route_of(address: str) -> str:
    """Return the name of an address, or '' where nothing stands there."""
    try:
        return resolve(_path(address)).view_name
    except Resolver404:
        return ""


def _path(address: str) -> str:
    return urlsplit(address).path
