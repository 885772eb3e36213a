"""A source's own words beside what we read in them, so that they can be given back exactly.

Our tables hold what we understood: a phone number that can be dialled, hours that can be computed
with. Where that is not letter for letter what the source wrote, its words are kept, with a mark of
what we had read. While the tables still say that, the words are given back; once somebody changed
the tables, the tables speak.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any

_IN_ORDER = json.JSONEncoder(sort_keys=True, ensure_ascii=False, check_circular=False)


def mark_of(value: Any) -> str:
    """Return a short mark of a JSON value; '' for None, which stands for a missing field."""
    if value is None:
        return ""
    said = _IN_ORDER.encode(value)
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:16]


class OwnWords(Mapping[str, Any]):
    """`own_words`, worked out when somebody first asks: of an unchanged record nobody does."""

    def __init__(
        self,
        ours: Callable[[], Mapping[str, Any]],
        record: Mapping[str, Any],
        known: frozenset[str],
    ) -> None:
        """Keep what they are made of.

        Args:
            ours: returns the record as we would write it.
            record: as the source wrote it.
            known: the fields that both may have.
        """
        self.theirs = {name: value for name, value in record.items() if name in known}
        self._ours, self._known = ours, known

    @cached_property
    def _words(self) -> dict[str, Any]:
        return own_words(ours=self._ours(), theirs=self.theirs, fields=self._known)

    def __getitem__(self, name: str) -> Any:
        """Return the words of one field."""
        return self._words[name]

    def __iter__(self) -> Iterator[str]:
        """Return the fields that have own words."""
        return iter(self._words)

    def __len__(self) -> int:
        """Return how many fields have own words."""
        return len(self._words)


def own_words(
    *, ours: Mapping[str, Any], theirs: Mapping[str, Any], fields: frozenset[str]
) -> dict[str, Any]:
    """Return what is needed to make `theirs` out of `ours`, for these fields.

    Args:
        ours: the record as we would write it.
        theirs: the record as the source wrote it.
        fields: those that both may have; every other field is somebody else's matter.
    """
    words: dict[str, Any] = {}
    for name in sorted(fields):
        is_said = name in theirs
        if is_said and name in ours and _same(ours[name], theirs[name]):
            continue
        if is_said or name in ours:
            words[name] = {"read": mark_of(ours.get(name))}
            if is_said:
                words[name]["said"] = theirs[name]
    return words


def with_own_words(ours: Mapping[str, Any], words: Mapping[str, Any]) -> dict[str, Any]:
    """Return the record in the source's own words wherever ours still say what we had read.

    In a list that somebody changed since, what the source said about a row with the same id stays
    with it.
    """
    record = dict(ours)
    for name, word in words.items():
        if mark_of(ours.get(name)) == word["read"]:
            record.pop(name, None)
            if "said" in word:
                record[name] = word["said"]
        elif isinstance(ours.get(name), list):
            record[name] = _merged(ours[name], word.get("said"))
    return record


def _merged(rows: list[Any], said: Any) -> list[Any]:
    known = {
        str(row.get("id")): row
        for row in (said if isinstance(said, list) else [])
        if isinstance(row, dict)
    }
    return [{**known.get(str(row.get("id")), {}), **row} for row in rows]


def _same(one: Any, other: Any) -> bool:
    """Say whether two values are the same as JSON: 1 and 1.0 and true are three."""
    if one != other:
        return False
    # Most are written alike to the letter; only the marks look past the order of names.
    return isinstance(one, str) or repr(one) == repr(other) or mark_of(one) == mark_of(other)
