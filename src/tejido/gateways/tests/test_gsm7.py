from hypothesis import given
from hypothesis import strategies as st

from tejido.gateways.domain.gsm7 import BASIC, EXTENSION, cut, parts, septets, to_gsm7


def test_spanish_letters_that_phones_know_stay_and_others_lose_their_accent():
    assert to_gsm7("¿Mañana? ¡Dé! pingüino") == "¿Mañana? ¡Dé! pingüino"
    assert to_gsm7("Martínez está aquí, José: corazón, público, Ávila") == (
        "Martinez esta aqui, José: corazon, publico, Avila"
    )


def test_marks_become_plain_ones_and_pictures_vanish():
    assert to_gsm7("“hi” – it’s… 5\N{NO-BREAK SPACE}pm 💉\r\n") == '"hi" - it\'s... 5 pm \n'


def test_160_letters_are_one_part_and_161_are_two():
    assert [parts("a" * count) for count in (0, 160, 161, 306, 307)] == [1, 1, 2, 2, 3]


def test_letters_of_the_extension_take_the_room_of_two():
    assert septets("a€b") == 4
    assert [parts("€" * count) for count in (80, 81)] == [1, 2]


def test_no_letter_is_divided_between_two_parts():
    # The € does not fit into the last place of the first part.
    text = "a" * 152 + "€" + "b" * 152

    assert septets(text) == 306
    assert parts(text) == 3


def test_a_text_that_is_too_long_ends_with_a_whole_word():
    text = cut("word " * 100, most=2)

    assert parts(text) == 2
    assert text.endswith("word")


def test_a_text_of_one_long_word_is_cut_where_it_must():
    assert cut("€" * 400, most=2) == "€" * 152


@given(st.text(max_size=700))
def test_any_text_becomes_one_that_fits(text):
    sent = cut(to_gsm7(text), most=2)

    assert set(sent) <= BASIC | EXTENSION
    assert parts(sent) <= 2
    assert to_gsm7(sent) == sent
