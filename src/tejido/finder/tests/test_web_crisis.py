"""A person in a crisis sees a number that answers now, before any place."""

import pytest
from django.utils import timezone

from tejido.finder.domain.crisis import lines_now, needs_a_line_now
from tejido.finder.synthetic import bench_concepts
from tejido.finder.testing import PLACES, a_snapshot
from tejido.finder.tests.reading import ALWAYS, Page, place, publish
from tejido.geography.domain.places import Place, PlaceKind

TWINS = [
    Place(PlaceKind.TOWN, "Twin", "", latitude, -121.0, approximate=True, weight=5)
    for latitude in (34.0, 40.0)
]
EMERGENCY = "Not breathing? Call 911 now. Give naloxone."
LINE = "You can call or text 988 now, any hour."


def lines(page):
    return {attrs["href"] for tag, attrs in page.tags if tag == "a"} & {"tel:988", "sms:988"}


@pytest.mark.parametrize(
    ("needs", "expected"),
    [
        (("crisis-line",), True),
        (("naloxone", "mental-health"), True),
        (("talk",), True),
        (("overdose-spotting",), True),
        (("naloxone", "food"), False),
        ((), False),
    ],
)
def test_what_cannot_wait(needs, expected):
    assert needs_a_line_now(needs) is expected


def test_the_line_stands_before_the_places(client, settings):
    publish(settings.SNAPSHOTS, place(1, "Van", rules=ALWAYS, needs=("mental-health",)))
    page = Page(client.post("/find/", {"place": "Fresno", "need": "mental-health"}))

    assert lines(page) == {"tel:988", "sms:988"}
    assert page.text.index(LINE) < page.text.index("Van")


def test_the_line_is_in_spanish(client, settings):
    publish(settings.SNAPSHOTS, place(1, "Van", rules=ALWAYS, needs=("mental-health",)))
    page = Page(client.post("/es/find/", {"place": "Fresno", "need": "mental-health"}))

    assert "Puede llamar o enviar un mensaje al 988 ahora, a cualquier hora." in page.text


def test_a_place_that_is_not_known_does_not_hide_the_line(client, settings):
    publish(settings.SNAPSHOTS, place(1, "Van", rules=ALWAYS, needs=("mental-health",)))
    page = Page(client.post("/find/", {"place": "Fresnno", "need": "mental-health"}))

    assert LINE in page.text


def test_other_searches_do_not_speak_of_it(client, settings):
    publish(settings.SNAPSHOTS, place(1, "Van", rules=ALWAYS))

    assert LINE not in Page(client.post("/find/", {"place": "Fresno", "need": "naloxone"})).text


def main_of(response):
    return response.content.decode().partition("<main")[2].partition("</main>")[0]


def is_told_first(response):
    """Tell whether 911 and what to do stand in the page before its heading."""
    before = main_of(response).partition("<h1")[0]
    return "tel:911" in before and EMERGENCY in before and "/overdose/" in before


def test_the_most_urgent_line_comes_first():
    assert lines_now(("narcan", "od"), ("talk",)) == ("911", "988")
    assert lines_now(("narcan", "Oakland"), ("naloxone",)) == ()


@pytest.mark.parametrize(
    "asked",
    [
        {"q": "od"},
        {"q": "my friend is not breathing fresno"},
        {"q": "he is unresponsive", "place": "Fresno", "need": "naloxone"},
        {"q": "narcan", "place": "he wont wake up"},
        {"q": "overdose", "place": "Twin"},
        {"q": "not breathing", "day": "2026-99-99"},
        {"q": "od yesterday"},
        {"q": "not breathing " * 20},
    ],
)
def test_an_overdose_is_answered_with_911_before_anything_else(client, settings, asked):
    a_snapshot(settings.SNAPSHOTS, [place(1, "Van")], at=timezone.now(), places=(*PLACES, *TWINS))

    assert is_told_first(client.post("/find/", asked))


def test_without_a_list_911_is_the_first_that_is_offered(client):
    page = main_of(client.post("/find/", {"q": "od"}))

    assert page.index("tel:911") < page.index("tel:988")


def test_an_overdose_is_answered_in_spanish(client, settings):
    publish(settings.SNAPSHOTS, place(1, "Van", rules=ALWAYS))

    before = main_of(client.post("/es/find/", {"q": "no respira fresno"})).partition("<h1")[0]

    assert "¿No respira? Llame ya al 911. Dé naloxona." in before
    assert "/es/overdose/" in before


@pytest.mark.parametrize(
    "asked",
    [
        {"q": "counseling", "hour": "99"},
        {"place": "counseling"},
        {"q": "counseling", "place": "94999"},
    ],
)
def test_a_search_that_must_be_changed_first_does_not_hide_the_line(client, settings, asked):
    publish(settings.SNAPSHOTS, place(1, "Van", rules=ALWAYS))

    assert "tel:988" in main_of(client.post("/find/", asked))


def test_searches_for_naloxone_are_no_emergency(client, settings):
    publish(settings.SNAPSHOTS, place(1, "Van", rules=ALWAYS))

    assert "tel:911" not in main_of(client.post("/find/", {"q": "narcan fresno"}))


def names_in(page, *names):
    """Return those of the names that a page has, in its order."""
    return sorted((name for name in names if name in page), key=page.index)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        *(("/find/", "lips blue"), ("/find/", "my buddy is turning blue in the shower")),
        *(("/es/find/", "mi amigo no despierta"), ("/es/find/", "sobredosis")),
    ],
)
def test_an_overdose_looks_for_naloxone_what_is_open_near_first(client, settings, path, words):
    publish(
        settings.SNAPSHOTS,
        place(1, "Blue shower friend", needs=("shower",), rules=ALWAYS),
        place(2, "Closed box", needs=("naloxone",), temporarily_closed=True),
        place(3, "Open box", needs=("naloxone",), rules=ALWAYS, north=0.3),
    )
    page = main_of(client.post(path, {"q": words, "place": "Fresno"}))

    assert names_in(page, "Open box", "Closed box", "Blue shower friend") == [
        "Open box",
        "Closed box",
    ]


def test_what_is_asked_about_overdoses_is_still_what_is_found(client, settings):
    publish(
        settings.SNAPSHOTS,
        place(1, "A class", needs=("overdose-training",), rules=ALWAYS),
        place(2, "A box", needs=("naloxone",), rules=ALWAYS),
    )
    page = main_of(client.post("/find/", {"q": "overdose training class", "place": "Fresno"}))

    assert names_in(page, "A class", "A box")[0] == "A class"
    assert "tel:911" not in page


@pytest.mark.parametrize(
    ("path", "words"), [("/find/", "safe place to use"), ("/es/find/", "uso a solas")]
)
def test_who_uses_alone_is_told_of_the_line_that_stays_with_them(
    client, settings, monkeypatch, path, words
):
    monkeypatch.setattr("tejido.finder.testing.CONCEPTS", bench_concepts())
    publish(settings.SNAPSHOTS, place(1, "Van", rules=ALWAYS))
    before = main_of(client.post(path, {"q": words, "place": "Fresno"})).partition("<h1")[0]

    assert "SafeSpot" in before
    assert "tel:+18009720590" in before
    assert "tel:988" not in before
