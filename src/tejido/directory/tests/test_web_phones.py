"""What the parts of a listing's page say of phones and points, and the form of its phones."""

import pytest

from tejido.directory.domain.drafts import CarriedDraft, OrganizationDraft
from tejido.directory.models import Act, Phone, Record
from tejido.directory.services.undo import undo_act
from tejido.directory.testing import (
    NOON,
    a_location,
    a_phone,
    a_place,
    a_service,
    an_id,
    stored,
)
from tejido.directory.tests.desk_pages import SERVICE, address, edit_address, form_of

pytestmark = pytest.mark.django_db


def test_phones_are_edited_as_rows(client, steward, words_of):
    stored(a_service(phones=(a_phone(), a_phone("old", "+15105550143"))))
    page = edit_address("phones")

    refused = client.post(page, form_of(client, page, **{"phone-2-number": "12"}))
    assert refused.status_code == 400
    assert "Write the number with its area code" in words_of(refused)

    sent = form_of(client, page, **{"phone-1-number": "", "phone-2-number": "(510) 555-0199"})
    client.post(page, sent)
    assert sorted(Phone.objects.values_list("number", flat=True)) == [
        "+15105550142",
        "+15105550199",
    ]


def test_phones_are_said_as_people_write_them_and_kept_as_they_are(client, steward, words_of):
    video = a_phone("other", "+15105550199", kind="video", description="At the gate")
    phones = (a_phone(kind="fax", extension="7"), video, a_phone("odd", "12"))
    stored(a_service(phones=phones))

    said = words_of(client.get(address("listing", SERVICE)))
    form = client.get(edit_address("phones"))

    assert "(510) 555-0142, ext. 7, Fax (510) 555-0199, video, At the gate 12 " in said
    assert 'value="(510) 555-0142"' in form.content.decode()
    page = edit_address("phones")
    assert "done" not in client.post(page, form_of(client, page)).url
    assert sorted(Phone.objects.values_list("number", flat=True)) == [
        "+15105550142",
        "+15105550199",
        "12",
    ]


def test_a_place_without_a_point_is_not_said_to_be_exact(client, steward, words_of):
    stored(a_service(places=(a_place(location=a_location(latitude=None, longitude=None)),)))

    said = words_of(client.get(address("listing", SERVICE)))

    assert "Not filled in: Latitude, Longitude, How exact the point is" in said


OFFICE = {"id": "a", "number": "510.555.0142", "extension": 7, "languages": ["es"]}
CARRIED = (
    CarriedDraft("phones", 0, OFFICE),
    CarriedDraft("phones", 1, {"id": "b", "number": "(510) 555-0143", "type": "fax"}),
    CarriedDraft("contacts", 0, {"id": "c", "name": "Ana Invented"}),
)


def organization_phones():
    held = OrganizationDraft(an_id("organization"), "Harbor Program", carried=CARRIED)
    stored(a_service(organization=held))
    return edit_address("organization-phones", an_id("organization"))


def carried(kind):
    rows = Record.objects.filter(kind=kind).order_by("position")
    return [row.fields for row in rows]


def test_numbers_of_an_organization_are_seen_and_say_who_sees_them(client, steward, words_of):
    page = organization_phones()

    said = words_of(client.get(address("listing", SERVICE)))
    form = words_of(client.get(page))

    assert "(510) 555-0142, ext. 7 (510) 555-0143, Fax" in said
    assert "changes for every listing of the organization" in form
    assert "People do not see these numbers" in form


def test_saving_numbers_of_an_organization_unchanged_changes_nothing(client, steward):
    page = organization_phones()

    assert "done" not in client.post(page, form_of(client, page)).url
    assert carried("phones") == [OFFICE, CARRIED[1].fields]


def test_numbers_of_an_organization_are_edited_and_keep_what_no_form_shows(client, steward):
    page = organization_phones()

    changes = {"phone-0-number": "510-555-0188", "phone-1-number": ""}
    client.post(page, form_of(client, page, **changes, **{"phone-2-number": "5105550199"}))

    office, new = carried("phones")
    assert office == {**OFFICE, "number": "+15105550188"}
    assert (new["number"], sorted(new)) == ("+15105550199", ["id", "number"])
    assert carried("contacts") == [{"id": "c", "name": "Ana Invented"}]


def test_an_edit_of_an_organizations_numbers_is_told_and_taken_back(client, steward, words_of):
    page = organization_phones()
    client.post(page, form_of(client, page, **{"phone-0-number": "510-555-0188"}))

    said = words_of(client.get(address("history", SERVICE)))
    undo_act(act_id=Act.objects.get(kind="edit").id, at=NOON)

    assert "(510) 555-0188, ext. 7" in said
    assert carried("phones") == [OFFICE, CARRIED[1].fields]
