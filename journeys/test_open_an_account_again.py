"""Somebody cannot sign in: two others open the account again. Somebody begins to lead."""

import re

from sound import faults
from steps import at_the_desk, heading, next_code, password_of, sign_in

NEW = "harbor violin cactus 4"
FRESNO = "/desk/orchard-row-outreach/"


def row(page, name):
    return page.locator("main tbody tr", has=page.get_by_role("rowheader", name=name, exact=True))


def test_two_open_an_account_and_the_person_chooses_a_password(own_site, visits, axe_source):
    rosa = at_the_desk(own_site, visits, "rosa", width=375)
    dolores = at_the_desk(own_site, visits, "dolores")
    found = {}
    dolores.goto(f"{FRESNO}people/")
    row(dolores, "Rosa").get_by_role("link", name="Cannot sign in").press("Enter")
    assert heading(dolores) == "Open the account of Rosa again?"
    found["recover"] = faults(dolores, axe_source)
    dolores.get_by_role("button", name="Start").press("Enter")
    dolores.get_by_text("Rosa cannot sign in: so says Dolores.").wait_for()
    found["people"] = faults(dolores, axe_source)
    assert dolores.get_by_role("button", name="Confirm").count() == 0

    rosa.goto(FRESNO)
    assert "Dolores pidió volver a abrir su cuenta." in rosa.locator("main").inner_text()
    found["home"] = faults(rosa, axe_source)

    inez = at_the_desk(own_site, visits, "inez")
    inez.goto("/desk/golden-thread-coalition/people/")
    inez.get_by_role("link", name="Accounts of other members to open again").press("Enter")
    found["recoveries"] = faults(inez, axe_source)
    inez.get_by_role("button", name="Confirm and get a password").press("Enter")
    inez.wait_for_selector("main dl code")
    assert heading(inez) == "A password for one sign-in"
    found["recovered"] = faults(inez, axe_source)
    given = inez.locator("main dl code").nth(1).inner_text()

    rosa.goto(FRESNO)
    assert "/account/login/" in rosa.url
    sign_in(rosa, "rosa", given)
    rosa.goto(FRESNO)
    rosa.wait_for_url("**/account/password/")
    for name, text in (("oldpassword", given), ("password1", NEW), ("password2", NEW)):
        rosa.locator(f"main [name={name}]").fill(text)
    rosa.locator("main form button").first.click()
    rosa.goto(FRESNO)
    assert rosa.url.endswith(FRESNO)
    assert re.search("volvieron a abrir su cuenta", rosa.locator("main").inner_text())
    assert found == {name: {} for name in found}


def test_who_begins_to_lead_sets_up_a_second_step_first(own_site, visits, axe_source):
    """By code, in Spanish, on a phone, without JavaScript."""
    rosa = at_the_desk(own_site, visits, "rosa", width=375, java_script_enabled=False)
    dolores = at_the_desk(own_site, visits, "dolores")
    dolores.goto(f"{FRESNO}people/")
    row(dolores, "Rosa").get_by_role("combobox").select_option("program-manager")
    row(dolores, "Rosa").get_by_role("button", name="Give").click()

    rosa.goto(FRESNO)
    assert heading(rosa) == "Un segundo paso antes de seguir"
    rosa.get_by_role("link", name="Preparar una aplicación").click()
    rosa.locator("main [name=password]").fill(password_of("rosa"))
    rosa.locator("main form button").first.click()
    secret = rosa.locator("main code").inner_text()
    rosa.locator("main [name=code]").fill(next_code(rosa, secret))
    rosa.locator("main form button").first.click()
    rosa.get_by_role("link", name="Ir al escritorio").click()
    rosa.goto(f"{FRESNO}people/")
    assert heading(rosa) == "Personas en Orchard Row Outreach"

    dolores.goto("/account/second-step/off/")
    dolores.locator("main [name=password]").fill(password_of("dolores"))
    dolores.get_by_role("button", name="Continue").click()
    assert "this is your only one" in dolores.locator("main").inner_text()
    assert faults(dolores, axe_source) == {}
