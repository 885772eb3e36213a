"""What is answered to a text message."""

import pytest
from django.core.cache import cache
from hypothesis import HealthCheck, given
from hypothesis import settings as example_settings
from hypothesis import strategies as st

from tejido.directory.domain.words import tokens_of
from tejido.finder.services.text_answers import answer_text
from tejido.finder.testing import NOW, PLACES, a_listing, a_snapshot
from tejido.finder.tests.texting import TELLING_CORNER, Phone, places
from tejido.gateways.domain.gsm7 import BASIC, EXTENSION, parts

pytestmark = pytest.mark.django_db
OVERDOSE = (
    "Not breathing? Call 911 now. Give naloxone. Tilt the head, pinch the nose: 2 breaths, then "
    "1 every 5 seconds. Stay."
)
CRISIS = "Call or text 988 now, any hour, free. A person answers."


@pytest.fixture(autouse=True)
def published(settings, own_data_folder):
    cache.clear()
    a_snapshot(settings.SNAPSHOTS, places(), places=(*PLACES, TELLING_CORNER))


@pytest.fixture
def phone():
    return Phone()


def test_a_conversation_in_english(phone):
    assert phone.text("narcan 94606") == (
        "Near 94606:\n"
        "1. Blue van, 2 mi, open until 5pm, 510-555-0101\n"
        "2. Night Kitchen, 2 mi, open until 5pm\n"
        "3. Red room, 3 mi, open until 5pm\n"
        "1-3 = details. MORE = others."
    )
    assert phone.text("1") == (
        "Blue van\n"
        "1 Main Street\n"
        "open until 5pm, 510-555-0101, 2 mi\n"
        "No ID asked. Spanish spoken\n"
        "Checked 10 days ago"
    )
    assert phone.text("MORE") == (
        "More:\n1. Green door, 3 mi, call first\n2. By post, by mail, open until 5pm\n"
        "1-2 = details."
    )
    assert phone.text("2").startswith("By post\n")
    assert phone.text("more") == "Those were all. Text another place, or what else you need."
    assert phone.text("3") == "The list has 2 places. Text a number from 1 to 2, or MORE."


def test_a_conversation_in_spanish(phone):
    assert phone.text("agujas limpias oakland mañana 3pm") == (
        "No sabemos de ninguno abierto a esa hora. Cerca de Oakland, sab 3pm:\n"
        "1. Green door, 1 mi, llame antes\n"
        "2. Camioneta azul, <1 mi, abre lun 9am, 510-555-0101\n"
        "3. Night Kitchen, <1 mi, abre lun 9am\n"
        "1-3 = detalles. MAS = otros."
    )
    assert phone.text("2") == (
        "Camioneta azul\n"
        "1 Main Street\n"
        "abre lun 9am, 510-555-0101, <1 mi\n"
        "No piden identificacion. Se habla español\n"
        "Revisado hace 11 dias"
    )
    assert phone.text("MÁS").startswith("Más, sab 3pm:".replace("á", "a"))
    assert phone.text("ahora").startswith(
        "Mismo lugar:\n1. Camioneta azul, <1 mi, abierto hasta 5pm"
    )


def test_whose_language_is_not_known_learns_how_to_change_it(phone):
    assert phone.text("94606").endswith("\n1-3 = details. MORE = others. ES = español.")


def test_need_place_and_time_may_come_one_by_one(phone):
    assert phone.text("narcan") == "Where? Text a ZIP code or a city, like: 94601"
    assert "1. Blue van" in phone.text("Oakland")
    assert phone.text("monday 10am").startswith("Same place, Mon 10am:\n1. Blue van")
    assert phone.text("Fresno").startswith("None within 25 miles. Near Fresno, Mon 10am:")


def test_the_order_of_need_and_place_does_not_matter(phone):
    assert phone.text("94606 narcan") == phone.text("narcan 94606")


def test_a_new_need_is_meant_for_now(phone):
    phone.text("narcan oakland sunday")

    assert phone.text("clean needles").startswith("Same place:\n")


def test_the_language_that_was_chosen_stays(phone):
    phone.text("narcan 94606")
    assert phone.text("ES").startswith("Mismo lugar:\n1. Camioneta azul")
    assert phone.text("clean needles 94606").startswith("Cerca de 94606:")
    assert phone.text("EN").startswith("Same place:\n1. Blue van")


def test_a_place_whose_name_names_a_need_goes_by_its_program(phone):
    answer = phone.text("narcan 94606")

    assert "Night Kitchen" in answer
    assert "aloxone" not in answer


def test_an_address_and_a_landmark_do_not_name_the_need_either(phone):
    answer = phone.text("narcan at methadone corner")

    assert answer.startswith("Near Oakland:")
    assert phone.text("2").splitlines()[:2] == ["Night Kitchen", "12 Oak St"]
    assert "methadone corner" not in phone.text("narcan in methadone cornerr").lower()


def test_two_places_of_one_name_go_by_their_addresses(phone, settings):
    two = [
        a_listing(
            number, needs=("naloxone",), name="Blue van", address_lines=(f"{number} Oak St",)
        )
        for number in (1, 2)
    ]
    a_snapshot(settings.SNAPSHOTS, two)

    assert phone.text("narcan oakland").splitlines()[1:3] == [
        "1. 1 Oak St, <1 mi, open until 5pm",
        "2. 2 Oak St, <1 mi, open until 5pm",
    ]


def test_after_a_time_that_is_over_another_time_is_enough(phone):
    phone.text("narcan oakland yesterday")

    assert phone.text("monday 10am").startswith("Same place, Mon 10am:\n1. Blue van")


def test_a_date_is_answered_for_that_date(phone):
    assert phone.text("narcan oakland nov 30 10am").startswith("Near Oakland, Mon Nov 30 10am:")
    assert phone.text("agujas limpias 30 de noviembre a las 10am").startswith(
        "Mismo lugar, lun 30 nov 10am:"
    )


def test_what_is_closed_is_offered_with_its_hour_where_nothing_is_open(phone):
    phone.later(hours=9)

    assert phone.text("narcan oakland now").startswith(
        "We know of none open now. Near Oakland:\n1. Green door, 1 mi, call first\n"
        "2. Blue van, <1 mi, opens Mon 9am"
    )


def test_places_too_far_away_say_so(phone):
    assert phone.text("methadone oakland").startswith(
        "None within 25 miles. Near Oakland:\n1. Vall"
    )


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        *((words, "We did not understand.") for words in ("", "  ", "💉💉", "?!", "asdf qwer")),
        ("narcan Las Vegas", "That place is not in California"),
        ("narcan 89101", "That place is not in California"),
        ("narcan 94999", 'We do not know "94999". Text a ZIP code'),
        ("narcan in Fresnno", 'We do not know "Fresnno". Text a ZIP code or a city, like: 94601\n'
                              "Or is it: Fresno?"),
        ("Oaklnad", 'We do not know "Oaklnad".'),
        ("narcan oakland yesterday", "That time is over."),
        ("narcan oakland nov 31 10am", "Which day? Text it like: sat 10am or nov 28 10am"),
        ("tomorrow 5pm", "Text what you need and where"),
        ("<script>alert(1)</script>", "We did not understand."),
        ("'; DROP TABLE s; --", "We did not understand."),
        ("mental health fresno", "Call or text 988 now"),
        ("%s%s%n {0} {{7*7}}", "We did not understand."),
        ("x" * 100_000, "We did not understand."),
        ("MORE", "We have no list"),
        ("2", "We have no list"),
    ],
)  # fmt: skip
def test_what_cannot_be_answered_gets_a_sentence_with_an_example(phone, words, answer):
    assert phone.text(words).startswith(answer)


@pytest.mark.parametrize(
    ("words", "unknown", "meant"),
    [
        ("narcan stocton", "stocton", ""),
        ("narcan fresmo", "fresmo", "Fresno"),
        ("agujas limpias en koreatown", "koreatown", ""),
        ("narcan mission district", "mission district", ""),
        ("narcan 9460", "9460", ""),
    ],
)
def test_a_place_that_cannot_be_read_is_asked_about_and_not_replaced(phone, words, unknown, meant):
    phone.text("narcan 94606")

    answer = phone.text(words)

    assert f'"{unknown}"' in answer
    assert "Blue van" not in answer
    assert "Camioneta" not in answer
    assert meant in answer
    assert phone.text("Fresno").startswith(("None within 25 miles.", "Ninguno a menos"))


@pytest.mark.parametrize(
    "words", ["narcan please", "narcan for my girlfriend", "clean needles", "narcan no id gratis"]
)
def test_without_words_for_a_place_the_last_one_stays(phone, words):
    phone.text("narcan 94606")

    assert phone.text(words).startswith("Same place:")


@pytest.mark.parametrize("words", ["x", "asdf qwer", "thanks", "💉"])
def test_a_message_that_is_not_understood_leaves_the_last_list(phone, words):
    phone.text("narcan 94606")
    phone.text(words)

    assert phone.text("2").startswith("Night Kitchen\n")


def test_a_number_too_high_is_told_how_many_there_are(phone):
    phone.text("narcan 94606")

    assert phone.text("9") == "The list has 3 places. Text a number from 1 to 3, or MORE."
    assert phone.text("0") == phone.text("9")


def test_help_names_the_network_and_its_phone(phone, settings):
    settings.NETWORK_NAME, settings.NETWORK_PHONE = "Red Hilo", "510-555-0100"

    assert phone.text("INFO") == (
        "Red Hilo: find help in California. Text what you need, where, and when: food 94601 now\n"
        "A person: 510-555-0100\n"
        "In danger? Call 911.\n"
        "MORE = others. ES = español. STOP = end."
    )
    assert "Una persona: 510-555-0100" in phone.text("AYUDA")


@pytest.mark.parametrize("words", ["od", "my friend is not breathing"])
def test_an_overdose_is_answered_with_what_to_do_and_nothing_else(phone, words):
    assert phone.text(words) == OVERDOSE


def test_an_overdose_in_spanish(phone):
    assert phone.text("no respira").startswith("¿No respira? Llame ya al 911. Dé naloxona.")


def test_an_overdose_with_a_place_is_told_first_what_to_do(phone):
    answer = phone.text("overdose kit narcan oakland")

    assert answer.startswith(f"{OVERDOSE}\nNear Oakland:\n1. Blue van")


@pytest.mark.parametrize(
    ("words", "begins"),
    [
        ("lips blue oakland", f"{OVERDOSE}\nNear Oakland:\n1. Blue van"),
        ("took too much oakland", f"{OVERDOSE}\nNear Oakland:\n1. Blue van"),
        ("se puso azul oakland", "¿No respira? Llame ya al 911."),
    ],
)
def test_signs_of_an_overdose_lead_to_naloxone_in_their_language(phone, words, begins):
    assert phone.text(words).startswith(begins)


def test_despair_is_answered_with_the_line_first(phone):
    assert phone.text("mental health") == (
        f"{CRISIS}\nWhere? Text a ZIP code or a city, like: 94601"
    )


def test_despair_last_night_is_answered_with_the_line_first(phone):
    assert phone.text("mental health last night") == (
        f"{CRISIS}\nThat time is over. Text a later one, like: sat 10am"
    )


def test_without_a_list_the_emergency_is_still_answered(phone, settings, tmp_path):
    settings.SNAPSHOTS = tmp_path

    assert phone.text("narcan 94606") == "The list is not ready. Text again in a few minutes."
    assert phone.text("od") == f"{OVERDOSE}\nThe list is not ready. Text again in a few minutes."
    assert phone.text("HELP").startswith("Tejido: find help")


NEEDS = ("naloxone", "naloxona", "narcan", "syringes", "jeringas", "agujas limpias", "hep c",
         "methadone", "metadona", "clean needles")  # fmt: skip
PIECES = (*NEEDS, "oakland", "fresno", "94606", "94999", "methadone corner", "reno", "now",
          "mañana 3pm", "MORE", "1", "2", "ES", "sunday", "💉", "é", "", "{}[]~^|€\\",
          "tonight", "ayer")  # fmt: skip
no_resets = example_settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def is_sendable(answer):
    return set(answer) <= BASIC | EXTENSION and parts(answer) <= 2


@no_resets
@given(st.text(max_size=600))
def test_any_text_is_answered_in_two_parts_that_phones_know(words):
    answer, _talk = answer_text(words, talk=None, now=NOW)

    assert answer
    assert is_sendable(answer)


@no_resets
@given(st.lists(st.lists(st.sampled_from(PIECES), min_size=1, max_size=5), max_size=5))
def test_no_conversation_names_the_need_back(messages):
    talk = None
    for message in messages:
        answer, talk = answer_text(" ".join(message), talk=talk, now=NOW)

        said = set(tokens_of(answer))
        assert is_sendable(answer)
        assert said.isdisjoint({token for need in NEEDS for token in tokens_of(need)} - {"c"})


@no_resets
@given(st.lists(st.text(max_size=40) | st.sampled_from(PIECES), max_size=6))
def test_a_conversation_knows_nothing_of_the_words(messages):
    talk = None
    for message in messages:
        _answer, talk = answer_text(f"zanate7731 {message}", talk=talk, now=NOW)

    assert "zanate7731" not in repr(talk)
