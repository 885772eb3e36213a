"""Parts that are rendered once: the same as rendered each time, and remembering no words."""

import gc

import pytest
from django.utils.safestring import mark_safe
from django.utils.translation import override

from tejido.ui import repeated
from tejido.ui.repeated import drawn, filled

CANARY = "zanate7731"
CHIP = "ui/_chip.html"


def chip(label, language="en"):
    with override(language):
        return filled(CHIP, {"label": label, "name": "drop", "value": "need"})


def test_words_are_filled_in_and_the_rest_is_in_the_language_of_the_page():
    assert "Naloxone" in chip("Naloxone")
    assert "remove filter" in chip("Food")
    assert "quitar filtro" in chip("Comida", "es")


@pytest.mark.parametrize(
    "word",
    ["<b>x</b>", '"', "{label}", "{", "100 %", "%(label)s", "\x02name\x03", "{0.__class__}"],
)
def test_a_word_stays_what_it_is_whatever_it_looks_like(word):
    shown = chip(word)

    assert shown.count("drop") == 1
    assert word.replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;") in shown


def test_a_safe_word_stays_as_it_is():
    assert "<b>x</b>" in chip(mark_safe("<b>x</b>"))


def test_what_is_not_there_is_decided_by_the_template():
    with_until = filled("ui/_state.html", {"label": "Open", "until": "5 pm"}, state="open")
    without = filled("ui/_state.html", {"label": "Open", "until": ""}, state="open")

    assert "state__until" in with_until
    assert "state__until" not in without


def test_a_safe_label_makes_no_other_label_safe():
    drawn("ui/_tag.html", label=mark_safe("<i>Food</i>"), kind="")

    assert "<i>" not in drawn("ui/_tag.html", label="<i>Food</i>", kind="")


def test_the_same_part_is_rendered_once_in_each_language():
    before = repeated._drawn.cache_info().misses

    for language in ("en", "es", "en", "es"):
        with override(language):
            drawn("ui/_tag.html", label="once in each language", kind="")

    assert repeated._drawn.cache_info().misses == before + 2


def test_words_that_are_filled_in_are_remembered_nowhere():
    drawn("ui/_tag.html", label="what is found when it is remembered", kind="")

    assert CANARY in chip(CANARY)

    assert "what is found when it is remembered" in remembered(repeated._drawn)
    assert CANARY not in remembered(repeated._holed) + remembered(repeated._drawn)


def remembered(function):
    """Return keys and values of a cache, which shows them to nobody but the collector."""
    return repr([each for each in gc.get_referents(function) if isinstance(each, dict)])
