"""What I agreed to, and what people here agreed to, as pages."""

import pytest
from django.utils import timezone

from tejido.foundation.scope import member_scope
from tejido.network.domain.roles import Role
from tejido.network.models import Event, Person
from tejido.network.queries.consents import consents_of
from tejido.network.services.consents import note_consent, note_withdrawal, withdraw_consent
from tejido.network.testing import a_consent, a_member, a_person

pytestmark = pytest.mark.django_db
HERE = "/desk/valley-harm-reduction/consents/"
OWN = "/desk/consents/"


def fields(who, **changed):
    said = {
        "person": str(who.id),
        "purpose": "photo",
        "channel": "web",
        "text_en": "You may show my photo.",
        "text_es": "Pueden mostrar mi foto.",
        "way": "paper",
        "given_on": timezone.localdate().isoformat(),
        "until": "",
    }
    return said | changed


def agreed(valley, person):
    boss = a_person(valley, Role.PROGRAM_MANAGER, name="Ana")
    draft = a_consent(person.id, given_on=timezone.localdate())
    return note_consent(member_id=valley.id, draft=draft, by=boss.id, at=timezone.now())


def test_a_manager_notes_what_a_colleague_signed_on_paper(client, valley, rosa, sign_in):
    sign_in(valley, Role.PROGRAM_MANAGER)
    empty, form = client.get(HERE), client.get(f"{HERE}add/")

    noted = client.post(f"{HERE}add/", fields(rosa), follow=True)

    assert "Nothing." in empty.text
    assert "Rosa" in form.text
    assert "Show a photo of me" in noted.text
    assert "Pueden mostrar mi foto." in noted.text
    with member_scope(valley.id):
        assert Event.objects.filter(act="view.consents").count() == 1


@pytest.mark.parametrize(
    ("changed", "status", "words"),
    [
        ({"person": ""}, 400, "Choose who agreed"),
        ({"way": "online"}, 400, "Choose how they said yes"),
        ({"channel": "phone"}, 400, "To “Show a photo of me” fits: On public pages; On paper"),
        ({"text_es": ""}, 400, "Write what the person was told"),
        ({"until": "2020-01-01"}, 400, "must not be before"),
    ],
)
def test_what_cannot_be_noted_is_said_and_nothing_is_lost(
    client, valley, rosa, sign_in, changed, status, words
):
    sign_in(valley, Role.PROGRAM_MANAGER)

    answer = client.post(f"{HERE}add/", fields(rosa, **changed))

    assert answer.status_code == status
    assert words in answer.text
    assert "You may show my photo." in answer.text
    assert consents_of(rosa.id, at=timezone.now()) == []


def test_the_form_says_which_ways_fit_what_and_everything_that_is_wrong_at_once(
    client, valley, rosa, sign_in
):
    agreed(valley, rosa)
    sign_in(valley, Role.PROGRAM_MANAGER)
    wrong = {"text_es": "", "way": "", "given_on": "2999-01-01", "until": "2020-01-01"}

    form = client.get(f"{HERE}add/").text
    answer = client.post(f"{HERE}add/", fields(rosa, **wrong)).text

    assert "Get messages about the network (By mail; By text message; By phone)" in form
    for words in (
        "This person agreed to it already.",
        "Write what the person was told, in Spanish",
        "Choose how they said yes",
        "The day must not be later than today",
        "The last day must not be before the first day",
    ):
        assert answer.count(words) == 2, words


def test_a_person_takes_back_what_they_agreed_to_with_one_tap_and_undoes_it(
    client, valley, sign_in
):
    me = sign_in(valley, Role.OUTREACH_WORKER)
    consent_id = agreed(valley, me)
    page = client.get(OWN)

    back = client.post(f"{OWN}{consent_id}/withdraw/", follow=True)
    undone = client.post(f"{OWN}{consent_id}/again/", follow=True)

    assert "Take this back" in page.text
    assert "Taken back: Show a photo of me" in back.text
    assert "Undo" in back.text
    assert "Take this back" not in back.text
    assert "Take this back" in undone.text
    assert client.post(f"{OWN}{consent_id}/again/").status_code == 302
    assert [each.holds for each in consents_of(me.id, at=timezone.now())] == [True, False]


def test_the_page_says_nothing_of_what_did_not_happen(client, valley, sign_in):
    me = sign_in(valley, Role.OUTREACH_WORKER)
    consent_id = agreed(valley, me)

    assert "Taken back:" not in client.get(f"{OWN}?withdrawn={consent_id}").text
    assert "Taken back:" not in client.get(f"{OWN}?withdrawn=nonsense").text


def test_nobody_takes_back_for_somebody_else_on_their_own_page(client, valley, rosa, sign_in):
    sign_in(valley, Role.ADVOCATE)
    consent_id = agreed(valley, rosa)

    assert client.post(f"{OWN}{consent_id}/withdraw/").status_code == 404
    assert client.post(f"{OWN}{consent_id}/again/").status_code == 404
    assert [each.holds for each in consents_of(rosa.id, at=timezone.now())] == [True]


def test_a_manager_notes_that_somebody_took_it_back_and_not_at_another_member(
    client, valley, rosa, sign_in
):
    consent_id = agreed(valley, rosa)
    me = sign_in(valley, Role.PROGRAM_MANAGER)
    a_person(a_member("Coast Harm Reduction"), Role.PROGRAM_MANAGER, id=me.id)
    elsewhere = client.post(f"/desk/coast-harm-reduction/consents/{consent_id}/withdraw/")

    back = client.post(f"{HERE}{consent_id}/withdraw/", follow=True)

    assert elsewhere.status_code == 404
    assert "Taken back or over" in back.text


def test_a_withdrawal_noted_by_mistake_says_who_noted_it_and_is_undone_by_either(
    client, valley, rosa, sign_in
):
    consent_id = agreed(valley, rosa)
    me = sign_in(valley, Role.PROGRAM_MANAGER)
    noted = client.post(f"{HERE}{consent_id}/withdraw/", follow=True).text

    news = client.get(f"/desk/{valley.slug}/").text
    undone = client.post(f"{HERE}{consent_id}/again/", follow=True).text

    with member_scope(valley.id):
        name = Person.objects.get(id=me.id).display_name
    assert f"{name} noted that." in noted
    assert "Undo: they did not take it back" in noted
    assert f"{name} noted that Rosa took back: Show a photo of me" in news
    assert "Undo:" not in undone
    assert "took back" not in client.get(f"/desk/{valley.slug}/").text
    assert [each.holds for each in consents_of(rosa.id, at=timezone.now())] == [True, False]


def test_what_the_person_took_back_nobody_else_undoes(client, valley, rosa, sign_in):
    consent_id = agreed(valley, rosa)
    withdraw_consent(consent_id=consent_id, person_id=rosa.id, at=timezone.now())
    sign_in(valley, Role.PROGRAM_MANAGER)

    assert "Undo" not in client.get(HERE).text
    assert client.post(f"{HERE}{consent_id}/again/").status_code == 302
    assert client.post(f"{HERE}{valley.id}/again/").status_code == 404
    assert [each.holds for each in consents_of(rosa.id, at=timezone.now())] == [False]


def test_what_is_noted_in_my_name_is_told_on_my_first_page_and_on_my_own_page(
    client, valley, sign_in
):
    me = sign_in(valley, Role.OUTREACH_WORKER)
    home = f"/desk/{valley.slug}/"
    consent_id = agreed(valley, me)
    noted, own = client.get(home).text, client.get(OWN).text
    boss = a_person(valley, Role.PROGRAM_MANAGER, name="Dolores")

    note_withdrawal(member_id=valley.id, consent_id=consent_id, by=boss.id, at=timezone.now())
    taken, mine = client.get(home).text, client.get(OWN).text
    client.post(f"{OWN}{consent_id}/again/")

    assert "Ana noted that you agreed to: Show a photo of me" in noted
    assert "Noted by Ana." in own
    assert "Dolores noted that you took back: Show a photo of me" in taken
    assert "Undo: I did not take it back" in mine
    assert "noted that you" not in client.get(home).text
