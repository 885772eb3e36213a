"""Somebody comes into the room."""

from steps import ENGLISH, search


def test_leave_replaces_the_page_so_that_back_does_not_return(site, visits):
    page = visits.page(site)
    page.goto("/about/")
    search(page, ENGLISH, place="Fresno")

    page.get_by_role("link", name="Leave this site fast").click()
    page.wait_for_url("https://www.weather.gov/")
    page.go_back()

    assert "/find/" not in page.url


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
