"""Links that call or write: heard alone, each says what it does, and whom it reaches."""

from dataclasses import replace
from html.parser import HTMLParser

import pytest

from tejido.directory.domain.public import PublicPhone
from tejido.finder.queries.lines import lines_to_call
from tejido.finder.tests.reading import ALWAYS, PHONE, place, publish

ASKED = {"place": "Fresno", "need": "naloxone"}
TEXTS = PublicPhone("+15595550102", "", "sms", "")


class Links(HTMLParser):
    """The words of each link, hidden ones too, as a screen reader lists them."""

    def __init__(self, response):
        super().__init__()
        self.named, self._open = [], False
        self.feed(response.content.decode())

    def handle_starttag(self, tag, attrs):
        if tag == "a":
            self.named.append([dict(attrs).get("href", ""), ""])
            self._open = True

    def handle_endtag(self, tag):
        self._open = self._open and tag != "a"

    def handle_data(self, data):
        if self._open:
            self.named[-1][1] += data

    def to(self, *schemes):
        return [
            (href, " ".join(words.split()))
            for href, words in self.named
            if href.startswith(schemes)
        ]


@pytest.fixture
def published(settings):
    van = replace(place(1, "Blue van", es="La van", rules=ALWAYS), phones=(PHONE, TEXTS))
    publish(settings.SNAPSHOTS, van)
    return van


@pytest.mark.parametrize(
    ("path", "called"), [("/find/", "Call Blue van"), ("/es/find/", "Llamar a La van")]
)
def test_a_card_says_whom_it_calls(client, published, path, called):
    links = Links(client.post(path, ASKED)).to("tel:")

    assert ("tel:+15595550101", called) in links


@pytest.mark.parametrize(
    ("prefix", "calls", "writes"),
    [
        ("", "Call (559) 555-0101", "Text (559) 555-0102"),
        ("/es", "Llamar al (559) 555-0101", "Mensaje de texto al (559) 555-0102"),
    ],
)
def test_every_number_of_a_place_says_what_a_tap_does(client, published, prefix, calls, writes):
    links = Links(client.get(f"{prefix}/place/{published.id}/")).to("tel:+1559", "sms:+1559")

    assert {words for _, words in links} == {calls, writes}


@pytest.mark.parametrize(("prefix", "language"), [("", "en"), ("/es", "es")])
def test_the_foot_of_a_page_says_for_what_each_line_is(client, prefix, language):
    named = [words for _, words in Links(client.get(f"{prefix}/privacy/")).to("tel:", "sms:")]

    for line in lines_to_call():
        if line.in_footer:
            assert any(words.endswith(f": {line.words[language].short}") for words in named)


@pytest.mark.parametrize("path", ["/", "/es/", "/lines/", "/es/lines/", "/es/overdose/"])
def test_no_link_to_call_is_a_bare_number(client, settings, published, path):
    settings.NETWORK_PHONE = "559-555-0199"

    links = Links(client.get(path)).to("tel:", "sms:")

    assert [words for _, words in links if not words[:1].isalpha()] == []
