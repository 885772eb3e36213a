"""Somebody comes into the room."""

import os

import pytest
from conftest import CHROMIUM, Visits
from steps import ENGLISH, search


def test_leave_replaces_the_page_so_that_back_does_not_return(site, visits):
    page = visits.page(site)
    page.goto("/about/")
    search(page, ENGLISH, place="Fresno")

    page.get_by_role("link", name="Leave this site fast").click()
    page.wait_for_url("https://www.weather.gov/")
    page.go_back()

    assert "/find/" not in page.url


@pytest.fixture
def keeping(chromium):
    """Return a Chromium that keeps whole pages for Back, as people have it."""
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    browser = chromium.browser_type.launch(
        executable_path=CHROMIUM,
        args=root,
        ignore_default_args=["--disable-back-forward-cache"],
    )
    yield browser
    browser.close()


def test_after_leaving_a_place_back_does_not_show_the_list_that_a_browser_kept(site, keeping):
    visits = Visits(keeping)
    page = visits.page(site)
    search(page, ENGLISH, place="Fresno")
    page.locator("a.place__name").first.click()
    page.get_by_role("button", name=ENGLISH.back).wait_for()

    page.get_by_role("link", name="Leave this site fast").click()
    page.wait_for_url("https://www.weather.gov/")
    page.go_back(wait_until="commit")
    page.get_by_label(ENGLISH.where).wait_for()

    assert page.locator("article.place").count() == 0
    assert "Fresno" not in page.locator("main").inner_text()
    visits.close()


def test_after_leaving_a_place_back_does_not_ask_the_search_again(site, visits):
    page = visits.page(site)
    page.goto("/")
    search(page, ENGLISH, place="Fresno")
    page.locator("a.place__name").first.click()
    page.get_by_role("link", name="Leave this site fast").wait_for()

    page.get_by_role("link", name="Leave this site fast").click()
    page.wait_for_url("https://www.weather.gov/")
    page.go_back()
    page.wait_for_load_state("networkidle")

    assert page.locator("article.place").count() == 0
    assert "Fresno" not in page.locator("main").inner_text()


KEPT = """async () => ({
  session: Object.keys(sessionStorage),
  local: Object.keys(localStorage),
  caches: await caches.keys(),
  databases: (await indexedDB.databases()).map((each) => each.name),
  state: history.state,
  fields: [...document.querySelectorAll("input:not([type=hidden]), textarea")]
    .map((each) => each.value).filter((each) => each && each !== "on"),
  hidden: [...document.querySelectorAll("input[type=hidden]")]
    .map((each) => each.value).filter(Boolean),
})"""


def test_after_leaving_storage_caches_history_and_fields_hold_nothing(site, visits):
    page = visits.page(site)
    page.goto("/")
    page.get_by_label("Or say it in your own words").fill("narcan zanate7731")
    page.get_by_label(ENGLISH.where).fill("Fresno")
    with page.expect_navigation():
        page.get_by_role("button", name=ENGLISH.find, exact=True).click()
    page.get_by_role("button", name=ENGLISH.change).click()
    page.get_by_label(ENGLISH.where).wait_for()
    assert page.get_by_label(ENGLISH.where).input_value() == "Fresno"

    page.get_by_role("link", name="Leave this site fast").click()
    page.wait_for_url("https://www.weather.gov/")
    for _ in range(2):
        page.go_back()
        page.wait_for_load_state("networkidle")

        assert "zanate7731" not in page.content()
        kept = page.evaluate(KEPT)
        assert kept.pop("session") == ["left"]
        assert [name for name, found in kept.items() if found] == []


def test_shift_three_times_leaves_too(site, visits):
    page = visits.page(site)
    page.goto("/es/")

    for _ in range(3):
        page.keyboard.press("Shift")

    page.wait_for_url("https://www.weather.gov/")


def test_shift_while_typing_does_not_leave(site, visits):
    page = visits.page(site)
    page.goto("/")
    page.get_by_label("Where are you?").focus()

    for _ in range(4):
        page.keyboard.press("Shift+F")

    assert page.get_by_label("Where are you?").input_value() == "FFFF"
    assert page.url == f"{site.url}/"
