"""Taking a merge back shows nothing that somebody hid since, unless two people said so."""

from datetime import timedelta

import pytest

from tejido.directory.domain.duplicates.profiles import Kind
from tejido.directory.models import Location, Service, ServiceAtLocation
from tejido.directory.queries.public import public_listings
from tejido.directory.services.desk_listing import desk_listing
from tejido.directory.services.four_eyes import undo_or_propose
from tejido.directory.services.merging import Merge, merge
from tejido.directory.services.publishing import Publicity, publish
from tejido.directory.testing import a_place, a_service, an_id, stored
from tejido.directory.tests.test_four_eyes import INEZ, NOW, THEO, TODAY, approved

pytestmark = pytest.mark.django_db

LATE = NOW + timedelta(days=30)


@pytest.fixture(autouse=True)
def both():
    stored(*(a_service(key, places=(a_place(key),)) for key in ("ours", "theirs")))


def merged(kind):
    wanted = Merge(kind, an_id(f"{kind.value} ours"), an_id(f"{kind.value} theirs"))
    return merge(wanted=wanted, actor=THEO, on=TODAY, at=NOW)


def hidden(key, publicity):
    listings = [desk_listing(an_id(f"service {key}"))]
    publish(listings=listings, publicity=publicity, actor=THEO, on=TODAY, at=NOW)


def shown():
    return {listing.id for listing in public_listings()}


def waits(act, actor=INEZ, at=LATE):
    before = shown()
    outcome = undo_or_propose(act_id=act, actor=actor, at=at)
    assert (outcome.act, shown()) == (None, before)
    return outcome.waiting


def test_services_that_were_hidden_as_one_are_not_shown_again_by_parting_them():
    act = merged(Kind.SERVICE)
    hidden("ours", Publicity.HIDE)

    approved(waits(act), THEO)

    assert Service.objects.count() == 2
    assert shown() == {an_id("place theirs")}


def test_a_place_that_was_hidden_with_its_neighbour_is_not_shown_by_parting_locations():
    act = merged(Kind.LOCATION)
    hidden("ours", Publicity.PARTNERS)
    assert shown() == set()

    approved(waits(act), THEO)

    assert shown() == {an_id("place theirs")}


def test_parting_does_not_wait_where_what_was_hidden_takes_its_word_along():
    act = merged(Kind.LOCATION)
    hidden("theirs", Publicity.PARTNERS)

    assert undo_or_propose(act_id=act, actor=INEZ, at=LATE).waiting is None
    assert (Location.objects.count(), shown()) == (2, set())


def test_a_word_of_one_listing_at_the_place_is_enough_to_wait():
    act = merged(Kind.LOCATION)
    rows = ServiceAtLocation.objects.filter(id=an_id("place ours"))
    rows.update(visibility="partners-only")

    waits(act)


def test_whoever_merged_does_not_show_alone_what_was_hidden_since_not_even_the_same_day():
    act = merged(Kind.LOCATION)
    hidden("ours", Publicity.PARTNERS)

    waits(act, THEO, NOW)


def test_a_service_that_was_hidden_after_parting_is_not_shown_by_merging_again():
    act = merged(Kind.SERVICE)
    undone = undo_or_propose(act_id=act, actor=INEZ, at=LATE).act
    hidden("theirs", Publicity.HIDE)

    waits(undone, THEO)


@pytest.mark.parametrize("kind", [Kind.LOCATION, Kind.SERVICE])
def test_parting_what_nobody_hid_does_not_wait_to_and_fro(kind):
    Location.objects.update(visibility="public-without-place")
    act = merged(kind)

    for _ in range(3):
        outcome = undo_or_propose(act_id=act, actor=INEZ, at=LATE)
        assert outcome.waiting is None
        act = outcome.act
