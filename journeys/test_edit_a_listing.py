"""A steward edits a listing, sees what was done to it, and takes it back."""

from steps import as_somebody

DIRECTORY = "/desk/estuary-blue-door/directory/"


def pressed(page, name):
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).first.click()


def followed(page, name):
    with page.expect_navigation():
        page.get_by_role("link", name=name).first.click()


def main_of(page):
    return page.locator("main").inner_text()


def at_the_listing(page, name):
    page.goto(DIRECTORY)
    page.get_by_label("Words").fill(name)
    pressed(page, "Search")
    followed(page, name)


def test_edit_a_listing_see_its_history_undo_it(own_site, visits):
    visits.cookies_allowed = True
    page = visits.page(own_site, width=1280)
    as_somebody(page, "theo")
    at_the_listing(page, "Night van")

    followed(page, "Edit Name and words")
    before = page.get_by_label("Before you go", exact=False).first.input_value()
    page.get_by_label("Before you go", exact=False).first.fill("Ring the bell twice")
    pressed(page, "Save")
    assert "Saved" in main_of(page)
    assert "Ring the bell twice" in main_of(page)
    assert "the English changed since" in main_of(page)
    assert "Confirmed: Directory steward" in main_of(page)

    followed(page, "History")
    entry = page.locator("section.panel").first.inner_text()
    assert before in entry
    assert "Ring the bell twice" in entry

    followed(page, "Look at it or undo it")
    with page.expect_navigation():
        page.get_by_role("button", name="Undo").click()
    at_the_listing(page, "Night van")
    assert before in main_of(page)
    assert "Ring the bell twice" not in main_of(page)
    assert "the English changed since" not in main_of(page)


def test_what_two_stewards_write_at_once_is_not_lost(own_site, visits):
    visits.cookies_allowed = True
    theo = visits.page(own_site, width=1280)
    as_somebody(theo, "theo")
    at_the_listing(theo, "Night van")
    followed(theo, "Edit Name and words")
    inez = theo.context.new_page()
    inez.goto(theo.url)
    inez.get_by_label("Description", exact=False).first.fill("Written by Inez")
    pressed(inez, "Save")

    theo.get_by_label("Description", exact=False).first.fill("Written by Theo")
    pressed(theo, "Save")

    assert "Somebody changed this while you were editing" in main_of(theo)
    assert theo.get_by_label("Description", exact=False).first.input_value() == "Written by Theo"
