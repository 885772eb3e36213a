"""Somebody leaves, and a colleague takes over; a program leaves, and comes back."""

import pytest
from sound import faults
from steps import at_the_desk, heading

FRESNO = "/desk/orchard-row-outreach/"
COALITION = "/desk/golden-thread-coalition/"
TABLE = "Name,Phone\nLuz Invented,559-555-0107\n"


@pytest.fixture
def table(tmp_path):
    """Return a list of contacts that somebody has."""
    file = tmp_path / "contacts.csv"
    file.write_text(TABLE)
    return file


def pressed(page, name):
    """Press a button of the page's own and wait for where it leads."""
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name=name).first.press("Enter")


def bring(page, file):
    """Bring a table of contacts and go no further."""
    page.goto(f"{FRESNO}contacts/bring/")
    page.locator("main input[type=file]").set_input_files(file)
    with page.expect_navigation():
        page.locator("main form button").first.click()


def test_what_a_colleague_held_is_taken_over_and_given_back(own_site, visits, axe_source, table):
    rosa = at_the_desk(own_site, visits, "rosa", width=375)
    bring(rosa, table)
    dolores = at_the_desk(own_site, visits, "dolores")
    found = {}
    dolores.goto(f"{FRESNO}people/")
    line = dolores.locator("main tbody tr", has=dolores.get_by_role("rowheader", name="Rosa"))
    line.get_by_role("link", name="End").press("Enter")
    dolores.wait_for_url("**/end/")
    assert "contacts.csv" in dolores.locator("main").inner_text()
    found["question"] = faults(dolores, axe_source)

    pressed(dolores, "End the membership")
    assert "Say who takes this over, or nobody" in dolores.locator("main").inner_text()
    found["missing"] = faults(dolores, axe_source)
    dolores.get_by_label("Who takes this over?").select_option(label="Dolores")
    pressed(dolores, "End the membership")
    assert "Rosa does not work here any more." in dolores.locator("main").inner_text()
    found["people"] = faults(dolores, axe_source)
    dolores.goto(FRESNO)
    assert "What you took over" in dolores.locator("main").inner_text()
    found["home"] = faults(dolores, axe_source)
    rosa.goto(FRESNO)
    assert rosa.locator("h1").inner_text() != "Hoy en Orchard Row Outreach"

    dolores.goto(f"{FRESNO}people/")
    pressed(dolores, "Take in again")
    dolores.goto(FRESNO)
    assert "What you took over" not in dolores.locator("main").inner_text()
    assert found == {name: {} for name in found}


def test_a_person_leaves_on_a_phone_in_spanish_without_javascript(
    own_site, visits, axe_source, table
):
    rosa = at_the_desk(own_site, visits, "rosa", width=320, java_script_enabled=False)
    bring(rosa, table)
    rosa.goto(FRESNO)
    rosa.get_by_role("link", name="Dejar Orchard Row Outreach").click()
    assert heading(rosa) == "¿Dejar Orchard Row Outreach?"
    rosa.get_by_label("¿Quién se hace cargo de esto?").select_option(label="Theo")
    rosa.get_by_role("button", name="Dejar de trabajar aquí").click()
    rosa.wait_for_url("**/desk/?left=**")
    assert "Usted ya no trabaja para Orchard Row Outreach." in rosa.locator("main").inner_text()

    theo = at_the_desk(own_site, visits, "theo", width=375)
    theo.goto(FRESNO)
    assert "contacts.csv" in theo.locator("main").inner_text()
    assert faults(theo, axe_source) == {}


def test_a_program_leaves_by_two_people_and_comes_back(own_site, visits, axe_source):
    rosa = at_the_desk(own_site, visits, "rosa", width=375)
    dolores = at_the_desk(own_site, visits, "dolores", width=375)
    found = {}
    dolores.goto(f"{FRESNO}people/")
    dolores.get_by_role("link", name="Let Orchard Row Outreach leave the network").press("Enter")
    dolores.wait_for_url("**/leave-network/")
    found["question"] = faults(dolores, axe_source)
    with dolores.expect_download() as taken:
        dolores.get_by_role("link", name="The contact book as a table (CSV)").click()
    assert "Alder Street Library" in taken.value.path().read_text()
    dolores.get_by_label("It closes, or has closed").check()
    today = dolores.evaluate(
        "new Date().toLocaleDateString('en-CA', {timeZone: 'America/Los_Angeles'})"
    )
    dolores.get_by_label("Its last day").fill(today)
    pressed(dolores, "Start")
    assert "Another person has to confirm." in dolores.locator("main").inner_text()
    found["started"] = faults(dolores, axe_source)

    inez = at_the_desk(own_site, visits, "inez")
    with inez.expect_navigation():
        inez.get_by_role("link", name="Orchard Row Outreach is to leave the network").click()
    found["to confirm"] = faults(inez, axe_source)
    pressed(inez, "Confirm that it leaves")
    assert "It left. Its last day was" in inez.locator("main").inner_text()
    found["left"] = faults(inez, axe_source)
    for page in (dolores, rosa):
        assert page.goto(FRESNO).status == 404
    inez.goto(f"{COALITION}members/")
    found["members"] = faults(inez, axe_source)
    inez.goto("/desk/golden-thread-coalition/record/")
    assert "confirmed that a member leaves the network: Orchard Row Outreach" in (
        inez.locator("main").inner_text()
    )

    inez.go_back()
    row = inez.locator("main tbody tr", has_text="Orchard Row Outreach")
    with inez.expect_navigation():
        row.get_by_role("link", name="Look at it").click()
    pressed(inez, "Let it be part of the network again")
    for page in (dolores, rosa):
        assert page.goto(FRESNO).status == 200
    assert found == {name: {} for name in found}
