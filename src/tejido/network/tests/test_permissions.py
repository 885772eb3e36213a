"""Each cell of the matrix, through the service or the page that enforces it."""

from pathlib import Path
from uuid import UUID, uuid4

import pytest

from tejido.accounts.testing import an_account
from tejido.foundation.holds import HoldReason
from tejido.foundation.scope import member_scope
from tejido.network.domain.agreements import EndReason
from tejido.network.domain.departures import DepartureReason
from tejido.network.domain.members import MemberKind, RelationshipKind
from tejido.network.domain.permissions import MATRIX, Permission
from tejido.network.domain.roles import Role
from tejido.network.models import Member, Membership, RoleGrant
from tejido.network.queries.access import MemberSeen, MemberUnknown, NotAllowed, entry_for, seen
from tejido.network.queries.agreements import agreements_of
from tejido.network.roles_page import roles_page
from tejido.network.services.agreements import (
    end_agreement,
    propose_agreement,
    sign_agreement,
)
from tejido.network.services.consents import note_consent
from tejido.network.services.departures import start_departure
from tejido.network.services.leaving import end_membership
from tejido.network.services.members import MemberIn, add_member
from tejido.network.services.outbox import retry_failed
from tejido.network.services.people import (
    PersonIn,
    grant_role,
    join,
    withdraw_role,
)
from tejido.network.services.recovery import start_elsewhere, start_recovery
from tejido.network.services.relationships import add_relationship
from tejido.network.services.release_rules import RuleIn, set_rule
from tejido.network.services.retention import hold_removal
from tejido.network.services.reviews import review_for_member
from tejido.network.services.tribal_partners import mark_tribal_partner
from tejido.network.testing import (
    MORNING,
    TODAY,
    a_consent,
    a_member,
    a_person,
    an_agreement,
    some_terms,
)
from tejido.translation.domain.texts import State, TextEntry, TextKey
from tejido.translation.services import put_texts

pytestmark = pytest.mark.django_db
KEY = TextKey("library.card", UUID(int=7), "title")


def membership_of(member, person):
    with member_scope(member.id):
        return Membership.objects.get(person=person)


def view_desk(member, by):
    entry_for(by, member.slug, Permission.VIEW_DESK)


def retry_messages(member, by):
    retry_failed(member_id=member.id, by=by, at=MORNING)


def view_people(member, by):
    entry_for(by, member.slug, Permission.VIEW_PEOPLE)


def open_page(permission):
    """What `for_member` asks; the pages themselves are tried in their area."""

    def open_it(member, by):
        entry_for(by, member.slug, permission)

    return open_it


def add_somebody(member, by):
    join(
        member_id=member.id,
        person=PersonIn(uuid4(), "Ana"),
        roles=[Role.TRAINEE],
        since=TODAY,
        by=by,
        at=MORNING,
    )


def end_somebody(member, by):
    ana = membership_of(member, a_person(member, Role.TRAINEE, name="Ana"))
    end_membership(member_id=member.id, membership_id=ana.id, on=TODAY, by=by, at=MORNING)


def give_somebody(member, by):
    ana = membership_of(member, a_person(member, Role.TRAINEE, name="Ana"))
    grant_role(member_id=member.id, membership_id=ana.id, role=Role.ALUMNA, by=by, at=MORNING)


def take_from_somebody(member, by):
    ana = membership_of(member, a_person(member, Role.TRAINEE, Role.ALUMNA, name="Ana"))
    with member_scope(member.id):
        grant = RoleGrant.objects.get(membership=ana, role=Role.TRAINEE)
    withdraw_role(member_id=member.id, grant_id=grant.id, by=by, at=MORNING)


def recover_somebody(member, by):
    ana = membership_of(member, a_person(member, Role.TRAINEE, id=an_account("ana").id))
    start_recovery(member_id=member.id, membership_id=ana.id, by=by, at=MORNING)


def recover_by_name(member, by):
    other = a_member("Humboldt Mobile Care")
    a_person(other, Role.TRAINEE, id=an_account("luz").id)
    start_elsewhere(username="luz", acting_for=member.id, by=by, at=MORNING)


def relate(member, by):
    add_relationship(
        from_member=member.id,
        to_member=a_member("Tower Street Clinic", MemberKind.PROVIDER).id,
        kind=RelationshipKind.REFERS_TO,
        since=TODAY,
        by=by,
        at=MORNING,
    )


def add_program(member, by):
    add_member(
        member=MemberIn("Humboldt Mobile Care", MemberKind.PROGRAM, "06023"),
        manager=PersonIn(uuid4(), "Luz"),
        acting_for=member.id,
        by=by,
        at=MORNING,
    )


def leave_network(member, by, leaving=None):
    a_coordinator = a_person(
        a_member("Coalition"), Role.NETWORK_COORDINATOR, id=an_account("inez").id
    )
    assert a_coordinator.id != by
    start_departure(
        member_id=(leaving or member).id,
        acting_for=member.id,
        reason=DepartureReason.CLOSES,
        last_day=TODAY,
        by=by,
        at=MORNING,
    )


def end_program(member, by):
    leave_network(member, by, leaving=a_member("Humboldt Mobile Care"))


def mark_program(member, by):
    mark_tribal_partner(member_id=member.id, acting_for=member.id, by=by, at=MORNING)


def hold(member, by):
    hold_removal(member_id=member.id, reason=HoldReason.SUBPOENA, by=by, at=MORNING)


def review(member, by):
    put_texts(
        entries=[
            TextEntry(KEY.object_type, KEY.object_id, KEY.field, "en", "Wounds", State.SOURCE),
            TextEntry(KEY.object_type, KEY.object_id, KEY.field, "es", "Heridas"),
        ]
    )
    review_for_member(
        key=KEY, language="es", text="Heridas", member_id=member.id, by=by, at=MORNING
    )


def propose_sharing(member, by):
    propose_agreement(
        acting_for=member.id,
        giver=member.id,
        receiver=a_member("Other Side").id,
        terms=some_terms(),
        by=by,
        at=MORNING,
    )


def sign_half(member, by):
    propose_sharing(member, a_person(member, Role.PROGRAM_MANAGER, name="Luz").id)
    (proposed,) = agreements_of(member.id, at=MORNING)
    sign_agreement(
        acting_for=member.id,
        agreement_id=proposed.id,
        digest=proposed.newest.digest,
        signed_as="Ana",
        by=by,
        at=MORNING,
    )


def end_sharing(member, by):
    row = an_agreement(member, a_member("Other Side"))
    end_agreement(
        acting_for=member.id,
        agreement_id=row.id,
        reason=EndReason.NO_REASON,
        by=by,
        at=MORNING,
    )


def note_somebody(member, by):
    note_consent(
        member_id=member.id,
        draft=a_consent(a_person(member, Role.OUTREACH_WORKER, name="Ana").id),
        by=by,
        at=MORNING,
    )


def keep_back(member, by):
    Member.objects.filter(id=member.id).update(tribal_partner_since=TODAY)
    set_rule(member_id=member.id, rule=RuleIn(["06019"]), by=by, at=MORNING)


ACTS = {
    Permission.RELEASE_OWN: keep_back,
    Permission.NOTE_CONSENT: note_somebody,
    Permission.VIEW_AGREEMENTS: open_page(Permission.VIEW_AGREEMENTS),
    Permission.PROPOSE_AGREEMENT: propose_sharing,
    Permission.SIGN_AGREEMENT: sign_half,
    Permission.REVOKE_AGREEMENT: end_sharing,
    Permission.VIEW_SHARED: open_page(Permission.VIEW_SHARED),
    Permission.VIEW_DESK: view_desk,
    Permission.VIEW_PEOPLE: view_people,
    Permission.VIEW_EVENTS: open_page(Permission.VIEW_EVENTS),
    Permission.VIEW_MESSAGES: open_page(Permission.VIEW_MESSAGES),
    Permission.RETRY_MESSAGES: retry_messages,
    Permission.ADD_MEMBERSHIP: add_somebody,
    Permission.END_MEMBERSHIP: end_somebody,
    Permission.GRANT_ROLE: give_somebody,
    Permission.WITHDRAW_ROLE: take_from_somebody,
    Permission.RECOVER_ACCOUNT: recover_somebody,
    Permission.RECOVER_ANYWHERE: recover_by_name,
    Permission.ADD_RELATIONSHIP: relate,
    Permission.VIEW_CONFLICTS: open_page(Permission.VIEW_CONFLICTS),
    Permission.VIEW_CONTACTS: open_page(Permission.VIEW_CONTACTS),
    Permission.EDIT_CONTACTS: open_page(Permission.EDIT_CONTACTS),
    Permission.EXPORT_CONTACTS: open_page(Permission.EXPORT_CONTACTS),
    Permission.VIEW_PARTNERS: open_page(Permission.VIEW_PARTNERS),
    Permission.EDIT_PARTNER_CARD: open_page(Permission.EDIT_PARTNER_CARD),
    Permission.ADD_MEMBER: add_program,
    Permission.LEAVE_NETWORK: leave_network,
    Permission.END_MEMBER: end_program,
    Permission.MARK_TRIBAL_PARTNER: mark_program,
    Permission.REVIEW_TEXT: review,
    Permission.EDIT_LISTING: open_page(Permission.EDIT_LISTING),
    Permission.PUBLISH_LISTING: open_page(Permission.PUBLISH_LISTING),
    Permission.IMPORT_LISTINGS: open_page(Permission.IMPORT_LISTINGS),
    Permission.EDIT_NEEDS: open_page(Permission.EDIT_NEEDS),
    Permission.EDIT_LANDMARKS: open_page(Permission.EDIT_LANDMARKS),
    Permission.CORRECT_TEXT: open_page(Permission.CORRECT_TEXT),
    Permission.TRUST_SOURCE: open_page(Permission.TRUST_SOURCE),
    Permission.EDIT_CLOCKS: open_page(Permission.EDIT_CLOCKS),
    Permission.RELEASE_COUNTS: open_page(Permission.RELEASE_COUNTS),
    Permission.APPROVE_LISTING: open_page(Permission.APPROVE_LISTING),
    Permission.EDIT_RETENTION: hold,
}


def test_every_permission_is_tried():
    assert set(ACTS) == set(Permission)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("permission", Permission)
def test_each_role_may_what_the_matrix_says(permission, role):
    member = a_member()
    person = a_person(member, role)
    account = an_account()
    account.id = person.id

    if role in MATRIX[permission]:
        ACTS[permission](member, person.id)
    else:
        with pytest.raises(NotAllowed):
            ACTS[permission](member, person.id)
    assert account.has_perm(permission, member) is (role in MATRIX[permission])


@pytest.mark.parametrize("permission", Permission)
def test_a_role_at_another_member_counts_for_nothing(permission):
    stranger = a_person(a_member("Coast Harm Reduction"), *Role)

    with pytest.raises(MemberUnknown):
        ACTS[permission](a_member(), stranger.id)


@pytest.mark.parametrize("permission", Permission)
def test_a_person_who_left_may_nothing(permission):
    member = a_member()
    person = a_person(member, *Role)
    with member_scope(member.id):
        Membership.objects.filter(person=person).update(until=TODAY)

    with pytest.raises(MemberUnknown):
        ACTS[permission](member, person.id)


def test_a_withdrawn_role_counts_no_more_at_once():
    member = a_member()
    boss = a_person(member, Role.PROGRAM_MANAGER)
    person = a_person(member, Role.PROGRAM_MANAGER, Role.TRAINEE)
    with member_scope(member.id):
        grant = RoleGrant.objects.get(membership__person=person, role=Role.PROGRAM_MANAGER)
    add_somebody(member, person.id)

    withdraw_role(member_id=member.id, grant_id=grant.id, by=boss.id, at=MORNING)

    with pytest.raises(NotAllowed):
        add_somebody(member, person.id)


def test_an_inactive_account_may_nothing():
    member = a_member()
    account = an_account(is_active=False)
    a_person(member, *Role, id=account.id)

    assert not any(account.has_perm(permission, member) for permission in Permission)


def test_nobody_may_anything_without_a_member():
    account = an_account()

    assert not any(account.has_perm(permission, None) for permission in Permission)
    assert not account.has_perm("fly.balloon.network", a_member())


def test_entry_for_returns_what_pages_show():
    member = a_member()
    person = a_person(member, Role.TRAINEE)

    entry = entry_for(person.id, member.slug, Permission.VIEW_DESK)
    assert entry.member == seen(member)
    assert seen(member) == MemberSeen(
        id=member.id,
        kind=MemberKind.PROGRAM,
        name="Valley Harm Reduction",
        slug="valley-harm-reduction",
        county_fips="06019",
    )


def test_docs_say_what_the_matrix_says():
    page = Path(__file__).resolve().parents[4] / "docs" / "roles.md"

    assert page.read_text(encoding="utf-8") == roles_page(), "run dev/roles.py"
