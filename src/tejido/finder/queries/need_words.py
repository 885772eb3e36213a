"""What words show of themselves: their language, and whether they name a need."""

from collections.abc import Iterable

from tejido.directory.domain.words import meaningful, stems, tokens_of
from tejido.finder.domain.related import kin_of
from tejido.finder.queries.snapshot import SnapshotMissing, current_snapshot, reads_snapshot
from tejido.finder.queries.understanding import Unread, needs_in, unread_in


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
        return _needs_of(words)
    except SnapshotMissing:
        return ()


@reads_snapshot
def _needs_of(words: str) -> tuple[str, ...]:
    return needs_in(words, current_snapshot())


@reads_snapshot
def unread_of(words: str) -> Unread:
    """Return the words that name neither a need nor a wish; raises `SnapshotMissing`."""
    return unread_in(words, current_snapshot())


def untold(asked: Iterable[str]) -> frozenset[str]:
    """Return the needs that an answer does not name, whoever reads it over a shoulder.

    What was asked for and what it is guessed from, and always harm reduction and treatment.
    """
    snapshot = current_snapshot()
    core = (concept.id for concept in snapshot.concepts if concept.core)
    broader = snapshot.lexicon.broader
    return kin_of(asked, broader).union(kin_of(("treatment",), broader), core)


def names_one_of(needs: frozenset[str], text: str) -> bool:
    """Return whether a text of a listing names one of the needs; slang in a name is none."""
    phrases = current_snapshot().written.phrases_in(meaningful(tokens_of(text)))
    return any(not needs.isdisjoint(concepts) for _start, _end, concepts in phrases)


def words_for(needs: Iterable[str], *, language: str) -> str:
    """Return words that a search understands as these needs."""
    labels = current_snapshot().labels.get(language, {})
    return " ".join(labels[need] for need in needs if need in labels)
