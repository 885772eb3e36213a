"""Members leave while somebody else acts at the same moment, on connections of their own."""

import pytest

from tejido.accounts.testing import an_account
from tejido.foundation.scope import member_scope
from tejido.network.domain.departures import DepartureReason
from tejido.network.domain.roles import Role
from tejido.network.models import Member, Membership
from tejido.network.queries.access import roles_of
from tejido.network.services.departures import (
    confirm_departure,
    start_departure,
    stop_departure,
)
from tejido.network.services.invitations import accept, invite
from tejido.network.services.leaving import end_membership
from tejido.network.services.people import PersonIn
from tejido.network.testing import MORNING, TODAY, a_member, a_person
from tejido.network.tests.test_two_at_once import at_once, in_a_thread

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 5


def somebody(member, name, *roles):
    return a_person(member, *roles, name=name, id=an_account(name.lower()).id)


def started(number):
    """Return a member that is to leave, who leads it, and who coordinates the network."""
    coalition, member = a_member(f"Coalition {number}"), a_member(f"Program {number}")
    inez = somebody(coalition, f"Inez{number}", Role.NETWORK_COORDINATOR)
    leads = [somebody(member, f"{name}{number}", Role.PROGRAM_MANAGER) for name in ("Ana", "Bo")]
    start_departure(
        member_id=member.id,
        acting_for=coalition.id,
        reason=DepartureReason.CLOSES,
        last_day=TODAY,
        by=inez.id,
        at=MORNING,
    )
    return member, leads


def saying(act, member, by):
    return lambda: act(member_id=member.id, acting_for=member.id, by=by.id, at=MORNING)


def has_left(member):
    return Member.objects.get(id=member.id).until is not None


def test_two_who_confirm_at_once_let_it_leave_once(kept):
    for number in range(ROUNDS):
        member, (ana, bo) = started(number)
        kept(number)

        done = at_once(*(saying(confirm_departure, member, each) for each in (ana, bo)))

        # The second has no role any more, or finds it done.
        assert done[0] == ""
        assert done[1] in {"member-unknown", "no-departure"}
        assert in_a_thread(has_left, member)


def test_one_who_confirms_and_one_who_stops_do_one_of_both(kept):
    for number in range(ROUNDS):
        member, (ana, bo) = started(number)
        kept(number)

        done = at_once(saying(confirm_departure, member, ana), saying(stop_departure, member, bo))

        assert done[0] == ""
        assert done[1] in {"member-unknown", "no-departure"}


def test_who_ends_a_colleague_or_joins_while_it_leaves_waits_and_nobody_gets_in(kept):
    for number in range(ROUNDS):
        member, (ana, bo) = started(number)
        with member_scope(member.id):
            place = Membership.objects.get(person=bo).id
        _row, token = invite(
            member_id=member.id, called="Kai", roles=[Role.TRAINEE], by=ana.id, at=MORNING
        )
        kai = an_account(f"kai{number}")
        kept(number)

        done = at_once(
            saying(confirm_departure, member, ana),
            lambda member=member, ana=ana, place=place: end_membership(
                member_id=member.id, membership_id=place, on=TODAY, by=ana.id, at=MORNING
            ),
            lambda token=token, kai=kai: accept(
                token=token, person=PersonIn(kai.id, "Kai"), at=MORNING
            ),
        )

        assert set(done) <= {
            *("", "member-unknown", "member-left"),
            *("invitation-withdrawn", "inviter-gone"),
        }
        assert in_a_thread(has_left, member)
        for person in (ana.id, bo.id, kai.id):
            assert in_a_thread(roles_of, person, member.id) == frozenset()


def test_the_last_two_who_coordinate_do_not_both_leave(kept):
    for number in range(ROUNDS):
        Member.objects.update(until=TODAY)
        pairs = [coordinated(f"{number}{side}") for side in ("A", "B")]
        for member, (one, _other) in pairs:
            start_departure(
                member_id=member.id,
                acting_for=member.id,
                reason=DepartureReason.WITHDRAWS,
                last_day=TODAY,
                by=one.id,
                at=MORNING,
            )
        kept(number)

        done = at_once(
            *(saying(confirm_departure, member, other) for member, (_one, other) in pairs)
        )

        assert done == ["", "last-coordinator"]


def coordinated(word):
    """Return a member and two of its people who coordinate the network."""
    member = a_member(f"Coalition {word}")
    return member, [
        somebody(member, f"{name}{word}", Role.NETWORK_COORDINATOR) for name in ("Inez", "Luz")
    ]
