import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tejido.translation.domain.texts import (
    State,
    cleaned,
    is_public,
    placeholders,
    source_hash,
    state_after,
)

HIDDEN = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c\x00\x1b"
written = st.text(st.characters(codec="utf-8") | st.sampled_from(HIDDEN), max_size=80)


@given(written)
def test_cleaned_text_has_no_hidden_mark_and_cleaning_it_changes_nothing(text):
    once = cleaned(text)

    assert cleaned(once) == once
    assert not set(once) & set(HIDDEN)
    assert all(mark in "\n\t" or unicodedata.category(mark) != "Cc" for mark in once)


@pytest.mark.parametrize("text", ["Reducción de daños", "naloxona\n\tgratis", "注射器", "ñ́"])
def test_cleaning_keeps_what_people_write(text):
    assert cleaned(text) == text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("%(count)s places near %(town)s", ("%(count)s", "%(town)s")),
        ("{name} and {name}", ("{name}", "{name}")),
        ("100 % free, {open or not}", ()),
        ("50%s", ()),
    ],
)
def test_placeholders_are_found_and_ordinary_writing_is_not(text, found):
    assert placeholders(text) == found


def test_source_hash_tells_texts_apart():
    assert source_hash("Van") == source_hash("Van") != source_hash("van")
    assert len(source_hash("")) == 64


@pytest.mark.parametrize(
    ("is_machine", "is_critical", "public"),
    [(True, True, False), (True, False, True), (False, True, True), (False, False, True)],
)
def test_only_machine_text_of_critical_wording_is_hidden(is_machine, is_critical, public):
    assert is_public(is_machine=is_machine, is_critical=is_critical) is public


@given(st.sampled_from(State), st.sampled_from([State.MACHINE, State.TRANSLATED]))
def test_the_same_text_from_another_source_is_always_stale(stored, offered):
    after = state_after(stored=stored, same_text=True, same_source=False, offered=offered)

    assert after is State.STALE


@given(st.sampled_from(State), st.booleans(), st.booleans())
def test_sending_a_text_never_makes_it_reviewed(stored, same_text, same_source):
    after = state_after(
        stored=stored, same_text=same_text, same_source=same_source, offered=State.TRANSLATED
    )

    assert after is not State.REVIEWED or stored is State.REVIEWED
