"""From words to concepts: phrases in both languages, and what a mistyped word meant."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import OSA

from tejido.directory.domain.concepts import Concept, FormKind
from tejido.directory.domain.needs import LANGUAGES
from tejido.directory.domain.words import Stems, meaningful, stems, tokens_of

Key = tuple[str, ...]
# Stem -> what may follow it.
Tree = dict[str | None, Any]
_END: Tree = {}
Phrase = tuple[int, int, tuple[str, ...]]
SHORTEST_CORRECTED = 4
_ANY_SLIP_FROM = 6
_TWO_SLIPS_FROM = 8
# More candidates than any word has.
_NEAREST = 40


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing that a text speaks of: concepts, any of which will do, or else a word."""

    tokens: tuple[str, ...]
    concepts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The forms of all concepts, ready to be found in a text.

    Attributes:
        english, spanish: the forms of each language by its stems, as trees; both are tried,
            whatever the text is in.
        words: every correctly written word of the forms; what a mistyped one may have meant.
        broader: concept -> itself and every broader one.
        known: the stems of the words of the forms in each language, save those of words that are
            only part of a misspelling.
        written: the stems of all correctly written words, in either language.
    """

    english: Tree
    spanish: Tree
    words: tuple[str, ...]
    broader: Mapping[str, tuple[str, ...]]
    known: tuple[frozenset[str], frozenset[str]]
    written: frozenset[str]

    def knows(self, token: str) -> bool:
        """Tell whether a word stands in the forms of either language, in whatever ending."""
        found, (english, spanish) = stems(token), self.known
        return found[0] in english or found[-1] in spanish

    def is_misspelling(self, token: str) -> bool:
        """Tell whether a word stands in the forms, and only as a misspelling."""
        return self.knows(token) and self.written.isdisjoint(stems(token))

    def units_of(self, tokens: Sequence[str]) -> list[Unit]:
        """Return what words without stop words speak of in order, the longest phrases first."""
        units: list[Unit] = []
        done = 0
        for start, end, concepts in self.phrases_in(tokens):
            units.extend(Unit((token,)) for token in tokens[done:start])
            units.append(Unit(tuple(tokens[start:end]), concepts))
            done = end
        return units + [Unit((token,)) for token in tokens[done:]]

    def phrases_in(self, tokens: Sequence[str]) -> Iterator[Phrase]:
        """Yield start, end and concepts of each phrase; none overlaps the next."""
        return self.phrases_of([stems(token) for token in tokens])

    def phrases_of(self, stemmed: Sequence[Stems]) -> Iterator[Phrase]:
        """Yield the phrases of words that are stemmed already."""
        english, spanish = self.english, self.spanish
        done = 0
        # Few words begin a phrase, and this loop sees every word of the directory.
        for at in [
            at for at, pair in enumerate(stemmed) if pair[0] in english or pair[-1] in spanish
        ]:
            found = self._phrase_at(stemmed, at) if at >= done else None
            if found:
                yield found
                done = found[1]

    def _phrase_at(self, pairs: Sequence[Stems], at: int) -> Phrase | None:
        in_english = _longest(self.english, pairs, at, 0)
        in_spanish = _longest(self.spanish, pairs, at, -1)
        if in_english and in_spanish:
            return in_english if in_english[1] >= in_spanish[1] else in_spanish
        return in_english or in_spanish


def _longest(tree: Tree, pairs: Sequence[Stems], at: int, side: int) -> Phrase | None:
    found = None
    branch = tree
    for end in range(at, len(pairs)):
        branch = branch.get(pairs[end][side], _END)
        if branch is _END:
            break
        concepts = branch.get(None)
        if concepts:
            found = at, end + 1, concepts
    return found


TYPED = frozenset(FormKind) - {FormKind.GLOSS}
# What people type, "works" or "points", means something else in the prose of a listing.
WRITTEN = TYPED - {FormKind.SLANG, FormKind.MISSPELLING}
_CORRECT = TYPED - {FormKind.MISSPELLING}


def lexicon_of(concepts: Iterable[Concept], kinds: Collection[FormKind] = TYPED) -> Lexicon:
    """Return the lexicon of these concepts; where a form stands for several, all are kept.

    Args:
        concepts: with their forms.
        kinds: of forms to use: `TYPED` for a search, `WRITTEN` for the texts of listings.
    """
    given = tuple(concepts)
    # A word is stemmed by its own language: in Spanish, `career` and `care` would be one.
    english, spanish = (_forms(given, kinds, language) for language in ("en", "es"))
    correct = _CORRECT.intersection(kinds)
    words = tuple(
        dict.fromkeys(word for key in _forms(given, correct, *LANGUAGES) for word in key)
    )
    return Lexicon(
        english=_tree(english, 0),
        spanish=_tree(spanish, -1),
        words=words,
        broader=_broader(given),
        known=(_known(given, kinds, "en", 0), _known(given, kinds, "es", -1)),
        written=frozenset(stem for word in words for stem in stems(word)),
    )


def _known(
    concepts: Sequence[Concept], kinds: Collection[FormKind], language: str, side: int
) -> frozenset[str]:
    """Return the stems of all words, where one of several in a misspelling is not one."""
    correct = _forms(concepts, _CORRECT.intersection(kinds), language)
    alone = (key for key in _forms(concepts, kinds, language) if len(key) == 1)
    return frozenset(stems(word)[side] for key in (*correct, *alone) for word in key)


def _forms(
    concepts: Sequence[Concept], kinds: Collection[FormKind], *languages: str
) -> dict[Key, list[str]]:
    """Return the words of each form without stop words, and what it stands for."""
    forms: dict[Key, list[str]] = {}
    for concept in concepts:
        for form in concept.forms:
            if form.kind not in kinds or form.language not in languages:
                continue
            key = tuple(meaningful(tokens_of(form.text)))
            if key and concept.id not in forms.setdefault(key, []):
                forms[key].append(concept.id)
    return forms


def _tree(forms: Mapping[Key, Sequence[str]], side: int) -> Tree:
    """Return the forms as branches of stems; what a form stands for is at None of its branch."""
    tree: Tree = {}
    for key, ids in forms.items():
        branch = tree
        for token in key:
            branch = branch.setdefault(stems(token)[side], {})
        branch[None] = tuple(dict.fromkeys((*branch.get(None, ()), *ids)))
    return tree


def _broader(concepts: Sequence[Concept]) -> dict[str, tuple[str, ...]]:
    parents = {concept.id: concept.parent for concept in concepts}
    chains: dict[str, tuple[str, ...]] = {}
    for concept in concepts:
        chain = [concept.id]
        while (parent := parents.get(chain[-1], "")) and parent not in chain:
            chain.append(parent)
        chains[concept.id] = tuple(chain)
    return chains


def meant_by(token: str, vocabulary: Collection[str]) -> str | None:
    """Return the word of the vocabulary that a mistyped word meant, or None.

    A slip is a letter too many, too few, wrong, or two swapped. From 6 letters on one is
    forgiven, and two where both words have at least 8; in 4 or 5 letters only a swap is, since
    another letter makes another word of so short a one: `tent` is no `test`. People hardly miss
    the first letter, so it always stays: `heal` is no `meal`. Numbers are never touched. Of
    equally near words the first of the vocabulary wins.
    """
    if len(token) < SHORTEST_CORRECTED or not token.isalpha():
        return None
    near = process.extract(
        token, vocabulary, processor=None, scorer=OSA.distance, score_cutoff=2, limit=_NEAREST
    )
    meant = (word for word, slips, _ in near if _is_slip(token, str(word), int(slips)))
    return next(meant, None)


def _is_slip(token: str, word: str, slips: int) -> bool:
    if token[0] != word[0]:
        return False
    if len(token) < _ANY_SLIP_FROM:
        return slips == 1 and sorted(token) == sorted(word)
    return slips == 1 or min(len(token), len(word)) >= _TWO_SLIPS_FROM
