"""The page of one listing at the desk, and the parts of it that are edited."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tejido.directory.models import Location, Schedule, Service
from tejido.directory.queries.public import public_listings
from tejido.directory.testing import (
    a_location,
    a_phone,
    a_place,
    a_rule,
    a_service,
    stored,
)
from tejido.directory.tests.desk_pages import (
    LOCATION,
    PLACE,
    SERVICE,
    address,
    edit_address,
    fields_of,
    form_of,
)
from tejido.geography.testing import some_counties

pytestmark = pytest.mark.django_db

THEN = datetime(2026, 1, 2, 12, 0, tzinfo=UTC)
LISTING = f"/desk/valley-harm-reduction/directory/{SERVICE}/"


def confirm_all(client):
    page = client.get(LISTING).content.decode()
    form = page[page.index('action="' + address("confirm", SERVICE)) :]
    return client.post(address("confirm", SERVICE), fields_of(form[: form.index("</form>")]))


def a_difference():
    """A steward put the words right, and a later list repeats the mistake."""
    stored(a_service(description="Wrong"), at=THEN)
    Service.objects.update(
        description="Right", provenance={"description": {"by": "network", "on": "2026-11-02"}}
    )
    stored(a_service(description="Wrong", url="https://x.example"), at=THEN + timedelta(days=1))


@pytest.mark.parametrize(("day", "is_its_list"), [(1, True), (2, False)])
def test_the_head_of_a_listing_names_its_list_and_the_date_once(
    client, steward, words_of, day, is_its_list
):
    stored(a_service(confirmed_on=date(2026, 11, day)))

    head = words_of(client.get(LISTING)).split("All of it is still right")[0]

    assert ("Confirmed by this list" in head) is is_its_list
    assert head.count("Nov 1, 2026") == 1
    assert head.count("The county-list") == (1 if is_its_list else 2)


def test_a_difference_is_shown_until_a_person_looked_at_it(client, steward, words_of):
    a_difference()
    said = words_of(client.get(LISTING))
    assert "The list says something else" in said
    assert "The list Wrong Here Right" in said

    field = f"directory.service {SERVICE} description"
    client.post(address("confirm", SERVICE), {"right": [field]})

    assert "The list says something else" not in words_of(client.get(LISTING))


def test_a_word_on_another_field_leaves_the_difference(client, steward, words_of):
    a_difference()

    client.post(address("confirm", SERVICE), {"right": [f"directory.service {SERVICE} name"]})

    assert "The list says something else" in words_of(client.get(LISTING))


def test_a_difference_that_is_gone_is_not_shown(client, steward, words_of):
    a_difference()

    Service.objects.update(description="Wrong")

    assert "The list says something else" not in words_of(client.get(LISTING))


def test_what_the_list_no_longer_has_says_so_until_it_has_it_again(client, steward, words_of):
    stored(a_service(), a_service("Tests"), at=THEN)
    stored(a_service("Tests"), at=THEN + timedelta(days=1))
    assert "No longer in the list" in words_of(client.get(LISTING))

    stored(a_service(), a_service("Tests"), at=THEN + timedelta(days=2))
    assert "No longer in the list" not in words_of(client.get(LISTING))


def test_everything_is_confirmed_at_once(client, steward, words_of):
    stored(a_service())

    assert confirm_all(client).status_code == 302

    said = words_of(client.get(LISTING))
    assert "Confirmed today: Directory steward" in said
    (listing,) = public_listings()
    assert listing.confirmed_by == "network"


def test_the_page_says_when_people_find_it_open(client, steward, words_of):
    week = a_rule("MO", "TU", "WE", "TH", "FR", "SA", "SU")
    stored(
        a_service(rules=(), places=(a_place("One", rules=(week,)), a_place("Two"))),
    )

    said = words_of(client.get(LISTING))

    assert said.count(": 9:00 am–5:00 pm") == 2
    assert said.count("people are told to call first") == 1


def test_only_what_differs_from_the_whole_says_who_confirmed_it(client, steward, words_of):
    stored(a_service(description="Words"))
    Service.objects.update(
        provenance={
            "*": {"by": "source", "on": "2026-11-01"},
            "description": {"by": "program", "on": "2026-11-03"},
        }
    )

    said = words_of(client.get(LISTING))

    assert "Confirmed: The program, Nov 3, 2026" in said
    assert said.count("Confirmed: The county-list") == 0


def test_languages_and_counties_have_names(client, steward, words_of):
    some_counties()
    stored(a_service(languages=("es", "hmn", "xx"), reach=("06001", "41051"), places=()))

    said = words_of(client.get(LISTING))

    assert "Spanish, Hmong, xx" in said
    assert "41051, Alameda County" in said


def test_counties_and_the_way_it_serves_are_edited(client, steward, words_of):
    some_counties()
    stored(a_service(reach=("41051",), places=()))
    page = edit_address("reach")

    assert "done" not in client.post(page, form_of(client, page)).url
    sent = form_of(client, page, mode="mail", reach=["06019", "41051"])
    client.post(page, sent)

    service = Service.objects.get()
    assert (service.mode, service.reach) == ("mail", ["41051", "06019"])
    wrong = client.post(page, form_of(client, page, reach=["99999"]))
    assert wrong.status_code == 400


def test_a_service_without_counties_and_places_serves_the_whole_state(client, steward, words_of):
    stored(a_service(places=()))

    assert "All of California" in words_of(client.get(LISTING))


def test_the_time_zone_of_a_place_is_edited_and_decides_its_hours(client, steward, words_of):
    stored(
        a_service(
            places=(
                a_place(
                    "Naloxone van", location=a_location("Naloxone van", timezone="America/Boise")
                ),
            )
        )
    )
    page = edit_address("point", LOCATION)

    assert "done" not in client.post(page, form_of(client, page)).url
    client.post(page, form_of(client, page, timezone="America/Denver"))

    assert Location.objects.get().timezone == "America/Denver"
    assert "Mountain" in words_of(client.get(LISTING))
    (listing,) = public_listings()
    assert listing.timezone == "America/Denver"


def test_hours_and_phones_of_a_location_are_reached_from_the_listing(client, steward):
    stored(
        a_service(
            rules=(),
            places=(
                a_place("Naloxone van", location=a_location("Naloxone van", phones=(a_phone(),))),
            ),
        )
    )
    page = client.get(LISTING).content.decode()

    for there in (
        edit_address("phones", LOCATION),
        edit_address("phones", PLACE),
        address("hours", SERVICE, LOCATION),
        address("hours", SERVICE, PLACE),
    ):
        assert f'href="{there}"' in page

    hours = address("hours", SERVICE, LOCATION)
    monday = {"rule-0-days": ["MO"], "rule-0-opens": "09:00", "rule-0-closes": "10:00"}
    client.post(hours, form_of(client, hours, **monday))
    assert Schedule.objects.filter(location=LOCATION).count() == 1


@pytest.mark.parametrize("group", ["address", "point", "phones"])
def test_a_place_that_not_everybody_sees_is_named_as_such(client, steward, words_of, group):
    stored(a_service())
    page = edit_address(group, LOCATION)
    assert "stay at the desk" not in words_of(client.get(page))

    client.post(address("publicity", SERVICE), {"publicity": "partners"})

    assert "stay at the desk" in words_of(client.get(page))
    client.post(page, form_of(client, page))
    assert list(public_listings()) == []


def test_more_places_ask_no_more_questions(client, steward):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            client.get(LISTING)
        return len(asked)

    stored(a_service(places=(a_place("One"),)))
    queries()
    one = queries()
    stored(a_service(places=(a_place("One"), a_place("Two"), a_place("Three"))))

    assert queries() == one


def test_a_search_without_listings_says_what_to_do_first(client, steward, words_of):
    search = address("search")
    assert "No listings yet Import a list" in words_of(client.get(search))

    stored(a_service())
    said = words_of(client.get(f"{search}?words=nothing"))
    assert "No listing fits Show all" in said
    assert "No listings yet" not in said
