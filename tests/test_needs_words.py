"""The words of the needs still mean one need after the finder has dropped the small ones."""

import json
import tomllib
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest

from tejido.directory.domain.concepts import Concept, FormKind
from tejido.directory.domain.needs import are_kin, read_needs
from tejido.directory.services.concepts import NEEDS_FILE
from tejido.finder.domain.lexicon import WRITTEN, lexicon_of
from tejido.finder.domain.words import meaningful, tokens_of

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
        for words, needs in phrases.concepts.items():
            for one, other in combinations(needs, 2):
                assert are_kin(one, other, parents), (words, needs)


def test_a_form_is_found_as_what_it_stands_for() -> None:
    lexicon = lexicon_of(concepts())

    for words, needs in owners().items():
        ((start, end, found),) = lexicon.phrases_in(words)
        assert (start, end) == (0, len(words))
        assert needs <= set(found), words


@pytest.mark.parametrize("word", ["aid", "care", "come", "gate", "her", "more", "natural", "red"])
def test_everyday_english_in_a_listing_is_no_need(word: str) -> None:
    assert list(lexicon_of(concepts(), WRITTEN).phrases_in([word])) == []


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
