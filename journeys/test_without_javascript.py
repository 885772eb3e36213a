"""Somebody whose phone runs no scripts."""

import pytest
from steps import ENGLISH, SPANISH, cards, heading, search


@pytest.mark.parametrize("words", [ENGLISH, SPANISH], ids=["en", "es"])
def test_search_filter_and_a_place_work_without_scripts(site, visits, words):
    page = visits.page(site, java_script_enabled=False)

    search(page, words, place="94606")
    assert "94606" in heading(page)
    page.locator("summary", has_text=words.filter).click()
    page.locator("details.filter").get_by_label(words.no_id).check()
    with page.expect_navigation():
        page.locator("details.filter").get_by_role("button", name=words.show).click()
    assert cards(page)
    with page.expect_navigation():
        page.locator("article.place").first.get_by_role("button").click()
    with page.expect_navigation():
        page.get_by_role("button", name=words.back).click()

    assert cards(page)


def test_what_needs_a_script_is_not_offered_without(site, visits):
    page = visits.page(site, java_script_enabled=False)
    page.goto("/")

    assert not page.get_by_role("button", name="Use my location").is_visible()


def test_leave_is_an_ordinary_link_without_scripts(site, visits):
    page = visits.page(site, java_script_enabled=False)
    page.goto("/es/")

    page.get_by_role("link", name="Salir rápido de este sitio").click()

    assert page.url == "https://www.weather.gov/"


def test_an_unknown_place_is_put_right_with_one_tap(site, visits):
    page = visits.page(site, java_script_enabled=False)
    search(page, ENGLISH, place="Fresnno")
    assert page.title().startswith("Error: ")

    with page.expect_navigation():
        page.get_by_role("button", name="Fresno", exact=True).click()

    assert "near Fresno" in heading(page)
    assert "naloxone" in heading(page)
