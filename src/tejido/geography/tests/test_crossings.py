import pytest
from hypothesis import given
from hypothesis import strategies as st

from tejido.geography.domain.crossings import Crossing, Street, crossing_of


@pytest.mark.parametrize(
    "typed",
    [
        "Fulton and Tuolumne",
        "Tuolumne and Fulton",
        "FULTON & TUOLUMNE",
        "Fulton/Tuolumne",
        "Fulton @ Tuolumne",
        "Fulton at Tuolumne",
        "corner of Fulton and Tuolumne",
        "on the corner of Fulton and Tuolumne",
        "the intersection of Fulton and Tuolumne",
        "esquina de Fulton y Tuolumne",
        "la esquina de Fulton con Tuolumne",
        "en la esquina de la calle Fulton y la calle Tuolumne",
        "cruce de Fulton y Tuolumne",
        "Fulton esquina con Tuolumne",
        "Fulton esq. Tuolumne",
        "calle Fulton y calle Tuolumne",
    ],
)
def test_crossing_of_knows_a_corner_however_it_is_said(typed):
    assert crossing_of(typed) == Crossing(Street("fulton"), Street("tuolumne"))


def test_crossing_of_keeps_direction_and_type_apart_from_the_name():
    assert crossing_of("N. Fulton St. at Tuolumne Avenue") == Crossing(
        Street("fulton", "n", "st"), Street("tuolumne", "", "ave")
    )
    assert crossing_of("Fulton Street North and avenida Tuolumne") == Crossing(
        Street("fulton", "n", "st"), Street("tuolumne", "", "ave")
    )


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("16th St & Mission St", ("16", "mission")),
        ("Mission y 16", ("16", "mission")),
        ("calle 16 con Mission", ("16", "mission")),
        ("Fifth and Main", ("5", "main")),
        ("E 14th St and Fruitvale Ave", ("14", "fruitvale")),
        ("Avenue 12 and Road 36", ("12", "36")),
        ("Highway 99 and Shaw", ("99", "shaw")),
        ("St. James and 1st", ("1", "saint james")),
        ("North St and Main", ("main", "north")),
        ("The Alameda at Naglee", ("alameda", "naglee")),
        ("César Chávez y Peñasco", ("cesar chavez", "penasco")),
        ("Fulton e Inyo", ("fulton", "inyo")),
        ("E Street and 3rd", ("3", "east")),
    ],
)
def test_crossing_of_reads_numbers_saints_highways_and_accents(typed, names):
    assert crossing_of(typed).names == names


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "Fulton",
        "and",
        "Fulton and",
        "and Tuolumne",
        "Fulton and Tuolumne and Inyo",
        "&&&",
        "y",
    ],
)
def test_crossing_of_what_is_not_two_streets_is_none(typed):
    assert crossing_of(typed) is None


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("Fulton and Tuolumne", "N Fulton St at Tuolumne St", True),
        ("5th St and Main", "Main and 5th", True),
        ("5th St and Main", "5th Ave and Main", False),
        ("N Fulton and Inyo", "S Fulton and Inyo", False),
        ("N Main and E Main", "E Main and N Main", True),
        ("Fulton and Inyo", "Fulton and Tuolumne", False),
    ],
)
def test_may_be_parts_corners_only_by_what_both_say(one, other, is_same):
    assert crossing_of(one).may_be(crossing_of(other)) is is_same
    assert crossing_of(other).may_be(crossing_of(one)) is is_same


STREETS = st.sampled_from(["Fulton", "16th St", "N Main", "St. James Ave", "calle Ocho", "E"])
JOINTS = st.sampled_from([" and ", " & ", " at ", "/", " y ", " con ", " esquina con "])


@given(STREETS, JOINTS, STREETS)
def test_a_corner_is_the_same_in_either_order(first, joint, second):
    corner = crossing_of(f"{first}{joint}{second}")

    assert corner == crossing_of(f"{second}{joint}{first}")
    assert crossing_of(corner.written()) == corner


@given(st.text(max_size=300))
def test_any_text_is_a_corner_or_none(text):
    assert isinstance(crossing_of(text), Crossing | None)
