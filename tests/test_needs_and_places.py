"""The words for what people need, and the names of places, do not eat each other."""

import pytest

from tejido.directory.domain.need_rules import ON_THE_FIRST_PAGE
from tejido.directory.queries.concepts import all_concepts
from tejido.directory.reference import load_reference as load_needs
from tejido.finder.web.tiles import TILES
from tejido.foundation.testing import begin_with, quietly
from tejido.geography.domain.gazetteer import Gazetteer
from tejido.geography.domain.places import Found
from tejido.geography.queries.places import all_places
from tejido.geography.reference import load_reference as load_places

PLACES = (
    ("Oakland", "Oakland"),
    ("94606", "94606"),
    ("in Weed", "Weed"),
    ("near Needles", "Needles"),
    ("en Los Ángeles", "Los Angeles"),
    ("condado de Marin", "Marin County"),
)


@pytest.fixture
def gazetteer(db: None) -> Gazetteer:
    begin_with(quietly(load_places), quietly(load_needs))
    return Gazetteer(all_places())


@pytest.fixture
def words(gazetteer: Gazetteer) -> list[str]:
    return [form.text for concept in all_concepts() for form in concept.forms]


def test_no_word_for_a_need_is_taken_for_a_place(gazetteer: Gazetteer, words: list[str]) -> None:
    assert len(words) > 1_000
    assert [
        (said, split) for said in words if (split := gazetteer.split(said)) != (said, None)
    ] == []


def test_every_word_for_a_need_survives_beside_a_place(
    gazetteer: Gazetteer, words: list[str]
) -> None:
    lost = []
    for said in words:
        for typed, name in PLACES:
            rest, place = gazetteer.split(f"{said} {typed}")
            if rest != said or not isinstance(place, Found) or place.place.name != name:
                lost.append((said, typed, rest))

    assert lost == []


def test_no_steward_takes_a_button_of_the_first_page_out_of_use() -> None:
    assert {concept for concept, _name, _gloss in TILES} == ON_THE_FIRST_PAGE
