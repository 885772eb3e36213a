"""Words, phrases and typing errors, in both languages."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tejido.directory.domain.concepts import Concept, Form, FormKind
from tejido.directory.domain.words import meaningful, normalise, stems, tokens_of
from tejido.finder.domain.lexicon import WRITTEN, Unit, lexicon_of, meant_by
from tejido.finder.testing import CONCEPTS

LEXICON = lexicon_of(CONCEPTS)


def units(text):
    return LEXICON.units_of(meaningful(tokens_of(text)))


@pytest.mark.parametrize(
    ("text", "plain"),
    [("Jeringás", "jeringas"), ("NIÑO", "nino"), ("ﬁx", "fix"), ("Straße", "strasse")],
)
def test_normalise_drops_accents_and_case(text, plain):
    assert normalise(text) == plain


def test_tokens_of_parts_at_marks_and_joins_at_apostrophes():
    assert tokens_of("Women's clinic—24/7 (¿metadona?)") == [
        "womens", "clinic", "24", "7", "metadona"
    ]  # fmt: skip


@given(st.text(st.characters(max_codepoint=127)))
def test_tokens_of_parts_plain_letters_as_it_parts_those_with_accents(text):
    assert [*tokens_of(text), "n"] == tokens_of(f"{text} ñ")


def test_meaningful_keeps_stop_words_where_nothing_else_is_left():
    assert meaningful(["where", "is", "methadone"]) == ["methadone"]
    assert meaningful(["where", "is", "it"]) == ["where", "is", "it"]


def test_stems_are_english_then_spanish():
    assert stems("clinics") == ("clinic", "clinics")
    assert stems("jeringas") == ("jeringa", "jering")
    assert stems("94606") == ("94606",)


def test_a_word_that_is_written_so_only_by_mistake_is_a_misspelling():
    forms = (
        Form("es", "Pruebas", FormKind.LABEL),
        Form("es", "pruevas", FormKind.MISSPELLING),
        Form("en", "free tesst", FormKind.MISSPELLING),
    )
    lexicon = lexicon_of([Concept("tests", core=True, parent="", forms=forms)])
    words = ("pruevas", "pruebas", "prueba", "tesst", "street")

    assert [word for word in words if lexicon.is_misspelling(word)] == ["pruevas"]


@pytest.mark.parametrize(
    ("text", "concepts"),
    [
        ("narcan", ["naloxone"]),
        ("¿Dónde hay NALOXONA?", ["naloxone"]),
        ("agujas limpias", ["syringes"]),
        ("clean needle", ["syringes"]),
        ("hep c", ["hepatitis-c-test"]),
        ("pruebas de hepatitis c", ["hepatitis-c-test"]),
        ("prueba hepatitis C gratis", ["hepatitis-c-test"]),
        ("metadona y naloxona", ["methadone", "naloxone"]),
        ("mental health", ["mental-health"]),
        ("points", ["syringes"]),
    ],
)
def test_units_are_the_concepts_that_a_text_speaks_of(text, concepts):
    assert [each for unit in units(text) for each in unit.concepts] == concepts


def test_units_keep_other_words_in_order():
    assert units("methadone clinic downtown") == [
        Unit(("methadone",), ("methadone",)),
        Unit(("clinic",)),
        Unit(("downtown",)),
    ]


def test_units_take_the_longest_phrase():
    assert units("hepatitis c test") == [Unit(("hepatitis", "c", "test"), ("hepatitis-c-test",))]


def test_lexicon_of_listings_leaves_out_slang():
    assert lexicon_of(CONCEPTS, WRITTEN).units_of(["points"]) == [Unit(("points",))]


def test_lexicon_knows_every_broader_concept():
    assert LEXICON.broader["hepatitis-c-test"] == ("hepatitis-c-test", "tests")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("naloxne", "naloxone"),
        ("naloxoen", "naloxone"),
        ("methadoen", "methadone"),
        ("hep", None),
        ("hpe", None),
        ("94607", None),
        ("zzzzzz", None),
        ("narcann", "narcan"),
    ],
)
def test_meant_by_forgives_one_slip_and_two_in_long_words(typed, meant):
    assert meant_by(typed, LEXICON.words) == meant


def test_meant_by_forgives_two_slips_only_from_8_letters():
    assert meant_by("metadnoe", ["methadone"]) == "methadone"
    assert meant_by("narkn", ["narcan"]) is None


@pytest.mark.parametrize(
    ("typed", "vocabulary"),
    [
        ("heal", "meal"),
        ("puntos", "juntos"),
        ("tent", "test"),
        ("dolor", "door"),
        ("peace", "peach"),
        ("bleeding", "bedding"),
    ],
)
def test_meant_by_makes_no_real_word_into_another(typed, vocabulary):
    assert meant_by(typed, [vocabulary]) is None


def test_meant_by_forgives_a_swap_in_a_short_word():
    assert meant_by("tset", ["test"]) == "test"


def test_lexicon_knows_words_by_their_endings_but_not_by_half_a_misspelling():
    concept = Concept(
        id="food",
        core=False,
        parent="",
        forms=(
            Form("en", "meals", FormKind.LABEL),
            Form("en", "food pantrey", FormKind.MISSPELLING),
            Form("en", "fod", FormKind.MISSPELLING),
        ),
    )
    lexicon = lexicon_of([concept])

    assert [lexicon.knows(word) for word in ("meal", "fod", "pantrey")] == [True, True, False]


@settings(deadline=None)
@given(st.text())
def test_units_never_raise_and_keep_every_meaningful_word(text):
    tokens = meaningful(tokens_of(text))

    assert [token for unit in LEXICON.units_of(tokens) for token in unit.tokens] == tokens
