"""A program gives an address, gets its link by mail, confirms by it, and stops the mails."""

import email
import re
from email.message import Message

import pytest
from sound import faults
from steps import at_the_desk
from test_edit_a_listing import followed, main_of, pressed
from test_keep_the_directory_true import DIRECTORY

HARBOR, THEIRS = "Harbor Lamp", "harbor@example.org"
WORDS = {
    "en": ("Mail it each month", "Mail it now", "Everything is still right", "Stop these mails"),
    "es": (
        "Enviarlo cada mes por correo",
        "Enviarlo ahora",
        "Todo sigue igual",
        "Detener estos correos",
    ),
}


def letters(site) -> list[Message]:
    """Return what the demonstration wrote instead of sending, the oldest first."""
    return [
        email.message_from_bytes(one)
        for path in sorted((site.data / "mail").glob("*"))
        for one in re.split(rb"\n-{79}\n", path.read_bytes())
        if one.strip()
    ]


def links_in(letter: Message) -> list[str]:
    """Return the link to confirm and the one to stop."""
    return re.findall(r"https?://\S+", letter.get_payload(decode=True).decode())


def at_the_links(site, visits, language="en", **options):
    """Return the page on which a steward writes where links are mailed."""
    desk = at_the_desk(site, visits, "theo", language=language, **options)
    desk.goto(f"{DIRECTORY}due/")
    followed(desk, HARBOR)
    followed(desk, WORDS[language][0])
    return desk


def followed_button(page, name):
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def written(desk, address=THEIRS, language="en"):
    desk.locator("#id_address").fill(address)
    desk.locator(f"input[name=language][value={language}]").check()
    with desk.expect_navigation():
        desk.locator("form", has=desk.locator("#id_address")).locator("button").click()


def test_from_the_address_at_the_desk_to_the_last_mail(own_site, visits):
    desk = at_the_links(own_site, visits)
    written(desk)
    assert f"Links go to {THEIRS}. No link was mailed yet." in main_of(desk)
    pressed(desk, "Mail it now")
    assert "The link was mailed." in main_of(desk)

    (letter,) = letters(own_site)
    assert letter["To"] == THEIRS
    assert letter["Subject"] == f"Is this still right? {HARBOR}"
    confirm, stop = links_in(letter)
    assert letter["List-Unsubscribe"].split() == [f"<{stop}>"]

    phone = visits.page(own_site, width=375, java_script_enabled=False)
    phone.goto(confirm)
    assert f"Is this still right? {HARBOR}" in main_of(phone)
    pressed(phone, "Everything is still right")
    assert "Thank you. It is saved." in main_of(phone)

    desk.reload()
    assert "Nothing that everybody may see is due now." in main_of(desk)

    phone.goto(stop)
    assert "Stop these mails?" in main_of(phone)
    desk.reload()
    assert f"Links go to {THEIRS}" in main_of(desk)
    pressed(phone, "Stop these mails")
    assert "We deleted the address." in main_of(phone)
    assert phone.context.cookies() == []

    desk.reload()
    assert "Somebody stopped these mails" in main_of(desk)
    assert THEIRS not in desk.content()
    assert len(letters(own_site)) == 1
    desk.goto(f"{DIRECTORY}due/")
    assert HARBOR not in main_of(desk)


@pytest.mark.parametrize("language", ["en", "es"])
def test_each_state_of_the_pages_is_without_a_fault(own_site, visits, axe_source, language):
    desk = at_the_links(own_site, visits, language)
    found = {"empty": faults(desk, axe_source)}
    written(desk, "harbor@", language)
    found["wrong"] = faults(desk, axe_source)
    written(desk, THEIRS, language)
    found["given"] = faults(desk, axe_source)
    followed_button(desk, WORDS[language][1])
    found["mailed"] = faults(desk, axe_source)
    followed_button(desk, WORDS[language][1])
    found["refused"] = faults(desk, axe_source)
    confirm, stop = links_in(letters(own_site)[0])
    phone = visits.page(own_site, width=375)
    phone.goto(confirm)
    found["asked"] = faults(phone, axe_source)
    phone.goto(stop)
    found["stop"] = faults(phone, axe_source)
    followed_button(phone, WORDS[language][3])
    found["stopped"] = faults(phone, axe_source)
    desk.goto(desk.url.removesuffix("now/"))
    found["desk-stopped"] = faults(desk, axe_source)
    desk.goto(desk.url.removesuffix("mail/"))
    found["sheet"] = faults(desk, axe_source)

    assert {name: wrong for name, wrong in found.items() if wrong} == {}
    assert phone.locator("html").get_attribute("lang") == language
