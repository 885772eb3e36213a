"""People join by an invitation, keep contacts, find partners and see conflicts of interest."""

import re

import pytest
from conftest import LEAVE
from sound import faults
from steps import at_the_desk, password_of, sign_in

HOME = "/desk/orchard-row-outreach/"
PAGES = (
    *("people/", "people/invite/", "relationships/", "contacts/", "contacts/add/"),
    *("contacts/shared/", "partners/", "partners/?offers=legal-help&county=06001"),
    *("partners/card/", "partners/?offers=housing-help", "conflicts/", "contacts/bring/"),
)
PASSWORD = "walnut ferry lilac 7"


LIST = """Nombre,Organización,Teléfono,Correo
Rocío Peña,Alder Street Library,559-555-0107,rocio@example.org
Sam,,12,
Marisela Ávalos,,,mari@alder.example.org
"""


def a_list(folder):
    """Return a table with a new row, one that cannot be, and one that is known."""
    path = folder / "mine.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def link_of(page):
    """Invite Ana as a steward of the directory; return the links in both languages."""
    page.goto(f"{HOME}people/")
    page.get_by_role("link", name="Invite somebody").click()
    page.get_by_label("Whom is it for?").fill("Ana")
    page.get_by_label("Directory steward").check()
    page.get_by_role("button", name="Make the link").click()
    page.locator("[aria-labelledby^=link-] textarea").first.wait_for()
    return [
        re.sub(r"^https?://[^/]+", "", link.input_value())
        for link in page.locator("[aria-labelledby^=link-] textarea").all()
    ]


def test_somebody_joins_by_a_link_without_javascript_and_the_link_works_once(own_site, visits):
    english, spanish = link_of(at_the_desk(own_site, visits, "dolores", width=1280))
    half = visits.page(own_site, width=375)
    asked = answering(half)
    half.goto(spanish)
    half.get_by_label("¿Cómo quiere que le llamen?").fill("Ana")
    half.get_by_text("English", exact=True).first.click()
    half.wait_for_timeout(300)
    assert asked == ["confirm"]
    assert half.get_by_label("¿Cómo quiere que le llamen?").input_value() == "Ana"
    half.get_by_role("button", name="Crear mi cuenta").click()
    half.locator("main .errors").wait_for()
    half.get_by_role("link", name="Salir rápido de este sitio").click()
    half.wait_for_url(f"{LEAVE}**")
    assert asked == ["confirm"]
    page = visits.page(own_site, width=375, java_script_enabled=False)

    page.goto(spanish)
    assert page.context.cookies() == []
    page.get_by_label("¿Cómo quiere que le llamen?").fill("Ana")
    page.get_by_label("Nombre de usuario").fill("ana")
    page.get_by_label("Contraseña", exact=True).fill(PASSWORD)
    page.get_by_label("Contraseña otra vez").fill("otra cosa")
    page.get_by_role("button", name="Crear mi cuenta").click()
    assert "Las dos contraseñas son distintas" in page.inner_text("main")
    page.get_by_label("Contraseña", exact=True).fill(PASSWORD)
    page.get_by_label("Contraseña otra vez").fill(PASSWORD)
    page.get_by_role("button", name="Crear mi cuenta").click()

    assert page.inner_text("h1") == "Ahora trabaja para Orchard Row Outreach"
    assert page.context.cookies() == []
    page.goto(english)
    assert page.inner_text("h1") == "This invitation was used already"
    sign_in(page, "ana", PASSWORD)
    page.wait_for_url(f"**{HOME}")
    assert page.locator("html").get_attribute("lang") == "es"


def test_somebody_who_has_an_account_signs_in_and_accepts(own_site, visits):
    english, _spanish = link_of(at_the_desk(own_site, visits, "dolores", width=1280))
    page = visits.page(own_site, width=375, java_script_enabled=False)

    page.goto(english)
    page.get_by_role("link", name="Sign in to accept").click()
    page.get_by_label("User name").fill("amara")
    page.get_by_label("Password").fill(password_of("amara"))
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Accept").click()

    page.wait_for_url(f"**{HOME}")
    assert "Directory steward" in page.inner_text("main")


def test_a_contact_is_added_after_a_look_at_its_double_removed_and_brought_back(own_site, visits):
    page = at_the_desk(own_site, visits, "dolores", width=375, java_script_enabled=False)
    page.goto(f"{HOME}contacts/")
    page.get_by_role("link", name="Add a contact").click()
    page.get_by_label("Name", exact=True).fill("Marisela Avalos")
    page.get_by_role("button", name="Add", exact=True).click()

    assert "This may be there already" in page.inner_text("main")
    page.get_by_role("button", name="Add it all the same").click()
    assert page.inner_text("h1") == "Marisela Avalos"
    page.get_by_role("button", name="Remove").click()
    page.get_by_role("button", name="Undo").click()
    assert page.inner_text("h1") == "Marisela Avalos"
    page.goto(f"{HOME}contacts/?words=avalos+mari")
    assert page.locator("tbody tr").count() == 2


def test_a_list_with_a_bad_row_is_looked_at_taken_in_and_undone(own_site, visits, tmp_path):
    page = at_the_desk(own_site, visits, "dolores", width=1280, java_script_enabled=False)
    page.goto(f"{HOME}contacts/")
    page.get_by_role("link", name="Bring a list").click()
    page.get_by_label("A table of contacts").set_input_files(a_list(tmp_path))
    page.get_by_role("button", name="Look at it").click()

    assert "1 row is new. 1 is in the book already. 1 cannot be taken in." in page.inner_text(
        "main"
    )
    assert page.locator("#bad ~ table tbody tr").inner_text().split("\t")[:3] == [
        "Row 3",
        "Phone",
        "12",
    ]
    page.get_by_role("button", name="Add 1 person").click()
    assert "Added: 1 person." in page.inner_text("main")
    page.goto(f"{HOME}contacts/?words=rocio")
    assert "Alder Street Library" in page.inner_text("tbody")
    page.get_by_role("link", name="Lists that were brought").click()
    assert "Dolores" in page.inner_text("#brought tbody")
    page.get_by_role("button", name="Undo mine.csv").click()
    page.goto(f"{HOME}contacts/?words=rocio")
    assert "No contact fits" in page.inner_text("main")


def test_a_worker_finds_a_partner_and_is_asked_before_what_they_typed_is_lost(own_site, visits):
    page = at_the_desk(own_site, visits, "rosa", width=375)
    page.get_by_role("button", name="English").click()
    page.wait_for_load_state()
    page.goto(f"{HOME}partners/")
    page.get_by_label("They offer").select_option(label="Hepatitis C treatment")
    page.get_by_role("button", name="Search").click()

    page.locator("article h2").first.wait_for()
    assert page.locator("article h2").all_inner_texts() == ["Tower Street Clinic"]
    assert "you look for this" in page.locator("article").inner_text()
    asked = answering(page)
    page.get_by_label("They offer").select_option(label="HIV care")
    page.get_by_role("button", name="Español").click()
    page.locator("html[lang=es]").wait_for()
    page.goto(f"{HOME}contacts/add/")
    page.get_by_label("Nombre", exact=True).fill("Bea")
    page.get_by_role("button", name="English").click()
    page.get_by_role("link", name="Contactos", exact=True).first.click()
    page.get_by_label("Teléfono").fill("12")
    assert asked == ["beforeunload", "confirm"]
    page.get_by_role("button", name="Agregar", exact=True).click()
    page.locator("main .errors").wait_for()
    page.get_by_role("button", name="English").click()
    page.get_by_label("Teléfono").fill("510 555 0142")
    page.get_by_role("button", name="Agregar", exact=True).click()
    page.get_by_role("heading", name="Bea").wait_for()
    page.get_by_role("button", name="English").click()
    page.locator("html[lang=en]").wait_for()
    assert asked == ["beforeunload", "confirm", "beforeunload"]


def test_whoever_says_yes_at_a_link_is_asked_once_and_leaves(own_site, visits):
    page = at_the_desk(own_site, visits, "rosa", language="es", width=375)
    page.goto(f"{HOME}contacts/add/")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept()))
    page.get_by_label("Nombre", exact=True).fill("Bea")

    page.get_by_role("link", name="Contactos", exact=True).first.click()
    page.wait_for_url(f"**{HOME}contacts/")

    assert asked == ["¿Salir de esta página? Lo que escribió aquí no se ha enviado."]


def answering(page):
    """Stay whenever the browser asks before leaving; return what was asked so far."""
    asked = []

    def stay(dialog):
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    return asked


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_counties_of_the_card_are_chosen_by_keyboard_in_a_folded_list(own_site, visits, scripts):
    signed_in = at_the_desk(own_site, visits, "dolores", language="es")
    page = visits.page(own_site, width=375, java_script_enabled=scripts)
    page.context.add_cookies(signed_in.context.cookies())
    page.goto(f"{HOME}partners/card/")
    said = page.locator("fieldset:has(details) > p").last
    before = said.inner_text()

    page.locator("fieldset summary").focus()
    for key in ("Enter", "Tab", "Space"):
        page.keyboard.press(key)

    after = "Elegido: Toda California, Condado de Fresno"
    assert (before, said.inner_text()) == (
        "Elegido: Condado de Fresno",
        after if scripts else before,
    )
    page.get_by_role("button", name="Guardar").click()
    page.wait_for_load_state()
    assert said.inner_text() == after


def test_a_manager_sees_why_a_contact_is_not_impartial(own_site, visits):
    page = at_the_desk(own_site, visits, "dolores", width=1280)
    page.goto(f"{HOME}conflicts/")
    page.get_by_label("Who", exact=True).select_option(label="Deshawn Pike")
    page.get_by_label("About which member").select_option(label="Estuary Blue Door")
    page.get_by_role("button", name="Look").click()

    said = page.inner_text("main")
    assert "Deshawn Pike works for Poppy Hill Fund" in said
    assert "Poppy Hill Fund funds Estuary Blue Door" in said


@pytest.mark.parametrize("language", ["en", "es"])
def test_pages_of_working_together_are_sound(own_site, visits, axe_source, tmp_path, language):
    links = link_of(at_the_desk(own_site, visits, "dolores", language="en"))
    page = at_the_desk(own_site, visits, "dolores", language=language)
    page.goto(f"{HOME}contacts/bring/")
    page.locator("input[type=file]").set_input_files(a_list(tmp_path))
    page.locator("main form button").last.click()
    page.locator("#columns").wait_for()
    looked = page.url
    page.goto(f"{HOME}contacts/")
    contact = page.locator("tbody th a").nth(1).get_attribute("href")
    own = [f"{HOME}{end}" for end in PAGES]
    found = {}
    for address in [*own, contact, f"{contact}edit/", looked, links[language == "es"]]:
        page.goto(address)
        found[address] = faults(page, axe_source)

    assert found == {address: {} for address in found}
