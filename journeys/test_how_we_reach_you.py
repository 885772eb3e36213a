"""Give an address, type the code that came, say what for, see it go out, take the address back."""

import re
import time

import pytest
from sound import faults
from steps import at_the_desk


def letters(site):
    """Return what the demonstration wrote instead of sending, the oldest first."""
    return [path.read_text() for path in sorted((site.data / "mail").glob("*"))]


def code_of(site):
    """Wait for the code and return it."""
    for _ in range(50):
        if found := re.findall(r": (\d{6})", "".join(letters(site))):
            return found[-1]
        time.sleep(0.1)
    raise AssertionError("no code came")


def at_reach(site, visits, language, **options):
    page = at_the_desk(site, visits, "inez", language=language, **options)
    page.goto("/desk/reach/")
    return page


@pytest.mark.parametrize("language", ["en", "es"])
def test_each_state_of_the_page_is_without_a_fault(own_site, visits, axe_source, language):
    page = at_reach(own_site, visits, language, width=1280)
    found = {"empty": faults(page, axe_source)}
    page.locator("#id_mail-address").fill("inez@")
    page.locator("form[action$='/give/'] button").click()
    found["wrong"] = faults(page, axe_source)
    page.locator("#id_mail-address").fill("inez@example.org")
    page.locator("form[action$='/give/'] button").click()
    page.wait_for_url("**done=code**")
    found["code"] = faults(page, axe_source)
    page.locator("#id_mail-code").fill(code_of(own_site))
    page.locator("form[action$='/confirm/'] button").click()
    page.wait_for_url("**done=confirmed**")
    found["wishes"] = faults(page, axe_source)
    page.goto("/desk/reach/sent/")
    found["sent"] = faults(page, axe_source)
    page.goto("/desk/golden-thread-coalition/messages/")
    found["messages"] = faults(page, axe_source)

    assert {name: wrong for name, wrong in found.items() if wrong} == {}
    assert page.locator("html").get_attribute("lang") == language


def test_by_keyboard_and_without_javascript_an_address_is_given_and_removed(own_site, visits):
    page = at_reach(own_site, visits, "en", width=375, java_script_enabled=False)

    page.get_by_label("E-mail address").focus()
    page.keyboard.type("inez@example.org")
    page.keyboard.press("Enter")
    page.wait_for_url("**done=code**")
    page.get_by_label("Code").focus()
    page.keyboard.type(code_of(own_site))
    page.keyboard.press("Enter")
    page.wait_for_url("**done=confirmed**")
    page.get_by_label("A change to a listing waits for a second person").check()
    page.get_by_role("button", name="Save for E-mail").click()
    page.wait_for_url("**done=wishes**")
    assert page.get_by_label("A change to a listing waits for a second person").is_checked()
    page.get_by_role("button", name="Remove this address").click()
    page.wait_for_url("**done=removed**")

    assert "inez@example.org" not in page.content()
