"""The file of needs: what it may say, and what is wrong with it."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from tejido.directory.domain.concepts import Concept, Form, FormKind

LANGUAGES = ("en", "es")
SHOWN = frozenset({FormKind.LABEL, FormKind.GLOSS})
_ID = re.compile(r"[a-z]+(-[a-z]+)*")
_KEYS = frozenset({"id", "core", "parent", "source", "word_source", *LANGUAGES})
DEEPEST = 3
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the file that has to change.

    Attributes:
        need: id of the need, or its position where it has none.
        code: `id-missing`, `id-repeated`, `key-unknown`, `label-missing`, `text-expected`,
            `text-empty`, `form-repeated`, `form-shared`, `parent-unknown`, `parent-too-deep`,
            `source-missing` or `word-unknown`.
        detail: the key, the form or the other need that it is about.
    """

    need: str
    code: str
    detail: str


@lru_cache(maxsize=20_000)
def normal_form(text: str) -> str:
    """Return the text as forms are compared: small letters, no accents, no punctuation.

    Two forms with one normal form are found by the same typing.
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(mark for mark in decomposed if not unicodedata.combining(mark))
    return " ".join(_WORD.findall(plain))


def read_needs(entries: Sequence[Any]) -> tuple[tuple[Concept, ...], tuple[Problem, ...]]:
    """Read the entries of the file.

    Args:
        entries: what stands under `need` in the file, as TOML gives it.

    Returns:
        The concepts in the order of the file, and every problem found; concepts can be used only
        when there is no problem.
    """
    concepts: list[Concept] = []
    problems: list[Problem] = []
    for position, entry in enumerate(entries, start=1):
        name = _name(entry, position)
        problems += _shape_problems(name, entry)
        if isinstance(entry, Mapping):
            concepts.append(_concept(name, entry))
    return tuple(concepts), (*problems, *need_problems(concepts))


def _name(entry: Any, position: int) -> str:
    given = dict(entry).get("id") if isinstance(entry, Mapping) else None
    return given if isinstance(given, str) and given else f"#{position}"


def _concept(name: str, entry: Mapping[str, Any]) -> Concept:
    forms = tuple(form for language in LANGUAGES for form in _forms(entry, language))
    return Concept(
        id=name,
        core=entry.get("core") is True,
        parent=str(entry.get("parent", "")),
        forms=forms,
        source=tuple(_texts(entry.get("source", []))),
    )


def _forms(entry: Mapping[str, Any], language: str) -> Iterator[Form]:
    words = entry.get(language)
    if not isinstance(words, Mapping):
        return
    said = entry.get("word_source")
    sources = said if isinstance(said, Mapping) else {}
    for kind in FormKind:
        for text in _texts(words.get(kind.value, [])):
            yield Form(language, text, kind, source=str(sources.get(text, "")))


def _texts(value: Any) -> list[str]:
    listed = value if isinstance(value, list) else [value]
    return [text for text in listed if isinstance(text, str)]


def _shape_problems(name: str, entry: Any) -> Iterator[Problem]:
    if not isinstance(entry, Mapping):
        yield Problem(name, "text-expected", "need")
        return
    if not _ID.fullmatch(name):
        yield Problem(name, "id-missing", "id")
    if not isinstance(entry.get("core"), bool):
        yield Problem(name, "text-expected", "core")
    yield from (Problem(name, "key-unknown", key) for key in sorted(set(entry) - _KEYS))
    yield from _source_problems(name, entry)
    for language in LANGUAGES:
        yield from _language_problems(name, language, entry.get(language))


def _source_problems(name: str, entry: Mapping[str, Any]) -> Iterator[Problem]:
    """A need says where its words come from; a word that comes from elsewhere says so itself."""
    given = entry.get("source")
    if not isinstance(given, list) or not given or not all(_texts([each]) for each in given):
        yield Problem(name, "source-missing", "source")
    words = entry.get("word_source", {})
    if not isinstance(words, Mapping) or not all(_texts([each]) for each in words.values()):
        yield Problem(name, "text-expected", "word_source")
        return
    known = {form.text for language in LANGUAGES for form in _forms(entry, language)}
    yield from (Problem(name, "word-unknown", word) for word in sorted(set(words) - known))


def _language_problems(name: str, language: str, words: Any) -> Iterator[Problem]:
    if not isinstance(words, Mapping) or "label" not in words:
        yield Problem(name, "label-missing", language)
        return
    kinds = {kind.value for kind in FormKind}
    for key, value in words.items():
        where = f"{language}.{key}"
        if key not in kinds:
            yield Problem(name, "key-unknown", where)
        elif not _is_well_formed(key, value):
            yield Problem(name, "text-expected", where)
        elif not all(normal_form(text) for text in _texts(value)):
            yield Problem(name, "text-empty", where)


def _is_well_formed(key: str, value: Any) -> bool:
    """A label or gloss is one text; the other kinds are lists of texts."""
    if FormKind(key) in SHOWN:
        return isinstance(value, str)
    return isinstance(value, list) and all(isinstance(text, str) for text in value)


def _parent_problems(concepts: Sequence[Concept]) -> Iterator[Problem]:
    parents = {concept.id: concept.parent for concept in concepts}
    seen: set[str] = set()
    for concept in concepts:
        if concept.id in seen:
            yield Problem(concept.id, "id-repeated", concept.id)
        seen.add(concept.id)
        if concept.parent and concept.parent not in parents:
            yield Problem(concept.id, "parent-unknown", concept.parent)
        elif len(broader(concept.id, parents)) >= DEEPEST:
            yield Problem(concept.id, "parent-too-deep", concept.parent)


def broader(concept: str, parents: Mapping[str, str]) -> tuple[str, ...]:
    """Return the broader needs of a need, the nearest first, at most `DEEPEST` of them."""
    chain: list[str] = []
    while len(chain) < DEEPEST and (concept := parents.get(concept, "")):
        chain.append(concept)
    return tuple(chain)


def are_kin(one: str, other: str, parents: Mapping[str, str]) -> bool:
    """Return whether two needs are one, or one of them is a broader one of the other."""
    return one == other or one in broader(other, parents) or other in broader(one, parents)


def need_problems(concepts: Iterable[Concept]) -> tuple[Problem, ...]:
    """Return what is wrong among needs: their broader ones, and their forms."""
    given = tuple(concepts)
    return (*_parent_problems(given), *form_problems(given))


def form_problems(concepts: Iterable[Concept]) -> Iterator[Problem]:
    """Find forms that stand twice in one language of a need, or belong to two strangers.

    People type words of both languages in one box, so strangers may not share a form across
    languages either. A gloss explains a label and is not searched, so it may repeat anything.
    """
    given = tuple(concepts)
    parents = {concept.id: concept.parent for concept in given}
    owners: dict[str, list[str]] = {}
    for concept in given:
        seen: set[tuple[str, str]] = set()
        for form in concept.forms:
            text = normal_form(form.text)
            if form.kind is FormKind.GLOSS:
                continue
            if (form.language, text) in seen:
                yield Problem(concept.id, "form-repeated", form.text)
            seen.add((form.language, text))
            strangers = [
                each for each in owners.get(text, ()) if not are_kin(each, concept.id, parents)
            ]
            if strangers:
                yield Problem(concept.id, "form-shared", f"{form.text} ({strangers[0]})")
            owners.setdefault(text, []).append(concept.id)
