"""Texts that stand only in another language than English, as our taxonomy lets a feed say."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tejido.directory.domain.hsds.ours import LABELS, is_ours, our_term, parts_of
from tejido.directory.domain.hsds_check.findings import Fault, is_blank

# What can be said in another language, and where its English stands; nowhere: in attributes.
FIELDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "service": {
        "name": ("name",),
        "description": ("description",),
        "before_you_go": (
            *("alert", "application_process", "eligibility_description"),
            "fees_description",
        ),
    },
    "location": {"landmark": ()},
    "service_at_location": {"description": ("description",)},
}
_IN_ATTRIBUTES = {"before-you-go": "before_you_go", "landmark": "landmark"}
_BY_TERM = {our_term(label)["id"]: label for label in LABELS}
Key = tuple[int, str]


@dataclass(slots=True)
class Said:
    """What attributes say of fields; of ids and texts only hashes are kept.

    Attributes:
        texts: (owner, field) -> the language that it is written in besides English.
        originals: (owner, field) -> the text that is said to be the original.
        english: (owner, field) -> the English that stands in an attribute.
    """

    texts: dict[Key, str] = field(default_factory=dict)
    originals: dict[Key, int] = field(default_factory=dict)
    english: dict[Key, int] = field(default_factory=dict)

    def note(self, owner: object, row: Any) -> None:
        """Take an attribute in: an object with its term, or a row that names it."""
        label, value = _label(row), row.get("value") if isinstance(row, dict) else None
        if not isinstance(value, str) or not value.strip():
            return
        if label in _IN_ATTRIBUTES:
            self.english[hash(str(owner)), _IN_ATTRIBUTES[label]] = hash(value)
        parts = parts_of(value) if label == "text" else {}
        language, text = parts.get("language", "en"), parts.get("text", "")
        if text.strip() and language != "en":
            key = (hash(str(owner)), parts.get("field", ""))
            self.texts[key] = language
            if parts.get("state") == "source":
                self.originals[key] = hash(text)

    def note_row(self, table: str, row: Mapping[str, Any]) -> None:
        """Take a row of a table in; of other tables than attributes nothing."""
        if table == "attribute":
            self.note(row.get("link_id"), row)

    def faults(self, table: str, record: Mapping[str, Any]) -> Iterator[Fault]:
        """Return each field of an object that only another language says something in."""
        for name, columns in FIELDS.get(table, {}).items() if self.texts else ():
            key = (hash(str(record.get("id"))), name)
            if key in self.texts and self._english(key, columns, record) <= self._original(key):
                yield Fault("text-alone", name if columns == (name,) else "", self.texts[key])

    def _english(self, key: Key, columns: tuple[str, ...], record: Mapping[str, Any]) -> set[int]:
        texts = [record.get(name) for name in columns]
        said = {hash(each) for each in texts if isinstance(each, str) and not is_blank(each)}
        return said | ({self.english[key]} if key in self.english else set())

    def _original(self, key: Key) -> set[int]:
        return {self.originals[key]} if key in self.originals else set()


def alone_faults(table: str, record: Mapping[str, Any]) -> Iterator[Fault]:
    """Return the same for an object that holds its attributes."""
    rows = record.get("attributes")
    if table not in FIELDS or not isinstance(rows, list):
        return
    said = Said()
    for row in rows:
        said.note(record.get("id"), row)
    yield from said.faults(table, record)


def _label(row: Any) -> str:
    if is_ours(row):
        return str(row["taxonomy_term"].get("code"))
    return _BY_TERM.get(str(row.get("taxonomy_term_id")), "") if isinstance(row, dict) else ""
