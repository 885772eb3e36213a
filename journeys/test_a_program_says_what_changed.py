"""A program says on its phone that its hours changed; a steward writes it; everybody reads it."""

import os
from pathlib import Path

from steps import at_the_desk
from test_edit_a_listing import followed, main_of, pressed
from test_keep_the_directory_true import DESK, DIRECTORY, found, published

HARBOR = "Harbor Lamp"
NOW = "Monday to Friday 10 am to 6 pm"


def link_for(desk, name):
    """Make a link at the desk; return it as it stands in its field."""
    desk.goto(f"{DIRECTORY}due/")
    followed(desk, name)
    pressed(desk, "Make a link")
    return desk.get_by_label("Link", exact=True).input_value()


def part_of(page, heading):
    """Return the part of the page of a link whose heading begins so."""
    return page.locator("main section", has=page.get_by_role("heading", name=heading)).first


def looked_at(page, name):
    """Keep a picture where somebody who looks at the pages asked for it."""
    folder = os.environ.get("TEJIDO_LOOK")
    if folder:
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


def test_from_the_phone_of_a_program_to_the_finder(own_site, visits):
    desk = at_the_desk(own_site, visits, "theo")
    link = link_for(desk, HARBOR)
    looked_at(desk, "link-made")

    phone = visits.page(own_site, width=375, java_script_enabled=False)
    phone.goto(link)
    looked_at(phone, "asked")
    hours = part_of(phone, "Hours: Port van")
    hours.get_by_label("This changed").check()
    hours.get_by_label("What is it now?").fill("Monday to Friday 9 to 5")
    pressed(phone, "Send what changed")
    said = main_of(phone)
    assert "Thank you. It is saved." in said
    assert "“Monday to Friday 9 to 5”" in said
    assert "What happens now" in said
    looked_at(phone, "thanks")

    followed(phone, "Correct this answer")
    looked_at(phone, "correcting")
    hours = part_of(phone, "Hours: Port van")
    assert hours.get_by_label("This changed").is_checked()
    hours.get_by_label("What is it now?").fill(NOW)
    pressed(phone, "Send the correction")
    said = main_of(phone)
    assert f"“{NOW}”" in said
    assert "9 to 5" not in said
    assert phone.context.cookies() == []

    desk.goto(f"{DIRECTORY}due/")
    assert "The program says that this changed" in main_of(desk)
    looked_at(desk, "due")
    desk.goto(f"{DIRECTORY}wrong/")
    assert "The program itself, by its link" in main_of(desk)
    looked_at(desk, "queue")
    desk.goto(f"{DESK}/")
    looked_at(desk, "today")
    followed(desk, f"{HARBOR} says that something changed")
    assert "The program itself says that this changed" in main_of(desk)
    assert f"“{NOW}”" in main_of(desk)
    looked_at(desk, "sheet")
    asked = part_of(desk, "Port van")
    desk.get_by_label("By its link").check()
    desk.get_by_label("Reached somebody who knows").check()
    asked.get_by_label("Changed").check()
    assert asked.get_by_label("Hours now, in words").input_value() == NOW
    pressed(desk, "Save")
    assert "We read" in main_of(desk)
    pressed(desk, "Save")
    said = main_of(desk)
    assert "Saved" in said
    assert "The program itself says" not in said
    looked_at(desk, "sheet-saved")

    desk.goto(f"{DESK}/")
    assert "says that something changed" not in main_of(desk)
    desk.goto(f"{DIRECTORY}due/")
    assert "The program says that this changed" not in main_of(desk)
    published(desk)
    anybody = visits.page(own_site)
    card = found(anybody, "Port van San Pedro")
    assert HARBOR in card
    assert "Call before you go" not in card
    with anybody.expect_navigation():
        anybody.locator("article.place a").first.click()
    assert "10:00 am to 6:00 pm" in main_of(anybody).replace("\N{NO-BREAK SPACE}", " ")
    phone.goto(link)
    assert "This link was used already" in main_of(phone)


def test_a_link_is_copied_and_shared_and_its_state_is_said(own_site, visits):
    desk = at_the_desk(own_site, visits, "theo")
    desk.context.grant_permissions(["clipboard-read", "clipboard-write"])
    desk.add_init_script("navigator.share = async (what) => { window.shared = what; };")
    link = link_for(desk, HARBOR)

    desk.get_by_role("button", name="Copy the link").click()
    state = desk.locator("[role=status]", has_text="The link is copied.")
    state.wait_for()
    assert desk.evaluate("navigator.clipboard.readText()") == link
    desk.get_by_role("button", name="Share the link").click()
    assert desk.evaluate("window.shared") == {"title": "Is this still right?", "url": link}


def test_a_link_that_cannot_be_copied_is_marked_to_be_copied_by_hand(own_site, visits):
    desk = at_the_desk(own_site, visits, "theo")
    desk.add_init_script(
        "Object.defineProperty(navigator, 'clipboard', { value: undefined });"
        "navigator.share = undefined;"
    )
    link = link_for(desk, HARBOR)

    desk.get_by_role("button", name="Copy the link").click()
    desk.locator("[role=status]", has_text="The link could not be copied.").wait_for()

    assert desk.evaluate("String(getSelection())") == link
    assert desk.get_by_role("button", name="Share the link").count() == 0


def test_without_javascript_no_button_promises_what_it_cannot_do(own_site, visits):
    desk = at_the_desk(own_site, visits, "theo", java_script_enabled=False)
    link_for(desk, HARBOR)

    assert desk.locator("[data-copies]:visible, [data-shares]:visible").count() == 0
    assert desk.locator("textarea[readonly]:visible").count() == 2
