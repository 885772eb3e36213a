"""From words to concepts: phrases in both languages, and what a mistyped word meant."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from tejido.directory.domain.concepts import Concept, FormKind
from tejido.finder.domain.words import meaningful, stems, tokens_of

Key = tuple[str, ...]
SHORTEST_CORRECTED = 4
_TWO_SLIPS_FROM = 8


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing that a text speaks of: concepts, any of which will do, or else a word."""

    tokens: tuple[str, ...]
    concepts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The forms of all concepts, ready to be found in a text.

    Attributes:
        phrases: words of a form -> concepts it stands for, best kind first.
        stemmed: the same by English, then by Spanish stems.
        longest: words in the longest form.
        starts: every word, or stem, that begins a form.
        words: every correctly written word of the forms; what a mistyped one may have meant.
        broader: concept -> itself and every broader one.
        known: every word of the forms and its stems.
    """

    phrases: Mapping[Key, tuple[str, ...]]
    stemmed: tuple[Mapping[Key, tuple[str, ...]], ...]
    longest: int
    starts: frozenset[str]
    words: tuple[str, ...]
    broader: Mapping[str, tuple[str, ...]]
    known: frozenset[str]

    def units(self, text: str) -> list[Unit]:
        """Return what a text speaks of in order, the longest phrases first, no stop words."""
        return self.units_of(meaningful(tokens_of(text)))

    def units_of(self, tokens: Sequence[str]) -> list[Unit]:
        """Return what words without stop words speak of; see `units`."""
        found: list[Unit] = []
        at = 0
        while at < len(tokens):
            unit = self._phrase_at(tokens, at) or Unit((tokens[at],))
            found.append(unit)
            at += len(unit.tokens)
        return found

    def _phrase_at(self, tokens: Sequence[str], at: int) -> Unit | None:
        if self.starts.isdisjoint((tokens[at], *stems(tokens[at]))):
            return None
        for length in range(min(self.longest, len(tokens) - at), 0, -1):
            key = tuple(tokens[at : at + length])
            concepts = self.phrases.get(key) or self._by_stem(key)
            if concepts:
                return Unit(key, concepts)
        return None

    def _by_stem(self, key: Key) -> tuple[str, ...]:
        pairs = [stems(token) for token in key]
        for language, table in enumerate(self.stemmed):
            concepts = table.get(tuple(pair[min(language, len(pair) - 1)] for pair in pairs))
            if concepts:
                return concepts
        return ()


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
    frozen = _phrases(given, kinds)
    stemmed = tuple(_stemmed(frozen, language) for language in range(2))
    correct = _phrases(given, _CORRECT.intersection(kinds))
    words = tuple(dict.fromkeys(word for key in correct for word in key))
    written = {word for key in frozen for word in key}
    return Lexicon(
        phrases=frozen,
        stemmed=stemmed,
        longest=max(map(len, frozen), default=0),
        starts=frozenset(key[0] for table in (frozen, *stemmed) for key in table),
        words=words,
        broader=_broader(given),
        known=frozenset(written.union(*map(stems, written))),
    )


def _phrases(
    concepts: Sequence[Concept], kinds: Collection[FormKind]
) -> dict[Key, tuple[str, ...]]:
    phrases: dict[Key, list[str]] = {}
    for concept in concepts:
        for form in concept.forms:
            key = tuple(meaningful(tokens_of(form.text)))
            if key and form.kind in kinds and concept.id not in phrases.setdefault(key, []):
                phrases[key].append(concept.id)
    return {key: tuple(ids) for key, ids in phrases.items()}


def _stemmed(phrases: Mapping[Key, tuple[str, ...]], language: int) -> dict[Key, tuple[str, ...]]:
    table: dict[Key, tuple[str, ...]] = {}
    for key, ids in phrases.items():
        pairs = (stems(token) for token in key)
        stem = tuple(pair[min(language, len(pair) - 1)] for pair in pairs)
        table[stem] = tuple(dict.fromkeys((*table.get(stem, ()), *ids)))
    return table


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

    One slip (a letter too many, too few, wrong, or two swapped) is forgiven from 4 letters on,
    two from 8 letters on; shorter words and numbers are never touched. Of equally near words the
    first of the vocabulary wins.
    """
    if len(token) < SHORTEST_CORRECTED or not token.isalpha():
        return None
    slips = 2 if len(token) >= _TWO_SLIPS_FROM else 1
    nearest = process.extractOne(
        token, vocabulary, processor=None, scorer=OSA.distance, score_cutoff=slips
    )
    return str(nearest[0]) if nearest else None
