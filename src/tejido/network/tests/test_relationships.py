"""The register of what members do for each other, and the conflicts that are read from it."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from tejido.foundation.scope import member_scope, network_scope
from tejido.network.domain.members import MemberKind, RelationshipKind
from tejido.network.domain.roles import Role
from tejido.network.models import Event, Membership, Relationship
from tejido.network.queries.access import MemberUnknown
from tejido.network.queries.register import (
    conflicts_between,
    conflicts_of,
    names_of,
    relationship_at,
    relationships_of,
)
from tejido.network.services.members import MemberRefused
from tejido.network.services.relationships import (
    add_relationship,
    end_relationship,
    resume_relationship,
    unsay_relationship,
)
from tejido.network.testing import MORNING, TODAY, a_member, a_person

pytestmark = pytest.mark.django_db
MAY = date(2026, 5, 4)


@pytest.fixture
def fund(db):
    return a_member("Poppy Fund", MemberKind.FUNDER)


@pytest.fixture
def clinic(db):
    return a_member("Tower Street Clinic", MemberKind.PROVIDER)


@pytest.fixture
def lead(valley):
    return a_person(valley, Role.PROGRAM_MANAGER, name="Dolores")


@pytest.fixture
def funded(valley, fund, lead):
    return say(valley, lead, fund, valley)


def say(ours, lead, one, other, kind=RelationshipKind.FUNDS, **more):
    given = {"kind": kind, "since": MAY, "acting_for": ours.id, "by": lead.id, "at": MORNING}
    return add_relationship(from_member=one.id, to_member=other.id, **given | more)


def code_of(act, **named):
    with pytest.raises(MemberRefused) as refused:
        act(**named)
    return refused.value.code


def kinds(reasons):
    return [[line.kind for line in reason] for reason in reasons]


def test_who_is_funded_says_so_and_the_whole_network_reads_it(valley, fund, funded):
    (line,) = relationships_of(valley.id)

    assert (line.other.name, line.kind, line.outward, line.since) == (
        "Poppy Fund",
        RelationshipKind.FUNDS,
        False,
        MAY,
    )
    assert [each.outward for each in relationships_of(fund.id)] == [True]
    with network_scope():
        assert Relationship.objects.count() == 1


def test_a_line_ends_goes_on_again_and_is_never_deleted(valley, lead, fund, funded):
    their = {"member_id": valley.id, "relationship_id": funded, "by": lead.id, "at": MORNING}
    for _ in range(2):
        end_relationship(**their, on=TODAY)
    ended = relationship_at(fund.id, funded).until
    for _ in range(2):
        resume_relationship(**their)

    assert ended == TODAY
    assert relationship_at(fund.id, funded).until is None
    with member_scope(valley.id):
        acts = Event.objects.filter(object_id=funded).values_list("act", flat=True)
        assert sorted(acts) == ["add.relationship", "end.relationship", "resume.relationship"]


def test_what_was_a_mistake_is_read_by_nothing_and_stays_in_the_table(valley, lead, fund, funded):
    their = {"member_id": valley.id, "relationship_id": funded, "by": lead.id, "at": MORNING}

    unsay_relationship(**their)

    assert relationships_of(valley.id) == []
    assert conflicts_between(valley.id, fund.id, on=MAY) == []
    assert code_of(resume_relationship, **their) == "relationship-unknown"
    with member_scope(valley.id):
        assert Relationship.objects.count() == 1


def test_the_same_can_begin_again_after_it_ended(valley, lead, fund, funded):
    their = {"member_id": valley.id, "relationship_id": funded, "by": lead.id, "at": MORNING}
    end_relationship(**their, on=MAY + timedelta(days=30))
    say(valley, lead, fund, valley, since=TODAY)

    assert len(relationships_of(valley.id)) == 2
    assert code_of(resume_relationship, **their) == "relationship-exists"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"since": TODAY + timedelta(days=1)}, "starts-later"),
        ({"until": MAY - timedelta(days=1)}, "ends-before-start"),
    ],
)
def test_days_that_cannot_be_are_refused(valley, lead, fund, more, code):
    with pytest.raises(MemberRefused) as refused:
        say(valley, lead, fund, valley, **more)

    assert refused.value.code == code
    assert relationships_of(valley.id) == []


def test_nobody_speaks_for_two_others(valley, lead, fund, clinic):
    with pytest.raises(MemberUnknown):
        say(fund, lead, fund, clinic)


def test_a_line_between_two_others_is_unknown(valley, lead, fund, clinic):
    boss = a_person(fund, Role.PROGRAM_MANAGER)
    foreign = say(fund, boss, fund, clinic)
    their = {"member_id": valley.id, "relationship_id": foreign, "by": lead.id, "at": MORNING}

    assert code_of(end_relationship, **their, on=TODAY) == "relationship-unknown"
    assert code_of(unsay_relationship, **their) == "relationship-unknown"
    assert relationship_at(valley.id, foreign) is None


def test_the_database_refuses_an_end_before_the_start(valley, fund, funded):
    with pytest.raises(IntegrityError), transaction.atomic(), member_scope(valley.id):
        Relationship.objects.update(until=MAY - timedelta(days=1))


def test_the_database_refuses_a_mistake_that_goes_on(valley, funded):
    with pytest.raises(IntegrityError), transaction.atomic(), member_scope(valley.id):
        Relationship.objects.update(was_mistaken=True)


def test_a_person_is_not_impartial_about_where_they_work_or_worked_on_that_day(valley, rosa):
    with member_scope(valley.id):
        Membership.objects.filter(person=rosa).update(until=TODAY)

    days = [TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=1)]

    found = [kinds(conflicts_of(rosa.id, valley.id, on=day)) for day in days]

    assert found == [[], [["works-for"]], []]


def test_a_person_is_not_impartial_about_whom_their_employer_funds(valley, fund, funded):
    ruth = a_person(fund, Role.STEWARD, name="Ruth")

    found = conflicts_of(ruth.id, valley.id, on=TODAY)

    assert kinds(found) == [["works-for", "funds"]]
    assert names_of(found) == {fund.id: "Poppy Fund", valley.id: "Valley Harm Reduction"}


def test_a_person_who_works_for_both_stands_between_two_members(valley, clinic, rosa):
    a_person(clinic, Role.CARE_PROVIDER, name="Rosa", id=rosa.id)

    found = conflicts_between(valley.id, clinic.id, on=TODAY)

    assert kinds(found) == [["works-for", "works-for"]]


def test_a_stranger_has_no_conflict(valley, clinic, rosa):
    assert conflicts_of(rosa.id, clinic.id, on=TODAY) == []
    assert conflicts_between(valley.id, clinic.id, on=TODAY) == []


@pytest.mark.embedded
def test_conflicts_cost_three_queries_whatever_there_is(
    valley, lead, fund, clinic, funded, django_assert_num_queries
):
    say(valley, lead, valley, clinic, RelationshipKind.PARTNERS_WITH)

    with django_assert_num_queries(2):
        conflicts_of(lead.id, valley.id, on=TODAY)
    with django_assert_num_queries(3):
        conflicts_between(fund.id, clinic.id, on=TODAY)
