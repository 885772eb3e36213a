"""Leaving a member, on the pages."""

import pytest
from django.utils import timezone

from tejido.accounts.testing import an_account
from tejido.foundation.scope import member_scope
from tejido.network.domain.roles import Role
from tejido.network.models import Invitation, Membership
from tejido.network.queries.access import roles_of
from tejido.network.services.invitations import invite
from tejido.network.testing import a_person

pytestmark = pytest.mark.django_db
DESK = "/desk/valley-harm-reduction/"


@pytest.fixture
def dolores(valley, sign_in):
    return sign_in(valley, Role.PROGRAM_MANAGER)


@pytest.fixture
def bo(valley):
    return a_person(valley, Role.PROGRAM_MANAGER, name="Bo", id=an_account("bo").id)


@pytest.fixture
def asked(valley, bo):
    return invite(
        member_id=valley.id, called="Kai", roles=[Role.TRAINEE], by=bo.id, at=timezone.now()
    )[0]


def place(valley, person_id):
    with member_scope(valley.id):
        return Membership.objects.get(person_id=person_id).id


def shown(answer):
    return answer.content.decode()


def test_what_is_open_stands_on_the_page_and_somebody_takes_it_over(
    client, valley, dolores, bo, asked
):
    page = f"{DESK}people/{place(valley, bo.id)}/end/"
    question = shown(client.get(page))
    assert "What is still open with Bo" in question
    assert "Invitations that still stand" in question
    assert "<li>Kai</li>" in question

    missing = client.post(page, {"invitations": ""})
    assert (missing.status_code, "<title>Error:" in shown(missing)) == (400, True)
    assert roles_of(bo.id, valley.id)

    done = client.post(page, {"invitations": str(dolores.id)}, follow=True)
    assert "Bo does not work here any more." in shown(done)
    assert "Left in the last 30 days" in shown(done)
    home = shown(client.get(DESK))
    assert "What you took over" in home
    record = shown(client.get(f"{DESK}record/"))
    assert "handed over to Dolores what somebody who left still held" in record

    client.post(f"{DESK}people/{place(valley, bo.id)}/resume/")
    assert "What you took over" not in shown(client.get(DESK))
    with member_scope(valley.id):
        assert Invitation.objects.get(id=asked).made_by == bo.id


def test_a_taker_from_elsewhere_or_nonsense_is_no_choice(client, valley, dolores, bo, asked):
    page = f"{DESK}people/{place(valley, bo.id)}/end/"
    for nonsense in ("x", str(bo.id), str(place(valley, dolores.id))):
        answer = client.post(page, {"invitations": nonsense})
        assert (answer.status_code, "Choose from the list" in shown(answer)) == (400, True)


def test_a_person_leaves_by_themself_in_spanish(client, valley, bo, sign_in):
    ana = sign_in(valley, Role.TRAINEE, language="es", username="ana")
    assert f"{DESK}leave/" in shown(client.get(DESK))
    question = shown(client.get(f"{DESK}leave/"))
    assert "¿Dejar Valley Harm Reduction?" in question
    assert "Sus funciones aquí terminan en este momento" in question

    left = client.post(f"{DESK}leave/", follow=True)

    assert "Usted ya no trabaja para Valley Harm Reduction." in shown(left)
    assert roles_of(ana.id, valley.id) == frozenset()
    assert client.get(DESK).status_code == 404
    assert client.get(f"{DESK}leave/").status_code == 404


def test_whoever_is_not_shown_who_works_here_hands_over_to_nobody(client, valley, bo, sign_in):
    ana = sign_in(valley, Role.TRAINEE, username="ana")
    with member_scope(valley.id):
        Invitation.objects.create(
            member=valley,
            called="Kai",
            roles=["trainee"],
            token_hash="0" * 64,
            made_by=ana.id,
            made_at=timezone.now(),
            expires_at=timezone.now() + timezone.timedelta(days=1),
        )

    question = shown(client.get(f"{DESK}leave/"))
    assert "Kai" in question
    assert ">Bo<" not in question

    client.post(f"{DESK}leave/", {"invitations": "nobody"})
    with member_scope(valley.id):
        assert Invitation.objects.get().withdrawn_by == ana.id


def test_the_last_who_can_give_roles_is_told_so(client, valley, dolores):
    answer = client.post(f"{DESK}leave/")

    assert (answer.status_code, "<title>Error:" in shown(answer)) == (409, True)
    assert "Nobody else here can give roles." in shown(answer)


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "You cannot leave yet"), ("es", "Todavía no puede irse")],
)
def test_the_last_who_can_give_roles_reads_it_before_and_finds_no_button(
    client, valley, sign_in, language, words
):
    sign_in(valley, Role.PROGRAM_MANAGER, language=language)

    before = shown(client.get(f"{DESK}leave/"))
    bo = a_person(valley, Role.PROGRAM_MANAGER, name="Bo", id=an_account("bo").id)
    after = shown(client.get(f"{DESK}leave/"))

    assert [words in page for page in (before, after)] == [True, False]
    main = before.partition("<main")[2]
    assert f'href="{DESK}people/"' in main
    assert "<form" not in main
    assert roles_of(bo.id, valley.id)


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "Nobody else coordinates the network."), ("es", "Nadie más coordina la red.")],
)
def test_the_last_who_coordinates_the_network_reads_it_before(
    client, valley, bo, sign_in, language, words
):
    sign_in(valley, Role.NETWORK_COORDINATOR, language=language)

    before = shown(client.get(f"{DESK}leave/"))
    a_person(valley, Role.NETWORK_COORDINATOR, name="Luz", id=an_account("luz").id)
    after = shown(client.get(f"{DESK}leave/"))

    assert [words in page for page in (before, after)] == [True, False]


def test_ones_own_end_leads_to_the_page_for_leaving(client, valley, dolores):
    answer = client.get(f"{DESK}people/{place(valley, dolores.id)}/end/")

    assert answer["Location"] == f"{DESK}leave/"


def test_an_address_cannot_claim_that_somebody_left(client, valley, dolores, bo):
    for claimed in ("x", place(valley, bo.id), place(valley, dolores.id)):
        assert client.get(f"/desk/?left={claimed}")["Location"] == DESK
