"""What was done lately: which listing or need each act was about, and its counts in words."""

import pytest

from tejido.directory.domain.acts import FindingKind
from tejido.directory.models import Act, Finding, Location, Service
from tejido.directory.queries.subjects import Subject, subjects_of
from tejido.directory.services.concepts import load_concepts
from tejido.directory.services.undo import undo_act
from tejido.directory.testing import LATER, a_location, a_place, a_service, an_id, stored
from tejido.directory.tests.desk_pages import (
    PLACE,
    SERVICE,
    address,
    asked_of_listings,
    edit_address,
    form_of,
)
from tejido.directory.tests.needs_helping import add, at
from tejido.directory.tests.needs_helping import take_out as take_word_out
from tejido.directory.web import history
from tejido.foundation.testing import begin_with
from tejido.network.domain.roles import Role

pytestmark = pytest.mark.django_db


def renamed(client, name="New name", record=SERVICE):
    page = edit_address("words", record)
    client.post(page, form_of(client, page, name=name))


def lines(client, words_of):
    return words_of(client.get(address("acts")))


def test_an_edit_says_its_listing_and_leads_there(client, steward, words_of):
    stored(a_service())
    renamed(client)

    page = client.get(address("acts"))

    assert "Edit : New name" in words_of(page)
    assert f'href="{address("listing", SERVICE)}">New name</a>' in page.content.decode()


def test_one_field_and_several_are_said_as_people_say_them(client, steward, words_of):
    stored(a_service())
    renamed(client)
    undo_act(act_id=Act.objects.get(kind="edit").id, at=LATER)

    assert "1 field as before" in lines(client, words_of)
    Act.objects.filter(kind="undo").update(counts={"restored": 1200})
    assert "1,200 fields as before" in lines(client, words_of)


def test_the_page_of_an_edit_says_what_was_and_what_is(client, steward, words_of):
    stored(a_service())
    renamed(client)

    said = words_of(client.get(address("act", Act.objects.get(kind="edit").id)))

    assert "What changed" in said
    assert "Name Naloxone New name" in said


def test_an_undo_says_its_listing_too(client, steward, words_of):
    stored(a_service())
    renamed(client)
    undo_act(act_id=Act.objects.get(kind="edit").id, at=LATER)

    assert "Undo : Naloxone" in lines(client, words_of)


def test_counts_are_said_in_spanish(client, sign_in, words_of):
    sign_in(Role.STEWARD, language="es")
    stored(a_service())
    Act.objects.update(counts={"created": 1, "removed": 3})

    said = lines(client, words_of)

    assert "1 nuevo " in said
    assert "3 registros quitados" in said


def test_an_act_on_a_need_says_its_label_and_leads_there(client, steward, words_of):
    begin_with(load_concepts)
    add("red nozzle")
    take_word_out("red nozzle")

    page = client.get(address("acts"))

    assert words_of(page).count("Edit : Naloxone") == 2
    assert f'href="{at("need", "naloxone")}">Naloxone' in page.content.decode()


def test_what_was_done_to_a_place_or_an_organization_leads_to_the_listing():
    stored(a_service())
    act = Act.objects.get()
    Act.objects.update(kind="edit", source=None)
    act.changes.all().delete()
    location, organization = an_id("location Naloxone van"), an_id("organization")
    for kind, key in (
        ("directory.serviceatlocation", PLACE),
        ("directory.location", location),
        ("directory.organization", organization),
        ("directory.service", an_id("gone")),
    ):
        act.changes.create(object_type=kind, object_id=key, field="name")

    assert subjects_of([act.id]) == {act.id: [Subject(SERVICE, "Naloxone")]}


def test_an_import_is_about_its_list_alone():
    stored(a_service())

    assert subjects_of([Act.objects.get().id]) == {}


def test_of_many_listings_three_are_named_and_the_others_counted(client, steward, words_of):
    stored(*(a_service(f"Number {n}") for n in range(5)))
    Act.objects.update(kind="bulk", source=None)

    said = lines(client, words_of)

    assert "and 2 more" in said


@pytest.mark.parametrize("count", [1, 3])
def test_acts_cost_the_same_however_many_they_are(client, steward, count):
    stored(*(a_service(f"Number {n}", places=(a_place(f"van {n}"),)) for n in range(count)))
    for service in Service.objects.all():
        act = Act.objects.create(kind="edit", at=LATER, state="done")
        act.changes.create(object_type="directory.service", object_id=service.id, field="name")

    assert asked_of_listings(client, address("acts")) == 4


def test_a_difference_in_needs_is_said_with_their_names(client, steward, words_of):
    begin_with(load_concepts)
    stored(a_service())
    row = {"label": "need", "term": "wound-care", "value": ""}
    service = Service.objects.get()
    Finding.objects.create(
        act=Act.objects.get(),
        kind=FindingKind.KEPT.value,
        object_type="directory.service",
        object_id=SERVICE,
        name="Naloxone",
        field="attributes",
        theirs=[row],
        ours=[],
    )
    service.attributes.all().delete()

    said = words_of(client.get(address("listing", SERVICE)))

    assert "Wound care" in said
    assert "wound-care" not in said


def test_what_an_import_leaves_to_look_at_leads_to_its_listing(client, steward):
    place = a_place(location=a_location(name=""))
    stored(a_service(places=(place,)))
    word = {"latitude": {"by": "network", "on": "2999-01-01"}}
    Location.objects.update(latitude=37.5, provenance=word)
    moved = a_place(location=a_location(name="", latitude=37.9))

    report = stored(a_service(places=(moved,)), at=LATER)

    page = client.get(address("act", report.act_id)).content.decode()
    assert f'href="{address("listing", SERVICE)}">Naloxone</a>' in page


def act_page(client, kind):
    return client.get(address("act", Act.objects.filter(kind=kind).latest("at").id))


def link(name):
    return f'href="{address("listing", an_id(f"service {name}"))}">{name}</a>'


def test_each_change_of_an_import_names_its_listing_and_leads_there(client, steward, words_of):
    stored(a_service("Tests"), a_service("Wounds"))
    stored(
        a_service("Tests", url="https://x.example"), a_service("Wounds", email="a@b.c"), at=LATER
    )

    page = act_page(client, "import")

    assert "Tests Web address nothing https://x.example" in words_of(page)
    assert "Wounds Email (for the desk only) nothing a@b.c" in words_of(page)
    for name in ("Tests", "Wounds"):
        assert link(name) in page.content.decode()


def test_a_new_listing_is_one_line_however_much_came_with_it(client, steward, words_of):
    stored(a_service(places=(a_place("One"), a_place("Two"))))

    assert words_of(act_page(client, "import")).count("The whole record") == 1


def test_a_listing_that_an_undo_took_away_is_named_without_a_link(client, steward, words_of):
    report = stored(a_service())
    undo_act(act_id=report.act_id, at=LATER)

    page = act_page(client, "undo")

    assert "Naloxone The whole record – removed" in words_of(page)
    assert address("listing", SERVICE) not in page.content.decode()


def test_a_place_is_named_below_the_listing_that_it_belongs_to(client, steward, words_of):
    stored(a_service(places=(a_place("van"),)))
    Location.objects.update(
        landmark="Ours", provenance={"landmark": {"by": "network", "on": "2999-01-01"}}
    )
    moved = a_location("van", landmark="Theirs")
    stored(a_service(places=(a_place("van", location=moved),)), at=LATER)

    assert "Naloxone van Landmark Theirs Ours" in words_of(act_page(client, "import"))


def test_of_many_changes_the_first_are_shown(client, steward, words_of, monkeypatch):
    monkeypatch.setattr(history, "LINES_SHOWN", 2)
    stored(*(a_service(f"Number {n}") for n in range(3)))

    said = words_of(act_page(client, "import"))

    assert "The first 2 lines." in said
    assert "Number 2" not in said


def test_an_act_costs_the_same_however_much_it_changed(client, steward):
    counts = []
    for number in (1, 3):
        names = [f"Of {number}, {n}" for n in range(number)]
        stored(*(a_service(name, places=(a_place(f"van {name}"),)) for name in names))
        act = Act.objects.create(kind="bulk", at=LATER, state="done")
        for model in (Service, Location):
            for row in model.objects.filter(provenance__isnull=False):
                kind = model._meta.label_lower
                act.changes.create(object_type=kind, object_id=row.id, field="name")
                Finding.objects.create(
                    act=act, kind="kept", object_type=kind, object_id=row.id, field="name"
                )
        counts.append(asked_of_listings(client, address("act", act.id)))

    assert counts[0] == counts[1]
    assert counts[0] <= 12


def test_a_listing_that_came_with_all_it_has_is_one_line_of_its_history(client, steward, words_of):
    stored(a_service(places=(a_place("One"),)))
    first = words_of(client.get(address("history", SERVICE)))
    stored(a_service(places=(a_place("One"), a_place("Two"))), at=LATER)

    assert first.count("The whole record") == 1
    # The place and its location, which came later.
    assert words_of(client.get(address("history", SERVICE))).count("The whole record") == 3
