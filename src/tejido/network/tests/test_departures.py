"""A member leaves: two say so, on its day all it has ends, and most of it comes back."""

from datetime import timedelta

import pytest

from tejido.accounts.testing import an_account
from tejido.foundation.scope import member_scope, network_scope
from tejido.network.domain.departures import DepartureReason, DepartureState
from tejido.network.domain.members import RelationshipKind
from tejido.network.domain.partners import Help
from tejido.network.domain.roles import Role
from tejido.network.models import (
    Contact,
    ContactTie,
    Event,
    Invitation,
    Member,
    Membership,
    PartnerCard,
    PartnerListing,
    Relationship,
    SharedContact,
)
from tejido.network.queries.access import (
    MemberUnknown,
    NotAllowed,
    entry_for,
    roles_of,
    seen,
)
from tejido.network.queries.departures import departure_of, departures, what_ends
from tejido.network.queries.members import members_of
from tejido.network.queries.register import other_members, relationships_of
from tejido.network.services.agreement_checks import AgreementRefused
from tejido.network.services.agreements import propose_agreement
from tejido.network.services.contacts import ContactIn, TieIn, add_contact, add_tie, share_contact
from tejido.network.services.departures import (
    DepartureRefused,
    carry_out_due,
    confirm_departure,
    start_departure,
    stop_departure,
    undo_departure,
)
from tejido.network.services.forgetting import forget_cards, forget_contact_books
from tejido.network.services.invitations import invite
from tejido.network.services.members import MemberRefused
from tejido.network.services.partners import CardIn, list_card, save_card
from tejido.network.services.people import PersonIn, PersonRefused, put_membership
from tejido.network.services.relationships import add_relationship, resume_relationship
from tejido.network.testing import (
    LATER,
    MORNING,
    TODAY,
    a_member,
    a_person,
    an_agreement,
    some_terms,
)

pytestmark = pytest.mark.django_db
NEXT_WEEK = TODAY + timedelta(days=7)


def somebody(member, name, *roles):
    return a_person(member, *roles, name=name, id=an_account(name.lower()).id)


@pytest.fixture
def coalition(valley):
    return a_member("Golden Thread")


@pytest.fixture
def inez(coalition):
    return somebody(coalition, "Inez", Role.NETWORK_COORDINATOR)


@pytest.fixture
def dolores(valley, inez):
    return somebody(valley, "Dolores", Role.PROGRAM_MANAGER)


@pytest.fixture
def bo(valley):
    return somebody(valley, "Bo", Role.PROGRAM_MANAGER)


@pytest.fixture
def ana(valley):
    return somebody(valley, "Ana", Role.OUTREACH_WORKER)


def start(member, by, acting_for=None, last_day=TODAY, at=MORNING):
    start_departure(
        member_id=member.id,
        acting_for=(acting_for or member).id,
        reason=DepartureReason.CLOSES,
        last_day=last_day,
        by=by.id,
        at=at,
    )


def said(member, by, acting_for=None, at=LATER):
    return {
        "member_id": member.id,
        "acting_for": (acting_for or member).id,
        "by": by.id,
        "at": at,
    }


def left(member, one, other):
    start(member, one)
    return confirm_departure(**said(member, other))


def state(member, at=LATER):
    found = departure_of(seen(member), at=at)
    return found.state if found else None


def until(member):
    return Member.objects.get(id=member.id).until


def refused(act, *args, **kwargs):
    with pytest.raises((DepartureRefused, PersonRefused, MemberRefused)) as refusal:
        act(*args, **kwargs)
    return refusal.value.code


@pytest.fixture
def busy(valley, coalition, dolores, ana):
    """Give the member one thing of each kind that ends."""
    act = {"member_id": valley.id, "by": dolores.id, "at": MORNING}
    contact = add_contact(draft=ContactIn(kind="person", name="Luz"), **act)
    add_tie(contact_id=contact, draft=TieIn("works-for", TODAY, at_member=coalition.id), **act)
    share_contact(contact_id=contact, on=TODAY, **act)
    save_card(draft=CardIn((Help.NALOXONE,)), **act)
    list_card(**act)
    invite(called="Kai", roles=[Role.TRAINEE], **act)
    add_relationship(
        from_member=valley.id,
        to_member=coalition.id,
        kind=RelationshipKind.PARTNERS_WITH,
        since=TODAY,
        by=dolores.id,
        at=MORNING,
    )
    return an_agreement(valley, coalition)


def test_one_starts_another_confirms_and_everything_ends_that_day(
    valley, coalition, dolores, bo, ana, busy
):
    before = what_ends(valley.id, at=MORNING)
    assert (before.people, before.agreements, before.relationships) == (3, 1, 1)
    start(valley, dolores)
    assert state(valley) is DepartureState.STARTED
    assert until(valley) is None

    assert confirm_departure(**said(valley, bo)) is True

    assert (state(valley), until(valley)) == (DepartureState.LEFT, TODAY)
    after = what_ends(valley.id, at=LATER)
    assert (after.people, after.invitations, after.agreements, after.relationships) == (0,) * 4
    assert (after.partner_listing, after.shared_contacts, after.contacts) == (0, 0, 1)
    (line,) = relationships_of(coalition.id)
    assert line.until == TODAY
    for person in (dolores, bo, ana):
        assert roles_of(person.id, valley.id) == frozenset()
        assert members_of(person.id) == []
        with pytest.raises(MemberUnknown):
            entry_for(person.id, valley.slug, "view.desk.member")


def test_what_was_done_stands_in_the_records_of_both(valley, coalition, dolores, inez, busy):
    start(valley, dolores)
    confirm_departure(**said(valley, inez, coalition))

    with member_scope(valley.id):
        acts = set(Event.objects.values_list("act", "actor"))
    assert {("start.departure", dolores.id), ("leave.network", inez.id)} <= acts
    with member_scope(coalition.id):
        assert {"confirm.departure", "revoke.agreement"} <= set(
            Event.objects.values_list("act", flat=True)
        )


def test_nobody_confirms_what_they_started_in_whatever_name(valley, coalition, dolores, inez):
    with member_scope(valley.id):
        a_person(valley, Role.PROGRAM_MANAGER, id=inez.id)
    start(valley, inez, coalition)

    for acting_for in (valley, coalition):
        assert refused(confirm_departure, **said(valley, inez, acting_for)) == "same-person"
    assert until(valley) is None


def test_after_72_hours_it_is_started_again(valley, dolores, bo):
    start(valley, dolores)
    late = MORNING + timedelta(hours=72, seconds=1)

    assert refused(confirm_departure, **said(valley, bo, at=late)) == "too-late"
    start(valley, bo, last_day=NEXT_WEEK, at=late)
    assert confirm_departure(**said(valley, dolores, at=late)) is False


def test_a_later_last_day_is_worked_in_full_and_ends_by_itself(valley, dolores, bo):
    start(valley, dolores, last_day=NEXT_WEEK)
    confirm_departure(**said(valley, bo))

    assert carry_out_due(at=MORNING + timedelta(days=7)) == 0
    assert state(valley) is DepartureState.AGREED
    assert roles_of(bo.id, valley.id)
    assert carry_out_due(at=MORNING + timedelta(days=8)) == 1
    assert carry_out_due(at=MORNING + timedelta(days=8)) == 0
    assert until(valley) == NEXT_WEEK


@pytest.mark.parametrize("when", ["started", "agreed"])
def test_it_is_stopped_before_its_day_by_either(valley, coalition, dolores, bo, inez, when):
    start(valley, dolores, last_day=NEXT_WEEK)
    if when == "agreed":
        confirm_departure(**said(valley, bo))

    stop_departure(**said(valley, inez, coalition))

    assert state(valley) is None
    assert refused(confirm_departure, **said(valley, bo)) == "no-departure"
    assert carry_out_due(at=MORNING + timedelta(days=9)) == 0
    assert until(valley) is None


def test_strangers_colleagues_and_others_who_lead_do_nothing(valley, coalition, dolores, ana):
    coast = a_member("Coast Harm Reduction")
    luz = somebody(coast, "Luz", Role.PROGRAM_MANAGER)

    for person, acting_for, why in (
        (ana, valley, NotAllowed),
        (luz, coast, NotAllowed),
        (luz, valley, MemberUnknown),
        (luz, coalition, MemberUnknown),
    ):
        with pytest.raises(why):
            start(valley, person, acting_for)
        for act in (confirm_departure, stop_departure):
            with pytest.raises(why):
                act(**said(valley, person, acting_for))


def test_an_undo_lets_in_again_and_says_what_it_does_not_bring_back(
    valley, coalition, dolores, bo, inez, ana, busy
):
    left(valley, dolores, bo)

    undo_departure(**said(valley, inez, coalition))

    assert (until(valley), state(valley)) == (None, None)
    assert roles_of(dolores.id, valley.id) == {Role.PROGRAM_MANAGER}
    assert roles_of(ana.id, valley.id) == {Role.OUTREACH_WORKER}
    now = what_ends(valley.id, at=LATER)
    assert (now.people, now.invitations, now.relationships) == (3, 1, 1)
    assert (now.agreements, now.partner_listing, now.shared_contacts) == (0, 0, 0)
    with member_scope(valley.id):
        assert PartnerCard.objects.count() == 1
        assert not PartnerListing.objects.exists()
        assert not SharedContact.objects.exists()


def test_an_undo_leaves_who_had_left_before_where_they_are(valley, coalition, dolores, bo, inez):
    kai = somebody(valley, "Kai", Role.TRAINEE)
    with member_scope(valley.id):
        Membership.objects.filter(person=kai).update(until=TODAY)
    left(valley, dolores, bo)

    undo_departure(**said(valley, inez, coalition))

    assert roles_of(kai.id, valley.id) == frozenset()


def test_only_who_coordinates_undoes_it_and_only_for_30_days(valley, coalition, dolores, bo, inez):
    left(valley, dolores, bo)
    with pytest.raises(MemberUnknown):
        undo_departure(**said(valley, dolores))
    late = LATER + timedelta(days=30, seconds=1)

    assert refused(undo_departure, **said(valley, inez, coalition, at=late)) == "no-departure"
    assert state(valley, late) is DepartureState.FINAL
    undo_departure(**said(valley, inez, coalition, at=late - timedelta(hours=1)))
    assert refused(undo_departure, **said(valley, inez, coalition)) == "no-departure"


def test_what_was_said_anew_or_with_who_left_too_is_not_said_twice_by_an_undo(
    valley, coalition, dolores, bo, inez, busy
):
    clinic = a_member("Tower Street Clinic")
    with member_scope(valley.id):
        Relationship.objects.create(
            from_member=valley, to_member=clinic, kind="refers-to", since=TODAY
        )
    left(valley, dolores, bo)
    Member.objects.filter(id=clinic.id).update(until=TODAY)

    undo_departure(**said(valley, inez, coalition))

    with member_scope(valley.id):
        stands = Relationship.objects.filter(until__isnull=True).values_list("kind", flat=True)
        assert list(stands) == ["partners-with"]


def test_the_last_member_that_coordinates_the_network_does_not_leave(valley, coalition, inez):
    luz = somebody(coalition, "Luz", Role.NETWORK_COORDINATOR)

    assert refused(start, coalition, inez) == "last-coordinator"
    other = somebody(valley, "Neva", Role.NETWORK_COORDINATOR)
    start(coalition, inez, last_day=NEXT_WEEK)
    confirm_departure(**said(coalition, luz))
    with member_scope(valley.id):
        Membership.objects.filter(person=other).update(until=TODAY)
    assert carry_out_due(at=MORNING + timedelta(days=9)) == 0
    assert until(coalition) is None


@pytest.mark.parametrize(("days", "code"), [(-1, "day-past"), (366, "day-far")])
def test_a_last_day_lies_ahead_and_within_a_year(valley, dolores, days, code):
    assert refused(start, valley, dolores, last_day=TODAY + timedelta(days=days)) == code


def test_it_is_started_once(valley, coalition, dolores, inez):
    start(valley, dolores)

    assert refused(start, valley, inez, coalition) == "leaves-already"


def test_nobody_joins_or_works_with_a_member_that_left(valley, coalition, dolores, bo, inez):
    left(valley, dolores, bo)
    with member_scope(valley.id):
        join = {"person": PersonIn(inez.id, "Inez"), "roles": [Role.STEWARD], "since": TODAY}
        code = refused(put_membership, member_id=valley.id, by=None, at=LATER, **join)
    assert code == "member-left"
    assert valley.name not in [each.name for each in other_members(coalition.id)]
    relate = {"from_member": coalition.id, "to_member": valley.id, "since": TODAY}
    kind = RelationshipKind.SUPPORTS
    assert refused(add_relationship, kind=kind, by=inez.id, at=LATER, **relate) == "member-unknown"
    with pytest.raises(AgreementRefused):
        propose_agreement(
            acting_for=coalition.id,
            giver=coalition.id,
            receiver=valley.id,
            terms=some_terms(),
            by=inez.id,
            at=LATER,
        )


def test_what_stood_between_them_does_not_go_on(valley, coalition, dolores, bo, inez, busy):
    left(valley, dolores, bo)
    (line,) = relationships_of(coalition.id)

    act = {"member_id": coalition.id, "relationship_id": line.id, "by": inez.id, "at": LATER}
    assert refused(resume_relationship, **act) == "member-unknown"


def test_who_joined_while_it_left_is_not_let_in(valley, dolores, bo):
    left(valley, dolores, bo)
    luz = a_person(valley, Role.PROGRAM_MANAGER, name="Luz")

    assert roles_of(luz.id, valley.id) == frozenset()


def test_its_contact_book_and_card_go_30_days_after_and_the_rest_stays(
    valley, coalition, dolores, bo, inez, busy
):
    left(valley, dolores, bo)

    assert forget_contact_books(TODAY, 100) == 0
    assert forget_contact_books(TODAY + timedelta(days=1), 1) == 1
    assert forget_contact_books(TODAY + timedelta(days=1), 100) == 1
    assert forget_cards(TODAY, 100) == 0
    assert forget_cards(TODAY + timedelta(days=1), 100) == 1

    with member_scope(valley.id):
        for gone in (Contact, ContactTie, PartnerCard):
            assert not gone.objects.exists()
        assert Event.objects.exists()
        assert Invitation.objects.exists()
    with network_scope():
        assert Relationship.objects.exists()


def test_all_departures_are_read_with_their_state(valley, coalition, dolores, bo):
    left(valley, dolores, bo)

    assert {key: each.state for key, each in departures(at=LATER).items()} == {
        valley.id: DepartureState.LEFT
    }
