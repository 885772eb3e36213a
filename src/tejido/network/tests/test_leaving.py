"""A person leaves: what they held passes to a colleague, or ends, and all of it comes back."""

from datetime import timedelta

import pytest

from tejido.foundation.scope import member_scope
from tejido.network.domain.partners import Help
from tejido.network.domain.roles import Role
from tejido.network.models import (
    ContactImport,
    Event,
    HandedOver,
    Invitation,
    Membership,
    PartnerCard,
    PartnerListing,
    Recovery,
)
from tejido.network.queries.access import MemberUnknown, NotAllowed, roles_of
from tejido.network.queries.hand_over import held_of, taken_over
from tejido.network.services.contact_import import bring_contacts
from tejido.network.services.invitations import invite, withdraw_invitation
from tejido.network.services.leaving import end_membership, leave_member, resume_membership
from tejido.network.services.partners import CardIn, list_card, save_card
from tejido.network.services.people import PersonRefused, RoleAboveOwn
from tejido.network.services.recovery import start_recovery
from tejido.network.testing import LATER, MORNING, TODAY, Two, a_member, a_person, an_agreement
from tejido.network.tests.recovering import User, membership_of, somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def dolores(valley):
    return somebody(valley, "Dolores", Role.PROGRAM_MANAGER)


@pytest.fixture
def bo(valley):
    """Who leaves."""
    return somebody(valley, "Bo", Role.PROGRAM_MANAGER)


@pytest.fixture
def noa(valley):
    """Who takes over."""
    return somebody(valley, "Noa", Role.PROGRAM_MANAGER)


@pytest.fixture
def ana(valley):
    return somebody(valley, "Ana", Role.OUTREACH_WORKER)


def busy(member, bo, ana):
    """Let Bo begin one thing of each kind that this area knows."""
    act = {"member_id": member.id, "by": bo.id, "at": MORNING}
    asked, _token = invite(called="Kai", roles=[Role.TRAINEE], **act)
    recovery = start_recovery(membership_id=membership_of(member, ana), **act)
    table = bring_contacts(file_name="list.csv", content=b"Name\nLuz\n", **act)
    card = CardIn((Help.NALOXONE,), contact_name="Bo Invented", email="office@example.org")
    save_card(draft=card, **act)
    list_card(**act)
    return asked, recovery, table


def end(member, person, by, takers=None, at=LATER):
    end_membership(
        member_id=member.id,
        membership_id=membership_of(member, person),
        takers=takers or {},
        on=TODAY,
        by=by.id,
        at=at,
    )


def back(member, person, by, at=LATER):
    resume_membership(
        member_id=member.id, membership_id=membership_of(member, person), by=by.id, at=at
    )


def held(member, person, at=LATER):
    return {
        group.holding.kind: [piece.words for piece in group.pieces]
        for group in held_of(member.id, person.id, at=at)
    }


def to(person, *kinds):
    return dict.fromkeys(kinds or ("invitations", "contact-tables", "partner-card"), person.id)


def acts(member):
    with member_scope(member.id):
        return set(Event.objects.values_list("act", flat=True))


def test_what_somebody_holds_is_what_is_open_and_theirs(valley, dolores, bo, ana):
    asked, *_ = busy(valley, bo, ana)

    assert held(valley, bo) == {
        "invitations": ["Kai"],
        "recoveries": ["Ana"],
        "contact-tables": ["list.csv"],
        "partner-card": ["Bo Invented"],
    }
    assert held(valley, dolores) == {}
    withdraw_invitation(member_id=valley.id, invitation_id=asked, by=dolores.id, at=LATER)
    month = MORNING + timedelta(days=30)
    assert set(held(valley, bo, month)) == {"contact-tables", "partner-card"}


def test_only_colleagues_who_may_and_can_sign_in_are_offered(valley, dolores, bo, noa, ana):
    busy(valley, bo, ana)
    invite(
        member_id=valley.id,
        called="Boss",
        roles=[Role.NETWORK_COORDINATOR],
        by=somebody(valley, "Inez", Role.NETWORK_COORDINATOR).id,
        at=MORNING,
    )
    a_person(valley, Role.PROGRAM_MANAGER, name="No account")

    offered = {
        group.holding.kind: [each.name for each in group.takers]
        for group in held_of(valley.id, bo.id, at=LATER)
    }

    leads = ["Dolores", "Inez", "Noa"]
    assert offered == {
        "invitations": leads,
        "recoveries": [],
        "contact-tables": ["Ana", *leads],
        "partner-card": ["Ana", *leads],
    }


def test_an_invitation_passes_only_to_who_could_give_its_roles(valley, dolores, noa):
    inez = somebody(valley, "Inez", Role.NETWORK_COORDINATOR)
    roles = [Role.NETWORK_COORDINATOR]
    invite(member_id=valley.id, called="Luz", roles=roles, by=inez.id, at=MORNING)

    (group,) = held_of(valley.id, inez.id, at=LATER)

    assert group.takers == ()


def test_ending_a_membership_hands_everything_over_at_once(valley, dolores, bo, noa, ana):
    asked, recovery, table = busy(valley, bo, ana)

    end(valley, bo, dolores, to(noa))

    assert roles_of(bo.id, valley.id) == frozenset()
    assert held(valley, noa) == {
        "invitations": ["Kai"],
        "contact-tables": ["list.csv"],
        "partner-card": ["Noa"],
    }
    with member_scope(valley.id):
        assert Invitation.objects.get(id=asked).made_by == noa.id
        assert ContactImport.objects.get(id=table).brought_by == noa.id
        assert Recovery.objects.get(id=recovery).stopped_by == dolores.id
        shown = PartnerListing.objects.get()
        assert (shown.contact_name, shown.email) == ("Noa", "office@example.org")
    assert {"end.membership", "hand-over.work", "hand-over.work-to-nobody"} <= acts(valley)


def test_who_takes_over_is_told_what_from_whom_until_it_is_done(valley, dolores, bo, noa, ana):
    asked, *_ = busy(valley, bo, ana)
    end(valley, bo, dolores, to(noa))

    taken = taken_over(valley.id, noa.id, at=LATER)

    assert [(each.holding.kind, each.leavers) for each in taken] == [
        ("invitations", ("Bo",)),
        ("contact-tables", ("Bo",)),
        ("partner-card", ("Bo",)),
    ]
    withdraw_invitation(member_id=valley.id, invitation_id=asked, by=dolores.id, at=LATER)
    assert len(taken_over(valley.id, noa.id, at=LATER)) == 2
    assert taken_over(valley.id, noa.id, at=LATER + timedelta(days=31)) == []
    assert taken_over(valley.id, dolores.id, at=LATER) == []


def test_an_undo_gives_all_of_it_back(valley, dolores, bo, noa, ana):
    busy(valley, bo, ana)
    before = held(valley, bo)
    end(valley, bo, dolores, to(noa))

    back(valley, bo, dolores)

    assert held(valley, bo) == {kind: before[kind] for kind in before if kind != "recoveries"}
    assert held(valley, noa) == {}
    assert roles_of(bo.id, valley.id) == {Role.PROGRAM_MANAGER}
    assert taken_over(valley.id, noa.id, at=LATER) == []
    assert {"resume.membership", "give-back.work", "give-back.work-to-nobody"} <= acts(valley)


def test_where_nobody_takes_over_it_ends_and_comes_back_the_same(valley, dolores, bo, ana):
    asked, _recovery, table = busy(valley, bo, ana)
    nobody = dict.fromkeys(to(bo))
    end(valley, bo, dolores, nobody)
    with member_scope(valley.id):
        assert Invitation.objects.get(id=asked).withdrawn_by == dolores.id
        assert ContactImport.objects.get(id=table).brought_by == bo.id
        assert PartnerCard.objects.get().contact_name == ""

    back(valley, bo, dolores)

    with member_scope(valley.id):
        assert Invitation.objects.get(id=asked).withdrawn_at is None
        assert PartnerListing.objects.get().contact_name == "Bo Invented"


def test_what_was_done_since_stays_when_somebody_comes_back(valley, dolores, bo, noa, ana):
    asked, *_ = busy(valley, bo, ana)
    end(valley, bo, dolores, to(noa))
    withdraw_invitation(member_id=valley.id, invitation_id=asked, by=noa.id, at=LATER)
    act = {"member_id": valley.id, "by": noa.id, "at": LATER}
    save_card(draft=CardIn((Help.NALOXONE,), contact_name="the front desk"), **act)

    back(valley, bo, dolores)

    with member_scope(valley.id):
        assert Invitation.objects.get(id=asked).withdrawn_by == noa.id
        assert PartnerCard.objects.get().contact_name == "the front desk"


def test_what_was_taken_over_is_handed_on(valley, dolores, bo, noa, ana):
    asked, *_ = busy(valley, bo, ana)
    end(valley, bo, dolores, to(noa))
    end(valley, noa, dolores, to(dolores), at=LATER + timedelta(hours=1))

    assert held(valley, dolores)["invitations"] == ["Kai"]
    back(valley, bo, dolores)
    with member_scope(valley.id):
        assert Invitation.objects.get(id=asked).made_by == dolores.id


@pytest.mark.parametrize("said", [{}, {"invitations": None}])
def test_nobody_leaves_before_it_is_said_who_takes_over(valley, dolores, bo, ana, said):
    busy(valley, bo, ana)

    with pytest.raises(PersonRefused) as refused:
        end(valley, bo, dolores, said)

    assert refused.value.code == "taker-missing"
    assert roles_of(bo.id, valley.id)
    assert held(valley, bo)["invitations"] == ["Kai"]


def test_a_taker_who_may_not_left_or_is_a_stranger_is_refused(valley, dolores, bo, noa, ana):
    busy(valley, bo, ana)
    stranger = somebody(a_member("Coast Harm Reduction"), "Luz", *Role)
    end(valley, noa, dolores)

    for unfit in (ana, noa, stranger, bo):
        with pytest.raises(PersonRefused) as refused:
            end(valley, bo, dolores, to(dolores) | {"invitations": unfit.id})
        assert refused.value.code == "taker-unfit"
    with member_scope(valley.id):
        assert not HandedOver.objects.exists()


def test_ending_it_twice_hands_over_once(valley, dolores, bo, noa, ana):
    busy(valley, bo, ana)

    for taker in (noa, dolores):
        end(valley, bo, dolores, to(taker))

    assert held(valley, dolores) == {}
    back(valley, bo, dolores)
    back(valley, bo, dolores)
    assert held(valley, bo)["invitations"] == ["Kai"]


def test_an_agreement_that_was_proposed_waits_with_who_took_it_over():
    two = Two()
    two.propose()
    giver, ana = two.giver, two.people[two.giver.id]
    bo, noa = (somebody(giver, name, Role.PROGRAM_MANAGER) for name in ("Bo", "Noa"))
    an_agreement(giver, a_member("Coast Harm Reduction"))
    with member_scope(giver.id):
        who = Membership.objects.get(person_id=ana).id

    act = {"member_id": giver.id, "membership_id": who, "by": bo.id, "at": LATER}
    end_membership(takers={"agreements": noa.id}, on=TODAY, **act)

    assert held(giver, noa) == {"agreements": [two.reader.name]}
    end(giver, noa, bo, {"agreements": bo.id}, at=LATER + timedelta(hours=1))
    assert held(giver, bo) == {"agreements": [two.reader.name]}
    two.sign(two.reader)
    two.people[giver.id] = bo.id
    two.sign(giver)
    assert held(giver, bo) == {}


def test_a_person_leaves_by_themself_and_only_who_leads_takes_them_in(valley, dolores, ana):
    leave_member(member_id=valley.id, on=TODAY, by=ana.id, at=LATER)

    assert roles_of(ana.id, valley.id) == frozenset()
    assert "leave.membership" in acts(valley)
    with pytest.raises(MemberUnknown):
        back(valley, ana, ana)
    with pytest.raises(MemberUnknown):
        leave_member(member_id=valley.id, on=TODAY, by=ana.id, at=LATER)
    back(valley, ana, dolores)
    assert roles_of(ana.id, valley.id) == {Role.OUTREACH_WORKER}


def test_the_last_who_can_give_roles_does_not_leave(valley, dolores, ana):
    with pytest.raises(PersonRefused) as refused:
        leave_member(member_id=valley.id, on=TODAY, by=dolores.id, at=LATER)

    assert refused.value.code == "last-manager"


def test_who_leaves_hands_over_to_a_colleague(valley, dolores, bo, noa, ana):
    busy(valley, bo, ana)

    leave_member(member_id=valley.id, takers=to(noa), on=TODAY, by=bo.id, at=LATER)

    assert held(valley, noa)["invitations"] == ["Kai"]


def test_an_account_that_was_to_be_opened_stays_shut_for_who_left(valley, dolores, bo, ana):
    _asked, recovery, _table = busy(valley, bo, ana)

    end(valley, ana, dolores)

    with member_scope(valley.id):
        assert Recovery.objects.get(id=recovery).stopped_by == dolores.id


def test_colleagues_who_do_not_lead_end_and_resume_nobody(valley, dolores, bo, ana):
    for act in (end, back):
        with pytest.raises(NotAllowed):
            act(valley, bo, ana)
    inez = somebody(valley, "Inez", Role.NETWORK_COORDINATOR)
    with pytest.raises(RoleAboveOwn):
        end(valley, inez, dolores)


@pytest.mark.parametrize("works_elsewhere", [False, True])
def test_whoever_works_nowhere_any_more_is_signed_out_everywhere(
    client, valley, dolores, bo, works_elsewhere
):
    if works_elsewhere:
        a_person(a_member("Coast Harm Reduction"), Role.ADVOCATE, name="Bo", id=bo.id)
    client.force_login(User.objects.get(id=bo.id))

    end_membership(
        member_id=valley.id,
        membership_id=membership_of(valley, bo),
        on=TODAY,
        by=dolores.id,
        at=MORNING,
    )

    assert ("_auth_user_id" in client.session) is works_elsewhere
