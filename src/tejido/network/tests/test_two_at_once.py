"""Two people who lead act on each other at the same time, on connections of their own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from tejido.accounts.testing import an_account
from tejido.foundation.errors import Refused
from tejido.foundation.scope import member_scope
from tejido.network.domain.roles import Role
from tejido.network.models import Invitation, Member, Membership, RoleGrant
from tejido.network.services.closing import close_from_here
from tejido.network.services.invitations import accept, invite
from tejido.network.services.leaving import end_membership
from tejido.network.services.people import PersonIn, withdraw_role
from tejido.network.testing import MORNING, TODAY, a_member, a_person

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 10


def at_once(*acts):
    """Do acts at the same moment; return '' or the code of the refusal for each."""
    ready = Barrier(len(acts))

    def do(act):
        ready.wait(timeout=20)
        try:
            act()
        except Refused as refusal:
            return refusal.code
        else:
            return ""
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as several:
        return sorted(several.map(do, acts))


def leading(member):
    with member_scope(member.id):
        held = RoleGrant.objects.filter(
            role=Role.PROGRAM_MANAGER, withdrawn_at__isnull=True, membership__until__isnull=True
        )
        return held.count()


def in_a_thread(ask, *about):
    def answer():
        try:
            return ask(*about)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as one:
        return one.submit(answer).result()


def two(number):
    """Return a member, its only two managers and, for each, their membership and grant."""
    member = a_member(f"Program {number}")
    people = [a_person(member, Role.PROGRAM_MANAGER, Role.ADVOCATE) for _ in range(2)]
    with member_scope(member.id):
        grants = [
            RoleGrant.objects.get(membership__person=each, role=Role.PROGRAM_MANAGER)
            for each in people
        ]
        places = [Membership.objects.get(person=each) for each in people]
    return member, people, [place.id for place in places], [grant.id for grant in grants]


def removing(member, by, place):
    return lambda: end_membership(
        member_id=member.id, membership_id=place, on=TODAY, by=by.id, at=MORNING
    )


def taking(member, by, grant):
    return lambda: withdraw_role(member_id=member.id, grant_id=grant, by=by.id, at=MORNING)


@pytest.mark.parametrize("act", ["remove", "take the role", "one each"])
def test_two_who_remove_each_other_leave_one_who_can_give_roles(act, kept):
    for number in range(ROUNDS):
        member, (ana, bo), places, grants = two(number)
        acts = {
            "remove": [removing(member, ana, places[1]), removing(member, bo, places[0])],
            "take the role": [taking(member, ana, grants[1]), taking(member, bo, grants[0])],
            "one each": [removing(member, ana, places[1]), taking(member, bo, grants[0])],
        }

        kept(number)

        done = at_once(*acts[act])
        left = in_a_thread(leading, member)

        # Whoever came second was removed already, or is the last and is told so.
        assert done[0] == ""
        assert done[1] in {"last-manager", "member-unknown", "not-allowed"}
        assert left == 1


def test_two_who_hand_over_to_each_other_end_with_one_who_holds_all(kept):
    for number in range(ROUNDS):
        member = a_member(f"Program {number}")
        lead, ana, bo = (
            a_person(member, Role.PROGRAM_MANAGER, id=an_account(f"{name}{number}").id)
            for name in ("lead", "ana", "bo")
        )
        for each in (ana, bo):
            invite(member_id=member.id, called="Kai", roles=[Role.TRAINEE], by=each.id, at=MORNING)
        kept(number)

        done = at_once(handing_over(member, lead, ana, bo), handing_over(member, lead, bo, ana))

        # Whoever came second chose somebody who has just left.
        assert done == ["", "taker-unfit"]
        assert in_a_thread(holders, member) <= {ana.id, bo.id}
        assert len(in_a_thread(holders, member)) == 1


def handing_over(member, by, leaver, taker):
    with member_scope(member.id):
        place = Membership.objects.get(person=leaver).id
    return lambda: end_membership(
        member_id=member.id,
        membership_id=place,
        takers={"invitations": taker.id},
        on=TODAY,
        by=by.id,
        at=MORNING,
    )


def holders(member):
    with member_scope(member.id):
        return set(Invitation.objects.values_list("made_by", flat=True))


def test_two_who_take_the_two_roles_of_somebody_leave_one(kept):
    for number in range(ROUNDS):
        member, (ana, bo), _places, _grants = two(number)
        kai = a_person(member, Role.ADVOCATE, Role.TRAINEE, name="Kai")
        with member_scope(member.id):
            grants = list(RoleGrant.objects.filter(membership__person=kai))
        kept(number)

        done = at_once(
            *(taking(member, by, each.id) for by, each in zip((ana, bo), grants, strict=True))
        )

        assert done == ["", "last-role"]


def test_the_last_two_who_coordinate_the_network_do_not_both_go(kept):
    for number in range(ROUNDS):
        Member.objects.update(until=TODAY)
        pairs = [coordinated(f"{number}{side}") for side in ("A", "B")]
        kept(number)

        done = at_once(*(removing(member, ana, place) for member, ana, place in pairs))

        assert done == ["", "last-coordinator"]


def test_whoever_is_taken_in_elsewhere_keeps_the_account_or_is_not_taken_in(kept):
    for number in range(ROUNDS):
        member, (ana, _bo), _places, _grants = two(number)
        other = a_member(f"Other {number}")
        lead = a_person(other, Role.PROGRAM_MANAGER)
        kai = a_person(member, Role.ADVOCATE, id=an_account(f"kai{number}").id)
        with member_scope(member.id):
            place = Membership.objects.get(person=kai).id
        _row, token = invite(
            member_id=other.id, called="Kai", roles=[Role.TRAINEE], by=lead.id, at=MORNING
        )
        kept(number)

        done = at_once(closing(member, ana, place), taken_in(kai, token))

        assert done in (["", "account-closed"], ["", "works-elsewhere"])


def closing(member, by, place):
    return lambda: close_from_here(
        member_id=member.id, membership_id=place, takers={}, on=TODAY, by=by.id, at=MORNING
    )


def taken_in(person, token):
    return lambda: accept(token=token, person=PersonIn(person.id, "Kai"), at=MORNING)


def coordinated(word):
    """Return a member, who manages it and coordinates the network there, and the place of both."""
    member = a_member(f"Coalition {word}")
    a_person(member, Role.PROGRAM_MANAGER, id=an_account(f"bo{word}".lower()).id)
    ana = a_person(member, Role.NETWORK_COORDINATOR, id=an_account(f"ana{word}".lower()).id)
    with member_scope(member.id):
        return member, ana, Membership.objects.get(person=ana).id
