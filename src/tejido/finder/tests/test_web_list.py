"""Which places the results list and count, and in what order."""

from dataclasses import replace

import pytest

from tejido.directory.domain.vocabulary import Mode
from tejido.finder.tests.reading import ALWAYS, Page, place, publish


@pytest.fixture
def folder(settings):
    return settings.SNAPSHOTS


def asked(client, **fields):
    return Page(client.post("/find/", fields))


def test_more_than_twenty_can_be_shown(client, folder):
    publish(folder, *(place(n, f"Place {n}", north=n / 1000, rules=ALWAYS) for n in range(1, 31)))

    few = asked(client, place="Fresno", need="naloxone")
    all_of_them = asked(client, place="Fresno", need="naloxone", show="30")

    assert (len([1 for tag, _ in few.tags if tag == "article"]), few.values("show")[-1]) == (
        20,
        "30",
    )
    assert len([1 for tag, _ in all_of_them.tags if tag == "article"]) == 30


def test_showing_more_only_adds_at_the_end(client, folder):
    far_and_open = [place(n, f"Far {n}", north=0.5, rules=ALWAYS) for n in range(1, 21)]
    near_and_shut = [place(n, f"Near {n}", north=0.3, rules=()) for n in range(30, 35)]
    publish(folder, *far_and_open, *near_and_shut)

    few = asked(client, place="Fresno", need="naloxone")
    more = asked(client, place="Fresno", need="naloxone", show="25")

    names = {"class": "place__name"}.items()
    assert [a["href"] for _, a in few.tags if names <= a.items()] == [
        a["href"] for _, a in more.tags if names <= a.items()
    ][:20]
    assert [form["action"] for form, _ in few.forms if "#" in form["action"]] == [
        "/find/#place-21"
    ]


def test_within_25_miles_places_stand_in_the_order_of_the_search(client, folder):
    publish(
        folder,
        place(1, "Shut clinic", north=0.005, rules=()),
        place(2, "Van", north=0.05, rules=ALWAYS),
        place(3, "Letters", mode=Mode.MAIL, at=None, rules=(), hours_known=False),
        place(4, "Far van", north=0.5, rules=ALWAYS),
        place(5, "Needles", north=0.001, rules=ALWAYS, needs=("syringes",)),
    )

    page = asked(client, place="Fresno", need="naloxone")

    names = ["Van", "Shut clinic", "Letters", "Needles", "Far van"]
    assert [words for words in page.of("a") if words in names] == names
    assert [words for words in page.of("h2") if "mile" in words or "else" in words] == [
        "Within 25 miles, by mail or by phone",
        "Something else that may help",
        "More than 25 miles",
    ]


def test_no_heading_changes_the_order_of_the_search(client, folder):
    near = [place(n, f"Van {n}", north=n / 100, rules=ALWAYS) for n in (1, 2, 3)]
    publish(
        folder,
        *near,
        place(4, "Far van", north=0.5, rules=ALWAYS),
        place(5, "Needles", north=0.02, rules=ALWAYS, needs=("syringes",)),
        place(6, "Shut clinic", north=0.35, rules=()),
    )

    page = asked(client, place="Fresno", need="naloxone")

    names = ["Van 1", "Van 2", "Van 3", "Needles", "Far van", "Shut clinic"]
    assert [words for words in page.of("a") if words in names] == names
    assert page.of("h2")[:2] == ["Within 25 miles", "Near and far, best first"]


def test_only_what_is_known_to_be_open_is_counted_as_open(client, folder):
    publish(
        folder,
        place(1, "Van", north=0.02, rules=ALWAYS),
        place(2, "Valley clinic", north=0.001, hours_known=False),
        place(3, "Shut clinic", north=0.001, rules=()),
    )

    page = asked(client, place="Fresno", need="naloxone", open="on")

    assert page.of("h1") == ["1 place near Fresno has naloxone, with filters on"]
    assert page.of("h2")[:2] == ["Within 25 miles", "Hours not known · call first"]
    assert page.text.index("Van") < page.text.index("Valley clinic")
    assert "Shut clinic" not in page.text


def test_where_nothing_near_is_open_the_closed_ones_stand_apart_before_what_is_far(client, folder):
    publish(
        folder,
        place(1, "Far van", north=1.0, rules=ALWAYS),
        place(2, "Shut clinic", north=0.1, rules=()),
        place(3, "Valley clinic", north=0.1, hours_known=False),
    )

    page = asked(client, place="Fresno", need="naloxone", open="on")

    assert page.of("h1") == ["No place near Fresno is open now"]
    assert page.of("h2")[:3] == [
        "Hours not known · call first",
        "Closed now",
        "More than 25 miles",
    ]
    assert page.text.index("Shut clinic") < page.text.index("Far van")


def test_the_heading_counts_near_places_that_the_list_does_not_hold(client, folder):
    near = [place(n, f"Place {n}", north=n / 1000, rules=ALWAYS) for n in range(1, 61)]
    far = [place(n, f"Far {n}", north=1.0, rules=ALWAYS) for n in range(100, 130)]
    shut = [place(n, f"Shut {n}", north=0.1, rules=()) for n in range(200, 210)]
    publish(folder, *near, *far, *shut)

    assert asked(client, place="Fresno", need="naloxone").of("h1") == [
        "70 places near Fresno have naloxone"
    ]
    assert asked(client, place="Fresno", open="on").of("h1") == [
        "60 places near Fresno, with filters on"
    ]
    assert asked(client, place="Oakland").of("h1") == ["No place found within 25 miles of Oakland"]


@pytest.mark.parametrize("others", [1, 60])
def test_a_place_without_a_public_address_is_counted_in_a_short_list_and_a_long_one(
    client, folder, others
):
    near = [place(n, f"Place {n}", north=n / 1000, rules=ALWAYS) for n in range(1, others + 1)]
    hidden = place(99, "House", north=0, point=None, address_lines=(), city="Fresno")
    publish(folder, *near, hidden)

    heading = asked(client, place="Fresno", need="naloxone").of("h1")

    assert heading == [f"{others + 1} places near Fresno have naloxone"]


def test_a_list_that_is_cut_says_how_many_match_those_with_unknown_hours_too(client, folder):
    sure = [place(n, f"Place {n}", north=n / 1000, rules=ALWAYS) for n in range(1, 41)]
    unsure = [place(n, f"Maybe {n}", north=n / 1000, hours_known=False) for n in range(41, 71)]
    publish(folder, *sure, *unsure)

    page = asked(client, place="Fresno", need="naloxone", open="on", show="50")

    assert "These are 50 of 70 places." in page.text


def test_what_is_only_mentioned_is_not_promised(client, folder):
    said = place(1, "Corner clinic", rules=ALWAYS, needs=("tests",))
    mentions = replace(said.texts[0], description="Ask us about naloxone.")
    publish(folder, replace(said, texts=(mentions,)), place(2, "Van", rules=ALWAYS))

    page = asked(client, place="Fresno", need="naloxone")

    assert page.of("h1") == ["2 places near Fresno may have naloxone"]
    assert page.text.count("The text only mentions naloxone. Call to ask.") == 1


def test_without_a_place_a_map_stands_beside_the_list_and_says_the_counties(client, settings):
    publish(
        settings.SNAPSHOTS,
        place(1, "Fresno van", rules=ALWAYS),
        place(2, "Oakland van", at=None, rules=ALWAYS),
    )
    page = Page(client.post("/find/", {"need": "naloxone"}))
    drawn = [attrs for tag, attrs in page.tags if tag == "g" and "ring__dot" in attrs["class"]]

    assert len(drawn) == 1
    assert "Fresno: 1" in page.of("p")
    assert "You are in the center." not in page.text


def test_with_a_place_there_are_rings_and_no_map(client, settings):
    publish(settings.SNAPSHOTS, place(1, "Fresno van", rules=ALWAYS))
    page = Page(client.post("/find/", {"need": "naloxone", "place": "Fresno"}))

    assert "You are in the center." in page.text
    assert "Fresno: 1" not in page.text
