"""People who work in a program sign in: by code, by passkey, and know where they are signed in."""

from dataclasses import dataclass

import pytest
from conftest import Site, run
from sound import faults
from steps import at_the_desk, heading, next_code, password_of, sign_in, type_code

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
}


@dataclass
class ByName(Site):
    """The same server under a name: browsers make no passkey for an address of numbers."""

    @property
    def url(self):
        return f"http://localhost:{self.port}"


def by_name(site):
    return ByName(site.data, site.port, site.process)


def plug_in(page):
    """Give the browser a device that makes passkeys, and knows whoever asks."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable", {"enableUI": False})
    made = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    return devtools, made["authenticatorId"]


def confirm(page, username):
    page.get_by_label("Password").fill(password_of(username))
    page.get_by_role("button", name="Continue").click()


def type_password(page, username):
    page.get_by_label("User name").fill(username)
    page.get_by_label("Password").fill(password_of(username))
    with page.expect_navigation():
        page.keyboard.press("Enter")


def start_again(page):
    page.context.clear_cookies()
    page.goto("/account/login/")


def test_sign_in_with_a_second_step_that_one_sets_up(own_site, visits):
    page = at_the_desk(own_site, visits, "theo")

    page.goto("/account/second-step/on/")
    confirm(page, "theo")
    secret = page.locator("code").inner_text()
    page.get_by_label("Code").fill(next_code(page, secret))
    page.get_by_role("button", name="Turn on").click()
    page.goto("/account/")
    assert "codes left" in page.locator("main").inner_text()

    start_again(page)
    type_password(page, "theo")
    assert "/desk/" not in page.url
    type_code(page, next_code(page, secret))
    page.wait_for_url("**/desk/**")


def test_who_leads_signs_in_with_the_code_that_the_demonstration_prints(own_site, visits):
    visits.cookies_allowed = True
    page = visits.page(own_site, width=1280)
    page.goto("/account/login/")
    type_password(page, "inez")
    assert heading(page) == "Second step"

    type_code(page, run("demo_code", "inez", "--data", str(own_site.data)).strip())

    page.wait_for_url("**/desk/**")


def test_set_up_a_passkey_and_sign_in_with_it(own_site, visits, axe_source):
    page = at_the_desk(by_name(own_site), visits, "theo")
    plug_in(page)
    page.goto("/account/")
    page.get_by_role("link", name="See your passkeys").click()
    page.get_by_role("link", name="Set up a passkey").click()
    confirm(page, "theo")
    found = {"add": faults(page, axe_source)}
    page.get_by_label("Name of the passkey").fill("My laptop")
    page.get_by_role("button", name="Set up").click()
    page.wait_for_url("**/account/codes/")
    assert "10 codes left" in page.locator("main").inner_text()
    page.goto("/account/passkeys/")
    found["list"] = faults(page, axe_source)
    assert "My laptop" in page.locator("main").inner_text()

    start_again(page)
    found["sign in"] = faults(page, axe_source)
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/desk/**")

    start_again(page)
    type_password(page, "theo")
    page.wait_for_url("**/login/code/")
    found["second step"] = faults(page, axe_source)
    page.get_by_role("button", name="Use a passkey").press("Enter")
    page.wait_for_url("**/desk/**")
    assert found == {name: {} for name in found}


def test_a_device_that_says_no_leaves_a_sentence_and_the_password(own_site, visits, axe_source):
    page = at_the_desk(by_name(own_site), visits, "theo")
    devtools, device = plug_in(page)
    start_again(page)

    devtools.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_text("The passkey did not answer").wait_for()

    assert faults(page, axe_source) == {}
    sign_in(page, "theo", password_of("theo"))
    page.wait_for_url("**/desk/**")


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without"])
def test_without_passkeys_the_page_names_the_way_that_works(own_site, visits, scripts):
    visits.cookies_allowed = True
    # Where a page has no secure address a browser knows no passkeys.
    page = visits.page(own_site, width=375, java_script_enabled=scripts)
    if scripts:
        page.add_init_script("delete window.PublicKeyCredential")
    sign_in(page, "theo", password_of("theo"))
    page.goto("/account/passkeys/add/")
    confirm(page, "theo")

    page.get_by_text("A code from an app works everywhere.").wait_for()
    assert page.get_by_role("button", name="Set up").count() == 0
    page.get_by_role("link", name="Use an app instead").click()
    assert heading(page) == "Turn on the second step"


def test_see_where_one_is_signed_in_and_end_it_there(own_site, visits):
    here = at_the_desk(own_site, visits, "theo")
    there = visits.page(own_site)
    sign_in(there, "theo", password_of("theo"))
    there.wait_for_url("**/desk/**")

    here.goto("/account/")
    here.get_by_role("button", name="Sign out there").press("Enter")

    assert "Signed out there." in here.locator("main").inner_text()
    assert "Nowhere else." in here.locator("main").inner_text()
    there.goto("/desk/")
    assert "/account/login/" in there.url
    here.goto("/desk/")
    assert "/desk/" in here.url
