"""Somebody whose system chooses all colours: nothing that is drawn is lost on its ground."""

import pytest
from kept import keep
from kept import search as search_kept
from steps import ENGLISH, SPANISH, search
from test_keyboard_only import FOCUS_IS_SEEN

# What is drawn in a colour that the system did not choose, and what lost its edge or its words.
# Axe is no help: it compares with grounds that such a system does not paint.
LOST = """() => {
  const probe = document.body.appendChild(document.createElement('i'));
  const system = (name) => { probe.style.color = name; return getComputedStyle(probe).color; };
  const names = ['CanvasText', 'LinkText', 'VisitedText', 'ButtonText', 'HighlightText'];
  const seen = new Set(names.map(system)), ground = system('Canvas');
  probe.remove();
  const lost = [];
  for (const each of document.querySelectorAll('svg.icon')) {
    const {stroke} = getComputedStyle(each);
    if (each.checkVisibility() && !seen.has(stroke)) lost.push(each.outerHTML);
  }
  for (const each of document.querySelectorAll('.place__number, .btn, .chip, .tag')) {
    const {color, backgroundColor, borderTopStyle} = getComputedStyle(each);
    if (color === backgroundColor || borderTopStyle === 'none') lost.push(each.outerHTML);
  }
  const drawn = '.ring__line, .ring__you, .ring__text, .ring__halo, .ring__dot > circle';
  for (const each of document.querySelectorAll(drawn)) {
    const {fill, stroke} = getComputedStyle(each);
    if (!seen.has(fill) && !seen.has(stroke)) lost.push(each.outerHTML);
    if (fill !== 'none' && fill !== ground && !seen.has(fill)) lost.push(each.outerHTML);
  }
  return lost;
}"""
OPEN_AND_CLOSED = """() => ['open', 'closed'].map(state =>
  getComputedStyle(document.querySelector(`.ring__dot--${state} > circle`)).fill)"""


@pytest.mark.parametrize(
    ("words", "dark"), [(ENGLISH, False), (SPANISH, True)], ids=["en-light", "es-dark"]
)
def test_search_and_filter_in_colours_of_the_system(site, visits, words, dark):
    page = visits.page(site, width=1280, dark=dark, forced_colors="active")
    page.goto(words.home)
    assert page.evaluate(LOST) == []

    search(page, words, place="Fresno")
    filters = page.locator(".filter--wide")
    filters.get_by_label(words.no_id).check()
    with page.expect_navigation():
        filters.get_by_role("button", name=words.show).click()

    assert filters.get_by_label(words.no_id).is_checked()
    assert page.evaluate(LOST) == []
    is_open, is_closed = page.evaluate(OPEN_AND_CLOSED)
    assert is_open != is_closed
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUS_IS_SEEN)

    with page.expect_navigation():
        page.locator("article.place h3 a").first.click()
    assert page.evaluate(LOST) == []


def test_what_is_kept_on_the_phone_in_colours_of_the_system(site, visits):
    page = visits.page(site, dark=True, forced_colors="active")
    keep(page, counties=())
    page.goto("/keep/search/")
    page.wait_for_selector("[data-search]:not([hidden])")
    search_kept(page, place="Fresno", need="naloxone")

    assert page.evaluate(LOST) == []
