"""A steward sees how good the directory is, and follows a number to what has to be done."""

import pytest
from steps import password_of, sign_in, violations
from test_every_page import SIDEWAYS, SMALL_TARGETS

HOME = "/desk/estuary-blue-door/directory/"


def a_page(own_site, visits, *, language="en", **options):
    visits.cookies_allowed = True
    page = visits.page(own_site, **options)
    sign_in(page, "theo", password_of("theo"))
    page.wait_for_url("**/desk/**")
    other = page.get_by_role("button", name="Español" if language == "es" else "English")
    if other.count():
        other.click()
        page.wait_for_load_state()
    return page


def test_a_steward_sorts_counties_and_follows_a_number_to_a_call_sheet(own_site, visits):
    page = a_page(own_site, visits, width=1280, java_script_enabled=False)
    page.goto(HOME)
    page.get_by_role("link", name="How good the directory is").click()
    assert page.locator("figure").count() == 5

    page.get_by_role("link", name="Hours confirmed in time", exact=True).click()
    first = page.locator("#groups ~ .scroll tbody tr").first
    county, words = first.locator("th").inner_text(), first.locator("td a").first.inner_text()
    have, of = (int(number) for number in words.partition("(")[0].split(" of "))
    assert have < of
    first.locator("td a").first.click()

    assert f"Harm reduction itself, {county}: {of - have} listing" in page.inner_text("main")
    assert page.locator("tbody tr").count() == of - have
    page.get_by_role("link", name="Put it right").first.click()
    assert page.locator("h1").count() == 1
    assert "/due/" in page.url


def test_the_numbers_of_a_picture_open_as_a_table(own_site, visits):
    page = a_page(own_site, visits, width=375)
    page.goto(f"{HOME}quality/")
    figure = page.locator("figure").first

    assert figure.get_by_role("img").count() == 1
    assert not figure.locator("table").is_visible()
    figure.locator("summary").click()

    assert figure.locator("tbody tr").count() == 5
    assert figure.locator("table").is_visible()


@pytest.mark.parametrize(
    ("language", "dark", "width"),
    [("en", False, 1280), ("es", True, 320), ("en", True, 375), ("es", False, 800)],
)
def test_pages_of_quality_hold_what_every_page_must(
    own_site, visits, axe_source, language, dark, width
):
    page = a_page(own_site, visits, language=language, width=width, dark=dark)
    found = {}
    for end in ("", "?by=organization&tier=context", "listings/?lacks=believed&tier=core"):
        page.goto(f"{HOME}quality/{end}")
        page.evaluate(
            "document.querySelectorAll('main details').forEach(each => each.open = true)"
        )
        seen = (
            violations(page, axe_source),
            page.evaluate(SIDEWAYS),
            page.evaluate(SMALL_TARGETS),
        )
        found[end] = seen

    assert found == {end: ([], 0, []) for end in found}
    assert page.locator("html").get_attribute("lang") == language
