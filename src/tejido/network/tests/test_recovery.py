from datetime import timedelta
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client

from tejido.accounts.sessions import SessionStore
from tejido.accounts.testing import PASSWORD
from tejido.foundation.scope import member_scope
from tejido.network.domain.recovery import (
    Hindrance,
    Whose,
    hindrance_to_confirm,
    hindrance_to_start,
    is_too_late,
)
from tejido.network.domain.roles import Role
from tejido.network.models import Recovery
from tejido.network.queries.access import MemberUnknown, NotAllowed
from tejido.network.queries.recovery import (
    about_person,
    others_who_can_confirm,
    waiting_at,
    waiting_elsewhere,
)
from tejido.network.services.recovery import (
    recover_by_operator,
    start_elsewhere,
    start_recovery,
)
from tejido.network.testing import MORNING, a_member, a_person
from tejido.network.tests.recovering import (
    LATER,
    User,
    acts,
    confirm,
    refused,
    somebody,
    start,
    stop,
)

pytestmark = pytest.mark.django_db
Session = SessionStore.get_model_class()


def test_two_open_the_account_and_everything_of_before_ends(valley, ana, dolores, noor):
    elsewhere = Client()
    elsewhere.force_login(User.objects.get(id=ana.id))
    recovery_id = start(valley, ana, dolores)
    assert User.objects.get(id=ana.id).check_password(PASSWORD)

    opened = confirm(valley, recovery_id, noor)

    user = User.objects.get(id=ana.id)
    assert opened.username == "ana"
    assert user.check_password(opened.password)
    assert user.password_until == LATER + timedelta(hours=72)
    assert not Authenticator.objects.filter(user=user).exists()
    assert not Session.objects.filter(account_id=ana.id).exists()
    assert elsewhere.get("/account/").status_code == 302
    assert acts(valley) == [("start.recovery", dolores.id), ("confirm.recovery", noor.id)]


def test_one_alone_opens_nothing(valley, ana, dolores):
    recovery_id = start(valley, ana, dolores)

    assert refused(confirm, valley, recovery_id, dolores) == "same-person"
    assert User.objects.get(id=ana.id).check_password(PASSWORD)


def test_nobody_starts_or_confirms_for_themself(valley, dolores, noor):
    assert refused(start, valley, dolores, dolores) == "yourself"

    recovery_id = start(valley, dolores, noor)
    assert refused(confirm, valley, recovery_id, dolores) == "yourself"


def test_nobody_opens_the_account_of_somebody_who_reaches_further(valley, dolores, noor):
    boss = somebody(valley, "boss", Role.NETWORK_COORDINATOR)
    other = somebody(valley, "other", Role.NETWORK_COORDINATOR)

    assert refused(start, valley, boss, dolores) == "role-above-own"
    recovery_id = start(valley, boss, other)
    assert refused(confirm, valley, recovery_id, noor) == "role-above-own"


def test_reach_at_another_member_counts_too(valley, coalition, dolores, noor):
    boss = somebody(coalition, "boss", Role.NETWORK_COORDINATOR)
    a_person(valley, Role.ADVOCATE, id=boss.id)

    assert refused(start, valley, boss, dolores) == "role-above-own"


def test_whoever_works_for_two_members_needs_somebody_of_the_network(
    valley, ana, dolores, noor, coalition, inez
):
    """Or two people of one member would get at the rows of the other."""
    a_person(a_member("Coast Harm Reduction"), Role.ADVOCATE, id=ana.id)
    recovery_id = start(valley, ana, dolores)
    assert refused(confirm, valley, recovery_id, noor) == "works-elsewhere"

    opened = confirm(valley, recovery_id, inez, acting_for=coalition)

    assert User.objects.get(id=ana.id).check_password(opened.password)


def test_where_only_one_leads_the_network_starts_and_confirms(valley, dolores, coalition, inez):
    second = somebody(coalition, "bo", Role.NETWORK_COORDINATOR)
    assert others_who_can_confirm(valley.id, but=[dolores.id], at=MORNING) == []

    recovery_id = start_elsewhere(
        username="Dolores ", acting_for=coalition.id, by=inez.id, at=MORNING
    )
    (waiting,) = waiting_elsewhere(coalition.id, at=LATER)
    assert (waiting.id, waiting.name, waiting.starter) == (recovery_id, "Dolores", "")
    assert refused(confirm, valley, recovery_id, inez, acting_for=coalition) == "same-person"

    assert confirm(valley, recovery_id, second, acting_for=coalition).username == "dolores"


@pytest.mark.parametrize("username", ["nobody", "", "inez"])
def test_start_elsewhere_refuses_nobody_and_oneself(coalition, inez, username):
    code = refused(
        start_elsewhere, username=username, acting_for=coalition.id, by=inez.id, at=MORNING
    )

    assert code == ("yourself" if username == "inez" else "nobody")


def test_a_manager_does_not_act_across_the_network(valley, ana, dolores, noor, coalition):
    recovery_id = start(valley, ana, dolores)
    coast = a_member("Coast Harm Reduction")
    luz = somebody(coast, "luz", Role.PROGRAM_MANAGER)

    for act in (confirm, stop):
        with pytest.raises(NotAllowed):
            act(valley, recovery_id, luz, acting_for=coast)
        with pytest.raises(MemberUnknown):
            act(valley, recovery_id, luz)


def test_after_72_hours_nobody_confirms_and_it_can_be_started_again(valley, ana, dolores, noor):
    recovery_id = start(valley, ana, dolores)
    just, late = MORNING + timedelta(hours=72), MORNING + timedelta(hours=72, seconds=1)
    assert [each.id for each in waiting_at(valley.id, at=just)] == [recovery_id]

    assert waiting_at(valley.id, at=late) == []
    assert refused(confirm, valley, recovery_id, noor, at=late) == "recovery-too-late"
    again = start(valley, ana, noor, at=late)

    assert again != recovery_id
    assert confirm(valley, again, dolores, at=late).username == "ana"


def test_starting_twice_is_one(valley, ana, dolores, noor):
    assert start(valley, ana, dolores) == start(valley, ana, noor)
    assert len(acts(valley)) == 1


@pytest.mark.parametrize("who", ["starter", "another", "themself"])
def test_it_can_be_stopped_before_it_is_confirmed(valley, ana, dolores, noor, who):
    recovery_id = start(valley, ana, dolores)

    stop(valley, recovery_id, {"starter": dolores, "another": noor, "themself": ana}[who])

    assert refused(confirm, valley, recovery_id, noor) == "recovery-over"
    assert refused(stop, valley, recovery_id, noor) == "recovery-over"
    assert User.objects.get(id=ana.id).check_password(PASSWORD)
    assert [act for act, _ in acts(valley)] == ["start.recovery", "stop.recovery"]


def test_a_colleague_does_not_stop_it(valley, ana, dolores):
    recovery_id = start(valley, ana, dolores)
    colleague = somebody(valley, "kai", Role.STEWARD)

    with pytest.raises(NotAllowed):
        stop(valley, recovery_id, colleague)


def test_it_is_confirmed_once(valley, ana, dolores, noor):
    recovery_id = start(valley, ana, dolores)
    confirm(valley, recovery_id, noor)

    assert refused(confirm, valley, recovery_id, noor) == "recovery-over"
    assert refused(stop, valley, recovery_id, ana) == "recovery-over"


def test_who_left_or_is_closed_or_is_not_there_is_nobody(valley, ana, dolores, noor):
    User.objects.filter(id=ana.id).update(is_active=False)
    assert refused(start, valley, ana, dolores) == "nobody"
    assert (
        refused(
            start_recovery,
            member_id=valley.id,
            membership_id=uuid4(),
            by=dolores.id,
            at=MORNING,
        )
        == "nobody"
    )
    assert refused(confirm, valley, uuid4(), noor) == "nobody"


def test_the_person_is_told_while_it_waits_and_for_a_month_after(valley, ana, dolores, noor):
    recovery_id = start(valley, ana, dolores)
    assert [each.id for each in about_person(valley.id, ana.id, at=LATER)] == [recovery_id]
    confirm(valley, recovery_id, noor)

    (told,) = about_person(valley.id, ana.id, at=LATER + timedelta(days=29))

    assert (told.starter, told.confirmer) == ("Dolores", "Noor")
    assert about_person(valley.id, ana.id, at=LATER + timedelta(days=31)) == []
    assert about_person(valley.id, noor.id, at=LATER) == []


def test_the_database_wants_two_people(valley, ana, dolores):
    recovery_id = start(valley, ana, dolores)

    for wrong in (
        {"confirmed_by": dolores.id, "confirmed_at": LATER},
        {"confirmed_at": LATER},
        {"stopped_by": dolores.id},
        {
            "confirmed_by": uuid4(),
            "confirmed_at": LATER,
            "stopped_by": dolores.id,
            "stopped_at": LATER,
        },
    ):
        with member_scope(valley.id), pytest.raises(IntegrityError), transaction.atomic():
            Recovery.objects.filter(id=recovery_id).update(**wrong)


def test_the_operator_opens_an_account_and_the_record_says_so(valley, ana, capsys):
    call_command("recover_account", "ana")

    said = capsys.readouterr().out
    password = said.split("the password ")[1].split(" and")[0]
    assert User.objects.get(id=ana.id).check_password(password)
    assert acts(valley) == [("operate.recovery", None)]
    assert refused(recover_by_operator, username="nobody", at=MORNING) == "nobody"


def test_the_given_password_is_changed_before_any_work(client, valley, ana, dolores, noor):
    opened = confirm(valley, start(valley, ana, dolores), noor)
    User.objects.update(password_until=None)
    User.objects.filter(id=ana.id).update(password_until="2099-01-01T00:00Z")
    typed = {"login": "ana", "password": opened.password}
    assert client.post("/account/login/", typed)["Location"] == "/desk/"
    desk = f"/desk/{valley.slug}/"
    assert client.get(desk)["Location"] == "/account/password/"
    assert "Others gave you" in client.get("/account/password/").content.decode()

    new = "harbor violin cactus 4"
    client.post(
        "/account/password/",
        {"oldpassword": opened.password, "password1": new, "password2": new},
    )

    assert client.get(desk).status_code == 200


def test_a_given_password_that_ran_out_does_not_sign_in(client, ana):
    User.objects.filter(id=ana.id).update(password_until="2020-01-01T00:00Z")

    answer = client.post("/account/login/", {"login": "ana", "password": PASSWORD})

    assert "This password was for one sign-in within 72 hours." in answer.content.decode()
    assert client.get("/account/").status_code == 302


def test_hindrances_are_the_same_whatever_the_order_of_asking():
    me, other = uuid4(), uuid4()
    whose = Whose(other, frozenset({Role.TRAINEE}), works_elsewhere=True)
    manager, coordinator = [Role.PROGRAM_MANAGER], [Role.NETWORK_COORDINATOR]

    assert hindrance_to_start(whose, by=me, own=manager) is None
    asked = {"by": me, "started_by": uuid4()}
    assert hindrance_to_confirm(whose, own=manager, **asked) is Hindrance.WORKS_ELSEWHERE
    assert hindrance_to_confirm(whose, own=coordinator, **asked) is None
    assert is_too_late(started_at=MORNING, at=MORNING + timedelta(hours=72)) is False
