import re
from datetime import date

import pytest

from tejido.accounts.testing import an_account
from tejido.directory.domain.drafts import TextIn
from tejido.directory.domain.vocabulary import Mode
from tejido.directory.models import Act, Attribute, Location, ProposedChange, Service
from tejido.directory.queries.public import public_listings
from tejido.directory.services.desk_listing import desk_listing
from tejido.directory.testing import (
    LATER,
    a_phone,
    a_place,
    a_service,
    a_source,
    an_id,
    seconded,
    stored,
)
from tejido.directory.tests.desk_pages import (
    LOCATION,
    PLACE,
    SERVICE,
    address,
    asked_of_listings,
    edit_address,
    form_of,
)
from tejido.network.domain.roles import Role
from tejido.network.testing import a_person

pytestmark = pytest.mark.django_db

NOTHING = an_id("nothing")


def every_page():
    act = Act.objects.first()
    return [
        address("search"),
        address("acts"),
        address("act", act.id),
        address("listing", SERVICE),
        address("history", SERVICE),
        address("publicity", SERVICE),
        address("hours", SERVICE, PLACE),
        edit_address("words"),
    ]


def test_only_stewards_and_coordinators_come_in(client, valley):
    stored(a_service())
    account = an_account("rosa")
    client.force_login(account)
    assert [client.get(page).status_code for page in every_page()] == [404] * 8

    a_person(valley, Role.OUTREACH_WORKER, Role.PROGRAM_MANAGER, name="Rosa", id=account.id)
    assert [client.get(page).status_code for page in every_page()] == [403] * 8


@pytest.mark.parametrize("role", [Role.STEWARD, Role.NETWORK_COORDINATOR])
def test_a_steward_and_a_coordinator_come_in(client, valley, role):
    stored(a_service())
    account = an_account("inez")
    a_person(valley, role, name="Inez", id=account.id)
    client.force_login(account)

    assert [client.get(page).status_code for page in every_page()] == [200] * 8


def test_nobody_comes_in_without_signing_in(client, valley):
    stored(a_service())

    assert {client.get(page).status_code for page in every_page()} == {302}
    assert client.post(address("confirm", SERVICE)).status_code == 302


def test_what_is_not_there_is_not_found(client, steward):
    stored(a_service())
    pages = [
        address("listing", NOTHING),
        address("history", NOTHING),
        address("act", NOTHING),
        address("hours", SERVICE, NOTHING),
        edit_address("nonsense"),
        edit_address("address"),
        edit_address("words", LOCATION),
    ]

    assert [client.get(page).status_code for page in pages] == [404] * 7
    assert client.post(address("undo", NOTHING)).status_code == 404


def test_a_search_shows_what_fits(client, steward, words_of):
    stored(a_service(), a_service("Tests"))

    said = words_of(client.get(address("search"), {"words": "nalox"}))

    assert "1 listing " in said
    assert "Naloxone" in said
    assert "Oakland" in said
    assert "The county-list, Nov 1, 2026" in said


@pytest.mark.parametrize(
    "asked",
    [{"page": "x"}, {"page": "999999999"}, {"tier": "no"}, {"source": "no"}, {"words": "\0"}],
)
def test_a_search_that_nobody_meant_is_still_answered(client, steward, asked):
    stored(a_service())

    assert client.get(address("search"), asked).status_code == 200


def test_a_listing_without_a_place_says_who_finds_it_too(client, steward, words_of):
    stored(a_service(places=(), mode=Mode.MAIL))

    assert "Harbor Program – Everybody The county-list" in words_of(client.get(address("search")))


def test_a_listing_says_every_field_and_who_confirmed_it(client, steward, words_of):
    stored(a_service(phones=(a_phone(),), translations={"name": (TextIn("es", "Naloxona"),)}))

    said = words_of(client.get(address("listing", SERVICE)))

    for words in (
        "Naloxona",
        "translated",
        "(510) 555-0142",
        "Monday 9:00 am–5:00 pm",
        "1 Main Street, Oakland, CA, 94606",
        "Harbor Program",
        "The county-list, Nov 1, 2026",
    ):
        assert words in said


def test_a_listing_in_spanish_has_no_english_frame(client, steward, words_of):
    stored(a_service())
    client.post("/desk/language/", {"language": "es", "next": "/desk/"})

    said = words_of(client.get(address("listing", SERVICE)))

    assert "Nombre" in said
    assert "lunes 9:00 a. m.–5:00 p. m." in said
    assert "Still right" not in said


def test_words_are_edited_in_both_languages(client, steward, words_of):
    stored(a_service(description="Old"))
    page = edit_address("words")

    answer = client.post(page, form_of(client, page, description="New", description_es="Nueva"))

    assert answer.status_code == 302
    listing = desk_listing(SERVICE)
    assert listing.service.values["description"] == "New"
    assert listing.service.texts["description", "es"] == ("Nueva", "translated")
    said = words_of(client.get(answer.url))
    assert "Saved" in said
    assert "Directory steward, Nov 20, 2026" in said or "Directory steward," in said


def test_saving_without_a_change_is_no_act(client, steward):
    stored(a_service())
    for group, record in [
        ("words", SERVICE),
        ("about", SERVICE),
        ("facts", SERVICE),
        ("needs", SERVICE),
        ("phones", SERVICE),
        ("address", LOCATION),
        ("point", LOCATION),
        ("there", PLACE),
        ("organization", an_id("organization")),
    ]:
        page = edit_address(group, record)
        answer = client.post(page, form_of(client, page))
        assert answer.status_code == 302, (group, answer.content.decode())
        assert "done" not in answer.url, group

    page = address("hours", SERVICE, SERVICE)
    assert "done" not in client.post(page, form_of(client, page)).url
    assert Act.objects.count() == 1


def test_a_name_is_needed(client, steward, words_of):
    stored(a_service())
    page = edit_address("words")

    answer = client.post(page, form_of(client, page, name=" "))

    assert answer.status_code == 400
    assert "Write its name" in words_of(answer)
    assert Service.objects.get().name == "Naloxone"


def test_two_stewards_at_once_do_not_overwrite_each_other(client, steward, words_of):
    stored(a_service())
    page = edit_address("words")
    mine = form_of(client, page, description="Mine")
    client.post(page, form_of(client, page, description="Theirs"))

    answer = client.post(page, mine)

    assert answer.status_code == 409
    assert "Somebody changed this while you were editing" in words_of(answer)
    assert Service.objects.get().description == "Theirs"


def test_needs_and_facts_are_edited_apart(client, steward):
    stored(a_service(keywords=("old",)))
    page = edit_address("facts")
    client.post(page, form_of(client, page, **{"no-id": "yes", "walk-in": "no"}))
    page = edit_address("needs")
    client.post(page, form_of(client, page, keywords="new\n\nnew\nother"))

    said = sorted(Attribute.objects.values_list("label", "term", "value"))
    assert said == [
        ("fact", "no-id", "yes"),
        ("fact", "walk-in", "no"),
        ("keyword", "new", ""),
        ("keyword", "other", ""),
        ("need", "naloxone", ""),
    ]


def test_how_it_works_is_edited(client, steward, words_of):
    stored(a_service())
    page = edit_address("about")

    refused = client.post(page, form_of(client, page, languages="Klingon", url="javascript:x"))
    assert refused.status_code == 400
    assert "We do not know this language: Klingon" in words_of(refused)
    assert "Write a web address" in words_of(refused)

    client.post(
        page,
        form_of(client, page, tier="core", languages="Spanish, hmn", wheelchair="yes"),
    )
    service = Service.objects.get()
    assert (service.tier, service.languages) == ("core", ["es", "hmn"])


def test_a_new_street_does_not_keep_the_old_point(client, steward):
    stored(a_service())
    page = edit_address("address", LOCATION)

    client.post(page, form_of(client, page, address_1="2 Other Street", postal_code="99999"))
    seconded(ProposedChange.objects.get())

    location = Location.objects.get()
    assert location.address.address_1 == "2 Other Street"
    assert (location.latitude, location.longitude) == (None, None)


def test_a_point_is_whole_and_in_california(client, steward, words_of):
    stored(a_service())
    page = edit_address("point", LOCATION)

    half = client.post(page, form_of(client, page, longitude=""))
    far = client.post(page, form_of(client, page, latitude="10"))

    assert (half.status_code, far.status_code) == (400, 400)
    assert "Write both latitude and longitude, or neither" in words_of(half)


def test_what_is_still_right_is_confirmed(client, steward, words_of):
    stored(a_service())
    page = address("confirm", SERVICE)

    empty = client.post(page, {})
    forged = client.post(page, {"right": "directory.service x name"})
    answer = client.post(page, {"right": [f"directory.service {SERVICE} *"]})

    assert (empty.status_code, forged.status_code, answer.status_code) == (400, 400, 302)
    assert "Choose what is still right" in words_of(empty)
    (listing,) = public_listings()
    assert listing.confirmed_by == "network"


def test_who_finds_it_is_chosen_and_undone(client, steward, words_of):
    stored(a_service())
    page = address("publicity", SERVICE)

    assert client.post(page, {}).status_code == 400
    answer = client.post(page, {"publicity": "partners"})
    assert list(public_listings()) == []

    act = Act.objects.get(kind="hide")
    assert str(act.id) in client.get(answer.url).content.decode()
    undone = client.post(address("undo", act.id))
    assert len(list(public_listings())) == 1
    assert "Undo" in words_of(client.get(undone.url))
    assert client.post(address("undo", act.id)).status_code == 409


def test_the_history_says_what_was_and_what_is(client, steward, words_of):
    stored(a_service(description="Old words"))
    page = edit_address("words")
    client.post(page, form_of(client, page, description="New words"))

    said = words_of(client.get(address("history", SERVICE)))

    assert "Description Old words New words" in said
    assert "Directory steward" in said
    assert "Import" in said


def test_an_import_shows_what_it_left_to_look_at(client, steward, words_of):
    stored(a_service(description="Wrong"), a_service("Gone"))
    page = edit_address("words")
    client.post(page, form_of(client, page, description="Right"))
    newer = a_source(published_on=date(2026, 12, 1))
    report = stored(
        a_service(description="Wrong", url="https://x.example"), source=newer, at=LATER
    )

    said = words_of(client.get(address("act", report.act_id)))

    assert "A person's word was kept" in said.replace("&#x27;", "'")
    assert "Description Wrong Right" in said
    assert "No longer in the list; still listed here Listing" in said
    assert "Gone" in said


def test_a_whole_import_is_undone_from_its_page(client, steward):
    report = stored(a_service())

    answer = client.post(address("undo", report.act_id))

    assert answer.status_code == 302
    assert Service.objects.count() == 0


def test_pages_take_as_many_queries_for_three_listings_as_for_one(client, steward):
    stored(a_service("Number 1"))
    pages = [address("search"), address("acts")]
    one = [asked_of_listings(client, page) for page in pages]

    stored(*(a_service(f"Number {n}") for n in range(1, 4)))

    assert [asked_of_listings(client, page) for page in pages] == one
    assert max(one) <= 4


def test_every_form_has_at_most_seven_fields(client, steward):
    stored(a_service())
    for group, record in [("words", SERVICE), ("about", SERVICE), ("address", LOCATION)]:
        page = client.get(edit_address(group, record))
        assert len(list(page.context["form"].visible_fields())) <= 7


def test_no_page_of_the_desk_has_a_style_or_a_script_inside(client, steward):
    stored(a_service())

    for page in every_page():
        html = client.get(page).content.decode()
        assert not re.search(r"<style|<script(?![^>]*src=)|\sstyle=|\son\w+=", html), page


def test_a_listing_with_many_places_is_shown(client, steward, words_of):
    stored(a_service(places=(a_place("One"), a_place("Two"))))

    said = words_of(client.get(address("listing", SERVICE)))

    assert "Place: One" in said
    assert "Place: Two" in said
