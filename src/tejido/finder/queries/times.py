"""The day and hour among the words of a search, as text messages read them."""

from datetime import datetime

from tejido.directory.domain.words import says_something
from tejido.finder.domain.text_times import Chosen, time_in
from tejido.finder.queries.places import split_place
from tejido.finder.queries.snapshot import current_snapshot, reads_snapshot
from tejido.finder.queries.understanding import is_called, needs_in


@reads_snapshot
def split_time(words: str, *, now: datetime) -> tuple[str, Chosen | None]:
    """Return the words without the day and hour that they name, and these or None.

    Words that name no need and by which a place is called stay whole: `Sunday Friends`.

    Args:
        words: as they were typed.
        now: the local instant.
    """
    rest, chosen = time_in(words, now=now)
    if chosen is None or not _is_name(split_place(words)[0], split_place(rest)[0]):
        return rest, chosen
    return words, None


def _is_name(words: str, rest: str) -> bool:
    if not says_something(rest):
        return False
    snapshot = current_snapshot()
    return not needs_in(rest, snapshot) and is_called(words, snapshot)
