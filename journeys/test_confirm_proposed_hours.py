"""A list says its hours in words: a steward says yes, no, or puts them right; people see it."""

import openpyxl
import pytest
from conftest import copied, run, start
from steps import as_somebody, cards

DESK = "/desk/estuary-blue-door"
QUEUE, FINDER = f"{DESK}/directory/hours/", f"{DESK}/finder/"
HOURS = {
    "Agate Door": "Open 24/7",
    "Beryl Door": "Monday-Friday, 9am-5pm",
    "Coral Door": "Every day 24 hours",
    "Dolomite Door": "Daily, 24 hours",
}


@pytest.fixture
def with_a_list(planted, tmp_path):
    """The demonstration, and four places at one corner whose hours are sentences."""
    book = openpyxl.Workbook()
    book.active.append(
        ["Agency", "Program", "Street", "City", "ZIP", "Phone", "When open", "Lat", "Lon"]
    )
    for number, (name, said) in enumerate(HOURS.items(), start=1):
        place = (f"{number} Harris Street", "Eureka", "95503", f"707-555-010{number}")
        book.active.append(["Quartz County", name, *place, said, 40.78 + number / 1000, -124.16])
    book.save(tmp_path / "quartz.xlsx")
    data = copied(planted, tmp_path)
    run("import_table", "services", str(tmp_path / "quartz.xlsx"), "--yes", "--data", str(data))
    run("build_index", "--data", str(data))
    site = start("demo", data)
    yield site
    site.stop()


def waiting(page, name):
    """Return the part of the queue that is about one listing."""
    return page.locator("section.panel", has=page.get_by_role("link", name=name, exact=True))


def answer(page, name, button):
    with page.expect_navigation():
        waiting(page, name).get_by_role("button", name=button).click()


def put_right(page, name):
    """Say that it is open day and night, look at what that means, and save it."""
    waiting(page, name).get_by_role("link", name="Edit").click()
    page.locator("summary", has_text="Monday to Friday").click()
    row = page.locator("details", has_text="Monday to Friday").first
    row.get_by_label("Saturday").check()
    row.get_by_label("Sunday").check()
    row.get_by_label("Opens").fill("00:00")
    row.get_by_label("Closes").fill("00:00")
    with page.expect_navigation():
        page.get_by_role("button", name="Show the next openings").click()
    said = page.get_by_role("status").inner_text()
    assert "Nothing is saved yet" in said
    assert said.count(": 24 hours") == 5
    with page.expect_navigation():
        page.get_by_role("button", name="Save").click()


def card_of(page, name):
    """Return what a person who looks for the place reads on its card."""
    page.goto("/")
    page.get_by_label("Or say it in your own words").fill(f"{name} Eureka")
    with page.expect_navigation():
        page.get_by_role("button", name="Search").click()
    return next(card for card in cards(page) if name in card)


def test_hours_in_words_are_open_only_after_somebody_said_so(with_a_list, visits):
    visits.cookies_allowed = True
    public = visits.page(with_a_list)
    assert all("Hours not known" in card_of(public, name) for name in HOURS)

    page = visits.page(with_a_list, width=1280)
    as_somebody(page, "theo")
    page.goto(QUEUE)
    assert "4 listings wait" in page.locator("main").inner_text()
    beside = waiting(page, "Beryl Door").inner_text()
    assert HOURS["Beryl Door"] in beside
    assert "Monday to Friday 9:00 am–5:00 pm" in beside

    answer(page, "Agate Door", "Confirm")
    answer(page, "Coral Door", "Not right")
    put_right(page, "Beryl Door")
    page.goto(QUEUE)
    assert "1 listing waits" in page.locator("main").inner_text()

    page.goto(FINDER)
    with page.expect_navigation():
        page.get_by_role("button", name="Update the finder now").click()
    said = {name: card_of(public, name) for name in HOURS}
    assert {name: "Always open" in card for name, card in said.items()} == {
        "Agate Door": True,
        "Beryl Door": True,
        "Coral Door": False,
        "Dolomite Door": False,
    }
    assert "call first" in said["Coral Door"]
    assert "call first" in said["Dolomite Door"]
