"""Who said that a field is right, and when: a compact record with one entry for all the rest.

Stored as `{"*": {"by": "source", "source": "san-mateo-2013", "on": "2013-11-11"},
"phones": {"by": "program", "on": "2026-10-02"}}`. `*` stands for each field without its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from tejido.directory.domain.vocabulary import ConfirmedBy

REST = "*"
# What a person decides for good: who may see a place, and whether a service is listed at all.
DECIDED = frozenset({"visibility", "status"})
# What may be read out of a sentence, and where that stands.
SENTENCES = {"schedules": "hours_text"}


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Who confirmed, when (None: nobody knows), and for a source its key.

    `over` is a digest of what the source said where a person put something else in its place
    (domain.digest.said_digest): as long as the source repeats it, the person's word stands.
    `role` is in which role a person confirmed.
    """

    by: ConfirmedBy
    on: date | None = None
    source: str = ""
    over: str = ""
    role: str = ""

    def to_json(self) -> dict[str, str]:
        """Return the stored form, without what is empty."""
        stored = {"by": self.by.value}
        if self.source:
            stored["source"] = self.source
        if self.over:
            stored["over"] = self.over
        if self.role:
            stored["role"] = self.role
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

    def is_of_a_person(self, name: str) -> bool:
        """Say whether a person, not a source, spoke last about the field."""
        word = self.provenance_of(name)
        return word is not None and word.by is not ConfirmedBy.SOURCE

    def keeps(self, name: str, *, against: date | None, said: str = "") -> bool:
        """Say whether a person's confirmation of the field stands against a source of that date.

        A person's later word wins; on the same day too, because the person saw the list, but
        not over another sentence than the one that was read.
        A source without a date never wins over a dated word, no source ever shows what a person
        chose to hide, and a source that only repeats what the person put right does not win
        either: `said` is the digest of what it says now.
        """
        word = self.provenance_of(name)
        if word is None or word.by is ConfirmedBy.SOURCE or word.on is None:
            return False
        if name in DECIDED or against is None or word.on > against:
            return True
        if word.on == against and (name not in SENTENCES or not word.over):
            return True
        return bool(word.over) and word.over == said

    def after_import(
        self, word: Confirmation, *, said: Mapping[str, str] | None = None
    ) -> "Provenance":
        """Return the record once a source has spoken: what people said and still holds stays.

        Args:
            word: the source's.
            said: digest of what the source says now, for each field that a person put right.
        """
        now = said or {}
        kept = {
            name: entry
            for name, entry in self.entries.items()
            if self.keeps(name, against=word.on, said=now.get(name, ""))
        }
        return Provenance({REST: word} | kept)

    def confirmed(self, word: Confirmation, over: Mapping[str, str]) -> "Provenance":
        """Return the record after a person confirmed some fields.

        Args:
            word: the person's, without `over`.
            over: field -> digest of what stood there before, '' where it stays as it was. What
                the source said is kept through several edits.
        """
        entries = dict(self.entries)
        for name, digest in over.items():
            before = self.entries.get(name)
            first = before.over if before is not None else ""
            of_source = not self.is_of_a_person(name)
            entries[name] = replace(word, over=first or (digest if of_source else ""))
        return Provenance(entries)

    def refused(self, word: Confirmation, over: Mapping[str, str]) -> "Provenance":
        """Return the record after a person refused what was read out of some fields.

        Args:
            word: the person's, without `over`.
            over: what was read -> digest of what it was read from; it stands as long as the
                source says that.
        """
        said = {name: replace(word, over=digest) for name, digest in over.items()}
        return Provenance({**self.entries, **said})

    def to_json(self) -> dict[str, dict[str, str]]:
        """Return the stored form, fields in order."""
        return {name: self.entries[name].to_json() for name in sorted(self.entries)}


def said_of_field(name: str, value: Any, sentence: str) -> Any:
    """Return all that a source says of a field: hours are also what their sentence says."""
    return [value, sentence] if name in SENTENCES else value


def merged_back(
    *, now: Mapping[str, Any], before: Mapping[str, Any], after: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the stored form in which each entry that an act changed is as before it.

    Entries that changed since the act stay as they are now. Their order is the same each time.
    """
    merged = dict(now)
    for name in {**before, **after}:
        if now.get(name) == after.get(name):
            merged.pop(name, None)
            if name in before:
                merged[name] = before[name]
    return merged


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
        by=ConfirmedBy(entry["by"]),
        on=_day(entry.get("on")),
        source=str(entry.get("source", "")),
        over=str(entry.get("over", "")),
        role=str(entry.get("role", "")),
    )


def _day(text: Any) -> date | None:
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError):
        return None
