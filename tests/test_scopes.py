"""How scopes behave: nesting, ending, the network's, a person's, both sides."""

from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.db.models import Min
from django.db.utils import IntegrityError

from tejido.foundation.owned import MemberOwned
from tejido.foundation.scope import (
    AppendOnly,
    OtherMember,
    ScopeMissing,
    current_scope,
    member_scope,
    network_scope,
    person_scope,
)
from tejido.network.domain.members import RelationshipKind
from tejido.network.models import Event, Member, Membership, Relationship, RoleGrant
from tejido.network.testing import a_member, a_person

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 20)
OF_ONE = [model for model in apps.get_models() if issubclass(model, MemberOwned)]


def relate(from_member: Member, to_member: Member) -> Relationship:
    return Relationship.objects.create(
        from_member=from_member, to_member=to_member, kind=RelationshipKind.SUPPORTS, since=TODAY
    )


def test_scopes_nest_and_restore(valley: Member, coast: Member, rows: dict[str, Any]) -> None:
    with member_scope(valley.id):
        with member_scope(coast.id):
            inner = Membership.objects.get().member_id
        outer = Membership.objects.get().member_id
        with pytest.raises(ZeroDivisionError), member_scope(coast.id):
            raise ZeroDivisionError
        after = Membership.objects.get().member_id

    assert (inner, outer, after) == (coast.id, valley.id, valley.id)
    assert current_scope() is None


def test_an_inner_scope_that_fails_on_the_database_restores_the_outer(
    valley: Member, coast: Member, rows: dict[str, Any]
) -> None:
    with member_scope(valley.id):
        with pytest.raises(IntegrityError), member_scope(coast.id), transaction.atomic():
            Membership.objects.create(
                member=coast, person=Membership.objects.get().person, since=TODAY
            )

        assert Membership.objects.get().member_id == valley.id


@pytest.mark.parametrize(
    "late",
    [list, len, bool, lambda rows: rows.count(), lambda rows: rows.exists(), lambda rows: rows[0]],
)
def test_rows_asked_for_in_a_scope_cannot_be_fetched_after_it(
    late: Any, valley: Member, rows: dict[str, Any]
) -> None:
    with member_scope(valley.id):
        asked = Membership.objects.all()

    with pytest.raises(ScopeMissing):
        late(asked)


def test_rows_asked_for_in_a_scope_cannot_be_fetched_in_another(
    valley: Member, coast: Member, rows: dict[str, Any]
) -> None:
    with member_scope(valley.id):
        asked = Membership.objects.all()

    with member_scope(coast.id), pytest.raises(ScopeMissing):
        list(asked)


def test_rows_of_two_scopes_cannot_be_joined(
    valley: Member, coast: Member, rows: dict[str, Any]
) -> None:
    with member_scope(coast.id):
        foreign = Membership.objects.all()
    with member_scope(valley.id):
        own = Membership.objects.all()

        for join in (lambda: own | foreign, lambda: own & foreign, lambda: own.union(foreign)):
            with pytest.raises(ScopeMissing):
                join()


def test_within_its_scope_everything_that_rows_can_do_works(
    valley: Member, rows: dict[str, Any]
) -> None:
    a_person(valley, name="Ana")
    with member_scope(valley.id):
        all_of_them = Membership.objects.order_by("person__display_name")
        ana, rosa = all_of_them
        ana.until = TODAY

        assert all_of_them.aggregate(first=Min("since")) == {"first": TODAY}
        one, other = (Membership.objects.filter(id=row.id) for row in (ana, rosa))
        assert set(one.union(other)) == set(one | other) == {ana, rosa}
        assert "network_membership" in all_of_them.explain()
        assert Membership.objects.bulk_update([ana], ["until"]) == 1
        assert Membership.objects.only("since").get(id=ana.id).since == TODAY
        assert RoleGrant.objects.update(membership=rosa) == 1
        assert RoleGrant.objects.all().delete()[0] == 1
        ana.delete()
        assert Membership.objects.get() == rosa


@pytest.mark.parametrize(
    "late",
    [
        lambda rows: rows.aggregate(Min("since")),
        lambda rows: rows.explain(),
        lambda rows: rows.update(until=TODAY),
        lambda rows: rows.delete(),
        lambda rows: rows._raw_delete(None),
        lambda rows: rows.bulk_update([], ["until"]),
        lambda rows: rows.aiterator(),
    ],
)
def test_nothing_that_rows_can_do_outlives_their_scope(
    late: Any, valley: Member, rows: dict[str, Any]
) -> None:
    with member_scope(valley.id):
        asked = Membership.objects.all()

    with pytest.raises(ScopeMissing):
        late(asked)
    with member_scope(valley.id):
        assert Membership.objects.get().until is None


def test_an_iterator_stops_when_its_scope_ends(valley: Member) -> None:
    for number in range(3):
        a_person(valley, name=f"Person {number}")
    with member_scope(valley.id):
        late = Membership.objects.iterator(chunk_size=1)
        next(late)

    with pytest.raises(ScopeMissing):
        next(late)


def test_an_iterator_begun_after_its_scope_raises(valley: Member, rows: dict[str, Any]) -> None:
    with member_scope(valley.id):
        late = Membership.objects.iterator()

    with pytest.raises(ScopeMissing):
        next(late)


def test_a_row_cannot_be_refreshed_or_followed_after_its_scope(
    valley: Member, rows: dict[str, Any]
) -> None:
    with member_scope(valley.id):
        grant = RoleGrant.objects.get()

    for reach in (grant.refresh_from_db, lambda: grant.membership, grant.delete, grant.save):
        with pytest.raises(ScopeMissing):
            reach()


def test_raw_sql_through_a_scoped_table_is_refused(valley: Member) -> None:
    with member_scope(valley.id), pytest.raises(ScopeMissing):
        Membership.objects.raw("SELECT * FROM network_membership")


def test_the_network_reads_only_what_a_table_declares(
    valley: Member, coast: Member, rows: dict[str, Any]
) -> None:
    with member_scope(valley.id):
        shared = relate(valley, coast)

    with network_scope():
        assert list(Relationship.objects.all()) == [shared]
        for model in OF_ONE:
            if model.readable_by_network:
                assert len(model.objects.all()) == 2
                continue
            with pytest.raises(ScopeMissing):
                model.objects.all()
        for write in (shared.save, shared.delete, Relationship.objects.all().delete):
            with pytest.raises(ScopeMissing):
                write()


def test_a_person_reads_their_own_memberships_and_writes_nothing(
    valley: Member, coast: Member, rows: dict[str, Any]
) -> None:
    rosa = a_person(valley, name="Rosa of two")
    a_person(coast, id=rosa.id)

    with person_scope(rosa.id):
        own = list(Membership.objects.order_by("member__name"))
        with pytest.raises(ScopeMissing):
            own[0].save()
        with pytest.raises(ScopeMissing):
            RoleGrant.objects.all()

    assert [membership.member_id for membership in own] == [coast.id, valley.id]


# Both sides.


def test_a_shared_record_is_reached_from_either_side_and_from_no_third(
    valley: Member, coast: Member
) -> None:
    third = a_member("Third Harm Reduction")
    with member_scope(valley.id):
        shared = relate(valley, coast)

    seen = {}
    for member in (valley, coast, third):
        with member_scope(member.id):
            seen[member] = list(Relationship.objects.all())

    assert seen == {valley: [shared], coast: [shared], third: []}


def test_a_third_member_cannot_make_or_take_a_shared_record(valley: Member, coast: Member) -> None:
    third = a_member("Third Harm Reduction")
    with member_scope(third.id), pytest.raises(OtherMember):
        relate(valley, coast)
    with member_scope(valley.id):
        shared = relate(valley, coast)
        shared.to_member = third
        with pytest.raises(OtherMember):
            shared.save()


# Facts are appended.


def test_what_happened_is_added_and_never_changed(valley: Member, rows: dict[str, Any]) -> None:
    with member_scope(valley.id):
        event = Event.objects.get()
        for change in (
            event.save,
            event.delete,
            lambda: Event.objects.update(act="x"),
            lambda: Event.objects.all().delete(),
        ):
            with pytest.raises(AppendOnly):
                change()
