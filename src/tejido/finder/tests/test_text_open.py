"""What a text message says where nothing near is known to be open: now, or at a time."""

import pytest
from django.core.cache import cache

from tejido.finder.testing import PLACES, a_listing, a_snapshot
from tejido.finder.tests.texting import Phone, places

pytestmark = pytest.mark.django_db
NOW_EN, THEN_EN = "We know of none open now.", "We know of none open then."
NOW_ES, THEN_ES = "No sabemos de ninguno abierto ahora.", "No sabemos de ninguno abierto a esa"
# The phone's clock stands at 10 in the morning of a Friday.
AT_SEVEN, AT_NINE, BEFORE_MIDNIGHT = 9 * 60, 11 * 60, 14 * 60 - 1


@pytest.fixture(autouse=True)
def published(settings, own_data_folder):
    cache.clear()
    desert = a_listing(7, name="Desert table", at=(37.33, -121.6), needs=("tests",),
                       city="Livermore")  # fmt: skip
    a_snapshot(settings.SNAPSHOTS, [*places(), desert], places=PLACES)


@pytest.fixture
def phone():
    return Phone()


@pytest.mark.parametrize("minutes", [AT_SEVEN, AT_NINE, BEFORE_MIDNIGHT])
@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("narcan oakland now", NOW_EN),
        ("narcan oakland open now", NOW_EN),
        ("naloxona oakland ahora", NOW_ES),
        ("naloxona oakland ahorita", NOW_ES),
    ],
)
def test_whoever_asks_for_now_in_the_evening_is_told_of_now(phone, minutes, words, said):
    phone.later(minutes=minutes)

    assert phone.text(words).startswith(said)


@pytest.mark.parametrize("minutes", [AT_SEVEN, AT_NINE])
@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("narcan oakland 9pm", THEN_EN),
        ("narcan oakland sat 8pm", THEN_EN),
        ("naloxona oakland a las 9pm", THEN_ES),
        ("naloxona oakland mañana 8pm", THEN_ES),
    ],
)
def test_whoever_says_an_hour_is_told_of_that_hour(phone, minutes, words, said):
    phone.later(minutes=minutes)

    assert phone.text(words).startswith(said)


def test_an_hour_that_comes_during_the_conversation_stays_that_hour(phone):
    phone.later(minutes=AT_NINE - 2)
    phone.text("narcan fresno 9pm")
    phone.later(minutes=5)

    assert phone.text("oakland").startswith(f"{THEN_EN} Near Oakland, Fri 9pm:")


@pytest.mark.parametrize(("minutes", "said"), [(8 * 60, THEN_EN), (AT_NINE, NOW_EN)])
def test_tonight_is_a_time_until_it_has_come(phone, minutes, said):
    phone.later(minutes=minutes)

    assert phone.text("narcan oakland tonight").startswith(said)


def test_a_place_with_hours_that_nobody_knows_is_not_said_to_be_closed(phone):
    phone.later(minutes=AT_NINE)

    said = phone.text("narcan oakland now")

    assert said.startswith(NOW_EN)
    assert "Green door, 1 mi, call first" in said


def test_what_lies_in_the_county_is_not_said_to_be_far(phone):
    said = phone.text("tests alameda county")

    assert "None within 25 miles" not in said
    assert "Desert table" in said
