"""A steward leaves: what waits with them passes to a colleague."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from tejido.accounts.testing import an_account
from tejido.directory.domain.import_runs import RunKind, RunState
from tejido.directory.models import ImportRun, ProposedChange
from tejido.directory.services.acts import Actor
from tejido.directory.services.editing import Edit
from tejido.directory.services.four_eyes import edit_or_propose
from tejido.directory.services.second_look import approve, shown_mark
from tejido.directory.services.setting import FieldKey
from tejido.directory.testing import a_service, an_id, stored
from tejido.foundation.scope import member_scope
from tejido.network.domain.roles import Role
from tejido.network.queries.hand_over import held_of, taken_over
from tejido.network.queries.people import own_membership
from tejido.network.services.leaving import end_membership, resume_membership
from tejido.network.testing import a_member, a_person

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 20, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
POINT = FieldKey("directory.location", an_id("location Naloxone van"), "latitude")


@pytest.fixture
def valley():
    return a_member()


@pytest.fixture
def theo(valley):
    """Who leaves: a change of his waits, and a list."""
    theo = somebody(valley, "Theo", Role.STEWARD)
    stored(a_service())
    actor = Actor(theo.id, valley.id, "steward")
    edit_or_propose(change=Edit(values={POINT: 37.9}), actor=actor, on=TODAY, at=NOW)
    with member_scope(valley.id):
        for state in (RunState.TRIED, RunState.DONE):
            ImportRun.objects.create(
                member=valley, by=theo.id, at=NOW, file_name=state, kind=RunKind.TABLE, state=state
            )
    return theo


@pytest.fixture
def kai(valley, theo):
    return somebody(valley, "Kai", Role.STEWARD)


@pytest.fixture
def boss(valley, theo):
    return somebody(valley, "Dolores", Role.PROGRAM_MANAGER)


def somebody(member, name, role):
    return a_person(member, role, name=name, id=an_account(name.lower()).id)


def held(member, person):
    return {
        group.holding.kind: (
            [piece.words for piece in group.pieces],
            [each.name for each in group.takers],
        )
        for group in held_of(member.id, person.id, at=LATER)
    }


def test_what_waits_with_a_steward_passes_to_another_and_comes_back(valley, theo, kai, boss):
    waiting = {"proposals": (["Naloxone"], ["Kai"]), "lists": (["tried"], ["Kai"])}
    assert held(valley, theo) == waiting
    place = own_membership(valley.id, theo.id).id
    act = {"member_id": valley.id, "membership_id": place, "by": boss.id, "at": LATER}

    end_membership(takers={"proposals": kai.id, "lists": kai.id}, on=TODAY, **act)

    assert [each.holding.kind for each in taken_over(valley.id, kai.id, at=LATER)] == [
        "proposals",
        "lists",
    ]
    # Who proposed it stays: they said that it is so.
    assert ProposedChange.objects.get().proposed_by == theo.id
    resume_membership(**act)
    assert held(valley, theo) == waiting
    assert held(valley, kai) == {}


def test_who_took_a_change_over_is_the_second_person(valley, theo, kai, boss):
    place = own_membership(valley.id, theo.id).id
    act = {"member_id": valley.id, "membership_id": place, "by": boss.id, "at": LATER}
    end_membership(takers={"proposals": kai.id, "lists": None}, on=TODAY, **act)
    proposal = ProposedChange.objects.get()

    approve(
        proposal_id=proposal.id,
        seen=shown_mark(proposal.id),
        actor=Actor(kai.id, valley.id, "steward"),
        on=TODAY,
        at=LATER,
    )

    assert taken_over(valley.id, kai.id, at=LATER) == []


def test_stewards_are_asked_to_look_at_the_listings_of_a_member_that_left(client, words_of):
    account = an_account("theo")
    valley = a_member()
    a_person(valley, Role.STEWARD, id=account.id)
    client.force_login(account)
    stored(a_service())
    gone = a_member("Harbor Program")
    gone.listing_id = an_id("organization")
    said = "Harbor Program left the network: ask what of its listings is still so"
    today = timezone.localdate()

    for until, is_asked in ((None, False), (today, True), (today - timedelta(days=31), False)):
        gone.until = until
        gone.save()
        home = words_of(client.get(f"/desk/{valley.slug}/"))
        assert (said in home) is is_asked

    gone.until, gone.listing_id = today, an_id("a program without listings")
    gone.save()
    assert said not in words_of(client.get(f"/desk/{valley.slug}/"))
