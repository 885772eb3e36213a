"""What somebody types into the kept search asks what it would ask with signal."""

from zoneinfo import ZoneInfo

import pytest

from tejido.finder.queries.times import split_time
from tejido.finder.testing import NOW, a_listing
from tejido.finder.tests.phone import packs_of, run_node
from tejido.finder.tests.test_place_cases import PLACES
from tejido.finder.web.asked import Asked, Position
from tejido.finder.web.forms import PlainText
from tejido.finder.web.standing import stand
from tejido.geography.domain.places import Ambiguous

ZONE = ZoneInfo("America/Los_Angeles")
HERE = Position(36.74, -119.79)
SEARCHES = (
    {"words": "narcan tonight 8pm near oakland"},
    {"words": "narcan esta noche cerca de Oakland"},
    {"words": "agujas mañana a las 3 condado de Fresno"},
    {"words": "Sunday Friends"},
    {"words": "sunday friends fresno"},
    {"words": "narcan sunday"},
    {"words": "naloxone now", "place": "94606"},
    {"words": "abierto el domingo", "place": "SF"},
    {"words": "narcan oakland", "place": "Fresno"},
    {"words": "narcan oakland", "position": HERE},
    {"words": "narcan oakland", "place": "94606"},
    {"words": "narcan 90011", "place": "Oakland"},
    {"words": "narcan in Marin county", "place": "Fresno County"},
    {"words": "narcan in Alameda county", "place": "Oakland"},
    {"words": "food LA", "place": "Fresno"},
    {"words": "narcan", "place": "1428 E 18th St, Oakland CA"},
    {"words": "narcan", "place": "12 Fresno Street"},
    {"words": "oakland"},
    {"words": "what is open tomorrow 10am in Fresno"},
    {"words": "narcan march 8 2027 2:30am"},
    {"words": "narcan"},
    {"words": "nar\u200bcan\u202e 9\u00adam \t in\nOak\u200dland"},
    {"words": "narcan", "place": "Oak\u200bland\x00"},
    {},
    {"words": "naloxone yesterday"},
    {"words": "naloxona 31 de noviembre"},
    {"words": "narcan in Fresnno"},
    {"words": "narcan mountain view"},
    {"place": "Atlantis"},
)


def on_the_server(*, words="", place="", position=None):
    """Return what the server asks for these words, as the phone tells it."""
    words, place = (PlainText(required=False).clean(text) for text in (words, place))
    rest, said = split_time(words, now=NOW.astimezone(ZONE))
    if said and (said.is_over or said.is_unclear):
        return {"problem": "timeIsOver" if said.is_over else "whichDay"}
    standing = stand(Asked(place=place, words=rest, position=position))
    if standing.unclear:
        is_one_of = isinstance(standing.unclear, Ambiguous)
        return {"problem": "whichPlace" if is_one_of else "unknownPlace"}
    where, at = standing.where, said.at if said else None
    return {
        "words": standing.words,
        "from": where and [where.latitude, where.longitude, where.county_fips],
        "other": standing.other,
        "isNow": at is None,
        "onlyOpen": bool(said and said.only_open),
        "at": int((at or NOW).timestamp() * 1000),
    }


def as_typed(*, words="", place="", position=None):
    at = position and {"latitude": position.latitude, "longitude": position.longitude}
    return {"words": words, "place": place, "position": at}


@pytest.fixture
def pack(settings, tmp_path):
    settings.SNAPSHOTS = tmp_path / "snapshots"
    listings = [a_listing(1, name="Sunday Friends"), a_listing(2, needs=("naloxone",))]
    return packs_of(settings.SNAPSHOTS, listings, places=PLACES)["core", "en"]


def test_time_and_place_are_parted_from_the_words_as_with_signal(pack, tmp_path):
    asked = {"pack": pack, "at": int(NOW.timestamp() * 1000)}
    searches = [as_typed(**search) for search in SEARCHES]

    read = run_node(tmp_path, "asking.mjs", asked | {"searches": searches})

    assert read == [on_the_server(**search) for search in SEARCHES]
    assert [each.get("problem") for each in read[-5:]] == [
        "timeIsOver",
        "whichDay",
        "unknownPlace",
        "whichPlace",
        "unknownPlace",
    ]
