"""A steward sees how good the directory is, and follows a number to what has to be done."""

import pytest
from sound import faults
from steps import at_the_desk

HOME = "/desk/estuary-blue-door/directory/"


def test_a_steward_sorts_counties_and_follows_a_number_to_a_call_sheet(site, visits):
    page = at_the_desk(site, visits, "theo", language="en", width=1280, java_script_enabled=False)
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


def test_the_numbers_of_a_picture_open_as_a_table(site, visits):
    page = at_the_desk(site, visits, "theo", language="en", width=375)
    page.goto(f"{HOME}quality/")
    figure = page.locator("figure").first

    assert figure.get_by_role("img").count() == 1
    assert not figure.locator("table").is_visible()
    figure.locator("summary").click()

    assert figure.locator("tbody tr").count() == 5
    assert figure.locator("table").is_visible()


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_pages_of_quality_are_sound(site, visits, axe_source, language):
    page = at_the_desk(site, visits, "theo", language=language)
    found = {}
    for end in ("", "?by=organization&tier=context", "listings/?lacks=believed&tier=core"):
        page.goto(f"{HOME}quality/{end}")
        found[end] = faults(page, axe_source)

    assert found == {end: {} for end in found}
    assert page.locator("html").get_attribute("lang") == language
