"""Finding a contact by either form of its name, and telling when two may be one."""

from uuid import UUID

import pytest
from hypothesis import example, given
from hypothesis import strategies as some

from tejido.network.domain.contacts import ContactKind, Known, findable, folded, likely_doubles

PERSON, ORGANIZATION = ContactKind.PERSON, ContactKind.ORGANIZATION


def known(number, name, kind=PERSON, **more):
    return Known(UUID(int=number), kind, name, **more)


@pytest.mark.parametrize(
    ("typed", "folds"),
    [
        ("  María  LÓPEZ-Ruiz ", "maria lopez ruiz"),
        ("Ñuñez, J.", "nunez j."),
        ("ana@Example.org", "ana@example.org"),
        ("O’Neil", "o neil"),
        ("", ""),
    ],
)
def test_a_name_is_compared_without_case_accents_and_marks(typed, folds):
    assert folded(typed) == folds


@given(some.text())
@example("℠")
def test_folding_twice_changes_nothing(text):
    assert folded(folded(text)) == folded(text)


def test_a_contact_is_findable_both_names_and_its_address():
    assert findable("Tower Street Clinic", "Clínica Torre", "hola@torre.example") == (
        "tower street clinic clinica torre hola@torre.example"
    )


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("María López", "Maria Lopez"),
        ("López, María", "Maria Lopez"),
        ("Maria Lopez", "María López R."),
    ],
)
def test_nearly_the_same_names_may_be_one(name, other):
    first, second = known(1, name), known(2, other)

    assert likely_doubles(first, [second]) == [second]


@pytest.mark.parametrize(
    ("name", "other"), [("Maria Lopez", "Mario Luna"), ("Ana", "Ana Sofia Reyes"), ("Bo", "Jo")]
)
def test_other_names_are_other_people(name, other):
    assert likely_doubles(known(1, name), [known(2, other)]) == []


def test_another_form_of_a_name_counts():
    first = known(1, "Clinica Torre", ORGANIZATION)
    second = known(2, "Tower Street Clinic", ORGANIZATION, also_called="Clínica Torre")

    assert likely_doubles(first, [second]) == [second]


def test_the_same_address_counts_across_kinds_and_comes_first():
    first = known(1, "Maria Lopez", phone="+15105550142", email="M@example.org")
    others = [
        known(2, "Maria Lopez"),
        known(3, "Somebody", phone="+15105550142"),
        known(4, "Torre", ORGANIZATION, email="m@example.org"),
        known(5, "Torre", ORGANIZATION, phone="+15105550142"),
    ]

    assert [each.id.int for each in likely_doubles(first, others)] == [2, 4, 3]


def test_nobody_is_a_double_of_themselves():
    assert likely_doubles(known(1, "Ana"), [known(1, "Ana")]) == []
