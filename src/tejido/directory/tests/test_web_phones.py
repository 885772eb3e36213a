"""What the parts of a listing's page say of phones and points, and the form of its phones."""

import pytest

from tejido.directory.models import Phone
from tejido.directory.testing import a_location, a_phone, a_place, a_service, stored
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
