"""Lines to call: each has its source, its day and both languages, and stands on every page."""

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from tejido.finder.domain.lines import HOLDS, LinesMistaken, read_lines
from tejido.finder.queries import lines as stated
from tejido.finder.queries.lines import LINES_FILE, line_to_call, lines_to_call
from tejido.finder.services import text_words
from tejido.finder.tests.reading import ALWAYS, Page, place, publish
from tejido.gateways.domain.gsm7 import parts, to_gsm7

SOURCES = Path(__file__).resolve().parents[4] / "docs/sources.md"
ONE = """
[[line]]
id = "one"
number = "1-800-555-0100"
by = ["call"]
hours = "always"
languages = ["en"]
interpreters = false
in_footer = false
source = "own"
site = "example.org"
checked_on = 2026-11-20
[line.en]
name = "One"
short = "you want one"
about = "One."
text = ""
[line.es]
name = "Uno"
short = "quiere uno"
about = "Uno."
text = ""
"""


def links(page):
    return {attrs.get("href", "") for tag, attrs in page.tags if tag == "a"}


@pytest.mark.parametrize("line", lines_to_call(), ids=lambda line: line.id)
def test_each_line_has_a_source_that_is_described_and_a_day(line):
    assert f'<a id="{line.source}"></a>' in SOURCES.read_text(encoding="utf-8")
    assert date(2026, 11, 20) <= line.checked_on <= date.today()  # noqa: DTZ011 - a local day


@pytest.mark.parametrize("line", lines_to_call(), ids=lambda line: line.id)
def test_each_line_says_in_both_languages_what_it_is_for(line):
    assert set(line.words) == {"en", "es"}
    assert line.words["en"].about != line.words["es"].about
    sentences = [part for words in line.words.values() for part in re.split(r"[.?]", words.about)]
    assert max(len(sentence.split()) for sentence in sentences) <= 15


@pytest.mark.parametrize("line_id", ["911", "988", "safespot", "violence"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_what_a_text_message_says_first_fits_with_room_for_more(line_id, language):
    line = line_to_call(line_id)
    urgent = line.words[language].urgent

    assert f'<a id="{line.urgent_source}"></a>' in SOURCES.read_text(encoding="utf-8")
    assert parts(to_gsm7(urgent)) == 1


def test_no_text_message_names_a_number_that_the_file_does_not():
    words = Path(text_words.__file__).read_text(encoding="utf-8")

    assert [line.number for line in lines_to_call() if line.number in words] == []


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_text_message_to_whom_somebody_hurts_names_no_violence(language):
    words = line_to_call("violence").words[language]

    assert not {"violen", "abus", "domestic"} & {
        part for part in ("violen", "abus", "domestic") if part in words.urgent.casefold()
    }
    assert "911" in words.urgent


def test_the_most_urgent_comes_first():
    assert [line.id for line in lines_to_call()][:2] == ["911", "988"]


@pytest.mark.parametrize(
    ("line_id", "dialled"), [("911", "911"), ("poison", "+18002221222"), ("211", "211")]
)
def test_a_number_is_dialled(line_id, dialled):
    assert line_to_call(line_id).dial == dialled


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ('by = ["call"]', 'by = ["shout"]'),
        ('by = ["call"]', "by = []"),
        ('by = ["call"]', 'by = ["call", "text"]'),
        ('hours = "always"', 'hours = "soon"'),
        ('source = "own"', 'source = ""'),
        ("checked_on = 2026-11-20", 'checked_on = "yesterday"'),
        ("checked_on = 2026-11-20", ""),
        ('name = "Uno"', 'name = ""'),
        ('name = "Uno"', ""),
        ('id = "one"', 'id = "one"\nprice = 3'),
        ('text = ""', 'text = ""\nurgent = "Call 1-800-555-0100"'),
        ('source = "own"', 'source = "own"\nurgent_source = "own"'),
    ],
)
def test_a_line_with_a_mistake_is_refused(was, becomes):
    with pytest.raises(LinesMistaken, match="one"):
        read_lines(ONE.replace(was, becomes))


def test_an_id_stands_once():
    with pytest.raises(LinesMistaken, match="twice"):
        read_lines(ONE + ONE)


@pytest.mark.parametrize(("days", "is_old"), [(0, False), (365, False), (366, True)])
def test_after_a_year_a_number_is_old(days, is_old):
    line = read_lines(ONE)[0]

    assert line.is_old(today=line.checked_on + timedelta(days=days)) is is_old


def test_the_page_says_which_number_nobody_has_checked_for_a_year(client, monkeypatch):
    first, *others = lines_to_call()
    old = replace(first, checked_on=date.today() - HOLDS - timedelta(days=2))  # noqa: DTZ011
    monkeypatch.setattr("tejido.finder.web.lines.lines_to_call", lambda: (old, *others))
    page = Page(client.get("/lines/"))

    assert page.text.count("Nobody has checked this number for more than a year.") == 1


@pytest.mark.parametrize(("path", "name"), [("/lines/", "en"), ("/es/lines/", "es")])
def test_the_page_says_each_line(client, path, name):
    page = Page(client.get(path))

    for line in lines_to_call():
        assert line.words[name].name in page.text
        assert line.words[name].about in page.text
        assert f"tel:{line.dial}" in links(page)
        assert ("text" in line.by) == (f"sms:{line.dial}" in links(page))


def test_a_page_says_that_spanish_is_not_known(client):
    assert "Spanish: not known" in Page(client.get("/lines/")).text


@pytest.mark.parametrize("path", ["/", "/overdose/", "/find/?place=Fresno", "/api/docs", "/none/"])
@pytest.mark.parametrize("prefix", ["", "/es"])
def test_every_page_has_them_at_its_foot(client, settings, path, prefix):
    publish(settings.SNAPSHOTS, place(1, "Van", rules=ALWAYS))
    address = path if path.startswith("/api") else prefix + path
    found = links(Page(client.get(address)))

    assert {"tel:911", "tel:988", "sms:988"} <= found
    assert {"/lines/", "/es/lines/"} & found


def test_the_file_is_read_once():
    assert stated.lines_to_call() is stated.lines_to_call()
    assert LINES_FILE.name == "lines.toml"
