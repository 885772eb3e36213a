"""Of each filter that is on, the page says how many say yes and how many have not said."""

import pytest

from tejido.directory.domain.vocabulary import Fact
from tejido.finder.tests.reading import ALWAYS, Page, place, publish

FAR_NORTH = 1.5
STAYS = "Places that have not said stay in the list. Call to ask."


@pytest.fixture(autouse=True)
def places(settings):
    publish(
        settings.SNAPSHOTS,
        place(1, "Yes", rules=ALWAYS, facts={Fact.NO_ID: True}, languages=("en", "es")),
        place(2, "Yes too", rules=ALWAYS, facts={Fact.NO_ID: True, Fact.WHEELCHAIR: True}),
        place(3, "Asks", rules=ALWAYS, facts={Fact.NO_ID: False}),
        place(4, "Says nothing", hours_known=False, facts={}, languages=()),
        place(5, "Far", north=FAR_NORTH, facts={Fact.NO_ID: True}, rules=ALWAYS),
    )


def told(client, path="/find/", **asked):
    page = Page(client.post(path, {"need": "naloxone", **asked}))
    return [words for words in page.of("li") if "not known" in words or "no se sabe" in words]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"fact": "no-id"}, ["No ID asked: 2 yes, 1 not known"]),
        ({"fact": "wheelchair"}, ["Wheelchair access: 1 yes, 3 not known"]),
        ({"fact": "walk-in"}, ["Walk in: 0 yes, 4 not known"]),
        ({"spoken": "es"}, ["Spanish spoken: 1 yes, 1 not known"]),
        ({"open": "on"}, ["Open now: 3 yes, 1 not known"]),
        (
            {"open": "on", "fact": "no-id"},
            ["Open now: 2 yes, 1 not known", "No ID asked: 2 yes, 1 not known"],
        ),
    ],
)
def test_each_filter_says_what_is_known_near(client, asked, expected):
    assert told(client, place="Fresno", **asked) == expected


def test_without_a_place_the_whole_list_is_told(client):
    assert told(client, fact="no-id") == ["No ID asked: 3 yes, 1 not known"]


def test_of_a_county_what_lies_in_it_is_told(client):
    assert told(client, place="Alameda County", fact="no-id") == []


def test_without_a_filter_nothing_is_counted(client):
    page = Page(client.post("/find/", {"need": "naloxone", "place": "Fresno"}))

    assert STAYS not in page.text


def test_what_has_not_said_stays_in_the_list(client):
    page = Page(client.post("/find/", {"place": "Fresno", "need": "naloxone", "fact": "no-id"}))

    assert STAYS in page.text
    assert "Says nothing" in page.of("a")
    assert "Asks" not in page.of("a")


def test_where_all_have_said_nobody_is_told_to_ask(client, settings):
    publish(settings.SNAPSHOTS, place(1, "Yes", rules=ALWAYS, facts={Fact.NO_ID: True}))
    page = Page(client.post("/find/", {"place": "Fresno", "need": "naloxone", "fact": "no-id"}))

    assert "not known" not in page.text
    assert STAYS not in page.text


def test_it_is_told_in_spanish(client):
    assert told(client, "/es/find/", place="Fresno", spoken="es") == [
        "Se habla español: sí en 1, no se sabe en 1"
    ]
