"""Which records are compared, how alike they are, and what is never compared."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tejido.directory.domain.duplicates.blocking import candidate_pairs
from tejido.directory.domain.duplicates.comparing import (
    Likeness,
    Reason,
    compare,
    may_link,
    name_likeness,
    told_apart,
)
from tejido.directory.domain.duplicates.profiles import (
    Kind,
    Street,
    plain_words,
    profile,
    street_of,
)
from tejido.directory.domain.duplicates.rules import RULES
from tejido.directory.domain.vocabulary import Visibility
from tejido.directory.synthetic_doubles import sites
from tejido.directory.testing import an_id

POINT = (37.79103, -122.24845)
STREET = street_of("1124 International Blvd.", code="94606", city="Oakland")
PHONE = "+15105550142"


def a_profile(name="14th St. Clinic", key="one", **changes):
    told = {"kind": Kind.LOCATION, "level": Visibility.PUBLIC, "contacts": (PHONE,)}
    told |= {"streets": (STREET,), "points": (POINT,)}
    return profile(key=an_id(key), names=(name,), **(told | changes))


def pairs_of(*profiles, **asked):
    return [(one.id, other.id) for one, other in candidate_pairs(profiles, **asked)]


@pytest.mark.parametrize(
    ("line", "other"),
    [
        ("1124 International Blvd.", "1124 INTERNATIONAL BOULEVARD"),
        ("5015 W. Pico Blvd.", "5015 West Pico Boulevard"),
        ("865 3rd Avenue", "865 Third Ave."),
        ("1496-1498 North Beale Road", "1496 N. Beale Rd."),
        ("100 Main Street #4", "100 Main St, Suite 4"),
    ],
)
def test_one_address_written_twice_is_one_street(line, other):
    assert street_of(line) == street_of(other)


def test_a_second_line_tells_the_door():
    street = street_of("1419 Jensen Avenue", "Suite 106", code="93657-1234", city="Sanger")

    assert street == Street("1419", "jensen", "", frozenset({"106"}), "93657", "sanger")


@pytest.mark.parametrize("line", ["", " ", ",", "Suite 5 "])
def test_a_line_without_house_and_street_is_no_address_or_only_its_words(line):
    street = street_of(line)

    assert street is None or street.number == ""


def test_legal_forms_small_words_and_dots_between_initials_are_no_part_of_a_name():
    assert plain_words("The C.O.R.E. Medical Clinic, Inc.") == "core medical clinic"
    assert plain_words("Inc.") == "inc"


def test_the_same_place_in_two_lists_is_most_likely_the_same():
    other = a_profile("Fourteenth Street Clinic, 14th St. Clinic", "two", contacts=())

    compared = compare(a_profile(), other)

    assert compared is not None
    assert compared.score == pytest.approx(0.5 + 0.2 * RULES.unknown + 0.15 + 0.15)
    assert compared.likeness is Likeness.LIKELY
    assert compared.reasons == (Reason.NAME_SAME, Reason.ADDRESS_SAME, Reason.PLACE_NEAR)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"streets": (street_of("1130 International Blvd", code="94606"),)}, "address-differs"),
        ({"name": "14th St. Clinic mobile unit"}, "told-apart"),
        ({"name": "14th St. Clinic 2"}, None),
    ],
)
def test_another_house_and_a_van_keep_two_locations_apart(changes, reason):
    compared = compare(a_profile(), a_profile(**{"key": "two", **changes}))

    assert compared is not None
    if reason is None:
        assert compared.likeness is not Likeness.NO
    else:
        assert (compared.score, compared.likeness) == (RULES.apart, Likeness.NO)
        assert Reason(reason) in compared.reasons


def test_two_doors_of_one_house_keep_two_locations_apart():
    doors = [street_of("9 Oak St", f"Suite {door}", code="94606") for door in "AB"]
    one, other = (a_profile(key=str(at), streets=(door,)) for at, door in enumerate(doors))

    compared = compare(one, other)

    assert compared is not None
    assert Reason.DOOR_DIFFERS in compared.reasons
    assert compared.likeness is Likeness.NO


def test_an_organization_may_have_many_addresses():
    far = {"streets": (street_of("9 Oak St", code="93657"),), "points": ((36.7, -119.5),)}
    one, other = (a_profile(key=key, kind=Kind.ORGANIZATION) for key in ("one", "two"))
    other = a_profile(key="two", kind=Kind.ORGANIZATION, **far)

    compared = compare(one, other)

    assert compared is not None
    assert compared.score == 0.7
    assert compared.likeness is Likeness.MAYBE


@pytest.mark.parametrize(
    ("north", "reason"),
    [(0.001, "place-near"), (0.005, "place-between"), (0.02, "place-far")],
)
def test_how_far_apart_two_points_are_is_said_in_three_words(north, reason):
    other = a_profile(key="two", contacts=("+1",), points=((POINT[0] + north, POINT[1]),))

    compared = compare(a_profile(), other)

    assert compared is not None
    assert Reason(reason) in compared.reasons
    assert Reason.CONTACT_DIFFERS in compared.reasons


@pytest.mark.parametrize(
    ("one", "other", "score"),
    [
        ("1124 International Blvd", "1124 Internatonal Blvd", 1.0),
        ("1124 International Blvd", "International Blvd", None),
        ("1124 International Blvd", "1124", None),
        ("12 N Main St", "12 S Main St", 0.0),
        ("12 N Main St", "12 Main St", 1.0),
        ("12 Oak St", "12 Elm St", 0.0),
    ],
)
def test_two_addresses_are_one_house_another_or_nobody_knows(one, other, score):
    first, second = (
        a_profile(key=key, streets=(street_of(line, code="94606"),))
        for key, line in (("one", one), ("two", other))
    )

    compared = compare(first, second)

    assert compared is not None
    assert compared.features.address == score


def test_one_house_number_in_two_towns_is_no_address_in_common():
    towns = (("94606", "Oakland"), ("93657", "Sanger"))
    one, other = (
        a_profile(key=town, streets=(street_of("9 Oak St", code=code, city=town),))
        for code, town in towns
    )

    compared = compare(one, other)

    assert compared is not None
    assert compared.features.address == 0.0


def test_names_that_have_little_in_common_are_not_compared_further():
    assert compare(a_profile(), a_profile("Harbor House", "two")) is None


@pytest.mark.parametrize(
    ("ours", "theirs", "is_apart"),
    [
        ("Clinic 2", "Clinic 3", True),
        ("Clinic 2", "Clinic", False),
        ("Clinic 2", "Clinic 2 East", False),
        ("Ravenswood Mobile Clinic", "Ravenswood Clinic", True),
        ("Aria Mobile2", "Aria", True),
    ],
)
def test_numbers_and_vehicles_tell_names_apart(ours, theirs, is_apart):
    assert told_apart([plain_words(ours)], [plain_words(theirs)]) is is_apart


def test_two_corners_of_one_street_are_two_addresses():
    one = a_profile(streets=(street_of("Market St at 15th St", code="92101"),))
    other = a_profile(key="two", streets=(street_of("Market St at 16th St", code="92101"),))

    assert not may_link(one, other)
    assert compare(one, other).features.address == 0.0
    assert may_link(one, replace(other, streets=one.streets))


def test_only_locations_at_one_address_with_one_name_may_be_linked():
    one, other = a_profile(), a_profile("14th Street Clinic", "two")
    elsewhere = (street_of("1126 International Blvd", code="94606"),)
    door = (street_of("1124 International Blvd", "Suite 2", code="94606"),)
    there = a_profile("14th Street Clinic", "two", points=((37.9, -122.2),))

    assert may_link(one, other)
    assert may_link(other, one)
    assert not may_link(one, replace(other, streets=elsewhere))
    assert not may_link(one, replace(other, streets=()))
    assert not may_link(one, replace(other, streets=door))
    assert not may_link(one, a_profile("14th Street Recovery Residence", "two"))
    assert not may_link(one, there)
    for kind in (Kind.ORGANIZATION, Kind.SERVICE):
        assert not may_link(replace(one, kind=kind), replace(other, kind=kind))


@pytest.mark.parametrize("level", [Visibility.WITHOUT_PLACE, Visibility.PARTNERS])
def test_a_place_that_not_everybody_may_know_has_no_address_and_no_point_to_compare(level):
    hidden = a_profile(level=level)

    assert (hidden.streets, hidden.points) == ((), ())
    assert not may_link(hidden, a_profile(key="two", level=level))


@pytest.mark.parametrize("level", [Visibility.WITHOUT_PLACE, Visibility.PARTNERS])
def test_records_that_not_the_same_people_may_see_never_meet(level):
    public, hidden = a_profile(), a_profile(key="two", level=level)

    assert pairs_of(public, hidden) == []
    assert not may_link(public, hidden)
    with pytest.raises(ValueError, match="never compared"):
        compare(public, hidden)
    # They do meet where they may: there was something to leak.
    assert pairs_of(public, a_profile(key="two")) == [(an_id("one"), an_id("two"))]


@pytest.mark.parametrize(
    "changes",
    [
        {"streets": (), "points": ()},
        {"contacts": (), "streets": (), "points": ((37.7899, -122.2485),)},
        {"contacts": (), "streets": (), "points": ((POINT[0] + 0.0008, POINT[1]),)},
        {"contacts": (), "points": (), "streets": (street_of("1124 A St", city="Oakland"),)},
        {"contacts": (), "points": (), "streets": (street_of("7 A St", code="94606"),)},
    ],
    ids=["phone", "cell", "over the edge of a cell", "house and town", "zip and name"],
)
def test_two_records_meet_in_each_kind_of_block_once(changes):
    assert len(pairs_of(a_profile(), a_profile(key="two", **changes))) == 1


def test_new_records_are_compared_with_all_and_old_ones_not_again():
    found = [a_profile(key=key) for key in ("one", "two", "three")]

    assert len(pairs_of(*found)) == 3
    assert pairs_of(*found, new={an_id("three")}) == [
        (an_id("one"), an_id("three")),
        (an_id("two"), an_id("three")),
    ]


def test_a_block_that_is_too_large_is_parted_by_names():
    crowd = [a_profile(f"Site {letter * 4}", f"{letter}") for letter in "abcdefghij"]
    twin = a_profile("Site bbbb", "twin")

    pairs = pairs_of(*crowd, twin, rules=replace(RULES, block=5))

    assert pairs == [(an_id("b"), an_id("twin"))]


profiles = st.builds(
    a_profile,
    st.text(max_size=30),
    st.sampled_from(["one", "two"]),
    contacts=st.sets(st.sampled_from([PHONE, "+15105550143"])),
    streets=st.lists(st.builds(street_of, st.text(max_size=20), st.text(max_size=9)), max_size=2),
    points=st.lists(st.tuples(st.floats(32, 42), st.floats(-124, -114)), max_size=2),
)


@given(profiles, profiles)
def test_a_score_is_a_share_and_the_same_both_ways(one, other):
    first, second = compare(one, other), compare(other, one)

    assert (first is None) == (second is None)
    if first is not None and second is not None:
        assert 0 <= first.score <= 1
        assert first.score == second.score
        assert first.likeness is second.likeness


@given(st.lists(st.text(max_size=20), max_size=3))
def test_names_are_wholly_like_themselves_or_empty(names):
    plain = [word for word in map(plain_words, names) if word]

    assert name_likeness(plain, plain) == (1.0 if plain else 0.0)


def test_invented_doubles_are_found_and_nothing_else():
    rows = sites(3_000)
    true = {an_id(str(site.row)): site.true for site in rows}
    doubles = len(rows) - len(set(true.values()))

    pairs = list(candidate_pairs([profile_of(site) for site in rows]))
    found = [(one, other) for one, other in pairs if is_taken(one, other)]
    right = sum(true[one.id] == true[other.id] for one, other in found)

    assert doubles == 273
    assert sum(true[one.id] == true[other.id] for one, other in pairs) == doubles
    assert right >= 0.99 * len(found)
    assert right >= 0.99 * doubles


def profile_of(site):
    return a_profile(
        site.name,
        str(site.row),
        contacts={site.phone} - {""},
        streets=(street_of(site.street, code=site.code, city=site.city),),
        points=((site.latitude, site.longitude),),
    )


def is_taken(one, other):
    compared = compare(one, other)
    return compared is not None and compared.likeness is not Likeness.NO
