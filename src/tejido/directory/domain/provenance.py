"""Who said that a field is right, and when: a compact record with one entry for all the rest.

Stored as `{"*": {"by": "source", "source": "san-mateo-2013", "on": "2013-11-11"},
"phones": {"by": "program", "on": "2026-10-02"}}`. `*` stands for each field without its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tejido.directory.domain.vocabulary import ConfirmedBy

REST = "*"
VISIBILITY = "visibility"


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Who confirmed, when (None: nobody knows), and for a source its key."""

    by: ConfirmedBy
    on: date | None = None
    source: str = ""

    def to_json(self) -> dict[str, str]:
        """Return the stored form, without what is empty."""
        stored = {"by": self.by.value}
        if self.source:
            stored["source"] = self.source
        if self.on is not None:
            stored["on"] = self.on.isoformat()
        return stored


@dataclass(frozen=True, slots=True)
class Provenance:
    """The confirmations of one record, by field."""

    entries: Mapping[str, Confirmation] = field(default_factory=dict)

    def provenance_of(self, name: str) -> Confirmation | None:
        """Return who confirmed the field, its own entry before the one for the rest."""
        return self.entries.get(name) or self.entries.get(REST)

    def keeps(self, name: str, *, against: date | None) -> bool:
        """Say whether a person's confirmation of the field stands against a source of that date.

        A person's later word wins; on the same day too, because the person saw the list.
        A source without a date never wins over a dated word, and no source ever shows a place
        that a person chose to hide.
        """
        word = self.provenance_of(name)
        if word is None or word.by is ConfirmedBy.SOURCE or word.on is None:
            return False
        return name == VISIBILITY or against is None or word.on >= against

    def after_import(self, word: Confirmation) -> "Provenance":
        """Return the record once a source has spoken: what people said later stays."""
        kept = {n: c for n, c in self.entries.items() if self.keeps(n, against=word.on)}
        return Provenance({REST: word} | kept)

    def to_json(self) -> dict[str, dict[str, str]]:
        """Return the stored form, fields in order."""
        return {name: self.entries[name].to_json() for name in sorted(self.entries)}


def provenance_from(stored: Any) -> Provenance:
    """Read the stored form; what is not understood is left out, never raised."""
    if not isinstance(stored, Mapping):
        return Provenance()
    read = {str(name): _confirmation(entry) for name, entry in stored.items()}
    return Provenance({name: word for name, word in read.items() if word is not None})


def _confirmation(entry: Any) -> Confirmation | None:
    if not isinstance(entry, Mapping) or entry.get("by") not in set(ConfirmedBy):
        return None
    return Confirmation(
        ConfirmedBy(entry["by"]), _day(entry.get("on")), str(entry.get("source", ""))
    )


def _day(text: Any) -> date | None:
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError):
        return None
