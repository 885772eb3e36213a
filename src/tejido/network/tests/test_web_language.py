import pytest

from tejido.network.domain.roles import Role
from tejido.network.testing import a_member, a_person
from tejido.network.tests.test_web import HOME, PEOPLE, membership_id, words_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "heading"),
    [("en", "Today at Valley Harm Reduction"), ("es", "Hoy en Valley Harm Reduction")],
)
def test_desk_follows_the_persons_language(client, valley, sign_in, language, heading):
    sign_in(valley, Role.PROGRAM_MANAGER, language=language)

    page = client.get(HOME)

    assert heading in words_of(page)
    assert f'<html lang="{language}">' in page.content.decode()
    assert page["Content-Language"] == language


def test_the_person_changes_language_where_they_are(client, valley, sign_in):
    sign_in(valley, Role.PROGRAM_MANAGER)

    changed = client.post("/desk/language/", {"language": "es", "next": PEOPLE}, follow=True)

    assert changed.redirect_chain == [(PEOPLE, 302)]
    assert "Personas en Valley Harm Reduction" in words_of(changed)
    assert "English" in words_of(changed)


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example", ""])
def test_the_language_leads_nowhere_else(client, valley, sign_in, back):
    sign_in(valley, Role.PROGRAM_MANAGER)

    for language in ("es", "xx"):
        led = client.post("/desk/language/", {"language": language, "next": back})
        assert led["Location"] == "/desk/"


@pytest.mark.parametrize("where", [HOME, PEOPLE, "/desk/"])
def test_spanish_pages_have_no_english_left(client, valley, rosa, sign_in, where):
    account = sign_in(valley, Role.PROGRAM_MANAGER, language="es")
    if where == "/desk/":
        a_person(a_member("Coast Harm Reduction"), Role.ADVOCATE, id=account.id)

    words = words_of(client.get(where))

    for english in ("Today", "People", "Role ", "Nothing", "work", "Sign out", "Menu:", "Choose"):
        assert english not in words


def test_spanish_question_before_an_end(client, valley, rosa, sign_in):
    sign_in(valley, Role.PROGRAM_MANAGER, language="es")
    their = membership_id(valley, rosa)

    page = client.get(f"{PEOPLE}{their}/end/")

    assert "¿Terminar la participación de Rosa?" in words_of(page)
