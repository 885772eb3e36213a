"""Whoever typed for long and was signed out meanwhile gets back what they wrote."""

import pytest
from django.test import Client

from tejido.accounts.models import Session
from tejido.accounts.testing import an_account

pytestmark = pytest.mark.django_db
NOTE = "Call her on Tuesdays <b>after</b> four."
FORM = "/desk/valley/contacts/add/"


@pytest.fixture
def late():
    """A browser whose session ended while somebody typed."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(an_account())
    Session.objects.all().delete()
    return client


def test_what_was_written_is_shown_again_when_the_session_has_ended(late):
    answer = late.post(FORM, {"csrfmiddlewaretoken": "x" * 64, "name": "Ana", "note": NOTE})

    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Call her on Tuesdays &lt;b&gt;after&lt;/b&gt; four." in page
    assert 'href="/account/login/"' in page
    assert answer["Cache-Control"] == "no-store"
    assert page.count("Call her on Tuesdays") == 1
    assert "<h2>Esta página estuvo abierta demasiado tiempo</h2>" in page
    assert page.count("<h1>") == 1


def test_passwords_and_codes_are_never_shown_again(late):
    page = late.post(FORM, {"password1": "four words of mine", "code": "1 2 3 4 5 6 7 8 9 0 1"})

    assert "four words" not in page.content.decode()
    assert "1 2 3" not in page.content.decode()


@pytest.mark.parametrize(
    "sender", [{"Origin": "https://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"}]
)
def test_words_of_another_site_are_not_shown_on_ours(late, sender):
    page = late.post(FORM, {"note": NOTE}, headers=sender)

    assert page.status_code == 403
    assert "Tuesdays" not in page.content.decode()


def test_pages_for_everybody_show_nothing_again(late):
    page = late.post("/es/account/sessions/end/", {"note": NOTE}).content.decode()

    assert "Tuesdays" not in page
    assert "Esta página estuvo abierta demasiado tiempo" in page
    assert "open for too long" not in page
