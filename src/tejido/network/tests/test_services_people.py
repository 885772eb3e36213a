from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from tejido.accounts.testing import an_account
from tejido.foundation.scope import member_scope
from tejido.network.domain.roles import Role
from tejido.network.models import Event, Membership, Person, RoleGrant
from tejido.network.queries.access import roles_of
from tejido.network.services.leaving import end_membership, resume_membership
from tejido.network.services.people import (
    PersonIn,
    PersonRefused,
    RoleAboveOwn,
    grant_role,
    join,
    withdraw_role,
)
from tejido.network.testing import MORNING, TODAY, a_member, a_person

pytestmark = pytest.mark.django_db
NOBODY = uuid4()


@pytest.fixture
def valley():
    return a_member()


@pytest.fixture
def boss(valley):
    return a_person(valley, Role.PROGRAM_MANAGER, name="Dolores")


@pytest.fixture
def rosa(valley, boss):
    return a_person(valley, Role.OUTREACH_WORKER, name="Rosa")


def membership_of(person, member):
    with member_scope(member.id):
        return Membership.objects.get(person=person)


def grant_of(person, member, role):
    with member_scope(member.id):
        return RoleGrant.objects.get(
            membership__person=person, role=role, withdrawn_at__isnull=True
        )


def name_of(person_id, member):
    with member_scope(member.id):
        return Person.objects.get(id=person_id).display_name


def acts(member):
    with member_scope(member.id):
        return list(Event.objects.order_by("id").values_list("act", "actor").order_by("act"))


def give(person, role, *, by, member):
    return grant_role(
        member_id=member.id,
        membership_id=membership_of(person, member).id,
        role=role,
        by=by.id,
        at=MORNING,
    )


def take(person, role, *, by, member):
    withdraw_role(
        member_id=member.id,
        grant_id=grant_of(person, member, role).id,
        by=by.id,
        at=MORNING,
    )


def leave(person, *, by, member, on=TODAY):
    end_membership(
        member_id=member.id,
        membership_id=membership_of(person, member).id,
        on=on,
        by=by.id,
        at=MORNING,
    )


def back(person, *, by, member):
    resume_membership(
        member_id=member.id,
        membership_id=membership_of(person, member).id,
        by=by.id,
        at=MORNING,
    )


def come(member, by, *, name="Ana", roles=(Role.TRAINEE,), id=None):  # noqa: A002
    return join(
        member_id=member.id,
        person=PersonIn(id or uuid4(), name),
        roles=roles,
        since=TODAY,
        by=by.id,
        at=MORNING,
    )


def test_join_stores_person_membership_roles_and_who_did_it(valley, boss):
    ana = uuid4()

    come(valley, boss, id=ana, name=" Ana ", roles=[Role.TRAINEE, Role.ADVOCATE, Role.TRAINEE])

    assert name_of(ana, valley) == "Ana"
    assert roles_of(ana, valley.id) == {Role.TRAINEE, Role.ADVOCATE}
    assert acts(valley) == [
        ("grant.role", boss.id),
        ("grant.role", boss.id),
        ("join.member", boss.id),
    ]


def test_a_person_of_two_members_is_one_person_with_two_memberships(valley, boss, rosa):
    coast = a_member("Coast Harm Reduction")
    other = a_person(coast, Role.PROGRAM_MANAGER)

    come(coast, other, id=rosa.id, name="Somebody else's word for Rosa")

    assert name_of(rosa.id, coast) == name_of(rosa.id, valley) == "Rosa"
    assert roles_of(rosa.id, coast.id) == {Role.TRAINEE}
    assert roles_of(rosa.id, valley.id) == {Role.OUTREACH_WORKER}


@pytest.mark.parametrize(
    ("more", "code"),
    [({"name": "  "}, "name-empty"), ({"roles": []}, "no-role")],
)
def test_join_without_a_name_or_a_role_is_refused(valley, boss, more, code):
    with pytest.raises(PersonRefused) as refusal:
        come(valley, boss, **more)

    assert refusal.value.code == code
    assert acts(valley) == []


def test_join_twice_is_refused(valley, boss, rosa):
    with pytest.raises(PersonRefused) as refusal:
        come(valley, boss, id=rosa.id)

    assert refusal.value.code == "works-here-already"


def test_nobody_gives_takes_or_ends_a_role_above_their_own(valley, boss):
    above = a_person(valley, Role.NETWORK_COORDINATOR, Role.TRAINEE)
    low = a_person(valley, Role.TRAINEE)

    for act in (
        lambda: come(valley, boss, roles=[Role.NETWORK_COORDINATOR]),
        lambda: give(low, Role.NETWORK_COORDINATOR, by=boss, member=valley),
        lambda: give(boss, Role.NETWORK_COORDINATOR, by=boss, member=valley),
        lambda: take(above, Role.NETWORK_COORDINATOR, by=boss, member=valley),
        lambda: leave(above, by=boss, member=valley),
    ):
        with pytest.raises(RoleAboveOwn):
            act()
    assert acts(valley) == []


def test_nobody_brings_back_a_person_above_themselves(valley, boss):
    above = a_person(valley, Role.NETWORK_COORDINATOR)
    a_person(valley, Role.NETWORK_COORDINATOR)
    with member_scope(valley.id):
        Membership.objects.filter(person=above).update(until=TODAY)

    with pytest.raises(RoleAboveOwn):
        back(above, by=boss, member=valley)


def test_grant_role_twice_is_one_role(valley, boss, rosa):
    first = give(rosa, Role.STEWARD, by=boss, member=valley)

    assert give(rosa, Role.STEWARD, by=boss, member=valley) == first
    assert roles_of(rosa.id, valley.id) == {Role.OUTREACH_WORKER, Role.STEWARD}
    assert acts(valley) == [("grant.role", boss.id)]


def test_withdrawn_role_stays_on_record_and_can_be_given_again(valley, boss, rosa):
    grant_id = give(rosa, Role.STEWARD, by=boss, member=valley)
    for _ in range(2):
        withdraw_role(member_id=valley.id, grant_id=grant_id, by=boss.id, at=MORNING)
    assert roles_of(rosa.id, valley.id) == {Role.OUTREACH_WORKER}

    give(rosa, Role.STEWARD, by=boss, member=valley)

    with member_scope(valley.id):
        kept = RoleGrant.objects.get(id=grant_id)
        assert (kept.withdrawn_by, kept.withdrawn_at) == (boss.id, MORNING)
        assert RoleGrant.objects.filter(role=Role.STEWARD).count() == 2
    assert [act for act, _ in acts(valley)] == ["grant.role", "grant.role", "withdraw.role"]


def test_events_hold_no_names(valley, boss, rosa):
    give(rosa, Role.STEWARD, by=boss, member=valley)

    with member_scope(valley.id):
        event = Event.objects.get()
    assert event.facts == {"role": "steward"}
    assert event.object_id == membership_of(rosa, valley).id
    assert event.happened_at == MORNING


def test_the_only_role_is_not_withdrawn(valley, boss, rosa):
    with pytest.raises(PersonRefused) as refusal:
        take(rosa, Role.OUTREACH_WORKER, by=boss, member=valley)

    assert refusal.value.code == "last-role"


def test_a_member_keeps_somebody_who_can_give_roles(valley, boss):
    give(boss, Role.STEWARD, by=boss, member=valley)

    for act in (
        lambda: take(boss, Role.PROGRAM_MANAGER, by=boss, member=valley),
        lambda: leave(boss, by=boss, member=valley),
    ):
        with pytest.raises(PersonRefused) as refusal:
            act()
        assert refusal.value.code == "last-manager"


def test_a_manager_may_go_when_another_stays(valley, boss):
    second = a_person(valley, Role.PROGRAM_MANAGER)

    leave(boss, by=boss, member=valley)

    assert roles_of(boss.id, valley.id) == set()
    assert roles_of(second.id, valley.id) == {Role.PROGRAM_MANAGER}


def test_a_manager_who_left_does_not_count_as_the_one_who_stays(valley, boss):
    second = a_person(valley, Role.PROGRAM_MANAGER)
    leave(second, by=boss, member=valley)

    with pytest.raises(PersonRefused):
        leave(boss, by=boss, member=valley)


@pytest.mark.parametrize("goes", ["the role", "the person"])
def test_the_network_keeps_somebody_who_coordinates_it(valley, boss, goes):
    inez = a_person(valley, Role.NETWORK_COORDINATOR, Role.PROGRAM_MANAGER, name="Inez")
    act = {
        "the role": lambda: take(inez, Role.NETWORK_COORDINATOR, by=inez, member=valley),
        "the person": lambda: leave(inez, by=inez, member=valley),
    }[goes]

    with pytest.raises(PersonRefused) as refusal:
        act()

    assert refusal.value.code == "last-coordinator"
    elsewhere = a_member("Coast Harm Reduction")
    a_person(elsewhere, Role.NETWORK_COORDINATOR, id=an_account("luz").id)
    act()
    assert Role.NETWORK_COORDINATOR not in roles_of(inez.id, valley.id)


def test_ended_membership_takes_its_roles_and_resumed_gives_them_back(valley, boss, rosa):
    for _ in range(2):
        leave(rosa, by=boss, member=valley)
    assert roles_of(rosa.id, valley.id) == set()

    for _ in range(2):
        back(rosa, by=boss, member=valley)

    assert roles_of(rosa.id, valley.id) == {Role.OUTREACH_WORKER}
    assert acts(valley) == [("end.membership", boss.id), ("resume.membership", boss.id)]


def test_membership_does_not_end_before_it_began(valley, boss, rosa):
    with pytest.raises(PersonRefused) as refusal:
        leave(rosa, by=boss, member=valley, on=TODAY - timedelta(days=1))

    assert refusal.value.code == "ends-before-start"


def test_an_ended_membership_gets_no_roles(valley, boss, rosa):
    leave(rosa, by=boss, member=valley)

    with pytest.raises(PersonRefused) as refusal:
        give(rosa, Role.STEWARD, by=boss, member=valley)

    assert refusal.value.code == "person-unknown"


def test_a_person_who_came_back_anew_is_not_resumed_twice(valley, boss, rosa):
    first = membership_of(rosa, valley)
    leave(rosa, by=boss, member=valley)
    come(valley, boss, id=rosa.id)

    with pytest.raises(PersonRefused) as refusal:
        resume_membership(member_id=valley.id, membership_id=first.id, by=boss.id, at=MORNING)

    assert refusal.value.code == "works-here-already"


def test_another_members_people_and_roles_are_unknown_here(valley, boss):
    coast = a_member("Coast Harm Reduction")
    foreign = a_person(coast, Role.TRAINEE, Role.ADVOCATE)
    membership, grant = membership_of(foreign, coast), grant_of(foreign, coast, Role.TRAINEE)
    who = {"member_id": valley.id, "by": boss.id, "at": MORNING}

    for act in (
        lambda: grant_role(membership_id=membership.id, role=Role.STEWARD, **who),
        lambda: withdraw_role(grant_id=grant.id, **who),
        lambda: end_membership(membership_id=membership.id, on=TODAY, **who),
        lambda: resume_membership(membership_id=membership.id, **who),
        lambda: resume_membership(membership_id=NOBODY, **who),
    ):
        with pytest.raises(PersonRefused) as refusal:
            act()
        assert refusal.value.code in {"person-unknown", "role-unknown"}
    assert roles_of(foreign.id, coast.id) == {Role.TRAINEE, Role.ADVOCATE}


@pytest.mark.parametrize(
    "store",
    [
        lambda row: RoleGrant.objects.create(**row(role="boss")),
        lambda row: RoleGrant.objects.create(**row(role=Role.PROGRAM_MANAGER)),
        lambda row: RoleGrant.objects.create(**row(role=Role.STEWARD, withdrawn_at=MORNING)),
        lambda row: Membership.objects.update(until=TODAY - timedelta(days=1)),
    ],
    ids=["unknown role", "same role twice", "withdrawn by nobody", "ends before start"],
)
def test_the_database_refuses_what_the_services_refuse(valley, boss, store):
    def row(**more):
        membership = Membership.objects.get()
        return {"member": valley, "membership": membership, "granted_at": MORNING, **more}

    with member_scope(valley.id), pytest.raises(IntegrityError), transaction.atomic():
        store(row)


def test_the_database_refuses_two_memberships_at_a_time(valley, boss):
    with member_scope(valley.id), pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(member=valley, person=boss, since=TODAY)
