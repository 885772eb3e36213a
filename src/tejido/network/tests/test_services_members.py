from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from tejido.foundation.scope import member_scope
from tejido.network.domain.members import MemberKind, RelationshipKind
from tejido.network.domain.roles import Role
from tejido.network.models import Event, Member, Relationship
from tejido.network.queries.access import roles_of
from tejido.network.queries.members import has_members, member_named, members_of, works_with
from tejido.network.services.members import (
    MemberIn,
    MemberRefused,
    add_member,
    found_network,
)
from tejido.network.services.people import PersonIn
from tejido.network.services.relationships import add_relationship
from tejido.network.testing import MORNING, TODAY, a_member, a_person

pytestmark = pytest.mark.django_db
COALITION = MemberIn("California Coalition", MemberKind.COALITION)


def relate(member, other, by, kind=RelationshipKind.SUPPORTS):
    return add_relationship(
        from_member=member.id, to_member=other, kind=kind, since=TODAY, by=by.id, at=MORNING
    )


def test_found_network_makes_the_first_member_and_its_coordinator():
    inez = PersonIn(uuid4(), "Inez")
    assert not has_members()

    first = found_network(member=COALITION, coordinator=inez, at=MORNING)

    assert has_members()
    assert roles_of(inez.id, first) == {Role.NETWORK_COORDINATOR}
    assert members_of(inez.id) == [member_named("california-coalition")]
    with member_scope(first):
        assert set(Event.objects.values_list("act", "actor")) == {
            ("join.network", None),
            ("join.member", None),
            ("grant.role", None),
        }


def test_found_network_only_once():
    a_member()

    with pytest.raises(MemberRefused) as refusal:
        found_network(member=COALITION, coordinator=PersonIn(uuid4(), "Inez"), at=MORNING)

    assert refusal.value.code == "network-exists"


@pytest.fixture
def coalition():
    return a_member("California Coalition", MemberKind.COALITION)


@pytest.fixture
def inez(coalition):
    return a_person(coalition, Role.NETWORK_COORDINATOR, name="Inez")


def add(coalition, inez, **more):
    given = {"name": "Humboldt Mobile Care", "kind": MemberKind.PROGRAM, "county_fips": "06023"}
    luz = PersonIn(uuid4(), "Luz")
    added = add_member(
        member=MemberIn(**{**given, **more}),
        manager=luz,
        acting_for=coalition.id,
        by=inez.id,
        at=MORNING,
    )
    return added, luz


def test_add_member_gives_it_its_first_manager_and_writes_on_both_sides(coalition, inez):
    added, luz = add(coalition, inez)

    assert Member.objects.get(id=added).county_fips == "06023"
    assert roles_of(luz.id, added) == {Role.PROGRAM_MANAGER}
    assert roles_of(inez.id, added) == set()
    with member_scope(coalition.id):
        assert Event.objects.get(act="add.member").object_id == added
    with member_scope(added):
        assert Event.objects.get(act="join.network").actor == inez.id


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"name": " !"}, "name-empty"),
        ({"name": "Language"}, "name-empty"),
        ({"name": "California coalition"}, "name-taken"),
        ({"county_fips": "6023"}, "county-unknown"),
    ],
)
def test_add_member_that_cannot_be_is_refused(coalition, inez, more, code):
    with pytest.raises(MemberRefused) as refusal:
        add(coalition, inez, **more)

    assert refusal.value.code == code
    assert Member.objects.count() == 1


def test_relationship_is_seen_from_both_sides(coalition, inez):
    valley = a_member()

    relate(coalition, valley.id, inez)

    [ours] = works_with(coalition.id)
    [theirs] = works_with(valley.id)
    assert (ours.other.name, ours.outward) == ("Valley Harm Reduction", True)
    assert (theirs.other.name, theirs.outward) == ("California Coalition", False)
    with member_scope(coalition.id):
        assert Event.objects.get(act="add.relationship").facts == {
            "to_member": str(valley.id),
            "kind": "supports",
        }


def test_relationship_said_twice_is_refused_and_another_kind_is_not(coalition, inez):
    valley = a_member()
    relate(coalition, valley.id, inez)

    with pytest.raises(MemberRefused) as refusal:
        relate(coalition, valley.id, inez)

    assert refusal.value.code == "relationship-exists"
    relate(coalition, valley.id, inez, RelationshipKind.REFERS_TO)
    assert len(works_with(valley.id)) == 2


def test_relationship_needs_another_member_that_exists(coalition, inez):
    for other, code in ((coalition.id, "same-member"), (uuid4(), "member-unknown")):
        with pytest.raises(MemberRefused) as refusal:
            relate(coalition, other, inez)
        assert refusal.value.code == code


@pytest.mark.parametrize("count", [1, 3])
def test_works_with_costs_one_query(coalition, inez, count, django_assert_num_queries):
    for number in range(count):
        relate(coalition, a_member(f"Program {number}").id, inez)

    with member_scope(coalition.id), django_assert_num_queries(1):
        ties = list(Relationship.objects.select_related("from_member", "to_member"))
    assert len(ties) == len(works_with(coalition.id)) == count


def test_members_of_a_person_are_theirs_by_name():
    coast, valley = a_member("Coast Harm Reduction"), a_member()
    a_member("Third Harm Reduction")
    rosa = a_person(valley, Role.TRAINEE)
    a_person(coast, Role.TRAINEE, id=rosa.id)

    assert [member.name for member in members_of(rosa.id)] == [coast.name, valley.name]
    assert members_of(uuid4()) == []


def test_member_named_knows_only_members():
    assert member_named("nobody") is None


def test_the_database_refuses_a_relationship_with_oneself(coalition, inez):
    with member_scope(coalition.id), pytest.raises(IntegrityError), transaction.atomic():
        Relationship.objects.create(
            from_member=coalition, to_member=coalition, kind="supports", since=TODAY
        )


@pytest.mark.parametrize("kind", ["owns"])
def test_the_database_refuses_unknown_kinds(coalition, inez, kind):
    valley = a_member()
    with member_scope(coalition.id), pytest.raises(IntegrityError), transaction.atomic():
        Relationship.objects.create(
            from_member=coalition, to_member=valley, kind=kind, since=TODAY
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        a_member("Owner", kind)
