"""What people look for: the file of needs, its rules, and its way into the tables and out."""

import tomllib
from itertools import pairwise
from pathlib import Path

import pytest

from tejido.directory.domain.concepts import FormKind
from tejido.directory.domain.needs import LANGUAGES, SHOWN, Problem, normal_form, read_needs
from tejido.directory.services.concepts import (
    NEEDS_FILE,
)

ROOT = Path(__file__).resolve().parents[4]
TILES = ["naloxone", "syringes", "wound-care", "tests"]
TILES += ["treatment", "drug-checking", "basics", "talk"]
NARROWER = {
    "tests": {"hiv-test", "hepatitis-c-test", "sti-test", "tb-test"},
    "treatment": {"opioid-medicine", "detox", "residential-treatment"}
    | {"alcohol-help", "stimulant-support", "sobering-center"},
    "opioid-medicine": {"methadone", "buprenorphine"},
    "drug-checking": {"fentanyl-test-strips"},
    "basics": {"food", "shower", "housing", "laundry", "clothing", "hygiene-supplies"}
    | {"phone-and-charging", "storage", "mail-address", "cooling-warming"},
    "talk": {"peer-support", "mental-health", "overdose-spotting"},
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
    assert len(shipped()) >= 95
    asked = {"dental-care", "eye-care", "hiv-care", "hepatitis-c-treatment", "overdose-training"}
    asked |= {"safer-sex", "crisis-line", "domestic-violence-help", "immigration-help", "pep"}
    asked |= {"benefits-enrollment", "job-help", "veterans-help", "youth-help", "medical-detox"}
    asked |= {"emergency-contraception", "pet-care", "outreach-van", "recovery-meetings"}
    asked |= {"childcare", "parent-support", "overdose-spotting", "harm-reduction"}
    asked |= {"family-of-people-who-use", "street-medicine", "drug-court", "safe-parking"}
    asked |= {"cooling-warming", "medication-disposal", "sex-worker-support"}

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
        ("malilla", "opioid-medicine"),
        ("ando malillo", "opioid-medicine"),
        ("dope sick", "opioid-medicine"),
        ("withdrawals", "opioid-medicine"),
        ("alcohol withdrawal", "medical-detox"),
        ("arm is swollen", "wound-care"),
        ("me duele donde me inyecte", "wound-care"),
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
