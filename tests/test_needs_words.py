"""The words of the needs still mean one need after the finder has dropped the small ones."""

import json
import tomllib
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest

from tejido.directory.domain.concepts import Concept, FormKind
from tejido.directory.domain.needs import are_kin, read_needs
from tejido.directory.domain.words import meaningful, tokens_of
from tejido.directory.services.concepts import NEEDS_FILE
from tejido.finder.domain.lexicon import WRITTEN, Tree, lexicon_of, meant_by

EVERYDAY = {"id", "its", "drugs", "clean", "drop", "no", "near", "open", "free", "gratis"}


def owners() -> dict[tuple[str, ...], set[str]]:
    """Return the words that the finder keeps of each form -> the needs that they stand for."""
    found: dict[tuple[str, ...], set[str]] = {}
    for concept in concepts():
        for form in concept.forms:
            if form.kind is not FormKind.GLOSS:
                kept = tuple(meaningful(tokens_of(form.text)))
                found.setdefault(kept, set()).add(concept.id)
    return found


def meanings(tree: Tree) -> Iterator[tuple[str, ...]]:
    """Yield the needs that each phrase of a tree stands for."""
    for stem, branch in tree.items():
        if stem is None:
            yield branch
        else:
            yield from meanings(branch)


def concepts() -> tuple[Concept, ...]:
    read, problems = read_needs(tomllib.loads(NEEDS_FILE.read_text("utf-8"))["need"])
    assert problems == ()
    return read


def test_no_form_is_left_with_an_everyday_word() -> None:
    assert {words for words in owners() if len(words) == 1 and words[0] in EVERYDAY} == set()


def test_strangers_share_no_form_without_its_small_words() -> None:
    parents = {concept.id: concept.parent for concept in concepts()}

    for words, needs in owners().items():
        for one, other in combinations(sorted(needs), 2):
            assert are_kin(one, other, parents), (words, needs)


def test_strangers_share_no_form_by_its_stems() -> None:
    parents = {concept.id: concept.parent for concept in concepts()}
    lexicon = lexicon_of(concepts())

    for phrases in (lexicon.english, lexicon.spanish):
        for needs in meanings(phrases):
            for one, other in combinations(needs, 2):
                assert are_kin(one, other, parents), needs


def test_a_form_is_found_as_what_it_stands_for() -> None:
    lexicon = lexicon_of(concepts())

    for words, needs in owners().items():
        ((start, end, found),) = lexicon.phrases_in(words)
        assert (start, end) == (0, len(words))
        assert needs <= set(found), words


@pytest.mark.parametrize("word", ["aid", "care", "come", "gate", "her", "more", "natural", "red"])
def test_everyday_english_in_a_listing_is_no_need(word: str) -> None:
    assert list(lexicon_of(concepts(), WRITTEN).phrases_in([word])) == []


def understood(text: str) -> tuple[list[str], list[str]]:
    """Return the needs that a text speaks of after repair, and the words that were repaired."""
    lexicon = lexicon_of(concepts())
    tokens = meaningful(tokens_of(text))
    meant = {
        token: None if lexicon.knows(token) else meant_by(token, lexicon.words) for token in tokens
    }
    units = lexicon.units_of([meant[token] or token for token in tokens])
    return [each for unit in units for each in unit.concepts], [t for t in tokens if meant[t]]


@pytest.mark.parametrize(
    "word", ["bleeding", "heal", "dolor", "puntos", "peace", "pain", "sangre"]
)
def test_a_real_word_is_not_repaired(word: str) -> None:
    assert understood(word)[1] == []


@pytest.mark.parametrize(
    ("typed", "need"),
    [
        ("naloxne", "naloxone"),
        ("naloxna", "naloxone"),
        ("metadone", "methadone"),
        ("suboxon", "buprenorphine"),
        ("sirynges", "syringes"),
        ("jeringillas", "syringes"),
        ("fentanil", "fentanyl-test-strips"),
    ],
)
def test_a_mistyped_word_still_leads_to_its_need(typed: str, need: str) -> None:
    assert understood(typed)[0] == [need]


@pytest.mark.parametrize(
    "text",
    [
        "suicide",
        "I'm suicidal",
        "kill myself",
        "I want to die",
        "end my life",
        "suicidio",
        "matarme",
        "me quiero morir",
        "quiero suicidarme",
        "me voy a matar",
        "ya no quiero vivir",
    ],
)
def test_words_of_despair_lead_to_mental_health_and_the_crisis_line(text: str) -> None:
    assert understood(text)[0] == ["mental-health", "crisis-line"]


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("hambre", "food"),
        ("tengo hambre", "food"),
        ("i am hungry", "food"),
        ("cut", "wound-care"),
        ("cuts", "wound-care"),
        ("tengo una cortada", "wound-care"),
        ("curar herida", "wound-care"),
        ("heal wound", "wound-care"),
    ],
)
def test_a_whole_sentence_says_no_more_than_its_need(text: str, need: str) -> None:
    assert understood(text) == ([need], [])
    assert len(lexicon_of(concepts()).units_of(meaningful(tokens_of(text)))) == 1


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("women's shelter", "shelter"),
        ("shelter for women", "shelter"),
        ("albergue para mujeres", "shelter"),
        ("refugio para mujeres", "shelter"),
        ("shelter for battered women", "domestic-violence-help"),
        ("refugio para mujeres golpeadas", "domestic-violence-help"),
    ],
)
def test_a_shelter_for_women_is_about_violence_only_where_that_is_said(
    text: str, need: str
) -> None:
    assert understood(text)[0] == [need]


@pytest.mark.shared
def test_what_a_real_list_asks_for_leads_to_needs(shared_data: Path) -> None:
    """Of the 200 commonest keywords of San Mateo, 45 led to a need when there were 33 needs."""
    said: Counter[str] = Counter()
    with (shared_data / "services" / "san_mateo_2013_hsds31.ndjson").open("rb") as lines:
        for line in lines:
            for each in json.loads(line).get("attributes", []):
                said[" ".join(tokens_of(each["value"]))] += each["label"] == "keyword"
    lexicon = lexicon_of(concepts())
    leading = [each for each, _ in said.most_common(200) if list(lexicon.phrases_in(each.split()))]

    assert len(leading) >= 105
