from dataclasses import asdict, replace
from datetime import date, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tejido.directory.domain.drafts import TextIn
from tejido.directory.domain.public import (
    PublicConfirmation,
    PublicListing,
    PublicPhone,
    PublicPoint,
    PublicText,
)
from tejido.directory.domain.schedule import DatedException
from tejido.directory.domain.vocabulary import (
    ConfirmedBy,
    Fact,
    Mode,
    Precision,
    Status,
    Tier,
    Visibility,
)
from tejido.directory.models import Location, Service
from tejido.directory.queries.public import public_listings
from tejido.directory.testing import (
    a_location,
    a_phone,
    a_place,
    a_rule,
    a_service,
    a_source,
    an_id,
    stored,
)

pytestmark = pytest.mark.django_db
HIDDEN = "CANARY"


def only_listing() -> PublicListing:
    (listing,) = public_listings()
    return listing


def test_public_listings_of_a_plain_service():
    stored(
        a_service(
            description="Free kits",
            before_you_go="Ring the bell",
            tier=Tier.CORE,
            mode=Mode.MOBILE,
            keywords=("kits",),
            languages=("en",),
            url="https://example.org",
            email="private@example.org",
            phones=(a_phone(),),
            confirmed_on=date(2026, 10, 5),
            facts={Fact.NO_ID: True},
            places=(a_place(location=a_location(landmark="Behind the library")),),
        )
    )

    assert only_listing() == PublicListing(
        version=1,
        id=an_id("place Blue van"),
        service_id=an_id("service Naloxone"),
        organization="Harbor Program",
        tier=Tier.CORE,
        mode=Mode.MOBILE,
        texts=(
            PublicText(
                language="en",
                name="Naloxone",
                description="Free kits",
                before_you_go="Ring the bell",
                landmark="Behind the library",
                states=dict.fromkeys(
                    ("name", "description", "before_you_go", "landmark"), "source"
                ),
            ),
        ),
        needs=("naloxone",),
        keywords=("kits",),
        point=PublicPoint(37.8, -122.25, Precision.EXACT),
        address_lines=("Blue van", "1 Main Street", "Oakland, CA 94606"),
        city="Oakland",
        postal_code="94606",
        reach=(),
        phones=(PublicPhone("+15105550142", "", "voice", ""),),
        url="https://example.org",
        languages=("en",),
        facts={Fact.NO_ID: True},
        rules=(a_rule("MO"),),
        exceptions=(),
        timezone="America/Los_Angeles",
        hours_known=True,
        hours_text="",
        temporarily_closed=False,
        confirmed_on=date(2026, 10, 5),
        confirmed_by=ConfirmedBy.SOURCE,
        hours_hold_days=30,
        source="The county-list",
        is_invented=False,
        confirmations=(PublicConfirmation("service", "*", date(2026, 10, 5), ConfirmedBy.SOURCE),),
    )


def test_a_service_without_a_place_is_one_listing_with_its_own_id():
    stored(a_service(places=(), reach=("06001", "06075")))

    listing = only_listing()

    assert listing.id == listing.service_id == an_id("service Naloxone")
    assert (listing.point, listing.address_lines, listing.city) == (None, (), "")
    assert listing.reach == ("06001", "06075")


def test_each_place_of_a_service_is_one_listing():
    stored(a_service(places=(a_place("One"), a_place("Two"))))

    assert {listing.id for listing in public_listings()} == {
        an_id("place One"),
        an_id("place Two"),
    }


@pytest.mark.parametrize("status", [Status.INACTIVE, Status.DEFUNCT])
def test_a_service_that_is_no_more_is_not_listed(status):
    stored(a_service(status=status))

    assert list(public_listings()) == []


def test_a_service_that_is_closed_for_a_time_is_listed_and_says_so():
    stored(a_service(status=Status.TEMPORARILY_CLOSED))

    assert only_listing().temporarily_closed


def secret_place(visibility):
    """Return a place whose every word, number and point is a canary."""
    location = a_location(
        f"{HIDDEN} name",
        landmark=f"{HIDDEN} landmark",
        transportation=f"{HIDDEN} bus",
        hours_text=f"{HIDDEN} hours",
        latitude=36.123456,
        longitude=-119.123456,
        visibility=visibility,
        extra={"note": HIDDEN},
        phones=(a_phone("secret", "+15595550101", description=f"{HIDDEN} desk"),),
        exceptions=(DatedException(date(2026, 12, 25), date(2026, 12, 25), reason=HIDDEN),),
        translations={"landmark": (TextIn("es", f"{HIDDEN} señal"),)},
    )
    address = replace(
        location.address,
        address_1=f"{HIDDEN} street",
        address_2=HIDDEN,
        city="Fresno",
        postal_code="93721",
        county_fips="06019",
    )
    return a_place(
        "secret",
        location=replace(location, address=address),
        description=f"{HIDDEN} description",
        hours_text=f"{HIDDEN} hours here",
        extra={"note": HIDDEN},
        translations={"description": (TextIn("es", f"{HIDDEN} texto"),)},
        exceptions=(DatedException(date(2026, 12, 24), date(2026, 12, 24), reason=HIDDEN),),
    )


def test_a_place_for_partners_only_is_not_listed_and_its_service_neither():
    stored(a_service(places=(secret_place(Visibility.PARTNERS),)))

    assert list(public_listings()) == []


def test_a_stranger_sees_nothing_that_was_written_about_a_hidden_place():
    stored(
        a_service(
            "Hidden",
            email=f"{HIDDEN}@example.org",
            extra={"note": HIDDEN},
            places=(secret_place(Visibility.WITHOUT_PLACE),),
        ),
    )
    assert Location.objects.get().landmark == f"{HIDDEN} landmark"

    listing = only_listing()

    assert HIDDEN not in repr(listing)
    assert "36.1" not in repr(listing)
    assert "93721" not in repr(listing)
    assert (listing.point, listing.address_lines, listing.postal_code) == (None, (), "")
    assert (listing.city, listing.reach) == ("Fresno", ("06019",))
    assert listing.phones == (PublicPhone("+15595550101", "", "voice", ""),)
    assert [e.reason for e in listing.exceptions] == ["", ""]


def test_each_field_of_a_public_place_does_carry_its_words():
    """Prove that the canaries above would be seen if the place were public."""
    stored(a_service("Shown", places=(secret_place(Visibility.PUBLIC),)))

    listing = only_listing()

    seen = repr(listing)
    for word in ("name", "landmark", "hours here", "desk", "street", "description", "señal"):
        assert f"{HIDDEN} {word}" in seen


@pytest.mark.parametrize("strict", [Visibility.WITHOUT_PLACE, Visibility.PARTNERS])
def test_the_strictest_word_on_a_shared_location_holds_for_all(strict):
    open_place = a_place("shared")
    strict_place = replace(
        a_place("shared"), id=an_id("strict"), location=a_location("shared", visibility=strict)
    )
    stored(a_service("Open", places=(open_place,)), source=a_source("first"))
    stored(a_service("Strict", places=(strict_place,)), source=a_source("second"))

    listings = list(public_listings())

    assert [listing.point for listing in listings] == [None] * len(listings)
    assert len(listings) == (0 if strict is Visibility.PARTNERS else 2)


def test_a_location_that_a_steward_hides_is_hidden():
    stored(a_service())
    Location.objects.update(visibility=Visibility.PARTNERS.value)

    assert list(public_listings()) == []


def test_the_hours_of_the_place_come_before_those_of_the_service():
    stored(
        a_service(rules=(a_rule("MO"),), places=(a_place(rules=(a_rule("TU"),)),)),
    )

    assert only_listing().rules == (a_rule("TU"),)


def test_the_hours_of_the_location_hold_when_nobody_else_states_some():
    place = a_place(location=a_location(rules=(a_rule("WE"),), hours_text="Wednesdays"))
    stored(a_service(rules=(), places=(place,)))

    listing = only_listing()

    assert (listing.rules, listing.hours_text) == ((a_rule("WE"),), "Wednesdays")


def test_without_rules_the_hours_are_unknown_and_the_sentence_stays():
    stored(a_service(rules=(), hours_text="Call for hours"))

    listing = only_listing()

    assert (listing.hours_known, listing.hours_text) == (False, "Call for hours")


def test_a_closed_day_of_the_service_closes_a_place_with_hours_of_its_own():
    closed = DatedException(date(2026, 11, 26), date(2026, 11, 26), reason="Thanksgiving")
    stored(a_service(exceptions=(closed,), places=(a_place(rules=(a_rule("TH"),)),)))

    assert only_listing().exceptions == (closed,)


def test_a_dated_exception_of_the_place_replaces_that_of_the_service():
    day = date(2026, 11, 26)
    here = DatedException(day, day, time(10), time(12), reason="Meal")
    stored(
        a_service(
            exceptions=(DatedException(day, day, reason="Closed"),),
            places=(a_place(exceptions=(here,)),),
        )
    )

    assert only_listing().exceptions == (here,)


def test_texts_in_another_language_carry_their_state():
    stored(
        a_service(
            description="Free kits",
            translations={"name": (TextIn("es", "Naloxona", state="reviewed"),)},
        )
    )

    spanish = only_listing().texts[1]

    assert (spanish.language, spanish.name, spanish.description) == ("es", "Naloxona", "")
    assert spanish.states == {"name": "translated"}


def test_facts_of_the_service_come_before_those_of_the_location():
    place = a_place(location=a_location(facts={Fact.WHEELCHAIR: True, Fact.PETS: True}))
    stored(a_service(facts={Fact.PETS: False}, places=(place,)))

    assert only_listing().facts == {Fact.WHEELCHAIR: True, Fact.PETS: False}


def test_a_number_that_hangs_on_service_and_location_is_shown_once():
    place = a_place(location=a_location(phones=(a_phone("two"),)))
    stored(a_service(phones=(a_phone("one"),), places=(place,)))

    assert len(only_listing().phones) == 1


def test_a_fax_number_is_not_shown_as_a_number_to_call():
    stored(a_service(phones=(a_phone(kind="fax"),)))

    assert only_listing().phones == ()


def test_the_e_mail_address_of_a_service_is_not_public():
    stored(a_service(email="canary@example.org"))
    assert Service.objects.get().email == "canary@example.org"

    assert "canary" not in repr(asdict(only_listing()))


def queries_for(count):
    with CaptureQueriesContext(connection) as queries:
        assert len(list(public_listings())) == count
    return len(queries)


def test_public_listings_of_three_services_takes_as_many_queries_as_of_one():
    stored(a_service("One"))
    for_one = queries_for(1)
    stored(a_service("Two"), a_service("Three"))

    assert queries_for(3) == for_one
    assert for_one <= 18


def test_public_listings_come_in_order_over_the_batches(monkeypatch):
    monkeypatch.setattr("tejido.directory.queries.public.SERVICES_AT_ONCE", 2)
    stored(*(a_service(f"Number {n}") for n in range(5)))

    ids = [listing.service_id for listing in public_listings()]

    assert ids == sorted(ids)
    assert len(set(ids)) == 5


def test_a_part_of_a_description_without_spanish_is_kept_beside_the_spanish_part():
    spanish = {"description": (TextIn("es", "Paquetes gratis", "reviewed"),)}
    place = a_place(description="Knock at the blue door")
    stored(a_service(description="Free kits", places=(place,), translations=spanish))

    english, other = only_listing().texts

    assert english.description == "Free kits\n\nKnock at the blue door"
    assert (english.rest, other.description) == ({}, "Paquetes gratis")
    assert other.rest == {"description": ("en", "Knock at the blue door")}


def test_a_part_of_a_description_without_english_is_kept_beside_the_english_part():
    words = "Toque la puerta azul"
    place = a_place(
        description=words, translations={"description": (TextIn("es", words, "source"),)}
    )
    stored(a_service(description="Free kits", places=(place,)))

    english, other = only_listing().texts

    assert english.description == "Free kits"
    assert english.rest == {"description": ("es", words)}
    assert other.rest == {"description": ("en", "Free kits")}


def test_a_part_that_repeats_another_in_english_is_not_kept_beside_the_spanish():
    spanish = {"description": (TextIn("es", "Paquetes gratis", "reviewed"),)}
    place = a_place(description="Free kits")
    stored(a_service(description="Free kits", places=(place,), translations=spanish))

    assert [text.rest for text in only_listing().texts] == [{}, {}]
