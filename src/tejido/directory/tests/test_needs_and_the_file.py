"""What a steward changed about needs stands when the file of needs is loaded again."""

from uuid import uuid4

import pytest

from tejido.directory.queries.concepts import all_concepts, labels
from tejido.directory.services.concepts import OBJECT_TYPE, concept_uuid, load_concepts
from tejido.directory.services.needs import (
    NeedDraft,
    add_need,
    undo_need_act,
)
from tejido.directory.testing import LATER, NOON
from tejido.directory.tests.needs_helping import (
    SHOWN,
    THEO,
    a_file,
    add,
    relabel,
    state_of,
    take_out,
    words_of,
)
from tejido.translation.domain.texts import State, TextKey
from tejido.translation.services import review_text


@pytest.fixture
def needs(db):
    load_concepts()


def test_what_a_steward_changed_stands_when_the_file_is_loaded_again(needs):
    add("narcanazo")
    take_out("od")
    relabel("naloxone", en="Naloxone kits")
    add_need(draft=NeedDraft(SHOWN), actor=THEO, at=NOON)

    report = load_concepts()

    assert report.changed == 0
    assert "narcanazo" in words_of("naloxone")
    assert "od" not in words_of("naloxone")
    assert labels("en")["naloxone"] == "Naloxone kits"
    assert labels("es")["bike-repair"] == "Reparación de bicicletas"


def test_what_a_steward_took_back_follows_the_file_again(needs):
    taken, renamed = take_out("od"), relabel("naloxone", en="Naloxone kits")
    for act_id in (taken, renamed):
        undo_need_act(need="naloxone", act_id=act_id, actor=THEO, at=LATER)

    load_concepts()

    assert "od" in words_of("naloxone")
    assert labels("en")["naloxone"] == "Naloxone"
    assert state_of("naloxone") is State.TRANSLATED


def test_a_word_that_was_added_and_taken_back_does_not_come_back(needs):
    undo_need_act(need="naloxone", act_id=add("narcanazo"), actor=THEO, at=LATER)

    assert load_concepts().changed == 0
    assert "narcanazo" not in words_of("naloxone")


def test_a_word_of_a_steward_is_not_given_to_another_need_by_the_file(db, tmp_path):
    load_concepts(a_file(tmp_path, ("food", "Food", []), ("shower", "Shower", [])))
    add("splash", need="food")

    load_concepts(a_file(tmp_path, ("food", "Food", []), ("shower", "Shower", ["splash", "wash"])))

    assert "splash" in words_of("food")
    assert words_of("shower") == {"Shower", "wash"}


def test_a_need_that_leaves_the_file_stays_where_a_steward_changed_it(db, tmp_path):
    load_concepts(a_file(tmp_path, ("food", "Food", ["grub"]), ("shower", "Shower", ["wash"])))
    add("chow", need="food")

    load_concepts(a_file(tmp_path, ("bed", "Bed", [])))

    assert [each.id for each in all_concepts()] == ["bed", "food"]
    assert words_of("food") == {"Food", "chow", "grub"}


def test_a_word_that_leaves_the_file_goes_unless_a_steward_changed_it(db, tmp_path):
    load_concepts(a_file(tmp_path, ("food", "Food", ["grub", "chow"])))
    add_back = take_out("chow", need="food")
    undo_need_act(need="food", act_id=add_back, actor=THEO, at=LATER)
    take_out("grub", need="food")
    add("grub", need="food", at=LATER)

    load_concepts(a_file(tmp_path, ("food", "Food", [])))

    assert words_of("food") == {"Food", "grub"}


def test_a_review_stands_when_the_file_is_loaded_again(needs, tmp_path):
    load_concepts(a_file(tmp_path, ("food", "Food", [])))
    key = TextKey(OBJECT_TYPE, concept_uuid("food"), "label")
    review_text(
        key=key,
        language="es",
        text="Food es",
        reviewed_by=uuid4(),
        reviewed_for=uuid4(),
        on=NOON.date(),
    )
    file = a_file(tmp_path, ("food", "Food", []))
    file.write_text(file.read_text().replace("Food es", "Otra comida"))

    load_concepts(file)

    assert state_of("food") is State.REVIEWED
    assert labels("es")["food"] == "Food es"


def test_spanish_of_an_english_that_a_steward_wrote_is_not_the_files(db, tmp_path):
    load_concepts(a_file(tmp_path, ("food", "Food", [])))
    relabel("food", en="Food and water")
    file = a_file(tmp_path, ("food", "Food", []))
    file.write_text(file.read_text().replace("Food es", "Solo comida"))

    load_concepts(file)

    assert labels("es")["food"] == "Food es"
    assert state_of("food") is State.STALE
