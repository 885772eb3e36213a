"""A place among the words beside another in the field for it: the page says which it used."""

import pytest

from tejido.finder.tests.reading import ALWAYS, Page, place, publish


@pytest.fixture(autouse=True)
def fresno(settings):
    publish(settings.SNAPSHOTS, place(1, "Fulton Street van", rules=ALWAYS))


def found(client, **fields):
    return Page(client.post("/find/", fields))


def test_the_page_says_which_place_it_used_and_offers_the_other(client):
    page = found(client, place="93721", q="naloxone in Oakland")

    assert "Looking near 93721. Your words also name Oakland." in page.text
    assert "Look near Oakland" in page.text


def test_the_other_place_is_one_tap_away(client):
    page = found(client, place="93721", q="naloxone in Oakland", instead="Oakland")

    assert page.of("h1") == ["No place within 25 miles of Oakland has naloxone"]
    assert "Your words also name" not in page.text


def test_beside_the_position_of_the_phone_the_words_are_heard_too(client):
    page = found(client, lat="36.74", lon="-119.79", q="naloxone Oakland")

    assert "Your words also name Oakland." in page.text


@pytest.mark.parametrize("words", ["naloxone Fresno", "naloxone 93721", "naloxone", "needles"])
def test_the_same_place_twice_is_said_once(client, words):
    assert "Your words also name" not in found(client, place="93721", q=words).text


def test_in_spanish_it_says_so_too(client):
    page = Page(client.post("/es/find/", {"place": "93721", "q": "naloxona en Oakland"}))

    assert "Sus palabras también nombran Oakland." in page.text


def test_in_spanish_a_county_is_named_in_spanish(client):
    asked = {"place": "condado de Fresno", "q": "naloxona condado de Alameda"}
    page = Page(client.post("/es/find/", asked))

    assert "Buscamos cerca del condado de Fresno." in page.text
    assert "Sus palabras también nombran el condado de Alameda." in page.text
    assert "Buscar cerca del condado de Alameda" in page.text
    assert "County" not in page.text


def test_of_a_street_address_the_town_is_used_and_that_is_said(client):
    page = found(client, place="1428 E 18th St, Fresno, CA", q="naloxone")

    assert page.of("h1") == ["1 place near Fresno has naloxone"]
    assert "We do not know streets. Looking near Fresno." in page.text


def test_a_neighborhood_that_is_not_known_is_said_to_be_one(client):
    page = found(client, place="Skid Row")

    assert "It does not know neighborhoods or streets." in page.text


def test_the_town_alone_is_no_address(client):
    assert "We do not know streets." not in found(client, place="Fresno").text
