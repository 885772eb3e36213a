"""How a text message says what is odd: places, hours, numbers and names."""

from dataclasses import replace
from datetime import time

import pytest
from django.core.cache import cache

from tejido.directory.domain.public import PublicPhone, PublicText
from tejido.directory.domain.schedule import Rule
from tejido.directory.domain.vocabulary import Mode
from tejido.finder.services.build import Content, build_from
from tejido.finder.testing import (
    CONCEPTS,
    FRESNO,
    NOW,
    OAKLAND,
    PLACES,
    a_concept,
    a_listing,
)
from tejido.finder.tests.texting import Phone
from tejido.gateways.domain.gsm7 import parts
from tejido.geography.domain.places import Place, PlaceKind

pytestmark = pytest.mark.django_db
ALWAYS = (Rule("WEEKLY", ("MO", "TU", "WE", "TH", "FR", "SA", "SU"), time(0), time(0)),)
COMMON = [
    replace(a_concept(own, en=words), core=False)
    for own, words in (("primary-care", ["Doctor", "health center"]), ("food", ["Food", "pantry"]))
]
TWINS = [
    Place(PlaceKind.TOWN, "Twin", "", latitude, -121.0, approximate=True, weight=5)
    for latitude in (34.0, 40.0)
]
LIBRARY = Place(PlaceKind.LANDMARK, "Main Library, Oakland", "06001", *OAKLAND, approximate=False,
                also=("Main Library",), town="Oakland", spanish="Biblioteca, Oakland")  # fmt: skip


@pytest.fixture
def phone():
    cache.clear()
    return Phone()


@pytest.fixture
def publish(settings, own_data_folder):
    def build(**changes):
        listing = a_listing(**({"needs": ("naloxone",), "name": "Blue van"} | changes))
        content = Content([listing], (*CONCEPTS, *COMMON), (*PLACES, *TWINS, LIBRARY))
        build_from(content, folder=settings.SNAPSHOTS, at=NOW, report=lambda _: None)

    return build


def line(phone, words="narcan oakland"):
    return phone.text(words).splitlines()[1].removeprefix("1. ")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"rules": ALWAYS}, "Blue van, <1 mi, open 24 hours"),
        ({"temporarily_closed": True}, "Blue van, <1 mi, closed for now, call"),
        ({"rules": ()}, "Blue van, <1 mi, closed, call"),
        ({"confirmed_on": None}, "Blue van, <1 mi, call first"),
        ({"mode": Mode.PHONE, "at": None, "reach": ("06001",)},
         "Blue van, by phone, open until 5pm"),
        ({"at": None, "postal_code": "94606", "city": "Oakland"},
         "Blue van, Oakland, open until 5pm"),
        ({"phones": (PublicPhone("ask for Ana", "", "voice", ""),)},
         "Blue van, <1 mi, open until 5pm, ask for Ana"),
        ({"phones": (PublicPhone("+15105550101", "12", "voice", ""),)},
         "Blue van, <1 mi, open until 5pm, 510-555-0101 x12"),
        ({"phones": (PublicPhone("+15105550101", "", "fax", ""),)},
         "Blue van, <1 mi, open until 5pm"),
        ({"name": "Narcan here", "organization": "Naloxone Inc", "address_lines": ("1 Oak St",)},
         "1 Oak St, <1 mi, open until 5pm"),
        ({"name": "Narcan here", "organization": "Naloxone Inc", "address_lines": ()},
         "A program, <1 mi, open until 5pm"),
    ],
)  # fmt: skip
def test_a_line_says_what_is_known(phone, publish, changes, expected):
    publish(**changes)

    assert line(phone) == expected


@pytest.mark.parametrize(
    ("asked", "name", "is_told"),
    [
        ("narcan oakland", "East Side Health Center", True),
        ("narcan oakland", "Point Works Foundation", True),
        ("narcan oakland", "Saint Anne's Pantry", True),
        ("food oakland", "Saint Anne's Pantry", False),
        ("doctor oakland", "East Side Health Center", False),
        ("methadone oakland", "East Side Treatment", False),
        ("food oakland", "Clean Needles Van", False),
        ("food oakland", "Centro de Metadona", False),
    ],
)
def test_only_a_name_that_tells_what_was_asked_or_harm_reduction_is_not_said(
    phone, publish, asked, name, is_told
):
    publish(name=name, needs=("naloxone", "food", "primary-care", "methadone"))

    assert line(phone, asked).startswith(name if is_told else "The Weavers")


def test_from_an_exact_point_distances_are_exact(phone, publish):
    publish(at=(37.8104, -122.2712))

    assert line(phone, "narcan at Main Library") == "Blue van, 0.4 mi, open until 5pm"
    publish(at=(37.8104, -122.5))
    assert line(phone, "narcan at Main Library") == "Blue van, 12 mi, open until 5pm"


def test_a_landmark_and_a_county_are_called_as_in_the_language(phone, publish):
    publish()

    assert phone.text("narcan at Main Library").startswith("Near Main Library, Oakland:")
    assert phone.text("narcan Alameda County").startswith("Near Alameda County:")
    phone.text("ES")
    assert phone.text("narcan at Main Library").startswith("Cerca de Biblioteca, Oakland:")
    assert phone.text("narcan Alameda County").startswith("Cerca del condado de Alameda:")


def test_of_several_places_with_one_name_the_zip_code_is_asked_for(phone, publish):
    publish()

    assert phone.text("narcan Twin").startswith("Several places have that name.")
    # The need is known already.
    assert phone.text("94606").startswith("Near 94606:\n1. Blue van")


def test_a_place_that_is_not_public_counts_from_its_town(phone, publish):
    publish(at=None, city="Fresno")

    assert phone.text("narcan oakland").startswith("None within 25 miles.")


def test_a_slip_in_a_later_place_is_answered_with_the_name_that_was_meant(phone, publish):
    publish()
    phone.text("narcan oakland")

    assert phone.text("Fresnno").endswith("\nOr is it: Fresno?")


def test_in_a_crisis_far_places_are_left_out(phone, publish):
    publish(needs=("mental-health",), at=FRESNO)

    assert phone.text("counseling oakland") == (
        "Call or text 988 now, any hour, free. A person answers."
    )
    assert phone.text("counseling fresno").startswith(
        "Call or text 988 now, any hour, free. A person answers.\nNear Fresno:\n1. Blue van"
    )


def test_where_the_list_has_nothing_it_says_so(phone, publish):
    publish(needs=("syringes",))

    assert phone.text("narcan oakland").startswith("The list has nothing like that near there.")


def test_long_names_are_shortened_and_fewer_places_shown_before_anything_is_cut(phone, publish):
    publish(name="A very long name " * 30, phones=(PublicPhone("+15105550101", "", "voice", ""),))

    answer = phone.text("narcan oakland")

    assert "1. A very long name A very long name A very" in answer
    assert answer.endswith("1 = details.")


def test_a_number_that_is_endless_leaves_the_heading(phone, publish):
    publish(phones=(PublicPhone("x" * 400, "", "voice", ""),))

    assert phone.text("narcan oakland") == "Near Oakland:"


def test_details_leave_out_what_does_not_fit(phone, publish):
    landmark = "Behind the old mill, " * 20
    text = PublicText("en", "Blue van", "", "", landmark, {})
    publish(texts=(text,), confirmed_on=None)
    phone.text("narcan oakland")

    told = phone.text("1")

    assert told.splitlines()[:2] == ["Blue van", "1 Main Street"]
    assert "mill" not in told
    assert parts(told) <= 2


def test_a_crisis_without_a_list_is_heard_as_far_as_words_go(phone, settings, tmp_path):
    settings.SNAPSHOTS = tmp_path
    for _ in range(11):
        phone.text("94606")

    assert phone.text("counseling") == ""
    assert phone.text("od").startswith("Not breathing?")


def test_letters_that_touch_an_hour_make_it_no_hour(phone, publish):
    publish()

    assert phone.text("narcan oakland 3pm-ish").startswith("Near Oakland:")


def test_a_list_outlives_the_snapshot_that_it_came_from(phone, publish):
    publish()
    phone.text("narcan oakland")
    publish(name="Green door")

    assert phone.text("1").startswith("Green door")


def test_a_place_named_only_in_spanish_goes_by_that_name_in_english_too(phone, publish):
    only = PublicText("es", "Camioneta azul", "", "", "", {"name": "source"})
    publish(texts=(PublicText("en", "", "", "", "", {}), only))

    assert line(phone).startswith("Camioneta azul")
