"""What the finder and the HSDS API read is built together, where either is missing or old."""

from datetime import timedelta

import pytest

from tejido.config.publishing import publish_if_old
from tejido.directory.queries.feed_files import FEED_FILES, current_feed
from tejido.directory.testing import NOON, a_service, stored
from tejido.finder.queries.state import snapshot_state

pytestmark = pytest.mark.django_db


def published(at):
    said = []
    publish_if_old(at=at, report=said.append)
    return bool(said)


def test_both_are_built_once_from_the_same_listings(settings):
    stored(a_service("One"), a_service("Two"))

    assert published(NOON)
    assert not published(NOON + timedelta(hours=1))

    assert current_feed().meta["services"] == str(snapshot_state().listings) == "2"
    assert current_feed().built_at == snapshot_state().built_at == NOON


def test_both_are_built_where_the_one_of_the_api_is_missing(settings):
    """As after an upgrade from a version that had none."""
    stored(a_service("One"))
    published(NOON)
    for file in FEED_FILES.files_in(settings.SNAPSHOTS):
        file.unlink()

    assert published(NOON + timedelta(hours=1))
    assert current_feed().built_at == snapshot_state().built_at == NOON + timedelta(hours=1)
