"""What a person says about themselves beside the need: no ID, no insurance, a dog, a language.

Such words are no part of what a place is called, so they are wishes, as if ticked in a filter.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tejido.directory.domain.languages import language_code, language_words
from tejido.directory.domain.vocabulary import Fact
from tejido.directory.domain.words import tokens_of

_SAID: Mapping[Fact, tuple[str, ...]] = {
    Fact.NO_ID: (
        *("no id", "without id", "without an id", "dont have id", "lost my id", "no papers"),
        *("undocumented", "no documents", "sin id", "sin identificacion", "sin papeles"),
        *("no tengo id", "no tengo identificacion", "no tengo papeles", "sin documentos"),
        *("indocumentado", "indocumentada"),
    ),
    Fact.WALK_IN: (
        *("walk in", "walk ins", "walkin", "no appointment", "without appointment"),
        *("without an appointment", "sin cita", "sin cita previa", "sin hacer cita"),
    ),
    Fact.WHEELCHAIR: (
        *("wheelchair", "wheelchair accessible", "wheelchair access", "in a wheelchair"),
        *("silla de ruedas", "en silla de ruedas", "acceso para silla de ruedas"),
    ),
    Fact.FREE: (
        *("free", "for free", "free of charge", "no cost", "no money", "cant pay", "gratis"),
        *("gratuito", "gratuita", "gratuitos", "gratuitas", "sin costo", "sin dinero"),
        *("no tengo dinero", "sin pagar"),
    ),
    Fact.ALL_AGES: (
        *("under 18", "minor", "minors", "without my parents", "without parents"),
        *("menor de edad", "menores de edad", "sin mis papas", "sin mis padres"),
    ),
    Fact.NO_INSURANCE: (
        *("no insurance", "without insurance", "uninsured", "dont have insurance"),
        *("sin seguro", "sin aseguranza", "no tengo seguro", "no tengo aseguranza"),
        *("sin seguro medico", "no medi cal", "sin medi cal"),
    ),
    Fact.PETS: (
        *("with my dog", "with a dog", "with dog", "pet friendly", "dogs allowed"),
        *("pets allowed", "with pets", "con mi perro", "con perro", "con mascota"),
        *("con mi mascota", "con perros", "aceptan perros", "aceptan mascotas"),
    ),
    Fact.ANONYMOUS: (
        *("anonymous", "anonymously", "no name", "without my name", "no questions asked"),
        *("anonimo", "anonima", "sin dar mi nombre", "sin nombre", "sin preguntas"),
    ),
}
# When, not what: the hour has its own field.
_WHEN = frozenset(
    {"now", "open", "today", "tonight", "tomorrow", "weekend", "rn", "asap", "sunday", "monday"}
    | {"tuesday", "wednesday", "thursday", "friday", "saturday", "ahora", "ahorita", "hoy"}
    | {"manana", "abierto", "abierta", "abiertos", "abiertas", "domingo", "lunes", "martes"}
    | {"miercoles", "jueves", "viernes", "sabado"}
)
# What is said before or after a language that a person wants to be served in.
_BEFORE = frozenset(
    {"in", "speak", "speaks", "speaking", "who", "that", "en", "que", "idioma"}
    | {"habla", "hablan", "hable", "hablen", "hablar"}
)
_AFTER = frozenset({"speaking", "speaker", "speakers", "spoken", "only"})
_SHORTEST_LANGUAGE = 4
_BARE = frozenset({"spanish", "espanol"})


@dataclass(frozen=True, slots=True)
class Wishes:
    """What was wished for beside the need, and the words that are left.

    Attributes:
        words: normalised, in order, small words included.
        facts: values of `Fact`.
        spoken: language code, or ''.
    """

    words: tuple[str, ...]
    facts: tuple[str, ...] = ()
    spoken: str = ""


def wishes_in(text: str) -> Wishes:
    """Return what a text wishes for beside its need."""
    words: list[str] = []
    facts: dict[str, None] = {}
    spoken = ""
    tokens = tokens_of(text)
    at = 0
    while at < len(tokens):
        length, fact = _fact_at(tokens, at)
        language, taken = _language_at(tokens, at)
        if fact is not None:
            facts[fact.value] = None
        elif language:
            spoken = spoken or language
            length = taken
        elif tokens[at] not in _WHEN:
            words.append(tokens[at])
        at += max(1, length)
    return Wishes(tuple(words), tuple(facts), spoken)


def _fact_at(tokens: Sequence[str], at: int) -> tuple[int, Fact | None]:
    """Return how many words say a fact here, the most that do, and which; (0, None) for none."""
    for phrase, fact in _BY_FIRST.get(tokens[at], ()):
        if tuple(tokens[at : at + len(phrase)]) == phrase:
            return len(phrase), fact
    return 0, None


def _language_at(tokens: Sequence[str], at: int) -> tuple[str, int]:
    """Return the language that is wished for here and how many words say it."""
    start = at
    while start < len(tokens) and tokens[start] in _BEFORE:
        start += 1
    code = _code(tokens[start]) if start < len(tokens) else ""
    end = start + 1
    if code and end < len(tokens) and tokens[end] in _AFTER:
        return code, end + 1 - at
    is_said = start > at or (code and tokens[start] in _BARE)
    return (code, end - at) if code and is_said else ("", 0)


def _code(token: str) -> str:
    # Two or three letters are words: `my`, `no` and `id` are codes of languages too.
    return (language_code(token) or "") if len(token) >= _SHORTEST_LANGUAGE else ""


def _phrases() -> Iterator[tuple[tuple[str, ...], Fact]]:
    for fact, phrases in _SAID.items():
        for phrase in phrases:
            yield tuple(phrase.split()), fact


def _by_first() -> dict[str, list[tuple[tuple[str, ...], Fact]]]:
    found: dict[str, list[tuple[tuple[str, ...], Fact]]] = {}
    for phrase, fact in sorted(_phrases(), key=lambda each: -len(each[0])):
        found.setdefault(phrase[0], []).append((phrase, fact))
    return found


_BY_FIRST = _by_first()


def wish_table() -> dict[str, Any]:
    """Return everything that `wishes_in` goes by, for a phone that searches without us."""
    return {
        "said": [
            (" ".join(phrase), fact.value)
            for phrase, fact in sorted(_phrases(), key=lambda each: -len(each[0]))
        ],
        "when": sorted(_WHEN),
        "before": sorted(_BEFORE),
        "after": sorted(_AFTER),
        "bare": sorted(_BARE),
        "languages": {
            name: code
            for name, code in sorted(language_words().items())
            if len(name) >= _SHORTEST_LANGUAGE
        },
    }
