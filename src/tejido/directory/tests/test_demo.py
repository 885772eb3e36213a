"""The invented network: whole, varied, bilingual, and nobody's."""

import csv
import re
import tomllib
from collections import Counter
from dataclasses import fields
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
import zipcodes

from tejido import geography
from tejido.directory.demo import plant
from tejido.directory.demonstration.hours import ALWAYS, HoursUnreadable, holidays, rule_from
from tejido.directory.demonstration.reading import drafts, programs
from tejido.directory.domain.needs import read_needs
from tejido.directory.domain.opening import is_computable
from tejido.directory.domain.schedule import DatedException, Rule
from tejido.directory.domain.vocabulary import Fact, Mode, Visibility
from tejido.directory.models import Location, Organization, Service, ServiceAtLocation
from tejido.directory.queries.public import public_listings
from tejido.directory.services.concepts import NEEDS_FILE
from tejido.geography.domain.distance import distance_m

AT = datetime(2026, 11, 20, 23, 40, tzinfo=UTC)
ON = date(2026, 11, 20)
COUNTIES = Path(geography.__file__).parent / "reference" / "ca_counties.csv"
UNSAID = re.compile(
    r"\b(addict|abuse|clean|dirty|client|homeless|please|adict|limpi|suci|por favor)"
    r"|[!¡]|\d ?[AP]M\b|\d ?[ap]\.m",
)
FICTIONAL = re.compile(r"\+1[2-9]\d{2}55501\d{2}")


def planned():
    return list(drafts(on=ON))


def places():
    return [place for draft in planned() for place in draft.places]


# What is in the files.


def test_there_are_46_programs_in_27_of_the_58_counties():
    names = {draft.organization.name for draft in planned()}
    counties = {place.location.address.county_fips for place in places()}

    assert (len(names), len(programs())) == (46, 46)
    assert len(counties) == 27
    odd = {f"06{number:03}" for number in range(1, 116, 2)}
    assert counties < odd


def test_every_way_of_reaching_a_service_is_there():
    assert {draft.mode for draft in planned()} == set(Mode)


def test_there_are_about_110_services_at_places():
    assert len(places()) + sum(not draft.places for draft in planned()) == 114


def test_every_place_lies_in_its_town_zip_and_county():
    with COUNTIES.open() as file:
        names = {row["fips"]: row["name"] for row in csv.DictReader(file)}

    for place in places():
        location, address = place.location, place.location.address
        (zip_point,) = zipcodes.matching(address.postal_code)
        towns = [zip_point["city"], *zip_point["acceptable_cities"]]
        here = location.latitude, location.longitude
        apart = distance_m(*here, float(zip_point["lat"]), float(zip_point["long"]))
        assert address.city in towns, address
        assert zip_point["county"] == f"{names[address.county_fips]} County", address
        assert apart < 20_000, address


def test_every_phone_number_is_fictional_and_belongs_to_one_program():
    owners = {}
    for draft in planned():
        for phone in draft.phones:
            assert FICTIONAL.fullmatch(phone.number), phone.number
            owners.setdefault(phone.number, set()).add(draft.organization.id)

    assert {len(each) for each in owners.values()} == {1}
    assert len(owners) == 46


def test_no_address_on_the_internet_can_be_somebodys():
    for draft in planned():
        assert draft.email.endswith(".example.org")
        assert re.fullmatch(r"https://[a-z-]+\.example\.org/", draft.url)


def test_every_text_has_its_spanish_and_says_that_nobody_reviewed_it():
    for draft in planned():
        bearers = [(draft, ("name", "description", "before_you_go"))]
        bearers += [(place.location, ("landmark",)) for place in draft.places]
        for bearer, names in bearers:
            for name in names:
                (spanish,) = bearer.translations[name]
                assert getattr(bearer, name), (draft.name, name)
                assert (spanish.language, spanish.state) == ("es", "translated")
                assert spanish.text.strip()


def test_texts_follow_the_rules_of_wording():
    for draft in planned():
        for bearer in (draft, *(place.location for place in draft.places)):
            texts = [getattr(bearer, name) for name in bearer.translations]
            texts += [text.text for each in bearer.translations.values() for text in each]
            for text in texts:
                assert not UNSAID.search(text), text
                assert all(len(part.split()) <= 18 for part in re.split(r"[.?:] ", text)), text


def test_needs_are_concepts_and_hours_can_be_computed():
    concepts, _ = read_needs(tomllib.loads(NEEDS_FILE.read_text("utf-8"))["need"])
    known = {concept.id for concept in concepts}

    for draft in planned():
        assert set(draft.needs) <= known
        assert draft.needs
        for bearer in (draft, *draft.places):
            assert is_computable(bearer.rules, bearer.exceptions)


def test_the_tiles_can_all_be_answered():
    offered = {need for draft in planned() for need in draft.needs}

    tiles = "naloxone syringes wound-care tests treatment drug-checking basics talk"
    assert set(tiles.split()) <= offered


def test_nights_alternate_thursdays_and_numbered_days_are_there():
    rules = [rule for place in places() for rule in place.rules]

    nights = [rule for rule in rules if time(0) < rule.closes_at <= rule.opens_at]
    alternate = [rule for rule in rules if rule.interval == 2 and rule.byday == ("TH",)]
    assert len(nights) >= 5
    assert len(alternate) >= 5
    assert all(rule.dtstart and rule.dtstart.weekday() == 3 for rule in alternate)
    assert ("1TU", "3TU") in {rule.byday for rule in rules if rule.freq == "MONTHLY"}
    assert ALWAYS in rules


def test_some_hours_are_unknown_and_some_confirmations_old_or_missing():
    ages = [draft.confirmed_on and (ON - draft.confirmed_on).days for draft in planned()]

    assert sum(not place.rules for place in places()) >= 2
    assert sum(age is not None and age > 90 for age in ages) >= 5
    assert None in ages


def test_places_that_are_not_for_everybody_are_there():
    levels = Counter(place.location.visibility for place in places())

    assert levels[Visibility.PARTNERS] == 1
    assert levels[Visibility.WITHOUT_PLACE] == 2


def test_several_languages_are_spoken_and_several_facts_are_denied():
    spoken = {language for draft in planned() for language in draft.languages}
    denied = {fact for draft in planned() for fact, holds in draft.facts.items() if not holds}

    assert {"en", "es", "hmn", "vi", "mix"} <= spoken
    assert {Fact.WALK_IN, Fact.NO_ID, Fact.WHEELCHAIR} <= denied


def test_mailed_supplies_reach_the_whole_state():
    (mail,) = [draft for draft in planned() if draft.mode is Mode.MAIL]

    assert (mail.places, mail.reach) == ((), ())
    assert "mail-supplies" in mail.needs


def test_ids_are_the_same_every_time_and_none_is_used_twice():
    def ids():
        for draft in planned():
            yield from (draft.id, *(phone.id for phone in draft.phones))
            yield from (place.id for place in draft.places)

    assert list(ids()) == list(ids())
    assert len(set(ids())) == len(list(ids()))


def test_confirmations_and_holidays_move_with_the_day():
    later = {draft.id: draft for draft in drafts(on=ON + timedelta(days=400))}

    for draft in planned():
        other = later[draft.id]
        if draft.confirmed_on:
            assert other.confirmed_on - draft.confirmed_on == timedelta(days=400)
        assert {field.name for field in fields(draft)} == {field.name for field in fields(other)}
    thanksgiving = DatedException(date(2026, 11, 26), date(2026, 11, 26), reason="Thanksgiving")
    assert thanksgiving in {each for place in places() for each in place.exceptions}
    assert date(2028, 11, 23) in {
        each.first for draft in later.values() for p in draft.places for each in p.exceptions
    }


# How the files write hours.


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("MO-WE 09:00-17:00", Rule("WEEKLY", ("MO", "TU", "WE"), time(9), time(17))),
        ("FR SA 20:00-02:00", Rule("WEEKLY", ("FR", "SA"), time(20), time(2))),
        (
            "TH every 2 from 2026-01-08 16:00-20:00",
            Rule("WEEKLY", ("TH",), time(16), time(20), interval=2, dtstart=date(2026, 1, 8)),
        ),
        ("month 1TU 3TU 10:00-13:00", Rule("MONTHLY", ("1TU", "3TU"), time(10), time(13))),
        ("month -1FR 10:00-13:00", Rule("MONTHLY", ("-1FR",), time(10), time(13))),
        ("always", ALWAYS),
    ],
)
def test_hours_are_read(text, rule):
    assert rule_from(text) == rule


@pytest.mark.parametrize(
    "text", ["", "sometimes", "MO 9-17", "MO-XX 09:00-17:00", "1TU-3TU 09:00-10:00"]
)
def test_hours_that_nobody_can_read_are_refused(text):
    with pytest.raises(HoursUnreadable):
        rule_from(text)


def test_holidays_close_or_shorten_the_days_that_are_otherwise_open():
    rules = [rule_from("MO-FR 09:00-17:00")]

    assert holidays("open", rules, 2026) == ()
    assert [each.first for each in holidays("closed", rules, 2026)] == [
        date(2026, 1, 1),
        date(2026, 11, 26),
        date(2026, 12, 25),
        date(2027, 1, 1),
        date(2027, 11, 25),
    ]
    eve = DatedException(
        date(2026, 12, 24), date(2026, 12, 24), time(10), time(13), "Christmas Eve"
    )
    assert eve in holidays("short", rules, 2026)
    with pytest.raises(HoursUnreadable):
        holidays("sometimes", rules, 2026)


# Into the directory and out.


def rows():
    return [
        sorted(model.objects.values(), key=str)
        for model in (Organization, Service, Location, ServiceAtLocation)
    ]


@pytest.mark.django_db
def test_planted_twice_is_the_same():
    told = []

    plant(report=told.append, at=AT)
    first = rows()
    plant(report=told.append, at=AT)

    assert rows() == first
    assert told == [
        "directory: 46 invented programs, 96 services (96 new, 0 changed)",
        "directory: 46 invented programs, 96 services (0 new, 0 changed)",
    ]


@pytest.mark.django_db
def test_every_public_listing_is_invented_and_whole_in_spanish():
    plant(report=lambda _: None, at=AT)

    listings = list(public_listings())

    assert len(listings) == 113
    for listing in listings:
        texts = {text.language: text for text in listing.texts}
        assert listing.is_invented
        for name in ("name", "description", "before_you_go", "landmark"):
            assert bool(getattr(texts["en"], name)) == bool(getattr(texts["es"], name)), listing
        assert set(texts["es"].states.values()) == {"translated"}


@pytest.mark.django_db
def test_what_is_for_partners_stays_and_what_is_without_place_has_none():
    plant(report=lambda _: None, at=AT)

    listings = {listing.texts[0].name: listing for listing in public_listings()}

    assert Service.objects.filter(name="Supplies for partner programs").exists()
    assert "Supplies for partner programs" not in listings
    house = listings["Live-in program"]
    assert (house.point, house.address_lines, house.city) == (None, (), "Costa Mesa")


@pytest.mark.django_db
def test_naloxone_is_near_90011():
    plant(report=lambda _: None, at=AT)

    (zip_point,) = zipcodes.matching("90011")
    here = float(zip_point["lat"]), float(zip_point["long"])
    near = [
        listing
        for listing in public_listings()
        if "naloxone" in listing.needs
        and listing.point
        and distance_m(*here, listing.point.latitude, listing.point.longitude) < 2_000
    ]
    assert len(near) >= 2
