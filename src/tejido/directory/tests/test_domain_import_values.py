"""Single values as files write them: points, phones, ZIP codes, times, links, secrets."""

from datetime import time
from uuid import uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tejido.directory.domain.cleaning import (
    clean_json,
    clean_text,
    is_storable,
    is_too_deep,
    safe_link,
)
from tejido.directory.domain.confidential import says_confidential
from tejido.directory.domain.coordinates import Point, read_point
from tejido.directory.domain.hsds.schedules import read_days, read_time
from tejido.directory.domain.issues import IssueCode, shown
from tejido.directory.domain.languages import iso_code, language_code
from tejido.directory.domain.named_ids import named_id
from tejido.directory.domain.zips import read_zip
from tejido.foundation.phones import ReadPhone, read_phone


@pytest.mark.parametrize(
    ("latitude", "longitude", "point"),
    [
        (37.8, -122.25, Point(37.8, -122.25)),
        ("37.8", "-122.25", Point(37.8, -122.25)),
        ("", None, Point()),
        (0, 0, Point(problem=IssueCode.POINT_ZERO)),
        ("0.0", "-0.0", Point(problem=IssueCode.POINT_ZERO)),
        (-122.25, 37.8, Point(37.8, -122.25, IssueCode.POINT_SWAPPED)),
        (37.8, 122.25, Point(37.8, -122.25, IssueCode.POINT_EAST)),
        (100, 101, Point(problem=IssueCode.POINT_OFF_EARTH)),
        (37.8, None, Point(problem=IssueCode.POINT_UNREADABLE)),
        ("N 37", "W 122", Point(problem=IssueCode.POINT_UNREADABLE)),
        ("nan", "inf", Point(problem=IssueCode.POINT_UNREADABLE)),
        (True, -122.25, Point(problem=IssueCode.POINT_UNREADABLE)),
        ([37.8], {}, Point(problem=IssueCode.POINT_UNREADABLE)),
        (0.0, -122.25, Point(0.0, -122.25, IssueCode.POINT_FAR)),
        (38.9, -77.0, Point(38.9, -77.0, IssueCode.POINT_FAR)),
    ],
)
def test_read_point(latitude, longitude, point):
    assert read_point(latitude, longitude) == point


@given(st.floats() | st.text() | st.none(), st.floats() | st.text() | st.none())
def test_a_point_is_on_earth_or_absent(latitude, longitude):
    point = read_point(latitude, longitude)

    assert (point.latitude is None) == (point.longitude is None)
    if point.latitude is not None:
        assert -90 <= point.latitude <= 90
        assert -180 <= point.longitude <= 180


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("650 403-4300", ReadPhone("+16504034300")),
        ("(415) 555-0142 x12", ReadPhone("+14155550142", "12")),
        ("+1 510 555 0142", ReadPhone("+15105550142")),
        ('"+44 1234 234567"', ReadPhone("+441234234567")),
        ("1-800-FLOWERS", ReadPhone("+18003569377")),
        ("988", ReadPhone("988")),
        ("2-1-1", ReadPhone("211")),
        ("call us", None),
        ("123", None),
        ("", None),
        ("510-555-0142 or 510-555-0143 or ask", None),
    ],
)
def test_read_phone(text, phone):
    assert read_phone(text) == phone


@given(st.text())
def test_any_text_is_a_phone_or_none(text):
    phone = read_phone(text)

    assert phone is None or phone.number


@pytest.mark.parametrize(
    ("code", "extension", "zip_code"),
    [
        ("94606", "", "94606"),
        ("2134", "", None),
        ("501", "", None),
        ("94606-1234", "", "94606-1234"),
        ("946061234", "", "94606-1234"),
        ("94606", "2212", "94606-2212"),
        ("94606", "12", "94606-0012"),
        ("94606", "0", "94606"),
        ("94606.0", "", "94606"),
        ("ABC 1234", "", None),
        ("9460", "", None),
        ("94", "", None),
    ],
)
def test_read_zip(code, extension, zip_code):
    assert read_zip(code, extension) == zip_code


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("09:00", time(9)),
        ("09:00:00", time(9)),
        ("9am", time(9)),
        ("9:30 PM", time(21, 30)),
        ("5:00 p. m.", time(17)),
        ("12 a.m.", time(0)),
        ("12pm", time(12)),
        ("0930", time(9, 30)),
        ("930", time(9, 30)),
        ("24:00", time(0)),
        ("23:59:59", time(23, 59)),
        ("17:00:00-08:00", time(17)),
        ("17:00Z", time(17)),
        ("noon", time(12)),
        ("Midnight", time(0)),
        ("9-17", None),
        ("25:00", None),
        ("9:60", None),
        ("13pm", None),
        ("late", None),
        ("", None),
    ],
)
def test_read_time(text, clock):
    assert read_time(text) == clock


@pytest.mark.parametrize(
    ("value", "days"),
    [
        ("MO,TU", ("MO", "TU")),
        ("2MO", ("2MO",)),
        ("-1FR", ("-1FR",)),
        ("+1TU", ("1TU",)),
        (["MO", "WE"], ("MO", "WE")),
        ("Monday, Tues", ("MO", "TU")),
        ("mo mo", ("MO",)),
        (None, ()),
        ("MOON", None),
        ("weekdays", None),
        (7, None),
        ({"a": 1}, None),
    ],
)
def test_read_days(value, days):
    assert read_days(value) == days


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("https://example.org/a?b=c", "https://example.org/a?b=c"),
        ("HTTP://EXAMPLE.ORG", "HTTP://EXAMPLE.ORG"),
        ("www.example.org", "http://www.example.org"),
        ("example.org/path", "http://example.org/path"),
        ("http://", None),
        ("http://localhost", None),
        ("javascript:alert(1)", None),
        ("javascript://example.org/%0aalert(1)", None),
        ("data:text/html,x", None),
        ("https://user:word@example.org", None),
        ("https://example.org/<script>", None),
        ("https://example.org/a b", None),
        ("http://[::1", None),
        ("http://example.org:99999999/", None),
        ("none", None),
    ],
)
def test_safe_link(text, link):
    assert safe_link(text) == link


@pytest.mark.parametrize(
    "text",
    [
        "Confidential",
        "Confidential - Oakland",
        "CONFIDENTIAL LOCATION",
        "Confidential address, call first",
        "(undisclosed)",
        "Address withheld",
        "The location is confidential",
        "Call for address",
        "Please call the program for our location",
        "Contact us for the exact address",
        "Not disclosed",
        "Unlisted",
        "P.O. Box 12 (location confidential)",
        "Confidencial",
        "Confidencial - Oakland",
        "DIRECCIÓN CONFIDENCIAL",
        "La ubicación es confidencial",
        "Domicilio reservado",
        "Dirección no publicada",
        "Llame para obtener la dirección",
    ],
)
def test_a_place_that_is_kept_secret_is_seen(text):
    assert says_confidential(text)


@pytest.mark.parametrize(
    "text",
    [
        "Confidential Recovery",
        "7071 Consolidated Way",
        "",
        "Confidence House",
        "Call Street",
        "12 Unlisted Place Road",
        "Clínica Confidencial",
        "1 Calle Lugar, para sitio",
        "Contact Center for Families",
        "Calle Reservada 3",
    ],
)
def test_a_name_that_only_sounds_secret_is_not_hidden(text):
    assert not says_confidential(text)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Spanish", "es"),
        ("Filipino (Tagalog)", "tl"),
        ("Chinese (Cantonese)", "yue"),
        ("Persian (Farsi)", "fa"),
        ("American Sign Language", "ase"),
        ("Hmong", "hmn"),
        ("es", "es"),
        ("Interpreter", None),
        ("Translation services available 24/7 for 100+ languages", None),
        ("", None),
    ],
)
def test_language_code(name, code):
    assert language_code(name) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [("es-MX", "es"), ("spa", "es"), ("mix", "mix"), ("Spanish", None), ("", None)],
)
def test_iso_code(text, code):
    assert iso_code(text) == code


def test_texts_lose_what_no_database_keeps_and_what_turns_them_round():
    assert clean_text("  a\x00b\ud800\u202ec\r\nd\x07 ") == "ab?c\nd"


def test_numbers_that_are_none_become_none():
    assert clean_json([float("nan"), float("inf"), 2**60, True, 1.5]) == [
        None,
        None,
        str(2**60),
        True,
        1.5,
    ]


def test_what_lies_too_deep_is_left_out():
    deep = leaf = []
    for _ in range(30):
        leaf.append([])
        leaf = leaf[0]

    assert is_too_deep(deep)
    assert not is_too_deep(clean_json(deep)[0][0][0])


@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers(-(2**55), 2**55)
        | st.floats()
        | st.text(st.characters(codec=None), max_size=4),
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
        ),
    )
)
def test_what_is_storable_is_what_cleaning_leaves_alone(value):
    assert is_storable(value) == (repr(clean_json(value)) == repr(value))


@pytest.mark.parametrize("value", [{1: "a"}, ("a",), [object()], {"a": float("nan")}])
def test_what_is_no_plain_json_is_not_storable(value):
    assert not is_storable(value)


def test_what_lies_too_deep_is_not_storable():
    deep = leaf = []
    for _ in range(20):
        leaf.append([])
        leaf = leaf[0]

    assert not is_storable(deep)
    assert is_storable(deep[0][0])


@given(st.uuids(), st.text())
def test_named_id_is_that_of_the_standard_library(owner, name):
    assert named_id(owner, name) == str(uuid5(owner, name))


def test_a_shown_value_is_one_short_line():
    assert shown("a\nb") == "a b"
    assert len(shown("x" * 500)) == 80
    assert shown({"secret": "x"}) == "dict"
