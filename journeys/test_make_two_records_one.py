"""A steward who uses no mouse makes two records one, and undoes it."""

import pytest
from conftest import copied, run, start
from sound import faults
from steps import at_the_desk
from test_change_many_by_keyboard import chosen, entered

HOME = "/desk/estuary-blue-door/directory/duplicates/"
ROWS = """name1,name2,street1,street2,city,state,zip,phone,latitude,longitude
Quillback Clinic,Evening Group,1200 5th Street,,Eureka,CA,95501,707-555-0134,40.8030,-124.1600
Quillback Clinic Inc,Evening Groups,1200 Fifth St.,,Eureka,CA,95501,707-555-0134,40.8031,-124.1601
"""


@pytest.fixture
def twice(planted, tmp_path):
    """Serve the demonstration with a list in which one place stands twice."""
    data, table = copied(planted, tmp_path), tmp_path / "list.csv"
    table.write_text(ROWS)
    mapped = ("--mapping", "ca-mental-health", "--data", str(data))
    run("import_table", "services", str(table), *mapped)
    assert "Pairs that may be one" in run("find_duplicates", "--data", str(data))
    running = start("demo", data)
    yield running
    running.stop()


def words(page):
    return page.locator("main").inner_text()


def test_two_records_become_one_and_two_again_with_keys_alone(twice, visits):
    page = at_the_desk(twice, visits, "theo")
    page.goto(f"{HOME}?kind=service")
    pair = page.locator("tbody th a", has_text="Quillback").get_attribute("href")

    entered(page, f"a[href='{pair}']")
    assert "≠ differs" in words(page)
    chosen(page, "input[name=side-name]")
    entered(page, "button[value=same]")
    assert "Saved" in words(page)
    page.goto("/desk/estuary-blue-door/directory/?words=Quillback")
    assert page.locator("tbody tr").count() == 1

    page.goto("/desk/estuary-blue-door/directory/acts/")
    assert "Two records made one" in words(page)
    page.go_back()
    page.go_back()
    entered(page, "form[action$='/undo/'] button")
    page.goto("/desk/estuary-blue-door/directory/?words=Quillback")
    assert page.locator("tbody tr").count() == 2


def test_not_the_same_without_javascript_is_not_asked_again(twice, visits):
    page = at_the_desk(twice, visits, "theo", width=375, java_script_enabled=False)
    page.goto(f"{HOME}?kind=location")
    before = page.locator("tbody tr").count()

    page.locator("tbody th a").first.click()
    page.locator("button[value=different]").click()

    page.goto(f"{HOME}?kind=location")
    assert page.locator("tbody tr").count() == before - 1


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_pages_of_pairs_are_sound(twice, visits, axe_source, language):
    page = at_the_desk(twice, visits, "theo", language=language)
    page.goto(HOME)
    queue = faults(page, axe_source)
    page.goto(page.locator("tbody th a").first.get_attribute("href"))

    assert (queue, faults(page, axe_source)) == ({}, {})
