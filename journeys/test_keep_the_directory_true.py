"""A program confirms itself by a link; a steward's morning; a second person looks."""

import re

from steps import at_the_desk, cards
from test_edit_a_listing import at_the_listing, followed, main_of, pressed

DESK = "/desk/estuary-blue-door"
DIRECTORY = f"{DESK}/directory/"


def due_program(page):
    """Open the call sheet of the first program that is due; return its name."""
    page.goto(f"{DIRECTORY}due/")
    page.locator("main tbody a[href*='/directory/due/']").first.click()
    page.wait_for_selector("main h1")
    return page.locator("main h1").inner_text().removeprefix("Call sheet: ")


def test_a_program_confirms_itself_by_a_link_on_a_phone(own_site, visits):
    desk = at_the_desk(own_site, visits, "theo")
    name = due_program(desk)
    pressed(desk, "Make a link")
    assert desk.locator("svg.qr[role=img]").count() == 2
    link = desk.get_by_label("Link").first.input_value()

    phone = visits.page(own_site, width=375, java_script_enabled=False)
    phone.goto(link)
    assert f"Is this still right? {name}" in main_of(phone)
    pressed(phone, "Everything is still right")
    assert "Thank you. It is saved." in main_of(phone)

    phone.goto(link)
    said = main_of(phone)
    assert "This link was used already" in said
    assert re.search(r"\w+day, \w+ \d+", said), said
    assert phone.context.cookies() == []
    desk.goto(f"{DIRECTORY}acts/")
    assert "Edit" in main_of(desk)


def found(page, words):
    """Return what a person who looks for a place by its name reads on the first card."""
    page.goto("/")
    page.get_by_label("Or say it in your own words").fill(words)
    pressed(page, "Search")
    return cards(page)[0]


def published(page):
    """Bring the finder up to date, as a steward does."""
    page.goto(f"{DESK}/finder/")
    pressed(page, "Update the finder now")


def test_a_stewards_morning_from_the_due_list_to_the_finder(own_site, visits):
    anybody = visits.page(own_site)
    assert "Call before you go" in found(anybody, "Port van San Pedro")
    page = at_the_desk(own_site, visits, "theo", java_script_enabled=False)
    page.goto(f"{DESK}/")
    followed(page, "Confirm the hours of")
    followed(page, "Harbor Lamp")

    page.get_by_label("By phone").check()
    page.get_by_label("Reached somebody who knows").check()
    for answer in page.locator("main section input[value=yes]").all():
        answer.check()
    pressed(page, "Save")
    said = main_of(page)
    assert "Saved" in said
    assert "Nothing of this program is due today." in said
    published(page)

    card = found(anybody, "Port van San Pedro")
    assert "Checked by the network today" in card
    assert "Call before you go" not in card


def test_a_place_moves_when_a_second_person_says_yes(own_site, visits):
    theo = at_the_desk(own_site, visits, "theo", width=375)
    at_the_listing(theo, "Night van")
    theo.locator("main .part__acts a[href*='/address/']").first.click()
    theo.get_by_label("Street and number").fill("77 Telegraph Avenue")
    pressed(theo, "Save")
    assert "It waits for a second person" in main_of(theo)
    followed(theo, "Look at the change")
    assert theo.get_by_role("button", name="Yes, change it").count() == 0

    inez = at_the_desk(own_site, visits, "inez", java_script_enabled=False)
    followed(inez, "1 change waits for a second person")
    followed(inez, "Night van")
    assert "77 Telegraph Avenue" in main_of(inez)
    pressed(inez, "Yes, change it")
    assert "Saved" in main_of(inez)
    assert "No change waits." in main_of(inez)

    theo.goto(f"{DIRECTORY}acts/")
    assert "Directory steward; approved by: Network coordinator" in main_of(theo)


def test_hiding_holds_at_once_and_a_no_says_why(own_site, visits):
    theo = at_the_desk(own_site, visits, "theo")
    at_the_listing(theo, "Night van")
    listing = theo.url.split("?")[0]
    for choice, told in (("Partners only", "Saved"), ("Publish it", "It waits")):
        theo.goto(f"{listing}publicity/")
        theo.get_by_label(choice).check()
        pressed(theo, "Save")
        assert told in main_of(theo)
    assert "Partners only" in main_of(theo)

    inez = at_the_desk(own_site, visits, "inez")
    followed(inez, "1 change waits for a second person")
    followed(inez, "Night van")
    pressed(inez, "No, turn it down")
    assert "Write why" in main_of(inez)
    inez.get_by_label("Why not?").fill("They asked to stay unlisted")
    pressed(inez, "No, turn it down")

    theo.goto(f"{DIRECTORY}changes/")
    assert "They asked to stay unlisted" in main_of(theo)
    theo.goto(listing)
    assert "Partners only" in main_of(theo)
