"""What a steward changes about needs: each an act, undone one by one, kept against the file."""

from collections import defaultdict
from dataclasses import replace

import pytest

from tejido.directory.domain.acts import ActKind
from tejido.directory.domain.concepts import Form, FormKind
from tejido.directory.domain.need_rules import key_of, possible_parents, word_problem
from tejido.directory.domain.needs import normal_form
from tejido.directory.queries.concepts import all_concepts, labels
from tejido.directory.queries.history import acts
from tejido.directory.queries.needs import find_needs, need_seen, unreviewed
from tejido.directory.services.concepts import load_concepts
from tejido.directory.services.need_acts import NeedRefused
from tejido.directory.services.needs import (
    NeedDraft,
    add_need,
    add_word,
    edit_shown,
    take_word_out,
    undo_need_act,
)
from tejido.directory.services.undo import UndoRefused, undo_act
from tejido.directory.testing import LATER, NOON
from tejido.directory.tests.needs_helping import (
    SHOWN,
    THEO,
    a_file,
    add,
    relabel,
    shown_of,
    state_of,
    take_out,
    word_id,
    words_of,
)
from tejido.foundation.testing import begin_with
from tejido.translation.domain.texts import State


@pytest.fixture
def needs(db):
    begin_with(load_concepts)


# Words.


def test_a_word_that_is_added_is_searched_and_has_its_history(needs):
    act_id = add("narcanazo", language="es")

    assert "narcanazo" in words_of("naloxone", "es")
    ((act, changes), *_) = need_seen("naloxone").history
    assert (act.id, act.kind, act.role) == (act_id, ActKind.EDIT, "steward")
    assert [(each.field, each.before, each.after) for each in changes] == [
        ("is_retired", True, False)
    ]


def test_a_word_that_is_taken_out_is_not_searched_and_stays_listed(needs):
    take_out("od")

    assert "od" not in words_of("naloxone")
    (word,) = [each for each in need_seen("naloxone").words if each.text == "od"]
    assert word.is_retired


def test_a_word_that_was_taken_out_comes_back_as_the_kind_that_is_chosen(needs):
    take_out("od")

    add_word(need="naloxone", word=Form("en", "OD", FormKind.SYNONYM), actor=THEO, at=LATER)

    (word,) = [each for each in need_seen("naloxone").words if each.text == "od"]
    assert (word.is_retired, word.kind) == (False, FormKind.SYNONYM)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "word-short"),
        ("…!", "word-short"),
        ("x", "word-short"),
        ("x" * 81, "word-long"),
        ("for the", "word-small"),
        ("para mí", "word-small"),
        ("get an ID", "word-everyday"),
        ("NARCÁN", "word-here"),
        ("near me narcan", "word-here"),
        ("jeringas", "word-elsewhere"),
        ("Dental care", "word-elsewhere"),
    ],
)
def test_a_word_that_cannot_stand_is_refused_and_nothing_changes(needs, text, code):
    with pytest.raises(NeedRefused) as refused:
        add(text)

    assert refused.value.code == code
    assert acts() == []


def test_a_collision_names_the_other_need(needs):
    with pytest.raises(NeedRefused, match="“jeringas” belongs to “New syringes” already"):
        add("jeringas")


def test_a_broader_need_may_have_the_word_of_its_narrower_one(needs):
    add("hospital detox", need="treatment")

    assert "hospital detox" in words_of("treatment")
    with pytest.raises(NeedRefused, match="belongs to"):
        add("hospital detox", need="food")


@pytest.mark.parametrize("need", ["no-such-need", ""])
def test_a_word_for_a_need_that_is_not_there_is_refused(needs, need):
    with pytest.raises(NeedRefused) as refused:
        add("word", need=need)

    assert refused.value.code == "need-unknown"


def test_a_label_is_no_word_to_add(needs):
    with pytest.raises(NeedRefused) as refused:
        add_word(need="food", word=Form("en", "grub", FormKind.LABEL), actor=THEO, at=NOON)

    assert refused.value.code == "kind-unknown"


def test_a_word_of_another_need_cannot_be_taken_out_here(needs):
    with pytest.raises(NeedRefused) as refused:
        take_word_out(need="food", word_id=word_id("naloxone", "od"), actor=THEO, at=NOON)

    assert refused.value.code == "word-unknown"
    assert "od" in words_of("naloxone")


# Labels.


def test_a_changed_english_label_makes_its_spanish_stale(needs):
    relabel("naloxone", en="Naloxone kits")

    assert labels("en")["naloxone"] == "Naloxone kits"
    assert state_of("naloxone") is State.STALE


def test_new_spanish_is_translated_and_its_writer_does_not_review_it(needs):
    relabel("naloxone", es="Kits de naloxona gratis")

    assert state_of("naloxone") is State.TRANSLATED
    (waiting,) = [each for each in unreviewed() if (each.key, each.field) == ("naloxone", "label")]
    assert (waiting.spanish, waiting.written_by) == ("Kits de naloxona gratis", THEO.person)


def test_labels_that_do_not_change_make_no_act(needs):
    assert relabel("naloxone") is None
    assert acts() == []


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({("label", "en"): ""}, "label-missing", ("label", "en")),
        ({("label", "es"): ""}, "label-missing", ("label", "es")),
        ({("label", "es"): "Jeringas"}, "word-elsewhere", ("label", "es")),
        ({("label", "en"): "Clean kits"}, "label-unfit", ("label", "en")),
        ({("label", "es"): "Para adictos"}, "label-unfit", ("label", "es")),
        ({("gloss", "es"): "sin suciedad"}, "label-unfit", ("gloss", "es")),
        ({("gloss", "es"): ""}, "gloss-half", ("gloss", "es")),
        ({("gloss", "en"): "x" * 81}, "word-long", ("gloss", "en")),
        ({("label", "en"): "The"}, "word-small", ("label", "en")),
    ],
)
def test_what_cannot_be_shown_is_refused_at_its_field(needs, changes, code, field):
    with pytest.raises(NeedRefused) as refused:
        edit_shown(need="naloxone", shown=shown_of("naloxone") | changes, actor=THEO, at=NOON)

    assert (refused.value.code, refused.value.field) == (code, field)
    assert labels("en")["naloxone"] == "Naloxone"


# A new need.


def test_a_new_need_is_last_and_found_by_its_labels(needs):
    key, _ = add_need(draft=NeedDraft(SHOWN, core=True, parent="basics"), actor=THEO, at=NOON)

    last = all_concepts()[-1]
    assert (key, last.id, last.core, last.parent) == ("bike-repair", "bike-repair", True, "basics")
    assert {form.text for form in last.forms} == set(SHOWN.values())
    assert [row.key for row in find_needs("reparacion")] == ["bike-repair"]


def test_a_new_need_that_is_taken_back_is_gone_and_can_be_added_again(needs):
    key, act_id = add_need(draft=NeedDraft(SHOWN), actor=THEO, at=NOON)

    undo_need_act(need=key, act_id=act_id, actor=THEO, at=LATER)

    assert need_seen(key) is None
    assert key not in labels("en")
    assert load_concepts().changed == 0
    assert add_need(draft=NeedDraft(SHOWN), actor=THEO, at=LATER)[0] == key
    assert labels("en")[key] == "Bike repair"


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (NeedDraft({}), "label-missing"),
        (NeedDraft({("label", "en"): "Bikes"}), "label-missing"),
        (NeedDraft(SHOWN, parent="medical-detox"), "parent-unknown"),
        (NeedDraft(SHOWN, parent="nowhere"), "parent-unknown"),
        (NeedDraft(SHOWN | {("label", "en"): "Narcan"}), "word-elsewhere"),
        (NeedDraft({("label", "en"): "自転車", ("label", "es"): "自転車屋"}), "need-known"),
    ],
)
def test_a_need_that_cannot_stand_is_refused(needs, draft, code):
    before = len(all_concepts())

    with pytest.raises(NeedRefused) as refused:
        add_need(draft=draft, actor=THEO, at=NOON)

    assert refused.value.code == code
    assert len(all_concepts()) == before


# Taking back.


def test_taking_back_is_refused_where_two_needs_would_share_a_word(needs):
    act_id = take_out("od")
    add("od", need="food")

    for undo in (
        lambda: undo_need_act(need="naloxone", act_id=act_id, actor=THEO, at=LATER),
        lambda: undo_act(act_id=act_id, actor=THEO, at=LATER),
    ):
        with pytest.raises(UndoRefused) as refused:
            undo()
        assert refused.value.code == "word-elsewhere"
        for each in ("“od” would belong to", "“Food”", "“Naloxone”"):
            assert each in str(refused.value)
        assert "od" not in words_of("naloxone")


def test_an_act_of_another_need_is_not_taken_back_here(needs):
    act_id = take_out("od")

    with pytest.raises(NeedRefused) as refused:
        undo_need_act(need="food", act_id=act_id, actor=THEO, at=LATER)

    assert refused.value.code == "act-elsewhere"


def test_an_act_is_taken_back_once(needs):
    act_id = take_out("od")
    undo_need_act(need="naloxone", act_id=act_id, actor=THEO, at=LATER)

    with pytest.raises(UndoRefused):
        undo_need_act(need="naloxone", act_id=act_id, actor=THEO, at=LATER)


# Reading.


def test_find_needs_looks_into_names_and_words_without_accents(needs):
    assert "methadone" in {row.key for row in find_needs("metadonna")}
    assert [row.key for row in find_needs("CUETE")] == ["syringes"]
    assert find_needs("zzz") == []
    assert [row.key for row in find_needs()] == [each.id for each in all_concepts()]


def test_lists_of_needs_cost_the_same_for_one_and_for_all(db, tmp_path, django_assert_num_queries):
    for file in (a_file(tmp_path, ("food", "Food", ["grub"])), None):
        load_concepts(*([file] if file else []))
        with django_assert_num_queries(3):
            find_needs()
        with django_assert_num_queries(2):
            unreviewed()
        with django_assert_num_queries(5):
            need_seen("food")


def test_everything_shipped_would_pass_the_rules_of_the_desk(needs):
    concepts = all_concepts()
    having = defaultdict(set)
    shown = [
        (each, form) for each in concepts for form in each.forms if form.kind is not FormKind.GLOSS
    ]
    for each, form in shown:
        for word in normal_form(form.text).split():
            having[word].add(each.id)

    problems = []
    for each, form in shown:
        # Only needs with one of its words could have the whole.
        near = set().union(*(having[word] for word in normal_form(form.text).split())) - {each.id}
        problem = word_problem(
            form.text,
            language=form.language,
            need=each.id,
            parent=each.parent,
            concepts=[other if other.id in near else without_forms(other) for other in concepts],
        )
        problems += [(each.id, form.text, problem)] if problem else []

    assert len(shown) > 5_000
    assert problems == []


def without_forms(each):
    return replace(each, forms=())


def test_keys_and_parents_follow_from_names_and_levels(needs):
    assert key_of("Réparation d’été, 24/7") == "reparation-d-ete"
    assert key_of("x" * 60) == "x" * 40
    assert "detox" in possible_parents(all_concepts())
    assert "medical-detox" not in possible_parents(all_concepts())
