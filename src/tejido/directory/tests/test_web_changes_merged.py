"""A change that waits about a record which became part of another one says where to make it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tejido.directory.domain.duplicates.profiles import Kind
from tejido.directory.services.editing import Edit
from tejido.directory.services.four_eyes import edit_or_propose
from tejido.directory.services.merging import Merge, merge
from tejido.directory.services.setting import FieldKey
from tejido.directory.services.undo import undo_act
from tejido.directory.testing import a_place, a_service, an_id, stored
from tejido.directory.tests.test_four_eyes import INEZ, NOW, TODAY
from tejido.network.domain.roles import Role

pytestmark = pytest.mark.django_db

POINT = FieldKey("directory.location", an_id("location theirs"), "latitude")
TOLD = {
    "en": "It was made one with another. If the change is still right, make it there:",
    "es": "Se unió con otro. Si el cambio todavía es correcto, hágalo allí:",
}


@pytest.fixture
def proposal():
    places = (a_place("ours"),)
    stored(a_service("Harbor", places=places), a_service("Bay", places=(a_place("theirs"),)))
    change = Edit(values={POINT: 37.9})
    return edit_or_propose(change=change, actor=INEZ, on=TODAY, at=NOW).waiting


def merged():
    wanted = Merge(Kind.LOCATION, an_id("location ours"), an_id("location theirs"))
    return merge(wanted=wanted, actor=INEZ, on=TODAY, at=NOW)


def page(client, member, proposal):
    return client.get(reverse("directory:change", args=[member.slug, proposal]))


def test_it_leads_to_the_listing_that_stays_and_waits_as_before_when_parted(
    client, steward, valley, proposal, words_of
):
    act = merged()

    told = page(client, valley, proposal)
    assert TOLD["en"] in words_of(told)
    assert "Yes, change it" not in words_of(told)
    listing = reverse("directory:listing", args=[valley.slug, an_id("service Bay")])
    assert listing in told.content.decode()

    undo_act(act_id=act, at=NOW + timedelta(hours=1))
    again = words_of(page(client, valley, proposal))
    assert TOLD["en"] not in again
    assert "Yes, change it" in again


def test_the_queue_names_the_listing_that_stays(client, steward, valley, proposal, words_of):
    merged()

    queue = words_of(client.get(reverse("directory:changes", args=[valley.slug])))

    assert "Bay" in queue


def test_it_says_so_in_spanish(client, sign_in, valley, proposal, words_of):
    merged()
    sign_in(Role.STEWARD, language="es")

    assert TOLD["es"] in words_of(page(client, valley, proposal))
