"""A steward drops a spreadsheet, maps it, imports it, finds it, and undoes it."""

import time
from contextlib import suppress

import openpyxl
import pytest
from conftest import run, start
from playwright.sync_api import TimeoutError as NotInTime
from sound import faults
from steps import as_somebody, cards
from test_keyboard_only import tab_to

DIRECTORY = "/desk/estuary-blue-door/directory/"
ROWS = [
    ["Services of the county, 2026"],
    [
        "Agency",
        "Program",
        "Calle",
        "City",
        "Código postal",
        "Phone",
        "When open",
        "Latitud",
        "Longitud",
        "¿Habla español?",
    ],
    *(
        [
            *("Quartz County", f"Quartz Lantern {number}", f"{number} Harris Street", "Eureka"),
            *(95503 if number > 1 else 9550, f"707-555-01{number:02}", "Mon-Fri 9am-5pm"),
            *(40.78 + number / 1000, -124.16, "Sí" if number % 2 else "No"),
        ]
        for number in range(1, 13)
    ),
]


@pytest.fixture
def spreadsheet(tmp_path):
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    book.active.merge_cells("A1:J1")
    book.create_sheet("Read me").append(["Ask Ana"])
    book.save(tmp_path / "quartz list.xlsx")
    return tmp_path / "quartz list.xlsx"


def signed_in(page):
    as_somebody(page, "theo")


def pressed(page, name):
    with page.expect_navigation():
        page.get_by_role("button", name=name).click()


def waited_for(page, heading):
    """Look again, as somebody without JavaScript must, until the page says it."""
    until = time.monotonic() + 30
    while heading not in page.locator("h1").inner_text():
        assert time.monotonic() < until, page.locator("main").inner_text()
        page.wait_for_timeout(100)
        again = page.get_by_role("link", name="See how far it is")
        if again.count():
            # Where JavaScript runs, the page may go on by itself meanwhile.
            with suppress(NotInTime):
                again.click(timeout=2_000)


def found_at_the_desk(page):
    page.goto(DIRECTORY)
    page.get_by_label("Words").fill("Quartz Lantern")
    pressed(page, "Search")
    return page.locator("main").inner_text().count("Quartz Lantern")


def imported(page, spreadsheet):
    page.goto(DIRECTORY)
    page.get_by_role("link", name="Import a list").click()
    page.get_by_label("File").set_input_files(spreadsheet)
    pressed(page, "Look at the file")
    waited_for(page, "What is in")
    assert page.get_by_label("Program", exact=True).first.input_value() == "name"
    assert page.get_by_label("Calle", exact=True).first.input_value() == "address_1"
    assert page.get_by_label("When open", exact=True).first.input_value() == "hours_text"
    assert page.get_by_label("¿Habla español?", exact=True).first.input_value() == "languages"
    page.get_by_label("When open", exact=True).first.select_option("description")
    pressed(page, "Show ten rows so")
    assert "Description: Mon-Fri 9am-5pm" in page.locator("main").inner_text()
    assert page.locator("main").inner_text().count("Languages: Spanish") == 5
    page.get_by_label("When open", exact=True).first.select_option("hours_text")
    page.get_by_label("Name of the source", exact=True).fill("Quartz County list")
    pressed(page, "Try it")
    waited_for(page, "would do")
    said = page.locator("main").inner_text()
    assert "This ZIP code lacks digits" in said
    pressed(page, "Import it")
    waited_for(page, "is imported")
    return page.url


def test_drop_a_spreadsheet_map_it_import_it_find_it_undo_it(own_site, visits, spreadsheet):
    visits.cookies_allowed = True
    page = visits.page(own_site, width=1280)
    signed_in(page)
    address = imported(page, spreadsheet).removeprefix(own_site.url)
    assert found_at_the_desk(page) >= 12

    own_site.stop()
    run("build_index", "--data", str(own_site.data))
    again = start("demo", own_site.data)
    try:
        public = visits.page(again)
        public.goto("/")
        public.get_by_label("Or say it in your own words").fill("Quartz Lantern Eureka")
        with public.expect_navigation():
            public.get_by_role("button", name="Search").click()
        assert "Quartz Lantern" in " ".join(cards(public))

        page = visits.page(again, width=1280)
        signed_in(page)
        page.goto(address)
        pressed(page, "Undo this import")
        assert "This import is undone" in page.locator("main").inner_text()
        assert found_at_the_desk(page) == 0
    finally:
        again.stop()


def test_it_goes_without_javascript(own_site, visits, spreadsheet):
    visits.cookies_allowed = True
    page = visits.page(own_site, width=1280, java_script_enabled=False)
    signed_in(page)

    imported(page, spreadsheet)

    pressed(page, "Undo this import")
    assert "This import is undone" in page.locator("main").inner_text()


def test_each_page_of_an_import_is_sound(own_site, visits, spreadsheet, axe_source):
    visits.cookies_allowed = True
    page = visits.page(own_site, width=1280)
    signed_in(page)
    page.goto(f"{DIRECTORY}import/")
    assert faults(page, axe_source) == {}
    page.get_by_label("File").set_input_files(spreadsheet)
    pressed(page, "Look at the file")
    waited_for(page, "What is in")
    assert faults(page, axe_source) == {}
    pressed(page, "Try it")
    waited_for(page, "would do")
    assert faults(page, axe_source) == {}


def test_it_goes_with_keys_alone(own_site, visits, spreadsheet):
    visits.cookies_allowed = True
    page = visits.page(own_site, width=1280)
    signed_in(page)
    page.goto(f"{DIRECTORY}import/")
    page.get_by_label("File").set_input_files(spreadsheet)
    tab_to(page, "main form button.btn")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    waited_for(page, "What is in")
    tab_to(page, "button[value=try]", most=120)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    waited_for(page, "would do")
    tab_to(page, "form[action$='/begin/'] button")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    waited_for(page, "is imported")
