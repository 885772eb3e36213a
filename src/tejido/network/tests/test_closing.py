"""An account is closed for good: by its person, by who ends its only work, from the machine."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from tejido.accounts.adapter import AccountAdapter
from tejido.accounts.queries import closed_ones, who_can_sign_in
from tejido.accounts.services import close_account, give_password
from tejido.accounts.testing import PASSWORD
from tejido.foundation.scope import member_scope, person_scope
from tejido.network.domain.roles import Role
from tejido.network.models import Event, Invitation, Person, WayToReach
from tejido.network.queries.access import roles_of
from tejido.network.services.closing import close_by_operator, close_from_here, close_own_account
from tejido.network.services.invitations import invite
from tejido.network.services.leaving import end_membership, resume_membership
from tejido.network.services.member_end import end_everything, resume_everything
from tejido.network.services.people import PersonRefused, RoleAboveOwn
from tejido.network.testing import LATER, MORNING, TODAY, a_member, a_person
from tejido.network.tests.reaching import reached
from tejido.network.tests.recovering import User, membership_of, somebody

pytestmark = pytest.mark.django_db
DESK = "/desk/valley-harm-reduction/"
CLOSE = "/desk/close-account/"


@pytest.fixture(autouse=True)
def nothing_counted_yet():
    cache.clear()


@pytest.fixture
def coast():
    return a_member("Coast Harm Reduction")


@pytest.fixture
def dolores(valley):
    return somebody(valley, "Dolores", Role.PROGRAM_MANAGER)


@pytest.fixture
def bo(valley):
    """Whose account is closed."""
    return somebody(valley, "Bo", Role.STEWARD)


def acts(member):
    with member_scope(member.id):
        return list(Event.objects.order_by("happened_at", "id").values_list("act", "actor"))


def refused(act, **given):
    with pytest.raises((PersonRefused, RoleAboveOwn)) as refusal:
        act(**given)
    return refusal.value.code


def close_own(person, **takers):
    close_own_account(takers=takers, on=TODAY, by=person.id, at=LATER)


def from_here(member, person, by, **takers):
    return {
        "member_id": member.id,
        "membership_id": membership_of(member, person),
        "takers": takers,
        "on": TODAY,
        "by": by.id,
        "at": LATER,
    }


def a_standing_invitation(member, by):
    act = {"member_id": member.id, "by": by.id, "at": timezone.now()}
    return invite(called="Kai", roles=[Role.TRAINEE], **act)[0]


def sign_in(password=PASSWORD, name="bo"):
    client = Client()
    return client, client.post("/account/login/", {"login": name, "password": password})


def shown(answer):
    return answer.content.decode()


def test_closing_ones_account_ends_all_of_ones_work_and_all_that_opens_it(valley, coast, bo):
    a_person(coast, Role.TRAINER, name="Bo", id=bo.id)
    somebody(coast, "Noa", Role.PROGRAM_MANAGER)
    reached(bo)
    client, _answer = sign_in()

    close_own(bo)

    account = User.objects.get(id=bo.id)
    assert (account.is_active, account.closed_at) == (False, LATER)
    assert not account.has_usable_password()
    assert not Authenticator.objects.filter(user_id=bo.id).exists()
    assert client.get("/account/").status_code == 302
    assert roles_of(bo.id, valley.id) == roles_of(bo.id, coast.id) == frozenset()
    with person_scope(bo.id):
        assert not WayToReach.objects.exists()
        assert Person.objects.get(id=bo.id).display_name == "Bo"
    said = {("leave.membership", bo.id), ("close.own-account", bo.id)}
    assert said <= set(acts(valley)) & set(acts(coast))


def test_sign_in_to_a_closed_account_answers_as_to_a_wrong_password(bo):
    _client, wrong = sign_in("not the password")
    close_own(bo)

    _client, closed = sign_in()
    _client, unknown = sign_in(name="nobody")

    assert shown(closed) == shown(wrong) == shown(unknown).replace("nobody", "bo")
    assert (closed.status_code, closed.cookies) == (wrong.status_code, wrong.cookies)


def test_last_one_who_leads_closes_no_account_before_another_leads(valley, coast, dolores, bo):
    a_person(coast, Role.TRAINER, name="Dolores", id=dolores.id)

    with pytest.raises(PersonRefused) as refusal:
        close_own(dolores)

    assert refusal.value.code == "last-manager"
    assert str(refusal.value).startswith("Valley Harm Reduction: Nobody else here can give roles.")
    assert roles_of(dolores.id, coast.id) == {Role.TRAINER}
    assert who_can_sign_in([dolores.id])


def test_what_is_open_passes_on_before_an_account_is_closed(valley, dolores):
    noa = somebody(valley, "Noa", Role.PROGRAM_MANAGER)
    asked = a_standing_invitation(valley, dolores)

    assert refused(close_own, person=dolores) == "taker-missing"
    close_own_account(
        takers={valley.id: {"invitations": noa.id}}, on=TODAY, by=dolores.id, at=timezone.now()
    )

    with member_scope(valley.id):
        assert Invitation.objects.get(id=asked).made_by == noa.id


def test_who_leads_closes_the_account_of_somebody_who_works_only_here(valley, dolores, bo):
    close_from_here(**from_here(valley, bo, dolores))

    assert closed_ones([bo.id, dolores.id]) == {bo.id}
    assert set(acts(valley)) == {("end.membership", dolores.id), ("close.account", dolores.id)}
    back = {"member_id": valley.id, "membership_id": membership_of(valley, bo), "by": dolores.id}
    assert refused(resume_membership, at=LATER, **back) == "account-closed"


def test_nobody_closes_the_account_of_one_who_works_elsewhere_leads_higher_or_is_oneself(
    valley, coast, dolores, bo
):
    ana = somebody(valley, "Ana", Role.NETWORK_COORDINATOR)
    a_person(coast, Role.TRAINER, name="Bo", id=bo.id)

    tried = [
        refused(close_from_here, **from_here(valley, person, dolores))
        for person in (bo, ana, dolores)
    ]

    assert tried == ["works-elsewhere", "role-above-own", "yourself"]
    assert not closed_ones([bo.id, ana.id, dolores.id])
    assert roles_of(bo.id, valley.id)


def test_a_closed_account_stays_ended_when_its_member_comes_back(valley, dolores, bo):
    with member_scope(valley.id):
        ended = end_everything(member_id=valley.id, on=TODAY, by=dolores.id, at=LATER)
    close_account(account_id=bo.id, at=LATER)

    with member_scope(valley.id):
        resume_everything(member_id=valley.id, ended=ended)

    assert roles_of(dolores.id, valley.id)
    assert roles_of(bo.id, valley.id) == frozenset()


def test_the_operator_closes_the_account_of_whoever_works_nowhere(valley, dolores, bo, capsys):
    with pytest.raises(PersonRefused, match="Valley Harm Reduction"):
        call_command("close_account", "bo")
    end_membership(**from_here(valley, bo, dolores))
    call_command("close_account", "bo")

    assert "The account bo is closed." in capsys.readouterr().out
    assert closed_ones([bo.id]) == {bo.id}
    assert ("operate.closing", None) in acts(valley)
    assert refused(close_by_operator, username="nobody", at=MORNING) == "nobody"


def test_nothing_gives_a_closed_account_a_password(bo):
    close_own(bo)

    with pytest.raises(User.DoesNotExist):
        give_password(account_id=bo.id, at=LATER)


def test_a_password_that_is_chosen_while_the_account_is_closed_does_not_open_it(bo):
    choosing = User.objects.get(id=bo.id)
    close_own(bo)

    AccountAdapter().set_password(choosing, "harbor violin cactus 4")

    assert closed_ones([bo.id]) == {bo.id}
    assert not who_can_sign_in([bo.id])


def test_the_page_asks_for_the_password_again_and_says_goodbye(valley, bo):
    client, _answer = sign_in()
    assert client.get(CLOSE).url == "/account/confirm/?next=%2Fdesk%2Fclose-account%2F"
    assert client.post(CLOSE).url.startswith("/account/confirm/")
    assert who_can_sign_in([bo.id])

    client.post("/account/confirm/", {"password": PASSWORD})
    page = shown(client.get(CLOSE))
    assert "You stop working for Valley Harm Reduction" in page
    done = client.post(CLOSE)

    assert "Your account is closed" in shown(done)
    assert closed_ones([bo.id]) == {bo.id}
    assert client.get(CLOSE).url.startswith("/account/login/")


def test_the_page_asks_what_becomes_of_what_is_open(valley, dolores):
    noa = somebody(valley, "Noa", Role.PROGRAM_MANAGER)
    a_standing_invitation(valley, dolores)
    client = Client()
    client.force_login(User.objects.get(id=dolores.id))
    client.post("/account/confirm/", {"password": PASSWORD})

    missing = client.post(CLOSE)
    assert (missing.status_code, "<title>Error:" in shown(missing)) == (400, True)
    assert "Say who takes this over, or nobody" in shown(missing)
    done = client.post(CLOSE, {f"{valley.slug}-invitations": str(noa.id)})

    assert "Your account is closed" in shown(done)


def test_the_last_one_who_leads_reads_why_not(valley, dolores):
    client = Client()
    client.force_login(User.objects.get(id=dolores.id))
    client.post("/account/confirm/", {"password": PASSWORD})

    answer = client.post(CLOSE)

    assert answer.status_code == 409
    assert "<title>Error:" in shown(answer)
    assert "Valley Harm Reduction: Nobody else here can give roles." in shown(answer)


@pytest.mark.parametrize(
    ("language", "words", "press"),
    [
        ("en", "You cannot close your account yet", "Close my account"),
        ("es", "Todavía no puede cerrar su cuenta", "Cerrar mi cuenta"),
    ],
)
def test_the_last_one_who_leads_reads_it_before_and_finds_no_button(
    valley, coast, dolores, language, words, press
):
    User.objects.filter(id=dolores.id).update(language=language)
    a_person(coast, Role.TRAINER, name="Dolores", id=dolores.id)
    client = Client()
    client.force_login(User.objects.get(id=dolores.id))
    client.post("/account/confirm/", {"password": PASSWORD})

    before = shown(client.get(CLOSE))
    somebody(valley, "Noa", Role.PROGRAM_MANAGER)
    after = shown(client.get(CLOSE))

    assert [(words in page, press in page) for page in (before, after)] == [
        (True, False),
        (False, True),
    ]
    assert f'<a href="{DESK}people/">' in before
    assert "/desk/coast-harm-reduction/people/" not in before.partition("<main")[2]


def test_ending_somebodys_work_offers_to_close_what_opens_nothing_else(
    client, valley, coast, sign_in, bo
):
    sign_in(valley, Role.PROGRAM_MANAGER)
    noa = somebody(valley, "Noa", Role.TRAINER)
    a_person(coast, Role.TRAINER, name="Noa", id=noa.id)
    offer = "Close their account too, for good"
    assert offer not in shown(client.get(f"{DESK}people/{membership_of(valley, noa)}/end/"))
    page = f"{DESK}people/{membership_of(valley, bo)}/end/"
    assert offer in shown(client.get(page))

    done = shown(client.post(page, {"close_account": "on"}, follow=True))

    assert "Bo does not work here any more, and their account is closed." in done
    assert "Account closed" in done
    assert "Take in again" not in done
    assert closed_ones([bo.id]) == {bo.id}


def test_the_record_says_who_closed_the_account(client, valley, sign_in, bo):
    sign_in(valley, Role.PROGRAM_MANAGER)
    client.post(f"{DESK}people/{membership_of(valley, bo)}/end/", {"close_account": "on"})

    assert "closed the account of Bo" in shown(client.get(f"{DESK}record/"))
