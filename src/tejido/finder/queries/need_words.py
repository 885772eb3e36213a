"""What words show of themselves: their language, and whether they name a need."""

from collections.abc import Iterable

from tejido.directory.domain.words import meaningful, stems, tokens_of
from tejido.finder.queries.snapshot import SnapshotMissing, current_snapshot
from tejido.finder.queries.understanding import needs_in


def language_of(words: str) -> str:
    """Return `en` or `es` where the words for needs are of one language, otherwise ''."""
    english, spanish = current_snapshot().lexicon.known
    pairs = [stems(token) for token in tokens_of(words)]
    only_english = sum(pair[0] in english and pair[-1] not in spanish for pair in pairs)
    only_spanish = sum(pair[-1] in spanish and pair[0] not in english for pair in pairs)
    if only_english == only_spanish:
        return ""
    return "en" if only_english > only_spanish else "es"


def needs_of(words: str) -> tuple[str, ...]:
    """Return the needs that words mean, mistyped or not; none where there is no list yet."""
    try:
        return needs_in(words, current_snapshot())
    except SnapshotMissing:
        return ()


def names_a_need(text: str) -> bool:
    """Return whether whoever reads the text over a shoulder learns what somebody looks for."""
    phrases = current_snapshot().lexicon.phrases_in(meaningful(tokens_of(text)))
    return next(iter(phrases), None) is not None


def words_for(needs: Iterable[str], *, language: str) -> str:
    """Return words that a search understands as these needs."""
    labels = current_snapshot().labels.get(language, {})
    return " ".join(labels[need] for need in needs if need in labels)
