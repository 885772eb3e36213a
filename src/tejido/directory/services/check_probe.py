"""Asking one API for a check: what does not come, or is no JSON, is noted."""

import json
import re
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

from django.utils.translation import gettext as _

from tejido.directory.domain.cleaning import is_too_deep
from tejido.directory.domain.hsds_check.findings import Fault
from tejido.directory.services.check_files import Checking
from tejido.gateways.web_fetch import Answer, Fetcher, WebRefused

OK = 200
CLOSED = (401, 403)
TOO_MANY = 429
LONGEST_WAIT_S = 61


class Enough(Exception):
    """The API cannot be asked any more."""


@dataclass(frozen=True, slots=True)
class Said:
    """One answer: where, and what JSON it held; `document` is None where it held none."""

    url: str
    status: int
    headers: Mapping[str, str]
    document: Any = None


@dataclass(slots=True)
class Probe:
    """Asks one API and notes what is wrong.

    Attributes:
        base: its first address, without the last stroke.
        version: of HSDS, as it says.
        services: those on its first page.
        details: some of them as they stand by themselves.
        everything: a page of one service, which says how many there are.
        pause: waits some seconds, where the API asks for that.
    """

    base: str
    fetcher: Fetcher
    checking: Checking
    version: tuple[int, int] | None = None
    services: list[dict[str, Any]] = field(default_factory=list)
    details: list[dict[str, Any]] = field(default_factory=list)
    everything: Any = None
    pause: Callable[[float], None] = time.sleep

    def url_of(self, path: str, key: str) -> str:
        """Return the address of one object; an id leads nowhere else, whatever stands in it."""
        return f"{self.base}{path}/{quote(key, safe='')}"

    def url(self, path: str = "", query: Mapping[str, object] | None = None) -> str:
        """Return an address of the API."""
        asked = urlencode({name: str(value) for name, value in (query or {}).items()})
        return f"{self.base}{path}" + (f"?{asked}" if asked else "")

    def note(self, faults: Iterable[Fault], where: str) -> None:
        """Count faults of one answer."""
        self.checking.tally.add(faults, where)

    def ask(self, url: str, *, method: str = "GET", body: Mapping[str, Any] | None = None) -> Said:
        """Return an answer.

        Raises:
            Enough: the run may not ask any more.
        """
        self.checking.report(_("Asking %(url)s") % {"url": url})
        try:
            answer = self.fetcher.ask(url, method=method, body=body)
            if answer.status == TOO_MANY:
                self.pause(_wait(answer))
                answer = self.fetcher.ask(url, method=method, body=body)
        except WebRefused as refusal:
            self.give_up(refusal, url)
            return Said(url, 0, {})
        if answer.status == TOO_MANY:
            sentence = _("The API lets nobody ask so much at once; the rest was not checked.")
            self.checking.tally.left_out.append(sentence)
            raise Enough
        return self.read(answer, url)

    def services_with(self, **query: object) -> Said:
        """Return the services that some parameters leave; a parameter that fails is noted."""
        said = self.ask(self.url("/services", query))
        if said.status not in (OK, 0):
            self.note([Fault("parameter-refused", ", ".join(query), said.status)], said.url)
        return said

    def give_up(self, refusal: WebRefused, url: str) -> None:
        """Note that an answer did not come.

        Raises:
            Enough: no other will.
        """
        if self.fetcher.is_over():
            self.checking.tally.left_out.append(str(refusal))
            raise Enough from refusal
        self.note([Fault("answer-failed", "", str(refusal))], url)

    def read(self, answer: Answer, url: str) -> Said:
        """Return what an answer holds."""
        document, fault = None, None
        if answer.status == OK:
            document, fault = _read(answer.body)
        if fault is not None:
            self.note([fault], url)
        return Said(url, answer.status, answer.headers, document)

    def records(self, table: str, contents: Iterable[Any], where: str) -> None:
        """Check the objects of a list."""
        for number, each in enumerate(contents):
            self.checking.record(table, each, where, None, f"/contents/{number}")


def _read(body: bytes) -> tuple[Any, Fault | None]:
    try:
        document = json.loads(body.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return None, Fault("file-encoding")
    except RecursionError:
        return None, Fault("too-deep")
    except ValueError:
        return None, Fault("answer-not-json", "", body[:200].decode("utf-8", "replace"))
    return document, Fault("too-deep") if is_too_deep(document) else None


def _wait(answer: Answer) -> float:
    """Return how many seconds an API asks to wait."""
    said = answer.headers.get("retry-after", "")
    return min(int(said), LONGEST_WAIT_S) if re.fullmatch("[0-9]{1,6}", said) else LONGEST_WAIT_S
