"""Where a place is, and who may see it, changes when two people said so."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from tejido.accounts.testing import an_account
from tejido.directory.domain.duplicates.profiles import Kind
from tejido.directory.domain.vocabulary import Visibility
from tejido.directory.models import Act, Location, ProposedChange, Service
from tejido.directory.queries.history import act_by_id
from tejido.directory.queries.public import public_listings
from tejido.directory.services.acts import Actor
from tejido.directory.services.desk_listing import desk_listing
from tejido.directory.services.editing import Edit, EditRefused, edit
from tejido.directory.services.four_eyes import edit_or_propose, undo_or_propose
from tejido.directory.services.merging import Merge, merge
from tejido.directory.services.publishing import Publicity, publish
from tejido.directory.services.second_look import (
    LookRefused,
    approve,
    do_alone,
    shown_mark,
    turn_down,
    withdraw,
)
from tejido.directory.services.setting import FieldKey
from tejido.directory.services.undo import UndoRefused
from tejido.directory.testing import (
    a_location,
    a_place,
    a_service,
    a_source,
    an_id,
    everything_stored,
    stored,
)
from tejido.network.domain.roles import Role
from tejido.network.testing import a_member, a_person

pytestmark = pytest.mark.django_db

SERVICE = an_id("service Naloxone")
LOCATION = an_id("location Naloxone van")
TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 20, 0, tzinfo=UTC)
THEO = Actor(an_id("theo"), an_id("member"), "steward")
INEZ = Actor(an_id("inez"), an_id("other member"), "network-coordinator")
POINT = FieldKey("directory.location", LOCATION, "latitude")
NAME = FieldKey("directory.location", LOCATION, "name")


def moved(to=37.9, actor=THEO, **more):
    return edit_or_propose(
        change=Edit(values={POINT: to, **more.pop("values", {})}, **more),
        actor=actor,
        on=TODAY,
        at=NOW,
    )


def shown(publicity, actor=THEO):
    listing = desk_listing(SERVICE)
    return publish(listings=[listing], publicity=publicity, actor=actor, on=TODAY, at=NOW)


def approved(proposal, actor=INEZ, seen=None):
    return approve(
        proposal_id=proposal, seen=seen or shown_mark(proposal), actor=actor, on=TODAY, at=NOW
    )


def refusal(call):
    with pytest.raises((LookRefused, EditRefused, UndoRefused)) as refused:
        call()
    return refused.value.code


def latitude():
    return Location.objects.get(id=LOCATION).latitude


def test_a_change_of_where_a_place_is_waits_and_a_second_person_does_it():
    stored(a_service())

    outcome = moved()
    assert (outcome.act, latitude()) == (None, 37.8)

    act = act_by_id(approved(outcome.waiting))
    assert latitude() == 37.9
    assert (act.actor, act.role, act.second_role) == (
        THEO.person,
        "steward",
        "network-coordinator",
    )
    assert ProposedChange.objects.get().state == "approved"


def test_no_way_to_edit_leads_past_the_second_person():
    stored(a_service())
    before = everything_stored()

    for key, value in ((POINT, 37.9), (POINT._replace(field="longitude"), -122.0)):
        change = Edit(values={key: value})
        call = lambda change=change: edit(change=change, actor=THEO, on=TODAY, at=NOW)  # noqa: E731
        assert refusal(call) == "needs-second-person"

    assert everything_stored() == before


def test_a_command_proposes_nothing():
    stored(a_service())

    assert refusal(lambda: moved(actor=Actor())) == "needs-second-person"


def test_nobody_says_yes_or_no_to_their_own_change():
    stored(a_service())
    proposal = moved().waiting

    assert refusal(lambda: approved(proposal, THEO)) == "own-change"
    refused = lambda: turn_down(proposal_id=proposal, reason="x", actor=THEO, at=NOW)  # noqa: E731
    assert refusal(refused) == "own-change"
    assert latitude() == 37.8


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "approved", "decided_by": THEO.person, "decided_at": NOW},
        {"state": "approved"},
        {"state": "turned-down", "decided_by": INEZ.person, "decided_at": NOW, "reason": ""},
        {"state": "alone", "decided_by": THEO.person, "decided_at": NOW, "reason": ""},
        {"state": "withdrawn", "decided_by": INEZ.person, "decided_at": NOW},
    ],
)
def test_the_table_holds_no_yes_without_a_second_person_and_no_no_without_a_reason(changes):
    stored(a_service())
    moved()

    with pytest.raises(IntegrityError), transaction.atomic():
        ProposedChange.objects.update(**changes)


def test_an_act_has_no_act_before_a_yes_and_no_second_person_who_is_the_first():
    stored(a_service())
    moved()

    with pytest.raises(IntegrityError), transaction.atomic():
        ProposedChange.objects.update(act=Act.objects.first())
    with pytest.raises(IntegrityError), transaction.atomic():
        Act.objects.update(actor=THEO.person, second=THEO.person)


def test_what_is_approved_is_what_was_seen():
    stored(a_service())
    proposal = moved().waiting
    seen = shown_mark(proposal)
    Location.objects.filter(id=LOCATION).update(latitude=36.0)

    assert refusal(lambda: approved(proposal, seen=seen)) == "changed-meanwhile"
    assert latitude() == 36.0

    approved(proposal)
    assert latitude() == 37.9


def test_two_proposals_of_one_place_both_wait_and_the_second_is_compared_with_the_first():
    stored(a_service())
    ours, theirs = moved(37.9).waiting, moved(38.0, INEZ).waiting
    seen = shown_mark(theirs)

    approved(ours, INEZ)

    assert refusal(lambda: approved(theirs, THEO, seen)) == "changed-meanwhile"
    approved(theirs, THEO)
    assert latitude() == 38.0


def test_the_same_change_sent_twice_waits_once():
    stored(a_service())

    assert moved() == moved()
    assert moved() != moved(actor=INEZ)
    assert ProposedChange.objects.count() == 2


def test_whoever_is_slower_is_told_that_it_was_decided():
    stored(a_service())
    proposal = moved().waiting
    turn_down(proposal_id=proposal, reason="The program says otherwise", actor=INEZ, at=NOW)

    assert refusal(lambda: approved(proposal, Actor(uuid4()))) == "decided-already"
    assert refusal(lambda: approved(uuid4(), seen="x")) == "proposal-unknown"
    assert latitude() == 37.8
    assert ProposedChange.objects.get().reason == "The program says otherwise"


def test_a_no_needs_a_reason():
    stored(a_service())
    proposal = moved().waiting
    refused = lambda: turn_down(proposal_id=proposal, reason="", actor=INEZ, at=NOW)  # noqa: E731
    assert refusal(refused) == "reason-missing"


def test_only_who_proposed_it_takes_it_back():
    stored(a_service())
    proposal = moved().waiting

    assert refusal(lambda: withdraw(proposal_id=proposal, actor=INEZ, at=NOW)) == "not-own"
    withdraw(proposal_id=proposal, actor=THEO, at=NOW)
    assert ProposedChange.objects.get().state == "withdrawn"


def test_a_place_that_is_gone_is_said_to_be_gone():
    stored(a_service())
    proposal = moved().waiting
    seen = shown_mark(proposal)
    Service.objects.all().delete()
    Location.objects.all().delete()

    assert refusal(lambda: approved(proposal, seen=seen)) == "changed-meanwhile"
    assert refusal(lambda: approved(proposal)) == "listing-gone"


def test_what_is_sent_with_a_new_place_waits_with_it():
    stored(a_service())
    landmark = NAME._replace(field="landmark")

    outcome = moved(values={NAME: "Red door"}, spanish={landmark: "Junto a la iglesia"})
    assert Location.objects.get().name == "Naloxone van"

    approved(outcome.waiting)
    assert (Location.objects.get().name, latitude()) == ("Red door", 37.9)


def test_hiding_holds_at_once_and_showing_again_waits():
    stored(a_service())

    hidden = shown(Publicity.HIDE)
    assert (hidden.waiting, list(public_listings())) == (None, [])

    again = shown(Publicity.PUBLISH)
    assert (again.act, list(public_listings())) == (None, [])
    approved(again.waiting)
    assert len(list(public_listings())) == 1


def test_of_one_choice_what_shows_less_holds_and_what_shows_more_waits():
    hidden = a_location("hidden", visibility=Visibility.PARTNERS)
    stored(a_service(places=(a_place("open"), a_place("hidden", location=hidden))))

    outcome = shown(Publicity.WITHOUT_PLACE)

    assert outcome.act is not None
    said = dict(Location.objects.values_list("name", "visibility"))
    assert said == {"open": "public-without-place", "hidden": "partners-only"}
    approved(outcome.waiting)
    assert set(Location.objects.values_list("visibility", flat=True)) == {"public-without-place"}


def test_whoever_hid_a_place_takes_it_back_alone_within_a_day():
    stored(a_service())
    act = shown(Publicity.HIDE).act

    assert undo_or_propose(act_id=act, actor=THEO, at=NOW + timedelta(days=1)).act is not None
    assert len(list(public_listings())) == 1


@pytest.mark.parametrize(
    ("actor", "after"), [(INEZ, timedelta(0)), (THEO, timedelta(days=1, seconds=1))]
)
def test_an_undo_that_shows_a_place_again_waits_for_a_second_person(actor, after):
    stored(a_service())
    act = shown(Publicity.PARTNERS).act

    outcome = undo_or_propose(act_id=act, actor=actor, at=NOW + after)
    assert (outcome.act, list(public_listings())) == (None, [])

    done = approved(outcome.waiting, Actor(an_id("third"), None, "steward"))
    assert len(list(public_listings())) == 1
    assert act_by_id(done).undoes == act
    assert act_by_id(act).state == "undone"


def test_an_undo_that_hides_or_says_nothing_of_places_never_waits():
    stored(a_service())
    shown(Publicity.PARTNERS)
    done = approved(shown(Publicity.PUBLISH).waiting)
    late = NOW + timedelta(days=9)

    assert undo_or_propose(act_id=done, actor=INEZ, at=late).waiting is None
    assert list(public_listings()) == []


def test_an_undo_of_what_changed_since_leaves_it_and_does_not_wait():
    stored(a_service())
    act = approved(moved().waiting)
    approved(moved(38.0).waiting)

    late = NOW + timedelta(days=9)
    assert undo_or_propose(act_id=act, actor=THEO, at=late).waiting is None
    assert latitude() == 38.0


def test_an_undo_proposed_twice_or_done_meanwhile_gives_a_clear_answer():
    stored(a_service())
    act = shown(Publicity.PARTNERS).act
    first = undo_or_propose(act_id=act, actor=INEZ, at=NOW)
    assert first == undo_or_propose(act_id=act, actor=INEZ, at=NOW)
    seen = shown_mark(first.waiting)

    undo_or_propose(act_id=act, actor=THEO, at=NOW)

    assert refusal(lambda: approved(first.waiting, THEO, seen)) == "changed-meanwhile"
    assert refusal(lambda: approved(first.waiting, THEO)) == "act-not-done"


def test_a_list_changes_addresses_without_a_second_person_and_so_does_its_undo():
    stored(a_service())
    moved_place = a_place("Naloxone van", location=a_location("Naloxone van", latitude=38.5))
    report = stored(
        a_service(places=(moved_place,)), source=a_source(published_on=date(2026, 12, 1))
    )
    assert latitude() == 38.5

    assert undo_or_propose(act_id=report.act_id, actor=THEO, at=NOW).waiting is None
    assert latitude() == 37.8


def test_an_undo_of_a_list_that_hid_a_place_waits():
    stored(a_service())
    hidden = a_location("Naloxone van", visibility=Visibility.PARTNERS)
    newer = a_source(published_on=date(2026, 12, 1))
    report = stored(a_service(places=(a_place("Naloxone van", location=hidden),)), source=newer)

    outcome = undo_or_propose(act_id=report.act_id, actor=THEO, at=NOW)

    assert outcome.act is None
    assert Location.objects.get().visibility == "partners-only"


def test_a_merge_never_shows_more_and_does_not_wait_nor_does_its_undo():
    stored(a_service("One", places=(a_place("one"),)), a_service("Two", places=(a_place("two"),)))
    wanted = Merge(Kind.LOCATION, an_id("location one"), an_id("location two"))

    act = merge(wanted=wanted, actor=THEO, on=TODAY, at=NOW)

    assert ProposedChange.objects.count() == 0
    late = NOW + timedelta(days=9)
    assert undo_or_propose(act_id=act, actor=INEZ, at=late).waiting is None
    assert Location.objects.count() == 2


@pytest.fixture
def alone():
    """A network in which one person may approve."""
    account = an_account("theo")
    a_person(a_member(), Role.STEWARD, id=account.id)
    return Actor(account.id, None, "steward")


def done_alone(proposal, actor, reason="I stood at the door today"):
    said = {"seen": shown_mark(proposal), "reason": reason, "actor": actor}
    return do_alone(proposal_id=proposal, on=TODAY, at=NOW, **said)


def test_who_is_alone_in_the_network_does_it_with_a_reason(alone):
    stored(a_service())
    proposal = moved(actor=alone).waiting
    assert refusal(lambda: done_alone(proposal, alone, "")) == "reason-missing"

    act = act_by_id(done_alone(proposal, alone))

    assert (latitude(), act.second_role) == (37.9, "")
    row = ProposedChange.objects.get()
    assert (row.state, row.reason) == ("alone", "I stood at the door today")


def test_nobody_is_alone_while_somebody_of_another_member_may_approve(alone):
    other = an_account("inez")
    a_person(a_member("Network office"), Role.NETWORK_COORDINATOR, id=other.id)
    stored(a_service())
    proposal = moved(actor=alone).waiting

    assert refusal(lambda: done_alone(proposal, alone)) == "not-alone"
    assert refusal(lambda: done_alone(proposal, Actor(other.id))) == "not-own"

    other.is_active = False
    other.save()
    done_alone(proposal, alone)
    assert latitude() == 37.9
