"""How the page tests read a page: as a person would, in words."""

from dataclasses import replace
from datetime import time, timedelta
from html.parser import HTMLParser

from django.utils import timezone

from tejido.directory.domain.public import PublicPhone, PublicText
from tejido.directory.domain.schedule import Rule
from tejido.directory.domain.vocabulary import Fact
from tejido.finder.testing import FRESNO, a_listing, a_snapshot

EVERY_DAY = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
ALWAYS = (Rule("WEEKLY", EVERY_DAY, time(0), time(0)),)
DAYTIME = (Rule("WEEKLY", EVERY_DAY, time(9), time(17)),)
PHONE = PublicPhone("+15595550101", "", "voice", "")


class Page(HTMLParser):
    """The words, titles, buttons and fields of a page."""

    def __init__(self, response):
        super().__init__()
        self.words, self.forms, self.tags = [], [], []
        self._stack = []
        self.feed(response.content.decode())

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.tags.append((tag, attrs))
        self._stack.append(tag)
        if tag == "form":
            self.forms.append((attrs, []))
        elif tag in {"input", "button"} and self.forms and attrs.get("name"):
            self.forms[-1][1].append((attrs["name"], attrs.get("value", "")))

    def handle_data(self, data):
        if data.strip():
            words = " ".join(data.replace("\N{NO-BREAK SPACE}", " ").split())
            self.words.append((tuple(self._stack[-1:]), words))

    def handle_endtag(self, tag):
        while self._stack and self._stack.pop() != tag:
            pass

    @property
    def text(self):
        return " ".join(words for _, words in self.words)

    def of(self, tag):
        return [words for stack, words in self.words if stack == (tag,)]

    def values(self, name):
        return [value for _, fields in self.forms for own, value in fields if own == name]


def place(number, name, *, es="", north=0.0, **changes):
    """Return a place that many degrees north of the middle of Fresno."""
    point = None if changes.get("at", ()) is None else (FRESNO[0] + north, FRESNO[1])
    changes.pop("at", None)
    today = timezone.localdate()
    listing = a_listing(
        number,
        at=point,
        **{"needs": ("naloxone",), "confirmed_on": today - timedelta(days=6), **changes},
    )
    texts = (PublicText("en", name, "Ring the bell.", "", "Green door", {}),)
    if es:
        texts += (PublicText("es", es, "", "", "", {"name": "translated"}),)
    return replace(listing, texts=texts, phones=(PHONE,))


VAN = {"facts": {Fact.NO_ID: True, Fact.WALK_IN: True}, "languages": ("en", "es")}


def publish(folder, *listings):
    """Build the snapshot of these places as of now."""
    a_snapshot(folder, listings, at=timezone.now())
