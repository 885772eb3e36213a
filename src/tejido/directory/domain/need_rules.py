"""What a steward may make a word, a label or a need, and why not."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tejido.directory.domain.concepts import Concept, FormKind
from tejido.directory.domain.needs import DEEPEST, are_kin, broader, normal_form
from tejido.directory.domain.small_words import EVERYDAY_WORDS, SMALL_WORDS

SHORTEST, LONGEST = 2, 80
LONGEST_KEY = 40
# The buttons of the finder, which a test keeps equal to them.
ON_THE_FIRST_PAGE = frozenset(
    {
        *("naloxone", "syringes", "wound-care", "tests"),
        *("treatment", "drug-checking", "basics", "talk"),
    }
)
# Parts of words that put people down: searched where people type them, never shown.
UNFIT = ("clean", "dirty", "addict", "abuse", "junk", "limpi", "suci", "adict")


@dataclass(frozen=True, slots=True)
class WordProblem:
    """Why a word cannot stand.

    Attributes:
        code: `word-short`, `word-long`, `word-small`, `word-everyday`, `word-here`,
            `word-elsewhere` or `label-unfit`.
        need: id of the need that has the word already, for `word-here` and `word-elsewhere`.
    """

    code: str
    need: str = ""


def word_problem(
    text: str, *, language: str, need: str, parent: str, concepts: Sequence[Concept]
) -> WordProblem | None:
    """Return why a need cannot have this word, or None.

    Args:
        text: as typed.
        language: of the word.
        need: id of the need; one that is new is not among the concepts.
        parent: its broader need, or ''.
        concepts: all needs with their words.
    """
    plain = normal_form(text)
    if len(plain) < SHORTEST:
        return WordProblem("word-short")
    if len(text) > LONGEST:
        return WordProblem("word-long")
    left = _meaning(plain)
    if not left:
        return WordProblem("word-small")
    if len(left) == 1 and left[0] in EVERYDAY_WORDS:
        return WordProblem("word-everyday")
    return _clash(left, language, need, parent, concepts)


def label_problem(
    text: str, *, language: str, need: str, parent: str, concepts: Sequence[Concept]
) -> WordProblem | None:
    """Return why a need cannot be called so, or None. Arguments as for `word_problem`."""
    if is_unfit(text):
        return WordProblem("label-unfit")
    found = word_problem(text, language=language, need=need, parent=parent, concepts=concepts)
    return None if found is not None and found.code == "word-here" else found


def is_unfit(text: str) -> bool:
    """Return whether a text has a word that is never shown."""
    plain = normal_form(text)
    return any(part in plain for part in UNFIT)


def key_of(label: str) -> str:
    """Return the id of a new need from its English label, or '' where nothing is left of it."""
    return "-".join(re.findall(r"[a-z]+", normal_form(label)))[:LONGEST_KEY].strip("-")


def possible_parents(concepts: Iterable[Concept], *, of: str = "") -> list[str]:
    """Return the ids of needs that may have a narrower one: a new one, or the one given."""
    given = tuple(concepts)
    parents = {concept.id: concept.parent for concept in given}
    above = {each.id: (each.id, *broader(each.id, parents)) for each in given}
    # How far the narrower needs of the one given reach below it.
    height = max((chain.index(of) for chain in above.values() if of in chain), default=0)
    return [
        key for key, chain in above.items() if of not in chain and len(chain) + height < DEEPEST
    ]


def _meaning(plain: str) -> tuple[str, ...]:
    return tuple(word for word in plain.split() if word not in SMALL_WORDS)


def _clash(
    left: tuple[str, ...], language: str, need: str, parent: str, concepts: Sequence[Concept]
) -> WordProblem | None:
    """Find the word in this need in the same language, or in a stranger in any language."""
    parents = {concept.id: concept.parent for concept in concepts} | {need: parent}
    for concept in concepts:
        for form in concept.forms:
            if form.kind is FormKind.GLOSS or _meaning(normal_form(form.text)) != left:
                continue
            if concept.id == need and form.language == language:
                return WordProblem("word-here", need)
            if not are_kin(concept.id, need, parents):
                return WordProblem("word-elsewhere", concept.id)
    return None
