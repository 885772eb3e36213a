"""A person in a crisis sees a number that answers now, before any place."""

import pytest

from tejido.finder.domain.crisis import needs_a_line_now
from tejido.finder.tests.reading import ALWAYS, Page, place, publish

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
