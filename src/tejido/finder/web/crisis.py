"""When a page must name the crisis line: before any place, at whatever distance."""

from collections.abc import Iterable

# Needs for which somebody may not be able to wait until a place opens.
_CANNOT_WAIT = frozenset({"crisis-line", "mental-health", "talk"})


def needs_a_line_now(needs: Iterable[str]) -> bool:
    """Return whether a search is about a crisis, the mind, or somebody to talk to.

    Source: docs/sources.md#lifeline-988
    """
    return not _CANNOT_WAIT.isdisjoint(needs)
