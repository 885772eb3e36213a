"""A neighbour says that a place was closed; a day later another does; a steward's morning."""

import sqlite3
from contextlib import closing

import pytest
from sound import faults
from steps import ENGLISH, SPANISH, as_somebody, at_the_desk, heading, search
from test_edit_a_listing import followed, main_of, pressed

DESK = "/desk/estuary-blue-door"
FINDER = f"{DESK}/finder/"
CLOSED = {"en": "It was closed when I came", "es": "Estaba cerrado cuando llegué"}
WORDS = {"en": "Something is wrong here", "es": "Algo está mal aquí"}
SEND = {"en": "Send", "es": "Enviar"}
THANKS = {"en": "Thank you", "es": "Gracias"}


def at_a_place(page, language):
    """Open the first place near Fresno and return its address."""
    search(page, SPANISH if language == "es" else ENGLISH, place="Fresno")
    page.goto(page.locator("article.place h3 a").first.get_attribute("href"))
    return page.url


def say_closed(page, language, note):
    """Say from the page of a place that it was closed."""
    followed(page, WORDS[language])
    page.get_by_label(CLOSED[language]).check()
    page.locator("textarea").fill(note)
    pressed(page, SEND[language])
    assert heading(page) == THANKS[language]


def a_day_passes(site):
    """Make what was said so far a day old."""
    with closing(sqlite3.connect(site.data / "tejido.sqlite3", timeout=20)) as base, base:
        base.execute("UPDATE directory_suggestion SET day = date(day, '-1 day')")


def finder_is_brought_up_to_date(page):
    page.goto(FINDER)
    pressed(page, "Update the finder now")


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_neighbour_says_that_a_place_was_closed_without_scripts(own_site, visits, language):
    page = visits.page(own_site, java_script_enabled=False)
    at_a_place(page, language)

    followed(page, WORDS[language])
    page.locator("textarea").fill("Hay una cadena en la puerta")
    pressed(page, SEND[language])
    assert page.locator("[role=alert]").count() == 1
    other = "en" if language == "es" else "es"
    pressed(page, {"en": "English", "es": "Español"}[other])
    assert heading(page) == WORDS[other]
    assert page.locator("textarea").input_value() == "Hay una cadena en la puerta"
    page.get_by_label(CLOSED[other]).check()
    pressed(page, SEND[other])

    assert heading(page) == THANKS[other]


def test_from_two_reports_to_changed_published_and_undone(own_site, visits):
    visits.cookies_allowed = True
    public = visits.page(own_site, java_script_enabled=False)
    place = at_a_place(public, "en")
    name, before = heading(public), main_of(public)
    say_closed(public, "en", "There is a chain on the door")
    steward = at_the_desk(own_site, visits, "theo")
    steward.goto(f"{DESK}/")
    assert "Look at what people say is wrong with 1 listing" in main_of(steward)

    a_day_passes(own_site)
    other = visits.page(own_site, java_script_enabled=False)
    at_a_place(other, "es")
    say_closed(other, "es", "Nadie abrió")
    public.goto(place)
    assert main_of(public) == before

    steward.goto(f"{DESK}/")
    followed(steward, "1 place may be closed")
    queue = steward.url
    shown = main_of(steward)
    assert "Said to be closed on two days or more." in shown
    assert name in shown
    assert "There is a chain on the door" in shown
    assert "Nadie abrió" in shown
    followed(steward, "Write the hours or the day")
    assert "Nadie abrió" in main_of(steward)
    followed(steward, "Closed for a time or for good")
    assert "Nadie abrió" in main_of(steward)
    steward.get_by_label("Closed for a time").check()
    pressed(steward, "Save")
    assert "Saved" in main_of(steward)
    listing = steward.url
    finder_is_brought_up_to_date(steward)
    public.goto(place)
    assert "Closed" in main_of(public)
    assert main_of(public) != before
    steward.goto(queue)
    assert "Nobody said that anything is wrong." in main_of(steward)

    steward.goto(listing)
    pressed(steward, "Undo")
    finder_is_brought_up_to_date(steward)
    public.goto(place)
    assert main_of(public) == before
    steward.goto(queue)
    assert "1 place may be closed" in main_of(steward)


def test_one_button_confirms_that_it_is_still_right(own_site, visits):
    visits.cookies_allowed = True
    public = visits.page(own_site)
    at_a_place(public, "en")
    say_closed(public, "en", "")
    steward = at_the_desk(own_site, visits, "theo")
    steward.goto(f"{DESK}/directory/wrong/")
    assert "1 report waits" in main_of(steward)

    with steward.expect_navigation():
        steward.get_by_role("button", name="Still right").click()

    assert "Nobody said that anything is wrong." in main_of(steward)
    pressed(steward, "Undo")
    steward.goto(f"{DESK}/directory/wrong/")
    assert "1 report waits" in main_of(steward)


@pytest.mark.parametrize("language", ["en", "es"])
def test_pages_where_wrongs_are_told_and_answered_are_sound(
    own_site, visits, axe_source, language
):
    visits.cookies_allowed = True
    page = visits.page(own_site, width=1280)
    found = {name: faults(page, axe_source) for name in pages(page, own_site, language)}

    assert len(found) == 6
    assert found == {name: {} for name in found}


def pages(page, site, language):
    """Open the form, its mistake, the thanks and the queue in turn; return the name of each."""
    at_a_place(page, language)
    followed(page, WORDS[language])
    yield "form"
    pressed(page, SEND[language])
    yield "mistake"
    page.get_by_label(CLOSED[language]).check()
    page.locator("textarea").fill("https://example.org/" + "long/" * 40)
    pressed(page, SEND[language])
    yield "thanks"
    a_day_passes(site)
    at_a_place(page, language)
    say_closed(page, language, "no")
    page.goto(f"{'/es' if language == 'es' else ''}/wrong/00000000-0000-0000-0000-000000000001/")
    yield "gone"
    as_somebody(page, "theo", language)
    page.goto(f"{DESK}/directory/wrong/")
    yield "queue"
    page.locator("main section h2 a").first.click()
    page.wait_for_load_state()
    yield "listing with an alert"
