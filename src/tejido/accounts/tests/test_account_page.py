import pytest
from django.test import Client
from django.utils import translation

from tejido.accounts.models import User
from tejido.accounts.testing import PASSWORD, an_account

pytestmark = pytest.mark.django_db
NEW = "harbor violin cactus 4"


@pytest.fixture
def rosa(client):
    user = an_account()
    client.force_login(user)
    return user


@pytest.mark.parametrize("path", ["", "password/", "second-step/on/", "codes/", "codes/new/"])
def test_the_pages_of_an_account_ask_to_sign_in_first(client, path):
    response = client.get(f"/account/{path}")

    assert response.status_code == 302
    assert response["Location"].startswith("/account/login/")
    assert response.cookies == {}


def test_show_account_chooses_a_language_and_speaks_it(client, rosa):
    response = client.post("/account/", {"language": "es"})

    assert response["Location"] == "/es/account/"
    assert User.objects.get().language == "es"
    assert "Sus páginas están ahora en español." in client.get("/es/account/").content.decode()


@pytest.mark.parametrize("language", ["fr", "", "es'--"])
def test_show_account_refuses_another_language_with_a_page(client, rosa, language):
    response = client.post("/account/", {"language": language})

    assert "There is a problem" in response.content.decode()
    assert User.objects.get().language == "en"


def test_show_account_needs_a_token(rosa):
    client = Client(enforce_csrf_checks=True)
    client.force_login(rosa)

    assert client.post("/account/", {"language": "es"}).status_code == 403
    assert User.objects.get().language == "en"


@pytest.mark.parametrize(("language", "path"), [("es", "/desk/"), ("en", "/desk/")])
def test_the_desk_speaks_the_language_of_the_person(client, language, path):
    client.force_login(an_account(language=language))

    with translation.override("en"):
        response = client.get(path)

    assert response["Content-Language"] == language


def test_changing_the_password_ends_the_other_sessions(client, rosa):
    elsewhere = Client()
    elsewhere.force_login(rosa)
    typed = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}

    response = client.post("/account/password/", typed)

    assert response["Location"] == "/account/"
    assert "Your password is changed." in client.get("/account/").content.decode()
    assert elsewhere.get("/account/").status_code == 302
    assert User.objects.get().check_password(NEW)


@pytest.mark.parametrize(
    "typed",
    [
        {"oldpassword": "wrong", "password1": NEW, "password2": NEW},
        {"oldpassword": PASSWORD, "password1": NEW, "password2": "other"},
        {"oldpassword": PASSWORD, "password1": "short", "password2": "short"},
        {"oldpassword": PASSWORD, "password1": "password1234", "password2": "password1234"},
        {},
    ],
)
def test_changing_the_password_is_refused_with_a_reason(client, rosa, typed):
    response = client.post("/account/password/", typed)

    assert "There is a problem" in response.content.decode()
    assert User.objects.get().check_password(PASSWORD)
