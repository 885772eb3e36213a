"""Each cell of the matrix, through the service or the page that enforces it."""

from pathlib import Path
from uuid import UUID, uuid4

import pytest

from tejido.accounts.testing import an_account
from tejido.foundation.scope import member_scope
from tejido.network.domain.members import MemberKind, RelationshipKind
from tejido.network.domain.permissions import MATRIX, Permission
from tejido.network.domain.roles import Role
from tejido.network.models import Membership, RoleGrant
from tejido.network.queries.access import MemberSeen, MemberUnknown, NotAllowed, member_for, seen
from tejido.network.roles_page import roles_page
from tejido.network.services.members import MemberIn, add_member, add_relationship
from tejido.network.services.people import (
    PersonIn,
    end_membership,
    grant_role,
    join,
    withdraw_role,
)
from tejido.network.services.reviews import review_for_member
from tejido.network.testing import MORNING, TODAY, a_member, a_person
from tejido.translation.domain.texts import State, TextEntry, TextKey
from tejido.translation.services import put_texts

pytestmark = pytest.mark.django_db
KEY = TextKey("library.card", UUID(int=7), "title")


def membership_of(member, person):
    with member_scope(member.id):
        return Membership.objects.get(person=person)


def view_desk(member, by):
    member_for(by, member.slug, Permission.VIEW_DESK)


def view_people(member, by):
    member_for(by, member.slug, Permission.VIEW_PEOPLE)


def open_page(permission):
    """What `for_member` asks; the pages themselves are tried in their area."""

    def open_it(member, by):
        member_for(by, member.slug, permission)

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


ACTS = {
    Permission.VIEW_DESK: view_desk,
    Permission.VIEW_PEOPLE: view_people,
    Permission.VIEW_EVENTS: open_page(Permission.VIEW_EVENTS),
    Permission.ADD_MEMBERSHIP: add_somebody,
    Permission.END_MEMBERSHIP: end_somebody,
    Permission.GRANT_ROLE: give_somebody,
    Permission.WITHDRAW_ROLE: take_from_somebody,
    Permission.ADD_RELATIONSHIP: relate,
    Permission.ADD_MEMBER: add_program,
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


def test_member_for_returns_what_pages_show():
    member = a_member()
    person = a_person(member, Role.TRAINEE)

    assert member_for(person.id, member.slug, Permission.VIEW_DESK) == seen(member)
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
