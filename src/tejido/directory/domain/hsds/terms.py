"""HSDS attributes and taxonomy terms as needs, keywords and facts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tejido.directory.domain.hsds.ours import is_ours
from tejido.directory.domain.reading import Reading
from tejido.directory.domain.vocabulary import Fact

# Concepts whose id is an everyday word: a keyword alone does not state the need.
EVERYDAY = frozenset({"talk", "basics", "tests", "treatment"})
MAX_KEYWORD = 200
_YES = {"yes", "true", "1", "y"}
_FACTS = {fact.value: fact for fact in Fact}
_NO = {"no", "false", "0", "n"}


@dataclass(frozen=True, slots=True)
class Terms:
    """What the attributes of a record say. `stated` are needs that the source calls needs."""

    needs: tuple[str, ...] = ()
    stated: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    facts: dict[Fact, bool] = field(default_factory=dict)


def read_terms(record: Mapping[str, Any], reading: Reading, where: str) -> Terms:
    """Return the terms of a record's attributes.

    A term whose code, name or value is a concept's id is a need; one that is a fact's id with yes
    or no is a fact; every other word is a keyword.
    """
    needs: dict[str, bool] = {}
    keywords: dict[str, None] = {}
    facts: dict[Fact, bool] = {}
    for row in reading.children(record, "attributes", where):
        if is_ours(row):
            continue
        words = _words(row, reading, f"{where}attributes.")
        is_stated = str(row.get("label", "")).casefold() == "need"
        concept = _concept(words, reading, is_stated=is_stated)
        fact = _fact(words)
        if fact is not None:
            facts[fact[0]] = fact[1]
        elif concept:
            needs[concept] = needs.get(concept, False) or is_stated
        elif words:
            keywords[words[0]] = None
    stated = tuple(need for need, is_stated in needs.items() if is_stated)
    return Terms(tuple(needs), stated, tuple(keywords), facts)


def slug(text: str) -> str:
    """Return the words of a text in lower case, joined by hyphens."""
    return "-".join(re.findall(r"[a-z0-9]+", text.casefold()))


def _words(row: Mapping[str, Any], reading: Reading, where: str) -> list[str]:
    """Return what an attribute says: the term's name and code, then the value."""
    term = row.get("taxonomy_term")
    term = term if isinstance(term, dict) else {}
    said = [
        reading.text(term, "name", f"{where}taxonomy_term.", MAX_KEYWORD),
        reading.text(term, "code", f"{where}taxonomy_term.", MAX_KEYWORD),
        reading.text(row, "value", where, MAX_KEYWORD),
    ]
    return list(filter(None, said))


def _concept(words: list[str], reading: Reading, *, is_stated: bool) -> str:
    for word in map(slug, words):
        if word in reading.concepts and (is_stated or word not in EVERYDAY):
            return word
    return ""


def _fact(words: list[str]) -> tuple[Fact, bool] | None:
    """Return a fact and whether it holds, where the words name one and say yes or no."""
    known = [_FACTS[word] for word in map(slug, words) if word in _FACTS]
    answers = [word.casefold() in _YES for word in words if word.casefold() in _YES | _NO]
    return (known[0], answers[0]) if known and answers else None
