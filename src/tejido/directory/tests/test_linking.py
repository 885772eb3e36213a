"""Locations that are one without anybody looking are put together at once, and only those."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from tejido.directory.domain.acts import ActKind
from tejido.directory.domain.drafts import AddressDraft
from tejido.directory.models import (
    Act,
    Change,
    Location,
    Organization,
    Service,
    ServiceAtLocation,
)
from tejido.directory.services.merging import link_locations
from tejido.directory.services.undo import undo_act
from tejido.directory.testing import LATER, a_location, a_place, an_id, stored
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
