"""The pages of an invitation: the manager's, and that of whoever opens the link."""

import html
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from tejido.accounts.queries import account_id
from tejido.foundation.scope import member_scope
from tejido.network.domain.roles import Role
from tejido.network.models import Invitation
from tejido.network.queries.access import roles_of
from tejido.network.role_words import may_words
from tejido.network.services.invitations import invite
from tejido.network.testing import a_person
from tejido.network.web import invite as page

pytestmark = pytest.mark.django_db
PEOPLE = "/desk/valley-harm-reduction/people/"
GIVEN = {
    "display_name": "Ana",
    "username": "Ana",
    "password": "kelp lantern quarry 9",
    "again": "kelp lantern quarry 9",
    "language": "es",
}


@pytest.fixture(autouse=True)
def counted_anew():
    page.rate.__init__(per_minute=page.rate.per_minute)


@pytest.fixture
def token(valley):
    boss = a_person(valley, Role.PROGRAM_MANAGER, name="Inés")
    now = timezone.now()
    return invite(member_id=valley.id, called="Ana", roles=[Role.STEWARD], by=boss.id, at=now)[1]


def words_of(answer):
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


def test_a_manager_makes_a_link_that_works_and_sees_that_it_waits(client, valley, sign_in):
    sign_in(valley, Role.PROGRAM_MANAGER)

    made = client.post(f"{PEOPLE}invite/", {"called": "Ana", "roles": ["steward"]})
    links = re.findall(r"http://testserver(/(?:es/)?invite/[\w.-]+)", made.content.decode())
    client.logout()

    assert [link.startswith("/es/") for link in dict.fromkeys(links)] == [False, True]
    assert "It is for Ana." in words_of(client.get(links[0]))


def test_a_form_that_is_sent_again_makes_no_second_link(client, valley, sign_in):
    sign_in(valley, Role.PROGRAM_MANAGER)
    asked = client.get(f"{PEOPLE}invite/").context["form"]
    sent = {"called": "Ana", "roles": ["steward"], "form_key": asked["form_key"].value()}

    answers = [client.post(f"{PEOPLE}invite/", sent) for _ in range(2)]

    assert [each.status_code for each in answers] == [200, 409]
    assert "This invitation was made already" in words_of(answers[1])
    with member_scope(valley.id):
        assert Invitation.objects.count() == 1


def test_a_manager_is_told_what_is_missing_and_keeps_what_was_written(client, valley, sign_in):
    sign_in(valley, Role.PROGRAM_MANAGER)

    answer = client.post(f"{PEOPLE}invite/", {"called": "Ana"})

    assert answer.status_code == 400
    assert "Choose at least one role" in words_of(answer)
    assert 'value="Ana"' in answer.content.decode()
    assert "network-coordinator" not in answer.content.decode()
    assert 'aria-describedby="id_roles_1_hint"' in answer.content.decode()
    assert f'id="id_roles_1_hint">{may_words(Role.STEWARD)}<' in answer.content.decode()


def test_an_invitation_is_taken_back_and_let_count_again(client, valley, sign_in, token):
    sign_in(valley, Role.PROGRAM_MANAGER)
    with member_scope(valley.id):
        theirs = Invitation.objects.get().id
    back = f"{PEOPLE}invitations/{theirs}/"

    client.post(f"{back}withdraw/")
    withdrawn = words_of(client.get(PEOPLE))
    client.post(f"{back}restore/")
    waits = words_of(client.get(PEOPLE))

    assert "Taken back" in withdrawn
    assert "Waits, until" in waits


def test_whoever_opens_the_link_gets_no_cookie_and_is_told_what_is_seen_of_them(client, token):
    answer = client.get(f"/invite/{token}")

    assert answer.status_code == 200
    assert answer.cookies == {}
    assert f"Directory steward {may_words(Role.STEWARD)}" in words_of(answer)
    assert "What they see of you" in words_of(answer)


def test_whoever_is_invited_makes_an_account_and_signs_in_with_it(client, valley, token):
    answer = client.post(f"/es/invite/{token}", GIVEN)

    assert (answer.status_code, answer.cookies) == (200, {})
    assert "ana" in words_of(answer)
    assert roles_of(account_id("ana"), valley.id) == {Role.STEWARD}
    assert client.login(username="ana", password=GIVEN["password"])


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"again": "another lantern 12"}, "The two passwords differ"),
        ({"password": "password1234", "again": "password1234"}, "too common"),
        ({"username": "a b"}, "A user name has 2 to 64 characters"),
        ({"username": "dolores"}, "This one is taken"),
        ({"display_name": " "}, "Say what you want to be called"),
        ({"username": "kelp.lantern.quarry"}, "too much like the user name"),
        ({"language": "fr"}, "Choose English or Spanish."),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_the_link_stays(
    client, token, sign_in, changed, says
):
    sign_in(None)
    client.logout()

    answer = client.post(f"/invite/{token}", GIVEN | changed)

    assert answer.status_code == 400
    assert says in words_of(answer)
    assert "<title>Error:" in answer.content.decode()
    assert client.post(f"/invite/{token}", GIVEN).status_code == 200


def test_everything_that_is_wrong_is_said_at_once_and_all_but_passwords_stays_typed(
    client, token, sign_in
):
    sign_in(None)
    client.logout()
    wrong = {"display_name": "Ana " * 21, "username": "Dolores", "language": "fr"}

    answer = client.post(f"/invite/{token}", wrong | {"password": "password", "again": "other"})

    page = answer.content.decode()
    said = re.findall(r'class="errors__link" href="#(\w+)">([^<]+)', page)
    assert [field for field, _words in said] == [
        *("id_display_name", "id_username", "id_password", "id_password"),
        *("id_again", "id_language_0"),
    ]
    assert all(page.count(words) == 2 for _field, words in said)
    assert 'class="errors" role="alert" aria-labelledby="errors" tabindex="-1" autofocus' in page
    assert 'value="Dolores"' in page
    assert ("Ana " * 21).strip() in page
    assert ('value="password"' in page, 'value="other"' in page) == (False, False)


def test_used_ended_and_taken_back_each_have_a_sentence(client, valley, token):
    client.post(f"/invite/{token}", GIVEN)
    used = words_of(client.post(f"/invite/{token}", GIVEN | {"username": "bo"}))
    now = timezone.now()
    with member_scope(valley.id):
        rows = Invitation.objects
        rows.update(used_at=None, membership=None, withdrawn_at=now, withdrawn_by=valley.id)
        withdrawn = words_of(client.get(f"/invite/{token}"))
        rows.update(withdrawn_at=None, withdrawn_by=None)
        rows.update(made_at=now - timedelta(days=20), expires_at=now - timedelta(days=6))
        expired = words_of(client.get(f"/invite/{token}"))

    assert "This invitation was used already" in used
    assert "This invitation was taken back" in withdrawn
    assert "This invitation has ended" in expired
    assert account_id("bo") is None


def test_another_site_does_not_use_the_link(client, token):
    answer = client.post(f"/invite/{token}", GIVEN, headers={"Origin": "https://evil.example"})

    assert answer.status_code == 403
    assert account_id("ana") is None


def test_too_many_tries_are_told_to_wait(client, token, monkeypatch):
    monkeypatch.setattr(page.rate, "per_minute", 0)

    assert client.post(f"/invite/{token}", GIVEN).status_code == 429


def test_a_link_that_we_did_not_make_leads_nowhere(client, sign_in):
    assert client.get("/invite/x.y").status_code == 404
    assert client.post("/invite/x.y", GIVEN).status_code == 404
    sign_in(None)
    assert client.get("/desk/invited/x.y/").status_code == 404


def test_somebody_with_an_account_signs_in_and_accepts(client, valley, token, sign_in):
    opened = client.get(f"/invite/{token}").content.decode()
    account = sign_in(None, username="theo")

    asked = client.get(f"/desk/invited/{token}/")
    nameless = client.post(f"/desk/invited/{token}/")
    answer = client.post(f"/desk/invited/{token}/", {"display_name": "Theo"})

    assert f"/account/login/?next=/desk/invited/{token}/" in opened
    assert "You are signed in as theo." in words_of(asked)
    assert may_words(Role.STEWARD) in words_of(asked)
    assert nameless.status_code == 400
    assert (answer.status_code, answer["Location"]) == (302, "/desk/valley-harm-reduction/")
    assert roles_of(account.pk, valley.id) == {Role.STEWARD}


def test_a_colleague_who_opens_the_link_is_told_and_uses_nothing_up(
    client, valley, token, sign_in
):
    sign_in(valley, Role.TRAINER)

    asked = client.get(f"/desk/invited/{token}/")
    answer = client.post(f"/desk/invited/{token}/")

    assert "You work here already" in words_of(asked)
    assert answer.status_code == 409
    with member_scope(valley.id):
        assert Invitation.objects.get().used_at is None
