from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tejido.directory.domain.provenance import Confirmation, Provenance, provenance_from
from tejido.directory.domain.vocabulary import ConfirmedBy

STORED = {
    "*": {"by": "source", "source": "county", "on": "2026-01-01"},
    "phones": {"by": "program", "on": "2026-10-02"},
}
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


def test_a_field_with_a_word_of_its_own_has_that_one():
    record = provenance_from(STORED)

    assert record.provenance_of("phones") == Confirmation(ConfirmedBy.PROGRAM, date(2026, 10, 2))


def test_any_other_field_has_the_word_for_the_rest():
    assert provenance_from(STORED).provenance_of("name") == Confirmation(
        ConfirmedBy.SOURCE, date(2026, 1, 1), "county"
    )


def test_what_is_stored_reads_back_the_same():
    assert provenance_from(STORED).to_json() == STORED


@pytest.mark.parametrize(
    ("name", "against", "stands"),
    [
        ("phones", date(2026, 10, 1), True),
        ("phones", date(2026, 10, 2), True),
        ("phones", date(2026, 10, 3), False),
        ("phones", None, True),
        ("name", date(2020, 1, 1), False),
    ],
)
def test_a_persons_later_word_stands_against_a_source(name, against, stands):
    assert provenance_from(STORED).keeps(name, against=against) is stands


def test_a_place_that_a_person_hid_stays_hidden_whatever_the_date():
    record = provenance_from({"visibility": {"by": "network", "on": "2020-01-01"}})

    assert record.keeps("visibility", against=date(2026, 11, 1))


def test_a_person_without_a_date_gives_way():
    record = provenance_from({"name": {"by": "program"}})

    assert not record.keeps("name", against=date(2026, 11, 1))


def test_after_an_import_only_later_words_of_people_are_left():
    record = Provenance(
        {
            "name": Confirmation(ConfirmedBy.PROGRAM, date(2026, 11, 5)),
            "url": Confirmation(ConfirmedBy.PROGRAM, date(2025, 1, 1)),
        }
    )
    word = Confirmation(ConfirmedBy.SOURCE, date(2026, 11, 1), "county")

    assert record.after_import(word).to_json() == {
        "*": {"by": "source", "on": "2026-11-01", "source": "county"},
        "name": {"by": "program", "on": "2026-11-05"},
    }


@given(ANYTHING)
def test_any_stored_value_is_read_without_an_error(stored):
    provenance_from(stored).provenance_of("name")
