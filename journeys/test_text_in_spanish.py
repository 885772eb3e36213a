"""An outreach worker tries, in Spanish, what people get who text."""

from sound import faults
from steps import password_of, sign_in


def texted(page, words):
    """Send a message and return the last answer."""
    page.get_by_label("Mensaje").fill(words)
    with page.expect_navigation():
        page.get_by_role("button", name="Enviar").click()
    return page.locator(".texts__heard").last.inner_text()


def test_a_conversation_by_text_in_spanish(site, visits, axe_source):
    visits.cookies_allowed = True
    page = visits.page(site, width=375)
    sign_in(page, "rosa", password_of("rosa"))
    page.goto("/desk/")
    page.locator("summary", has_text="Menú").click()
    page.get_by_role("link", name="Mensajes de texto").first.click()

    listed = texted(page, "agujas oakland mañana 3pm")
    assert "Cerca de Oakland" in listed
    assert "1. " in listed
    assert "agujas" not in listed
    assert "jeringas" not in listed

    told = texted(page, "1")
    assert listed.partition("\n1. ")[2].split(",")[0] in told
    assert "Mismo lugar" in texted(page, "comida el domingo a las 2pm")
    assert "911" in texted(page, "no respira")
    assert "988" in texted(page, "quiero morir")
    assert "Escriba START" in texted(page, "ALTO")
    assert "Sin respuesta" in texted(page, "agujas oakland")
    assert page.locator(".texts__said").count() == 7
    assert faults(page, axe_source) == {}

    # The page alone remembers: opened anew, it is empty.
    with page.expect_navigation():
        page.goto(page.url)
    assert page.locator(".texts__said").count() == 0
    assert "agujas" not in page.url
