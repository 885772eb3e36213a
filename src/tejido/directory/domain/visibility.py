"""Who may see a place, when several sources say something about it."""

from collections.abc import Iterable

from tejido.directory.domain.vocabulary import Visibility

# From everybody to partners.
STRICTNESS = (Visibility.PUBLIC, Visibility.WITHOUT_PLACE, Visibility.PARTNERS)


def strictest(words: Iterable[Visibility]) -> Visibility:
    """Return the strictest of the words; nothing said is partners only."""
    return max(words, key=STRICTNESS.index, default=Visibility.PARTNERS)
