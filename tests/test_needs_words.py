"""The words of the needs still mean one need after the finder has dropped the small ones."""

import tomllib

from tejido.directory.domain.concepts import Concept, FormKind
from tejido.directory.domain.needs import read_needs
from tejido.directory.services.concepts import NEEDS_FILE
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
        families = {parents[need] or need for need in needs}
        assert len(families) == 1, (words, needs)
