"""A listing that exists only in Spanish, at the desk."""

import re
from datetime import date

import pytest
from django.utils import timezone

from tejido.directory.domain.drafts import TextIn
from tejido.directory.domain.duplicates.profiles import Kind
from tejido.directory.domain.vocabulary import Tier
from tejido.directory.models import Location, ProposedChange, Service, ServiceAtLocation
from tejido.directory.queries.public import public_listings
from tejido.directory.services.acts import Actor
from tejido.directory.services.call_sheet import call_sheet
from tejido.directory.services.desk_listing import desk_listing
from tejido.directory.services.editing import Edit, edit
from tejido.directory.services.four_eyes import edit_or_propose
from tejido.directory.services.merging import Merge, merge
from tejido.directory.services.setting import FieldKey
from tejido.directory.services.suggestions import suggest
from tejido.directory.services.undo import undo_act
from tejido.directory.testing import (
    LATER,
    a_location,
    a_place,
    a_service,
    a_source,
    an_id,
    seconded,
    stored,
)
from tejido.directory.tests.desk_pages import (
    LOCATION,
    SERVICE,
    address,
    edit_address,
    form_of,
)
from tejido.directory.tests.saying_wrong import said
from tejido.translation.models import Unit

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)
NAME, ABOUT, WHERE = "Casa Girasol", "Jeringas nuevas.", "La puerta verde."
STEWARD = Actor(an_id("steward"), an_id("member"), "steward")
LANDMARK = FieldKey("directory.location", LOCATION, "landmark")


def alone(text):
    return (TextIn("es", text, "source"),)


def a_spanish_service(**changes):
    place = a_place(
        "Naloxone van",
        location=a_location(
            "Naloxone van", landmark=WHERE, translations={"landmark": alone(WHERE)}
        ),
    )
    said = {
        "id": SERVICE,
        "name": NAME,
        "description": ABOUT,
        "translations": {"name": alone(NAME), "description": alone(ABOUT)},
        "places": (place,),
    }
    name = said.pop("name")
    return a_service(name, **{**said, **changes})


def texts_of(record):
    return {
        (unit.field, unit.language): (unit.text, unit.state)
        for unit in Unit.objects.filter(object_id=record)
    }


def test_the_page_of_a_listing_shows_spanish_as_spanish_and_no_english(client, steward):
    stored(a_spanish_service())

    page = client.get(address("listing", SERVICE)).content.decode()

    assert f'<h1 lang="es">{NAME}</h1>' in page
    assert f'(original):</span> <span lang="es">{ABOUT}</span>' in page
    assert page.count(ABOUT) == 1
    assert page.count("No English yet") == 3


def test_the_form_has_the_spanish_in_its_own_field_and_saving_it_as_it_is_changes_nothing(
    client, steward
):
    stored(a_spanish_service())
    page = edit_address("words")
    sent = form_of(client, page)
    before = texts_of(SERVICE)

    answer = client.post(page, sent)

    assert (sent["name"], sent["name_es"]) == ([""], [NAME])
    assert (sent["description"], sent["description_es"]) == ([""], [ABOUT])
    assert answer.status_code == 302
    assert texts_of(SERVICE) == before
    assert Service.objects.get().name == NAME


def test_a_steward_writes_the_english_beside_the_spanish_on_the_form(client, steward):
    stored(a_spanish_service())
    page = edit_address("words")

    client.post(page, form_of(client, page, name="Sunflower House"))

    assert Service.objects.get().name == "Sunflower House"
    assert texts_of(SERVICE) == {
        ("name", "en"): ("Sunflower House", "source"),
        ("name", "es"): (NAME, "translated"),
        ("description", "es"): (ABOUT, "source"),
    }


def test_a_steward_who_takes_the_english_away_leaves_the_spanish(client, steward):
    stored(a_service(description="New", translations={"description": (TextIn("es", "Nueva"),)}))
    page = edit_address("words")

    client.post(page, form_of(client, page, description=""))

    assert Service.objects.get().description == "Nueva"
    assert texts_of(SERVICE) == {("description", "es"): ("Nueva", "source")}


def test_a_steward_who_takes_both_away_leaves_nothing(client, steward):
    stored(a_spanish_service())
    page = edit_address("words")

    client.post(page, form_of(client, page, description="", description_es=""))

    assert Service.objects.get().description == ""
    assert texts_of(SERVICE) == {("name", "es"): (NAME, "source")}


def test_a_service_needs_a_name_in_one_of_the_languages(client, steward, words_of):
    stored(a_spanish_service())
    page = edit_address("words")

    answer = client.post(page, form_of(client, page, name="", name_es=""))

    assert answer.status_code == 400
    assert "Write its name" in words_of(answer)
    assert Service.objects.get().name == NAME


def test_the_call_sheet_asks_of_it_by_its_name():
    stored(
        a_spanish_service(tier=Tier.CORE), source=a_source("old", published_on=date(2020, 1, 1))
    )

    sheet = call_sheet(an_id("organization"), today=TODAY)

    assert {line.listing.service.values["name"] for line in sheet.lines} == {NAME}


def test_english_that_waits_for_a_second_person_leaves_the_spanish_as_it_is_until_then():
    stored(a_spanish_service())
    moved = {LANDMARK._replace(field="latitude"): 37.9, LANDMARK: "The green door."}

    outcome = edit_or_propose(
        change=Edit(values=moved, spanish={LANDMARK: WHERE}), actor=STEWARD, on=TODAY, at=LATER
    )

    proposal = ProposedChange.objects.get(id=outcome.waiting)
    said = {(row.field, row.language): (row.before, row.after) for row in proposal.fields.all()}
    assert said["landmark", ""] == ("", "The green door.")
    assert texts_of(LOCATION) == {("landmark", "es"): (WHERE, "source")}
    seconded(proposal)
    assert Location.objects.get().landmark == "The green door."
    assert texts_of(LOCATION)["landmark", "en"] == ("The green door.", "source")


def test_what_waits_says_nothing_of_spanish_that_stays():
    stored(a_spanish_service())
    moved = {LANDMARK._replace(field="latitude"): 37.9, LANDMARK: ""}

    outcome = edit_or_propose(
        change=Edit(values=moved, spanish={LANDMARK: WHERE}), actor=STEWARD, on=TODAY, at=LATER
    )

    proposal = ProposedChange.objects.get(id=outcome.waiting)
    assert [row.field for row in proposal.fields.all()] == ["latitude"]
    seconded(proposal)
    assert texts_of(LOCATION) == {("landmark", "es"): (WHERE, "source")}


def test_an_undo_that_leaves_other_words_alone_still_knows_which_are_spanish():
    stored(a_spanish_service())
    name, about = (FieldKey("directory.service", SERVICE, n) for n in ("name", "description"))
    first = Edit(values={about: "New needles."}, spanish={about: ABOUT})
    act = edit(change=first, actor=STEWARD, on=TODAY, at=LATER)
    second = Edit(values={name: "Sunflower House"}, spanish={name: NAME})
    edit(change=second, actor=STEWARD, on=TODAY, at=LATER)

    undo_act(act_id=act, at=LATER)

    assert texts_of(SERVICE) == {
        ("name", "en"): ("Sunflower House", "source"),
        ("name", "es"): (NAME, "translated"),
        ("description", "es"): (ABOUT, "source"),
    }
    (listing,) = public_listings()
    assert [text.description for text in listing.texts] == ["", ABOUT]


def test_words_of_a_place_follow_it_into_another_with_their_language():
    here = a_location("here")
    there = a_location("there")
    one = a_place("one", location=here)
    other = a_place(
        "other", location=there, description=WHERE, translations={"description": alone(WHERE)}
    )
    stored(a_service(places=(one, other)))

    merge(wanted=Merge(Kind.LOCATION, here.id, there.id), actor=STEWARD, on=TODAY, at=LATER)

    place = ServiceAtLocation.objects.get()
    assert place.description == WHERE
    assert texts_of(place.pk) == {("description", "es"): (WHERE, "source")}
    assert desk_listing(SERVICE).places[0].place.is_spanish("description")


@pytest.mark.parametrize(
    "page",
    [
        address("search"),
        edit_address("words"),
        address("hours", SERVICE, SERVICE),
        address("publicity", SERVICE),
        address("history", SERVICE),
        address("wrong"),
        address("call-sheet", an_id("organization")),
        address("acts"),
    ],
)
def test_every_page_of_the_desk_marks_a_spanish_name_as_spanish(client, steward, page):
    stored(
        a_spanish_service(tier=Tier.CORE), source=a_source("old", published_on=date(2020, 1, 1))
    )
    suggest(said(), on=timezone.localdate())
    edit(
        change=Edit(values={FieldKey("directory.service", SERVICE, "url"): "https://x.example"}),
        actor=STEWARD,
        on=TODAY,
        at=LATER,
    )

    shown = client.get(page).content.decode()

    assert re.search(rf'lang="es"[^>]*>{NAME}<', shown)


@pytest.mark.parametrize("name", ["Sunflower House"])
def test_an_english_name_is_marked_as_nothing(client, steward, name):
    stored(a_service(name, id=SERVICE))

    assert f'lang="es">{name}' not in client.get(address("search")).content.decode()
