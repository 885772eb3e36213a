"""A place that is not shown, and names that would tell where it is: `Safe house, 123 Main St`."""

import json
from dataclasses import replace

import pytest

from tejido.directory.domain.drafts import OrganizationDraft, TextIn
from tejido.directory.domain.issues import IssueCode
from tejido.directory.domain.telling_names import tells_place
from tejido.directory.domain.vocabulary import Visibility
from tejido.directory.models import Act, Location, Organization, Service
from tejido.directory.queries.public import public_listings
from tejido.directory.services.issue_words import WORDS
from tejido.directory.testing import (
    a_location,
    a_place,
    a_service,
    an_id,
    everything_stored,
    stored,
)
from tejido.directory.tests.desk_pages import SERVICE, address, edit_address, form_of
from tejido.directory.tests.ways_in import (
    GOOD,
    WAYS,
    as_record,
    brought_in,
    codes_of,
    every_way,
    row,
)

SECRET = "Safe house, 123 Main St"
HIDDEN = Visibility.WITHOUT_PLACE


@pytest.mark.parametrize(
    "name",
    [
        SECRET,
        "Safe house at 1428 E. 18th Street",
        "12 Oak Lane House",
        "Casa segura (Calle Roble 45)",
        "Refugio Avenida Juárez 101",
        "Corner of Elm House",
        "5th & Elm shelter",
        "Shelter 94606",
    ],
)
def test_a_name_with_an_address_tells(name):
    assert tells_place(name)


@pytest.mark.parametrize(
    "name",
    [
        "Larkin Street Youth Services",
        "24 Hour St. Mary's Shelter",
        "Phase 2 Way Home",
        "7 Days Way Home",
        "Project 180",
        "Casa Avenida",
        "Highway to Hope",
        "",
    ],
)
def test_a_name_that_only_sounds_like_one_does_not(name):
    assert not tells_place(name)


def test_a_name_with_the_street_of_the_place_tells():
    assert tells_place("Main Street House", "123 Main St")
    assert tells_place("Casa de la calle Roble", "45 Roble St")
    assert not tells_place("Larkin Street House", "500 Oak Ave")


def confidential(name):
    return row(name=name, address_1="Confidential - Oakland", postal_code="", latitude="")


@every_way
@pytest.mark.django_db
@pytest.mark.usefixtures("data")
def test_an_import_leaves_such_a_row_out_and_says_which_and_what_to_do(tmp_path, way):
    rows = [GOOD, confidential(SECRET), confidential("Quiet House")]

    result = brought_in(WAYS[way](tmp_path, rows))

    issues = [each for each in result.issues if each.code is IssueCode.NAME_TELLS_PLACE]
    assert [(each.field, each.value) for each in issues] == [("name", "")]
    assert issues[0].row > 0
    assert "Write the name without street" in str(WORDS[IssueCode.NAME_TELLS_PLACE])
    assert set(Service.objects.values_list("name", flat=True)) == {"Harbor", "Quiet House"}
    assert "123 Main" not in everything_stored() + repr(result.issues)


@pytest.mark.django_db
def test_the_name_of_an_organization_is_looked_at_too(tmp_path):
    record = as_record(confidential("Quiet House"))
    record["organization"]["name"] = SECRET
    path = tmp_path / "list.json"
    record["organization"]["id"] = str(an_id("another agency"))
    path.write_text(json.dumps([as_record(GOOD), record]))

    result = brought_in(path)

    assert "organization.name" in {each.field for each in result.issues}
    assert Organization.objects.get().name == "Harbor"


@pytest.mark.django_db
def test_records_of_a_service_at_a_place_are_looked_at_too(tmp_path):
    service = as_record(confidential(SECRET))
    (place,) = service.pop("service_at_locations")
    path = tmp_path / "list.json"
    path.write_text(json.dumps([as_record(GOOD), {**place, "service": service}]))

    result = brought_in(path)

    assert IssueCode.NAME_TELLS_PLACE in codes_of(result)
    assert Service.objects.get().name == "Harbor"


def at_a_hidden_place(name="Quiet House", organization="Harbor Program", **changes):
    there = a_location("van", visibility=changes.pop("visibility", HIDDEN), **changes)
    agency = OrganizationDraft(an_id("organization"), organization)
    return a_service(
        id=SERVICE, name=name, organization=agency, places=(a_place("van", location=there),)
    )


@pytest.mark.django_db
@pytest.mark.parametrize("said", [{"name": SECRET}, {"organization": SECRET}])
def test_what_is_stored_already_is_not_public_and_the_desk_says_why(
    client, steward, words_of, said
):
    stored(at_a_hidden_place(**said))

    assert list(public_listings()) == []
    page = words_of(client.get(address("listing", SERVICE)))
    assert f"“{SECRET}” tells where the place is" in page


@pytest.mark.django_db
def test_a_spanish_name_that_tells_is_not_public():
    spanish = {"name": (TextIn("es", "Casa, Calle Roble 45"),)}
    stored(replace(at_a_hidden_place(), translations=spanish))

    assert list(public_listings()) == []


@pytest.mark.django_db
@pytest.mark.parametrize("level", [Visibility.PUBLIC, HIDDEN])
def test_other_names_and_other_places_stay_public(level):
    name = SECRET if level is Visibility.PUBLIC else "Larkin Street Youth"
    stored(at_a_hidden_place(name=name, visibility=level))

    assert [each.texts[0].name for each in public_listings()] == [name]


@pytest.mark.django_db
def test_publishing_without_the_place_is_refused_and_nothing_changes(client, steward, words_of):
    stored(at_a_hidden_place(name=SECRET, visibility=Visibility.PUBLIC))
    acts = Act.objects.count()

    refused = client.post(address("publicity", SERVICE), {"publicity": "without-place"})

    assert refused.status_code == 409
    assert f"The name “{SECRET}” tells where the place is" in words_of(refused)
    assert "Write the name without street and number first" in words_of(refused)
    assert (Act.objects.count(), Location.objects.get().visibility) == (acts, "public")
    assert client.post(address("publicity", SERVICE), {"publicity": "hide"}).status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("group", "record", "field"),
    [
        ("words", SERVICE, "name"),
        ("words", SERVICE, "name_es"),
        ("organization", an_id("organization"), "name"),
    ],
)
def test_a_new_name_that_tells_is_refused(client, steward, words_of, group, record, field):
    stored(at_a_hidden_place())
    page = edit_address(group, record)

    refused = client.post(page, form_of(client, page, **{field: SECRET}))

    assert refused.status_code == 409
    assert f"“{SECRET}”" in words_of(refused)
    assert "tells where the place is" in words_of(refused)
    assert set(Service.objects.values_list("name", flat=True)) == {"Quiet House"}


@pytest.mark.django_db
def test_such_a_name_can_be_put_right(client, steward):
    stored(at_a_hidden_place(name=SECRET))
    page = edit_address("words")

    client.post(page, form_of(client, page, name="Safe house"))

    assert [each.texts[0].name for each in public_listings()] == ["Safe house"]
