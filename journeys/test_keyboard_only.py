"""Somebody who uses no mouse finds a place."""

from steps import cards, heading

FOCUS_IS_SEEN = """() => {
  const look = getComputedStyle(document.activeElement);
  return look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) >= 2;
}"""
FOCUS_IS_UNCOVERED = """() => {
  const here = document.activeElement, box = here.getBoundingClientRect();
  const there = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  return !there || here.contains(there) || there.contains(here)
    || here.labels?.[0]?.contains(there);
}"""


def tab_to(page, selector, most=60):
    """Press Tab until the element has the focus; each stop on the way must be seen."""
    for _ in range(most):
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUS_IS_SEEN), page.evaluate("document.activeElement.outerHTML")
        assert page.evaluate(FOCUS_IS_UNCOVERED), page.evaluate("document.activeElement.outerHTML")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"Tab never reached {selector}")


def test_enter_in_the_place_field_searches_and_picks_no_need(site, visits):
    page = visits.page(site)
    page.goto("/")

    tab_to(page, "input[name=place]")
    page.keyboard.type("Fresno")
    page.keyboard.press("Enter")
    page.wait_for_url("**/find/")

    assert "places near Fresno" in heading(page)
    assert page.locator(".chip").count() == 0


def test_the_skip_link_leads_to_the_content(site, visits):
    page = visits.page(site)
    page.goto("/es/")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main"


def test_search_filter_and_open_a_place_with_the_keyboard_alone(site, visits):
    page = visits.page(site, width=1280)
    page.goto("/")
    tab_to(page, "input[name=place]")
    page.keyboard.type("Oakland")
    tab_to(page, "button[value=naloxone]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/find/")

    tab_to(page, ".filter--wide input[name=fact]")
    page.keyboard.press("Space")
    tab_to(page, ".filter--wide button")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert cards(page)
    assert page.locator(".chip", has_text="No ID asked").count() == 1

    tab_to(page, "article.place h3 a")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "/place/" in page.url

    tab_to(page, "form .backlink")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert cards(page)
