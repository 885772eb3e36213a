"""One place: what to bring, what to expect, and how to take it along without a trace."""

from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from tejido.directory.domain.vocabulary import Fact, Mode
from tejido.finder.tests.reading import ALWAYS, Page, place, publish
from tejido.finder.web.visit import text_link, to_bring, to_expect


@pytest.fixture(autouse=True)
def published(settings):
    publish(settings.SNAPSHOTS, place(1, "Van"))


def words(lines):
    return [line.words for line in lines]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, ["ID: not known. Bring it if you have it"]),
        ({Fact.NO_ID: True}, ["You need no ID"]),
        ({Fact.NO_ID: False}, ["An ID: they ask for it"]),
        (
            {Fact.NO_ID: True, Fact.NO_INSURANCE: False, Fact.FREE: False},
            ["You need no ID", "Your insurance card: they ask for it", "Money: it is not free"],
        ),
        ({Fact.NO_ID: True, Fact.FREE: True}, ["You need no ID"]),
    ],
)
def test_what_to_bring(facts, expected):
    assert words(to_bring(place(1, "Van", facts=facts))) == expected


def test_what_nobody_said_is_said_to_be_unknown():
    (line,) = to_bring(place(1, "Van", facts={}))

    assert not line.known
    assert "Wheelchair access: not known" in words(to_expect(place(1, "Van", facts={})))


def test_an_id_is_not_spoken_of_twice():
    van = place(1, "Van", facts={Fact.NO_ID: True, Fact.PETS: True})

    assert set(words(to_expect(van))) == {
        "Walk in: not known",
        "Cost: not known",
        "Wheelchair access: not known",
        "Pets welcome",
    }


@pytest.mark.parametrize("mode", [Mode.MAIL, Mode.PHONE])
def test_nothing_is_brought_where_there_is_no_place_to_go(mode):
    line = place(1, "By mail", mode=mode, facts={Fact.NO_ID: True})

    assert to_bring(line) == ()
    assert "No ID asked" in words(to_expect(line))


def test_a_text_to_oneself_holds_name_place_and_number_and_no_need():
    van = place(1, "Peach & Plum van", city="Fresno", postal_code="93721")
    link = text_link(van, language="en")

    assert link.startswith("sms:?&body=")
    body = unquote(link.removeprefix("sms:?&body=")).splitlines()
    assert body[0] == "Peach & Plum van"
    assert body[-1] == "(559) 555-0101"
    assert "Fresno" in body[1]
    assert "naloxone" not in link
    assert parse_qs(urlsplit(link).query).keys() == {"body"}


def test_a_text_about_a_place_that_is_not_public_names_its_town_at_most():
    house = place(1, "Safe house", at=None, address_lines=(), city="Fresno", postal_code="")

    body = unquote(text_link(house, language="en"))
    assert body.splitlines()[1:] == ["Fresno", "(559) 555-0101"]


@pytest.mark.parametrize(
    ("name", "organization", "first"),
    [
        ("Naloxone box", "Night Kitchen", "Night Kitchen"),
        ("Methadone clinic", "Treatment Inc", "12 Oak St, Fresno"),
        ("Point Reyes Health Center", "Night Kitchen", "Point Reyes Health Center"),
    ],
)
def test_a_text_that_stays_on_the_phone_does_not_tell_what_is_there(name, organization, first):
    lines = ("Narcan box, 12 Oak St",)
    box = place(1, name, organization=organization, address_lines=lines, city="Fresno")

    body = unquote(text_link(box, language="en").removeprefix("sms:?&body="))

    assert body.splitlines()[0] == first
    assert "12 Oak St, Fresno" in body
    assert "narcan" not in body.lower()


def test_a_text_is_in_the_language_of_the_page():
    assert "Camioneta" in unquote(text_link(place(1, "Van", es="Camioneta"), language="es"))


@pytest.mark.parametrize(
    ("path", "headings"),
    [
        ("/place/", ["What to expect", "What to bring", "When", "Where", "Keep or share"]),
        ("/es/place/", ["Qué esperar", "Qué llevar", "Cuándo", "Dónde", "Guardar o compartir"]),
    ],
)
def test_the_page_says_it_and_offers_it(client, settings, path, headings):
    van = place(1, "Van", rules=ALWAYS)
    publish(settings.SNAPSHOTS, van)
    page = Page(client.get(f"{path}{van.id}/"))
    links = [attrs.get("href", "") for tag, attrs in page.tags if tag == "a"]

    assert [each for each in page.of("h2") if each in headings] == headings
    assert sum(link.startswith("sms:?&body=") for link in links) == 1
    assert sum("openstreetmap.org/directions?to=" in link for link in links) == 1
    assert f"{path}{van.id}/" in links


def test_a_printed_page_says_when_it_was_made_and_where(client, settings):
    van = place(1, "Van", rules=ALWAYS)
    publish(settings.SNAPSHOTS, van)
    page = Page(client.post(f"/place/{van.id}/", {"place": "Fresno", "need": "naloxone"}))

    (printed,) = [said for said in page.of("p") if said.startswith("This page was made at")]
    assert printed.endswith(f"http://testserver/place/{van.id}/")
