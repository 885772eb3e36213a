"""What must hold on every public page: axe, width, targets, letters, weight."""

import gzip
import json
import os
import subprocess
import sys
import urllib.parse
import urllib.request

import pytest
from conftest import ROOT, environment
from sound import SIDEWAYS, faults
from steps import ENGLISH, SPANISH, search

# Words that do not fit into what holds them, save those for screen readers alone (`vh`).
CUT_OFF = """() => [...document.querySelectorAll('body *')].filter(each => {
  const look = getComputedStyle(each);
  const hides = [look.overflowX, look.overflowY].some(how => how === 'hidden' || how === 'clip');
  const {clientWidth, clientHeight, scrollWidth, scrollHeight} = each;
  if (!hides || !each.checkVisibility() || each.closest('svg, .vh')) return false;
  return each.innerText && (scrollWidth > clientWidth + 1 || scrollHeight > clientHeight + 1);
}).map(each => each.outerHTML.slice(0, 120))"""
PLAIN = [
    "",
    "overdose/",
    "lines/",
    "unmet/",
    "privacy/",
    "held/",
    "about/",
    "account/login/",
    "gallery/",
    "no-such-page/",
]


def opened(page, path, language):
    """Open a page by its path, or one that a search leads to by its name."""
    words = SPANISH if language == "es" else ENGLISH
    if path in {"results", "place", "wrong"}:
        search(page, words, place="Fresno")
    elif path == "unknown":
        search(page, words, place="Fresnno")
    elif path == "whole-list":
        page.goto(words.home)
        with page.expect_navigation():
            page.locator("button.need").first.click()
    elif path == "nothing":
        page.goto(f"{words.home}find/?{NOTHING}")
    elif path == "overdose-typed":
        page.goto(f"{words.home}find/?q=od")
    else:
        page.goto(f"{words.home}{path}")
    if path in {"place", "wrong"}:
        with page.expect_navigation():
            page.locator("article.place h3 a").first.click()
    if path == "wrong":
        with page.expect_navigation():
            page.locator("main a[href*='/wrong/']").click()


PAGES = [*PLAIN, "results", "place", "wrong", "unknown", "whole-list", "nothing", "overdose-typed"]
# At three in the morning nobody is open there, and a filter can be taken off.
NOTHING = "place=Redding&need=naloxone&spoken=es&open=on&hour=03:00"
RARE = {
    **dict.fromkeys(("no-list", "es/no-list"), 503),
    **dict.fromkeys(("choose", "es/choose"), 200),
    **dict.fromkeys(("form-of-before", "forbidden"), 403),
    "bad-request": 400,
    "mistake": 500,
}


@pytest.fixture(scope="module")
def rare_pages(site):
    """Return the HTML of pages that a server which runs well never sends, by name."""
    said = {
        "DJANGO_SETTINGS_MODULE": "tejido.config.settings",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        "TEJIDO_DATA": str(site.data),
    }
    told = subprocess.run(
        [sys.executable, ROOT / "journeys" / "rare_pages.py"],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env=environment() | said,
    )
    found = json.loads(told.stdout)
    assert {name: status for name, (status, _html) in found.items()} == RARE
    return {name: html for name, (_status, html) in found.items()}


def shown(page, site, name, html):
    """Open a page as if the server had sent it."""
    address = f"{site.url}/rare/{name}"
    page.route(address, lambda route: route.fulfill(body=html, content_type="text/html"))
    page.goto(address)


def test_rare_pages_are_sound_too(site, visits, axe_source, rare_pages):
    page = visits.page(site)
    for name, html in rare_pages.items():
        shown(page, site, name, html)

        assert (name, faults(page, axe_source)) == (name, {})


def test_where_nothing_is_found_a_filter_can_be_taken_off(site, visits):
    page = visits.page(site)
    opened(page, "nothing", "en")

    assert page.get_by_role("button", name="Without “Spanish spoken”").count() == 1


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_sound_on_every_width_and_in_both_themes(
    site, visits, axe_source, path, language
):
    visits.cookies_allowed = path == "account/login/"
    page = visits.page(site)
    opened(page, path, language)

    assert faults(page, axe_source) == {}


@pytest.mark.parametrize("language", ["en", "es"])
def test_nothing_is_cut_off_with_letters_twice_as_large(site, visits, rare_pages, language):
    # 320 px of the phone are 640 for letters of this size.
    page = visits.page(site, width=640)
    visits.cookies_allowed = True
    for path in [*PAGES, "keep/", "keep/search/"]:
        opened(page, path, language)
        assert (path, *cut_off(page)) == (path, 0, [])
    for name, html in rare_pages.items():
        shown(page, site, name, html)
        assert (name, *cut_off(page)) == (name, 0, [])


def cut_off(page):
    """Return how far the page scrolls sideways with letters twice as large, and what is cut."""
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    return page.evaluate(SIDEWAYS), page.evaluate(CUT_OFF)


@pytest.mark.parametrize("language", ["en", "es"])
def test_pages_of_the_finder_are_light(site, language):
    prefix = "" if language == "en" else "es/"
    sent = urllib.parse.urlencode({"place": "Oakland"}).encode()
    for path, data in [("", None), ("find/", sent), ("overdose/", None)]:
        with urllib.request.urlopen(f"{site.url}/{prefix}{path}", data) as answer:
            assert len(gzip.compress(answer.read())) < 15_000


def test_what_prints_is_the_list_with_numbers_as_text(site, visits):
    page = visits.page(site, width=1280)
    search(page, ENGLISH, place="Fresno")

    page.emulate_media(media="print")

    assert page.locator("article.place .print").first.is_visible()
    assert not page.locator(".filters").is_visible()
    assert not page.locator(".top__link").first.is_visible()
    assert page.get_by_text("List made").is_visible()
    assert page.evaluate(SIDEWAYS) == 0


def test_the_overdose_page_prints_on_one_page(site, visits):
    for language in ("", "es/"):
        page = visits.page(site, width=1280)
        page.goto(f"/{language}overdose/")
        paper = page.pdf(format="Letter")
        assert paper.count(b"/Type /Page\n") == 1
