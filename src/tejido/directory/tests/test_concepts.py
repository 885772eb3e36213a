"""What people look for: the file of needs, its rules, and its way into the tables and out."""

import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from tejido.directory.domain.concepts import FormKind
from tejido.directory.domain.needs import LANGUAGES, SHOWN, Problem, normal_form, read_needs
from tejido.directory.models import Concept, ConceptForm
from tejido.directory.queries.concepts import all_concepts, labels
from tejido.directory.reference import load_reference
from tejido.directory.services.concepts import (
    NEEDS_FILE,
    OBJECT_TYPE,
    NeedsRefused,
    load_concepts,
)
from tejido.translation.domain.texts import State
from tejido.translation.queries import texts_of

ROOT = Path(__file__).resolve().parents[4]
TILES = ["naloxone", "syringes", "wound-care", "tests"]
TILES += ["treatment", "drug-checking", "basics", "talk"]
NARROWER = {
    "tests": {"hiv-test", "hepatitis-c-test", "sti-test", "tb-test"},
    "treatment": {"methadone", "buprenorphine", "detox", "residential-treatment"}
    | {"alcohol-help", "stimulant-support", "sobering-center"},
    "drug-checking": {"fentanyl-test-strips"},
    "basics": {"food", "shower", "housing", "laundry", "clothing", "hygiene-supplies"}
    | {"phone-and-charging", "storage", "mail-address"},
    "talk": {"peer-support", "mental-health"},
}
NEVER_SHOWN = ["clean", "dirty", "addict", "abuse", "junk", "limpi", "suci", "adict", "drogadict"]


def need(**changes):
    """Return an entry of the file that is right, save for the changes."""
    words = {"en": {"label": "Naloxone"}, "es": {"label": "Naloxona"}}
    return {"id": "naloxone", "core": True, "source": ["own"], **words, **changes}


def entries():
    return tomllib.loads(NEEDS_FILE.read_text(encoding="utf-8"))["need"]


def shipped():
    concepts, problems = read_needs(entries())
    assert problems == ()
    return concepts


def forms_of(concept_id, language):
    (found,) = [each for each in shipped() if each.id == concept_id]
    return {form.text for form in found.forms if form.language == language}


# The file that is shipped.


def test_the_file_has_every_tile_and_its_narrower_needs():
    concepts = shipped()

    children = {tile: {c.id for c in concepts if c.parent == tile} for tile in NARROWER}
    assert children == NARROWER
    assert {c.id for c in concepts} >= set(TILES)


def test_the_file_has_what_people_and_lists_ask_for():
    assert len(shipped()) >= 80
    asked = {"dental-care", "eye-care", "hiv-care", "hepatitis-c-treatment", "overdose-training"}
    asked |= {"safer-sex", "crisis-line", "domestic-violence-help", "immigration-help", "pep"}
    asked |= {"benefits-enrollment", "job-help", "veterans-help", "youth-help", "medical-detox"}
    asked |= {"emergency-contraception", "pet-care", "outreach-van", "recovery-meetings"}
    asked |= {"childcare", "parent-support"}

    assert asked - {concept.id for concept in shipped()} == set()


def test_every_word_says_where_it_comes_from():
    text = (ROOT / "docs" / "sources.md").read_text(encoding="utf-8")
    named = {each for concept in shipped() for each in concept.source}
    named |= {form.source for concept in shipped() for form in concept.forms if form.source}

    assert {each for each in named if f'<a id="{each}">' not in text} == set()


def test_the_file_has_more_than_300_forms_in_each_language():
    counted = dict.fromkeys(LANGUAGES, 0)
    for concept in shipped():
        for form in concept.forms:
            counted[form.language] += form.kind is not FormKind.GLOSS

    assert all(count > 300 for count in counted.values()), counted


@pytest.mark.parametrize("concept", shipped(), ids=lambda concept: concept.id)
def test_every_need_has_one_label_in_each_language(concept):
    told = [form.language for form in concept.forms if form.kind is FormKind.LABEL]

    assert told == list(LANGUAGES)


@pytest.mark.parametrize("tile", TILES)
def test_every_tile_has_a_gloss_in_each_language(tile):
    (concept,) = [each for each in shipped() if each.id == tile]

    told = [form.language for form in concept.forms if form.kind is FormKind.GLOSS]
    assert told == list(LANGUAGES)


def test_what_is_shown_has_no_word_that_we_do_not_say():
    shown = [form.text for c in shipped() for form in c.forms if form.kind in SHOWN]

    assert [text for text in shown for word in NEVER_SHOWN if word in normal_form(text)] == []


def test_words_that_we_do_not_say_are_found_all_the_same():
    assert "clean needles" in forms_of("syringes", "en")
    assert "agujas limpias" in forms_of("syringes", "es")


@pytest.mark.parametrize(
    ("text", "concept_id"),
    [
        ("narcan", "naloxone"),
        ("naloxona", "naloxone"),
        ("naloxne", "naloxone"),
        ("points", "syringes"),
        ("agujas limpias", "syringes"),
        ("cotton fever", "wound-care"),
        ("metadone", "methadone"),
        ("metadona", "methadone"),
        ("suboxon", "buprenorphine"),
        ("malilla", "detox"),
        ("mental health", "mental-health"),
        ("raite", "transport"),
    ],
)
def test_people_find_a_need_by_the_word_that_they_use(text, concept_id):
    owners = {
        concept.id
        for concept in shipped()
        for form in concept.forms
        if form.kind is not FormKind.GLOSS and normal_form(form.text) == text
    }

    assert owners == {concept_id}


def test_everyday_words_with_another_meaning_are_no_forms():
    everyday = {"id", "its", "strips", "no", "free", "open", "now", "near", "solo", "gratis"}
    typed = {normal_form(form.text) for concept in shipped() for form in concept.forms}

    assert typed & everyday == set()


# The rules of the file.


def test_normal_form_drops_capitals_accents_and_punctuation():
    assert normal_form("  ¿Identificación — Hep-C? ") == "identificacion hep c"


def test_a_right_entry_has_no_problem():
    concepts, problems = read_needs([need()])

    assert [concept.id for concept in concepts] == ["naloxone"]
    assert problems == ()


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ("naloxone", Problem("#1", "text-expected", "need")),
        ({**need(), "id": ""}, Problem("#1", "id-missing", "id")),
        (need(id="Not an id"), Problem("Not an id", "id-missing", "id")),
        (need(core="yes"), Problem("naloxone", "text-expected", "core")),
        (need(colour="red"), Problem("naloxone", "key-unknown", "colour")),
        (need(es={"synonym": ["naloxona"]}), Problem("naloxone", "label-missing", "es")),
        (need(es="Naloxona"), Problem("naloxone", "label-missing", "es")),
        (
            need(en={"label": "Naloxone", "street": ["od"]}),
            Problem("naloxone", "key-unknown", "en.street"),
        ),
        (
            need(en={"label": "Naloxone", "slang": "od"}),
            Problem("naloxone", "text-expected", "en.slang"),
        ),
        (
            need(en={"label": "Naloxone", "slang": [7]}),
            Problem("naloxone", "text-expected", "en.slang"),
        ),
        (
            need(en={"label": "Naloxone", "slang": ["…"]}),
            Problem("naloxone", "text-empty", "en.slang"),
        ),
        (
            need(en={"label": "Naloxone", "synonym": ["NALOXONE"]}),
            Problem("naloxone", "form-repeated", "NALOXONE"),
        ),
        (need(source=[]), Problem("naloxone", "source-missing", "source")),
        (need(source="own"), Problem("naloxone", "source-missing", "source")),
        (need(word_source=["od"]), Problem("naloxone", "text-expected", "word_source")),
        (need(word_source={"od": "own"}), Problem("naloxone", "word-unknown", "od")),
        (need(parent="nowhere"), Problem("naloxone", "parent-unknown", "nowhere")),
    ],
)
def test_a_mistake_in_an_entry_is_named(entry, problem):
    assert problem in read_needs([entry])[1]


def test_strangers_may_not_share_a_form_whatever_its_accents_and_language():
    other = {"en": {"label": "Pipes"}, "es": {"label": "Pipas", "slang": ["NALOXONÉ"]}}

    _, problems = read_needs(
        [need(), {"id": "safer-smoking", "core": True, "source": ["own"], **other}]
    )

    assert problems == (Problem("safer-smoking", "form-shared", "NALOXONÉ (naloxone)"),)


def test_a_broader_need_and_its_narrower_one_may_share_a_form():
    narrower = need(id="naloxone-by-mail", parent="naloxone")

    assert read_needs([need(), narrower])[1] == ()


def test_what_is_two_levels_broader_may_share_a_form_and_a_sister_may_not():
    middle = need(id="middle", parent="naloxone", en={"label": "M"}, es={"label": "N"})
    deep = need(id="deep", parent="middle")
    sister = need(id="sister", parent="naloxone", en={"label": "M"}, es={"label": "O"})

    assert read_needs([need(), middle, deep])[1] == ()
    assert [each.code for each in read_needs([need(), middle, deep, sister])[1]] == ["form-shared"]


def test_needs_stand_on_three_levels_and_have_one_entry_each():
    levels = [need(id=name, en={"label": name}, es={"label": f"{name} es"}) for name in "abcd"]
    for upper, lower in pairwise(levels):
        lower["parent"] = upper["id"]

    _, problems = read_needs([*levels, levels[0]])

    codes = {(each.need, each.code) for each in problems}
    assert codes >= {("a", "id-repeated"), ("d", "parent-too-deep")}
    assert ("c", "parent-too-deep") not in codes


def test_needs_that_are_each_others_parent_are_refused():
    one = need(id="one", parent="two", en={"label": "One"}, es={"label": "Uno"})
    two = need(id="two", parent="one", en={"label": "Two"}, es={"label": "Dos"})

    assert {each.code for each in read_needs([one, two])[1]} == {"parent-too-deep"}


# Into the tables and out.


@pytest.mark.django_db
def test_all_concepts_are_those_of_the_file_in_its_order():
    load_concepts()

    found = all_concepts()

    assert [concept.id for concept in found] == [concept.id for concept in shipped()]
    for stored, written in zip(found, shipped(), strict=True):
        assert (stored.core, stored.parent) == (written.core, written.parent)
        assert set(stored.forms) == set(written.forms)
        assert len(stored.forms) == len(written.forms)


@pytest.mark.django_db
def test_load_concepts_sent_twice_changes_nothing():
    first = load_concepts()

    second = load_concepts()

    assert (first.concepts, second.changed) == (len(shipped()), 0)
    assert first.forms == second.forms == sum(len(each.forms) for each in shipped())


@pytest.mark.django_db
def test_load_concepts_follows_a_changed_file(tmp_path):
    load_concepts()
    file = tmp_path / "needs.toml"
    file.write_text(
        '[[need]]\nid = "naloxone"\ncore = false\nsource = ["own"]\n'
        '[need.en]\nlabel = "Naloxone now"\nslang = ["od"]\n[need.es]\nlabel = "Naloxona ya"\n'
    )

    load_concepts(file)

    (only,) = all_concepts()
    assert (only.id, only.core) == ("naloxone", False)
    assert [form.text for form in only.forms] == ["Naloxone now", "Naloxona ya", "od"]
    assert ConceptForm.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("[[need", "needs-unreadable"),
        ("", "needs-mistaken"),
        ('need = "naloxone"', "needs-mistaken"),
        ('[[need]]\nid = "naloxone"\ncore = true\n', "needs-mistaken"),
    ],
)
def test_a_file_with_mistakes_changes_nothing(tmp_path, content, code):
    load_concepts()
    file = tmp_path / "needs.toml"
    file.write_text(content)

    with pytest.raises(NeedsRefused) as refused:
        load_concepts(file)

    assert refused.value.code == code
    assert str(file) in str(refused.value)
    assert Concept.objects.count() == len(shipped())


def test_a_file_that_is_not_there_says_so(tmp_path):
    with pytest.raises(NeedsRefused) as refused:
        load_concepts(tmp_path / "none.toml")

    assert refused.value.code == "needs-unreadable"


@pytest.mark.django_db
def test_labels_are_in_the_language_that_is_asked_for():
    load_concepts()

    assert labels("es")["syringes"] == "Jeringas nuevas"
    assert labels("en")["syringes"] == "New syringes"
    assert labels("vi")["syringes"] == "New syringes"
    assert list(labels("es")) == [concept.id for concept in shipped()]


@pytest.mark.django_db
def test_spanish_that_nobody_reviewed_says_translated():
    load_concepts()

    ids = Concept.objects.values_list("id", flat=True)
    states = {
        (language, stored.state) for (_, _, language), stored in texts_of(OBJECT_TYPE, ids).items()
    }
    assert states == {("en", State.SOURCE), ("es", State.TRANSLATED)}


@pytest.mark.django_db
def test_concepts_cost_the_same_for_one_and_for_all(tmp_path, django_assert_num_queries):
    file = tmp_path / "needs.toml"
    file.write_text(
        '[[need]]\nid = "a"\ncore = true\nsource = ["own"]\nen.label = "A"\nes.label = "B"\n'
    )
    for path in (file, NEEDS_FILE):
        load_concepts(path)
        with django_assert_num_queries(3):
            all_concepts()
        with django_assert_num_queries(2):
            labels("es")


@pytest.mark.django_db
def test_load_reference_says_what_it_loaded():
    told = []

    load_reference(told.append)

    assert told == [f"directory: {len(shipped())} needs, {load_concepts().forms} words for them"]


# What the tables refuse.


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changes",
    [{"text": ""}, {"language": "fr"}, {"kind": "label"}, {"kind": "gloss"}, {"text": "twice"}],
)
def test_a_form_that_breaks_a_rule_is_refused(changes):
    concept = Concept.objects.create(key="naloxone", core=True, position=0)
    right = {"concept": concept, "language": "en", "text": "od", "kind": "slang"}
    ConceptForm.objects.create(**{**right, "text": "twice"})

    with pytest.raises(IntegrityError), transaction.atomic():
        ConceptForm.objects.create(**{**right, **changes})


@pytest.mark.django_db
def test_a_concept_that_breaks_a_rule_is_refused():
    one = Concept.objects.create(key="naloxone", core=True, position=0)

    with pytest.raises(IntegrityError), transaction.atomic():
        Concept.objects.create(key="naloxone", core=True, position=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Concept.objects.create(key="", core=True, position=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Concept.objects.filter(id=one.id).update(parent=one.id)
