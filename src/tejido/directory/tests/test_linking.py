"""Locations that are one without anybody looking are put together at once, and only those."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tejido.directory.domain.acts import ActKind
from tejido.directory.domain.drafts import AddressDraft
from tejido.directory.models import (
    Act,
    Address,
    Change,
    Location,
    Organization,
    Service,
    ServiceAtLocation,
)
from tejido.directory.queries.duplicate_pairs import linkable_pairs
from tejido.directory.services.duplicates import look_for_duplicates
from tejido.directory.services.merging import link_locations
from tejido.directory.services.undo import undo_act
from tejido.directory.testing import LATER, NOON, a_location, a_place, an_id, stored
from tejido.directory.tests.test_merging import STEWARD, both, dump, listing, ours

pytestmark = pytest.mark.django_db

NEXT_DAY = LATER + timedelta(days=1)
__all__ = ["both"]


def plain(key):
    address = AddressDraft("1 Main Street", "Oakland", "CA", "94606")
    location = replace(a_location(key), name="", address=address)
    return listing(key, "Harbor Clinic", places=(replace(a_place(key), location=location),))


def linked(*pairs) -> UUID | None:
    ids = [(an_id(f"location {one}"), an_id(f"location {other}")) for one, other in pairs]
    return link_locations(pairs=ids, actor=STEWARD, at=LATER)


def test_locations_are_linked_in_one_act_that_can_be_undone_and_nobody_spoke():
    stored(plain("ours"), plain("theirs"), plain("third"))
    before = dump()

    act = linked(("ours", "theirs"), ("ours", "third"))

    assert Location.objects.get().provenance.keys() == {"*"}
    assert Act.objects.get(id=act).counts == {"records": 2}
    assert Organization.objects.count() == Service.objects.count() == 3
    undo_act(act_id=act, at=NEXT_DAY)
    assert dump() == before


@pytest.mark.usefixtures("both")
def test_a_location_with_numbers_of_its_own_is_left_to_a_person():
    before = dump()

    assert linked(("ours", "theirs"), ("ours", "nobody")) is None
    assert dump() == before
    assert Change.objects.filter(act__kind=ActKind.MERGE).count() == 0


def test_locations_that_share_a_service_are_left_to_a_person():
    stored(ours(places=(replace(plain("a").places[0]), replace(plain("b").places[0]))))

    assert linked(("a", "b")) is None
    assert ServiceAtLocation.objects.count() == 2


def test_what_became_part_of_what_became_part_follows_to_the_last():
    stored(plain("ours"), plain("theirs"), plain("third"))
    linked(("theirs", "third"))
    linked(("ours", "theirs"))

    report = stored(plain("third"), at=NEXT_DAY)
    stored(replace(plain("third"), description="New"), at=LATER)

    assert report.unchanged == 1
    assert Location.objects.get().id == an_id("location ours")
    assert Location.objects.get().services.count() == 3


def test_locations_that_are_no_longer_alike_since_they_were_found_stay_two():
    stored(plain("ours"), plain("theirs"))
    look_for_duplicates(at=NOON)
    pairs = linkable_pairs()
    Address.objects.filter(location=an_id("location theirs")).update(address_1="900 Elsewhere Ave")

    assert len(pairs) == 1
    assert link_locations(pairs=pairs, actor=STEWARD, at=LATER) is None
    assert Location.objects.count() == 2


def test_the_same_pairs_sent_twice_are_put_together_once():
    stored(plain("ours"), plain("theirs"), plain("third"))
    pairs = [("ours", "theirs"), ("theirs", "third"), ("ours", "theirs")]

    act = linked(*pairs)

    assert (linked(*pairs[:1]), Act.objects.filter(kind=ActKind.MERGE).count()) == (None, 1)
    assert Act.objects.get(id=act).counts == {"records": 1}


def test_what_another_steward_put_together_meanwhile_is_looked_for_under_a_lock():
    stored(plain("ours"), plain("theirs"))

    with CaptureQueriesContext(connection) as asked:
        linked(("ours", "theirs"))

    first = next(each["sql"] for each in asked if '"directory_location"' in each["sql"])
    # SQLite lets one write at a time and knows no such words.
    assert ("FOR UPDATE" in first) is connection.features.has_select_for_update
