"""Needs out of use and their place among the others: what search loses, the file, the way back."""

import pytest

from tejido.directory.domain.need_rules import ON_THE_FIRST_PAGE, possible_parents
from tejido.directory.queries.concepts import all_concepts, labels
from tejido.directory.queries.needs import listings_with, need_seen, retired_needs
from tejido.directory.services.concepts import load_concepts
from tejido.directory.services.need_acts import NeedRefused
from tejido.directory.services.need_facts import bring_need_back, edit_facts, retire_need
from tejido.directory.services.needs import NeedDraft, add_need, undo_need_act
from tejido.directory.services.undo import UndoRefused, undo_act
from tejido.directory.testing import LATER, NOON, a_service, stored
from tejido.directory.tests.needs_helping import SHOWN, THEO, add, concept, words_of
from tejido.foundation.testing import begin_with


@pytest.fixture(autouse=True)
def needs(db):
    begin_with(load_concepts)


def retire(key="laundry"):
    return retire_need(need=key, actor=THEO, at=NOON)


def use_again(key="laundry"):
    return bring_need_back(need=key, actor=THEO, at=LATER)


def change(key, **facts):
    now = concept(key)
    asked = {"core": now.core, "parent": now.parent} | facts
    return edit_facts(need=key, actor=THEO, at=NOON, **asked)


def refusal(act):
    with pytest.raises((NeedRefused, UndoRefused)) as refused:
        act()
    return refused.value.code


def test_a_need_out_of_use_is_not_searched_and_the_file_does_not_bring_it_back():
    retire()

    assert load_concepts().changed == 0
    assert "laundry" not in labels("en")
    assert need_seen("laundry") is None
    assert retired_needs("es") == [("laundry", "Lavandería")]


def test_a_need_comes_back_with_its_words_by_undo_and_by_using_it_again():
    words = words_of("laundry")

    undo_need_act(need="laundry", act_id=retire(), actor=THEO, at=LATER)
    assert words_of("laundry") == words
    retire()
    use_again()
    assert words_of("laundry") == words
    assert (retired_needs("en"), load_concepts().changed) == ([], 0)


def test_a_need_does_not_come_back_with_a_word_that_another_has_by_now():
    word = min(words_of("laundry") - {"Laundry"})
    act_id = retire()
    add(word, need="food")

    assert refusal(use_again) == "word-elsewhere"
    assert refusal(lambda: undo_act(act_id=act_id, actor=THEO, at=LATER)) == "word-elsewhere"
    assert need_seen("laundry") is None


def test_a_need_that_is_added_under_the_name_of_one_out_of_use_brings_its_words_only_if_free():
    key, _ = add_need(draft=NeedDraft(SHOWN), actor=THEO, at=NOON)
    add("zapateo", need=key, language="es")
    retire(key)
    add("zapateo", need="food", language="es")

    assert refusal(lambda: add_need(draft=NeedDraft(SHOWN), actor=THEO, at=LATER)) == (
        "word-elsewhere"
    )


def test_a_need_with_narrower_ones_or_on_the_first_page_stays():
    assert refusal(lambda: retire("detox")) == "need-has-narrower"
    assert refusal(lambda: retire("naloxone")) == "need-on-first-page"
    assert refusal(lambda: retire("no-such-need")) == "need-unknown"
    assert refusal(lambda: use_again("naloxone")) == "need-unknown"
    assert {each.id for each in all_concepts()} >= ON_THE_FIRST_PAGE


def test_listings_with_a_need_are_counted():
    stored(a_service("Wash day", needs=("laundry",)), a_service("Kits"))

    assert (listings_with("laundry"), listings_with("naloxone")) == (1, 1)


def test_the_place_of_a_need_changes_is_kept_against_the_file_and_is_taken_back():
    before = concept("laundry")

    act_id = change("laundry", core=not before.core, parent="")

    assert load_concepts().changed == 0
    assert (concept("laundry").core, concept("laundry").parent) == (not before.core, "")
    undo_need_act(need="laundry", act_id=act_id, actor=THEO, at=LATER)
    assert concept("laundry") == before
    assert change("laundry") is None


@pytest.mark.parametrize(
    ("key", "parent"),
    [
        ("laundry", "laundry"),
        ("laundry", "nowhere"),
        ("laundry", "medical-detox"),
        ("treatment", "detox"),
        ("detox", "methadone"),
        ("treatment", "basics"),
    ],
)
def test_a_place_that_cannot_be_is_refused(key, parent):
    assert refusal(lambda: change(key, parent=parent)) == "parent-unknown"
    assert parent not in possible_parents(all_concepts(), of=key)


def test_a_need_that_shares_a_word_with_its_broader_one_stays_there():
    add("hospital detox", need="treatment")

    assert refusal(lambda: change("medical-detox", parent="")) == "word-elsewhere"
    assert concept("medical-detox").parent == "detox"


def test_an_undo_that_would_part_needs_that_share_a_word_by_now_is_refused():
    act_id = change("laundry", parent="food")
    add("wash and eat", need="laundry")
    add("wash and eat", need="food")

    assert refusal(lambda: undo_act(act_id=act_id, actor=THEO, at=LATER)) == "word-elsewhere"
