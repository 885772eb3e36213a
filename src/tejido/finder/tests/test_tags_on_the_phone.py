"""The tags of a card are the same with signal and without: what the place itself has."""

import pytest

from tejido.finder.queries.search import need_labels
from tejido.finder.synthetic import bench_concepts
from tejido.finder.testing import a_listing
from tejido.finder.tests.phone import packs_of, run_node
from tejido.finder.web.tags import tags_of
from tejido.finder.web.tiles import TILES

LISTINGS = (
    a_listing(1, name="Box", needs=("drug-checking", "fentanyl-test-strips", "naloxone")),
    a_listing(2, name="Shade", needs=("basics", "laundry", "naloxone", "syringes")),
    a_listing(3, name="Clinic", needs=("tests", "hiv-test", "treatment", "wound-care")),
    a_listing(4, name="Kitchen", needs=("basics",)),
)
SEARCHES = ([], ["naloxone"], ["basics"], ["tests", "syringes"], ["drug-checking"])


@pytest.fixture
def pack(settings, tmp_path):
    settings.SNAPSHOTS = tmp_path / "snapshots"
    return packs_of(settings.SNAPSHOTS, LISTINGS, concepts=bench_concepts())["06001", "en"]


def on_the_phone(folder, pack, searches):
    tiles = [concept for concept, _name, _gloss in TILES]
    return run_node(folder, "tags.mjs", {"pack": pack, "tiles": tiles, "searches": searches})


def test_the_phone_shows_the_tags_that_the_server_shows(pack, tmp_path):
    labels = need_labels("en")

    found = on_the_phone(tmp_path, pack, SEARCHES)

    assert found == [
        {
            each.texts[0].name: [[*tag] for tag in tags_of(each, labels, wanted=wanted)]
            for each in LISTINGS
        }
        for wanted in SEARCHES
    ]


def test_a_broader_need_is_no_tag_beside_the_narrower_one(pack, tmp_path):
    labels = need_labels("en")

    [found] = on_the_phone(tmp_path, pack, [[]])

    assert [labels["drug-checking"], False] not in found["Box"]
    assert [labels["basics"], False] not in found["Shade"]
    assert [labels["basics"], False] in found["Kitchen"]
