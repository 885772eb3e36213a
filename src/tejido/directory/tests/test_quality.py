from dataclasses import replace
from datetime import date, timedelta

import pytest

from tejido.directory.domain.clocks import FieldGroup
from tejido.directory.domain.drafts import AddressDraft, OrganizationDraft, TextIn
from tejido.directory.domain.quality import (
    Age,
    By,
    Group,
    Order,
    Part,
    Share,
    in_order,
    most_lacking,
    named_like,
)
from tejido.directory.domain.vocabulary import Fact, Mode, Status, Tier, Visibility
from tejido.directory.queries.due import due_plan
from tejido.directory.queries.quality import quality_of
from tejido.directory.queries.quality_groups import group_name, groups_of, lacking
from tejido.directory.testing import (
    a_location,
    a_phone,
    a_place,
    a_service,
    a_source,
    an_id,
    stored,
)
from tejido.foundation.testing import begin_with, quietly
from tejido.geography.reference import load_reference

pytestmark = pytest.mark.django_db

# Lists are of November 1: hours of vans are believed until December 1, of houses January 30.
TODAY = date(2026, 11, 21)
VAN_DUE, HOUSE_DUE = date(2026, 12, 2), date(2027, 1, 31)
FRESNO = AddressDraft("1 Fulton Street", "Fresno", "CA", "93701", county_fips="06019")
SPANISH = {"description": (TextIn("es", "Naloxona", "machine"),)}


def core(name="Naloxone", **changes):
    return a_service(name, **{"tier": Tier.CORE, **changes})


def at(name, **changes):
    return a_place(name, location=a_location(name, **changes))


def totals(tier=Tier.CORE, today=TODAY):
    return groups_of(By.ORGANIZATION, tier, today=today)[0]


def share(part, today=TODAY):
    return totals(today=today).shares[part]


def by_key(by, tier=Tier.CORE):
    return {group.key: group for group in groups_of(by, tier, today=TODAY)[1]}


# What listings have.


@pytest.mark.parametrize("by", By)
def test_an_empty_directory_has_nothing_of_nothing(by):
    total, groups = groups_of(by, Tier.CORE, today=TODAY)
    quality = quality_of(Tier.CORE, today=TODAY)

    assert (total.listings, set(total.shares.values()), groups) == (0, {Share(0, 0)}, [])
    assert (quality.places, quality.withheld, quality.texts.texts) == (Share(0, 0), 0, 0)
    assert (quality.spoken, quality.sources) == ({}, ())


def test_a_complete_listing_has_every_part():
    full = core(
        phones=(a_phone(),),
        languages=("en",),
        facts={Fact.NO_ID: True},
        description="Kits",
        translations=SPANISH,
    )
    stored(full)

    assert totals().shares == dict.fromkeys(Part, Share(1, 1))


def test_a_bare_listing_lacks_what_it_is_asked_for_and_is_not_asked_for_a_place():
    stored(core(needs=(), rules=(), places=()))

    shares = totals().shares

    not_asked = {Part.ADDRESS, Part.POINT, Part.SPANISH}
    assert {part for part in Part if not shares[part].of} == not_asked
    assert {part for part in Part if shares[part].have} == {Part.BELIEVED}


@pytest.mark.parametrize("where", ["service", "place", "location"])
def test_hours_and_phones_count_wherever_they_stand(where):
    details = {"phones": (a_phone(),), "rules": core().rules}
    place = at("Van")
    if where == "location":
        place = replace(place, location=replace(place.location, **details))
    if where == "place":
        place = replace(place, **details)
    own = details if where == "service" else {"rules": ()}
    stored(core(places=(place,), **own))

    assert (share(Part.HOURS), share(Part.PHONE)) == (Share(1, 1), Share(1, 1))


def test_hours_that_stand_only_in_words_are_no_days_and_hours():
    stored(core(rules=(), hours_text="Most mornings"))

    assert share(Part.HOURS) == Share(0, 1)


def test_a_listing_has_a_point_only_where_each_of_its_public_places_has_one():
    with_point, without = at("One"), at("Two", latitude=None, longitude=None)
    stored(core(places=(with_point, without)))

    assert (share(Part.POINT), share(Part.ADDRESS)) == (Share(0, 1), Share(1, 1))
    assert quality_of(Tier.CORE, today=TODAY).places == Share(1, 2)


@pytest.mark.parametrize("level", [Visibility.WITHOUT_PLACE, Visibility.PARTNERS])
def test_nobody_is_asked_to_write_down_where_an_undisclosed_place_is(level):
    hidden = at("Shelter", visibility=level, latitude=None, longitude=None, address=None)
    stored(core(places=(hidden,)))
    quality = quality_of(Tier.CORE, today=TODAY)

    assert (share(Part.POINT), share(Part.ADDRESS)) == (Share(0, 0), Share(0, 0))
    assert (quality.places, quality.withheld) == (Share(0, 0), 1)
    assert lacking(Part.POINT, Tier.CORE, by=None, key="", today=TODAY, page=1) == ([], 0)


def test_one_stricter_word_on_a_shared_place_holds_for_all_listings_there():
    shared = a_location("Shared", latitude=None, longitude=None)
    strict = a_place("Strict", location=replace(shared, visibility=Visibility.PARTNERS))
    stored(
        core("Open", places=(a_place("Open", location=shared),)),
        core("Strict", places=(strict,)),
    )

    assert share(Part.POINT) == Share(0, 0)


def test_hidden_and_gone_listings_do_not_count_and_those_closed_for_a_time_do():
    stored(*(core(status.name, status=status) for status in Status))

    assert totals().listings == 2


def test_what_stands_around_harm_reduction_is_counted_apart_and_has_no_clock():
    stored(core(), a_service("Pantry", tier=Tier.CONTEXT))

    assert (totals().listings, totals(Tier.CONTEXT).listings) == (1, 1)
    assert totals(Tier.CONTEXT).shares[Part.BELIEVED] == Share(0, 0)
    ages = quality_of(Tier.CONTEXT, today=TODAY).ages[FieldGroup.HOURS]
    assert ages == dict.fromkeys(Age, 0) | {Age.NO_CLOCK: 1}


# Clocks.


@pytest.mark.parametrize(
    ("today", "age"),
    [
        (VAN_DUE - timedelta(days=31), Age.FRESH),
        (VAN_DUE - timedelta(days=30), Age.SOON),
        (VAN_DUE - timedelta(days=1), Age.SOON),
        (VAN_DUE, Age.OVERDUE),
    ],
)
def test_hours_age_on_the_days_that_their_clock_says(today, age):
    stored(core(mode=Mode.MOBILE))

    ages = quality_of(Tier.CORE, today=today).ages[FieldGroup.HOURS]

    assert ages == dict.fromkeys(Age, 0) | {age: 1}
    assert share(Part.BELIEVED, today) == Share(int(age is not Age.OVERDUE), 1)


def test_what_nobody_confirmed_is_neither_fresh_nor_overdue():
    stored(core(), source=a_source(trusted=False))

    ages = quality_of(Tier.CORE, today=TODAY).ages

    assert {ages[group][Age.NEVER] for group in FieldGroup} == {1}
    assert share(Part.BELIEVED) == Share(0, 1)


def test_what_is_overdue_or_never_confirmed_is_what_the_due_list_counts():
    stored(core("Van", mode=Mode.MOBILE), core("House"))
    stored(core("Unknown"), source=a_source("other", trusted=False))

    for today in (TODAY, VAN_DUE, HOUSE_DUE):
        ages, due = quality_of(Tier.CORE, today=today).ages, due_plan(today=today).parts
        for group in FieldGroup:
            assert ages[group][Age.OVERDUE] + ages[group][Age.NEVER] == due[group].now


# Languages.


def test_texts_are_counted_by_language_and_by_who_made_them():
    stored(
        core(description="Kits", before_you_go="Ring", translations=SPANISH),
        core("Second", description="More"),
    )

    texts = quality_of(Tier.CORE, today=TODAY).texts

    # Two names, two descriptions, what to know before going.
    assert (texts.texts, texts.states) == (5, {"es": {"machine": 1}})
    assert share(Part.SPANISH) == Share(1, 2)


def test_spanish_that_is_older_than_its_english_is_counted_as_such_and_does_not_cover_it():
    stored(core(description="Kits", translations=SPANISH))
    stored(core(description="Other kits"), source=a_source(published_on=date(2026, 11, 10)))

    assert quality_of(Tier.CORE, today=TODAY).texts.states == {"es": {"stale": 1}}
    assert share(Part.SPANISH) == Share(0, 1)


def test_a_language_counts_once_a_listing_whether_of_the_service_or_of_its_places():
    places = tuple(at(name, languages=("es", "vi")) for name in ("One", "Two"))
    stored(core(languages=("en", "es"), places=places), core("Second", languages=("en",)))

    assert quality_of(Tier.CORE, today=TODAY).spoken == {"en": 2, "es": 1, "vi": 1}
    assert share(Part.LANGUAGES) == Share(2, 2)


# By county and by organization.


def test_every_county_is_there_with_zero_where_nobody_is():
    begin_with(quietly(load_reference))
    stored(core(), core("Phone line", places=()))

    groups = by_key(By.COUNTY)

    assert len(groups) == 59
    assert (groups["06001"].name, groups["06001"].listings) == ("Alameda", 1)
    assert (groups["06003"].name, groups["06003"].listings) == ("Alpine", 0)
    assert (groups[""].name, groups[""].listings) == ("", 1)


def test_a_listing_in_two_counties_counts_in_both_and_once_in_all():
    places = (at("One"), at("Two", address=FRESNO), at("Three", address=FRESNO))
    stored(core(places=places))

    total, groups = groups_of(By.COUNTY, Tier.CORE, today=TODAY)

    assert total.listings == 1
    assert {group.key: group.listings for group in groups} == {"06001": 1, "06019": 1}
    assert {group.shares[Part.NEEDS] for group in groups} == {Share(1, 1)}


def test_organizations_are_named_and_counted():
    other = OrganizationDraft(an_id("organization Valley"), "Valley Program")
    stored(core(), core("Second"), core("Third", organization=other, needs=()))

    groups = by_key(By.ORGANIZATION)

    assert {(group.name, group.listings) for group in groups.values()} == {
        ("Harbor Program", 2),
        ("Valley Program", 1),
    }
    assert groups[str(other.id)].shares[Part.NEEDS] == Share(0, 1)
    assert group_name(By.ORGANIZATION, str(other.id)) == "Valley Program"


@pytest.mark.parametrize("part", Part)
def test_the_list_behind_a_number_holds_as_many_listings_as_the_number_says(part):
    stored(
        core("Full", phones=(a_phone(),), description="Kits", translations=SPANISH),
        core("Bare", needs=(), rules=(), places=(), description="Kits"),
        core("No point", places=(at("Two", latitude=None, longitude=None, address=None),)),
        core("In Fresno", places=(at("Fresno", address=FRESNO),), languages=("en",)),
    )
    stored(core("Unknown", mode=Mode.MOBILE), source=a_source("other", trusted=False))

    for by in By:
        for group in groups_of(by, Tier.CORE, today=TODAY)[1]:
            rows, count = lacking(part, Tier.CORE, by=by, key=group.key, today=TODAY, page=1)
            assert (count, len(rows)) == (group.shares[part].lacking, count)
    _rows, count = lacking(part, Tier.CORE, by=None, key="", today=TODAY, page=1)
    assert count == share(part).lacking


def test_a_listing_names_the_places_that_lack_a_point():
    stored(core(places=(at("One"), at("Two", latitude=None, longitude=None))))

    ((row,), _count) = lacking(Part.POINT, Tier.CORE, by=None, key="", today=TODAY, page=1)

    assert row.records == ((an_id("location Two"), "Two"),)


@pytest.mark.parametrize("count", [1, 3])
def test_figures_take_as_many_queries_for_one_listing_as_for_three(
    count, django_assert_num_queries
):
    drafts = [
        core(str(number), organization=OrganizationDraft(an_id(f"o{number}"), f"O {number}"))
        for number in range(count)
    ]
    stored(*drafts)

    with django_assert_num_queries(14):
        quality_of(Tier.CORE, today=TODAY)
    with django_assert_num_queries(2):
        groups_of(By.ORGANIZATION, Tier.CORE, today=TODAY)
    with django_assert_num_queries(4):
        groups_of(By.COUNTY, Tier.CORE, today=TODAY)
    with django_assert_num_queries(3):
        lacking(Part.PHONE, Tier.CORE, by=None, key="", today=TODAY, page=1)


# Order.


def group(name, listings, have, of):
    shares = dict.fromkeys(Part, Share(0, 0)) | {Part.PHONE: Share(have, of)}
    return Group(name.lower(), name, listings, shares)


def names(groups):
    return [each.name for each in groups]


def test_groups_are_sorted_with_those_that_have_nothing_to_count_last():
    groups = [group("Éa", 1, 1, 2), group("B", 9, 9, 9), group("C", 4, 2, 4), group("D", 0, 0, 0)]

    assert names(in_order(groups, Order("name", is_down=False))) == ["B", "C", "D", "Éa"]
    assert names(in_order(groups, Order("name", is_down=True))) == ["Éa", "D", "C", "B"]
    assert names(in_order(groups, Order("listings", is_down=True))) == ["B", "C", "Éa", "D"]
    # Half of four lacks more than half of two.
    assert names(in_order(groups, Order("phone", is_down=False))) == ["C", "Éa", "B", "D"]
    assert names(in_order(groups, Order("phone", is_down=True))) == ["B", "C", "Éa", "D"]


def test_names_are_found_whatever_capitals_and_accents():
    groups = [group("San José Program", 1, 1, 1), group("Harbor", 1, 1, 1)]

    assert names(named_like(groups, "jose SAN")) == ["San José Program"]
    assert names(named_like(groups, "")) == ["San José Program", "Harbor"]


def test_what_is_lacking_most_is_named_and_nothing_where_nothing_is():
    assert most_lacking(group("A", 2, 1, 2), Part) is Part.PHONE
    assert most_lacking(group("A", 2, 2, 2), Part) is None
