"""What Tejido knows beyond HSDS, as HSDS attributes of a taxonomy of ours, out and in again."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid5

from tejido.directory.domain.named_ids import named_id

TAXONOMY = "Tejido"
NEEDS_TAXONOMY = "Tejido needs"
NAMESPACE = UUID("0d3c9d0e-6a3f-5c3f-9a52-0b7a5f1f7a31")
# label -> what it says, for readers of an export.
LABELS: Mapping[str, str] = {
    "need": "what the service offers, as a need of Tejido's list",
    "keyword": "a word under which the service is found",
    "fact": "what a person asks before going, with yes or no",
    "tier": "core is harm reduction itself, context stands around it",
    "mode": "how a person reaches the service",
    "reach": "FIPS code of a county that the service reaches",
    "before-you-go": "what to know before going",
    "hours": "a sentence about the hours",
    "visibility": "who may see the place",
    "precision": "how exact the point is",
    "timezone": "the zone of the hours",
    "landmark": "where to look for the place",
    "county": "FIPS code of the county",
    "text": "a text in another language: field, language, text, state",
    "source": "the list that the service comes from",
    "invented": "nobody offers this: it is there to try the software",
    "exception": "hours of these dates in place of the regular ones",
}


_TERM_IDS = {label: str(uuid5(NAMESPACE, label)) for label in LABELS}


@dataclass(frozen=True, slots=True)
class OurWords:
    """What the attributes of ours in a record say, by label; several values where there are."""

    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Say whether the record has any."""
        return bool(self.values)

    def one(self, label: str) -> str:
        """Return the value of a label, or ''."""
        return next(iter(self.values.get(label, ())), "")

    def all(self, label: str) -> tuple[str, ...]:
        """Return each value of a label, in order."""
        return self.values.get(label, ())


def our_attributes(
    owner: UUID, entity: str, words: Iterable[tuple[str, str]]
) -> list[dict[str, Any]]:
    """Return an HSDS attribute for each (label, value), in a fixed order; '' is not said.

    Args:
        owner: the id of the record that they hang on.
        entity: the HSDS name of that record's kind.
        words: what to say.
    """
    return [
        {
            "id": named_id(owner, f"{label} {value}"),
            "link_entity": entity,
            "label": label,
            "value": value,
            "taxonomy_term": our_term(label),
        }
        for label, value in sorted(words)
        if value
    ]


def our_term(label: str) -> dict[str, str]:
    """Return the taxonomy term of a label."""
    return {
        "id": _TERM_IDS[label],
        "code": label,
        "name": label,
        "description": LABELS[label],
        "taxonomy": TAXONOMY,
    }


def need_term(key: str, name: str, description: str) -> dict[str, str]:
    """Return the taxonomy term of a need; its attribute has the label `need` and its key."""
    return {
        "id": str(uuid5(NAMESPACE, f"need {key}")),
        "code": key,
        "name": name,
        "description": description,
        "taxonomy": NEEDS_TAXONOMY,
    }


def our_words(record: Mapping[str, Any]) -> OurWords:
    """Return what our own attributes in a record say; nothing where it has none."""
    found: dict[str, list[str]] = {}
    for label, value in _ours(record):
        found.setdefault(label, []).append(value)
    return OurWords({label: tuple(values) for label, values in found.items()})


def is_ours(row: Any) -> bool:
    """Say whether an attribute is one of ours."""
    term = row.get("taxonomy_term") if isinstance(row, dict) else None
    return isinstance(term, dict) and term.get("taxonomy") in (TAXONOMY, NEEDS_TAXONOMY)


def as_value(**parts: str) -> str:
    """Return several words as the value of one attribute."""
    return json.dumps(parts, sort_keys=True, ensure_ascii=False)


def parts_of(value: str) -> dict[str, str]:
    """Return the words of a value that `as_value` made; nothing where it did not."""
    try:
        parts = json.loads(value)
    except (ValueError, RecursionError):
        return {}
    is_flat = isinstance(parts, dict) and all(isinstance(v, str) for v in parts.values())
    return parts if is_flat else {}


def _ours(record: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    rows = record.get("attributes")
    for row in rows if isinstance(rows, list) else []:
        if is_ours(row):
            term, value = row["taxonomy_term"], row.get("value")
            label = "need" if term["taxonomy"] == NEEDS_TAXONOMY else term.get("code")
            if label in LABELS and isinstance(value, str) and value:
                yield label, value
