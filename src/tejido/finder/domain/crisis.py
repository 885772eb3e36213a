"""What cannot wait: an overdose now, or a crisis. Named before any place, however far."""

import re
from collections.abc import Iterable
from typing import Any

from tejido.directory.domain.words import tokens_of

EMERGENCY, CRISIS, WITH_YOU, AT_HOME = "911", "988", "safespot", "violence"
# What helps in an overdose, whatever else is said of it.
ANTIDOTE = "naloxone"
# Needs for which somebody may not be able to wait until a place opens.
_CANNOT_WAIT = frozenset({"crisis-line", "mental-health", "talk"})
# Needs for which a person on the phone is there before any place is.
_ALONE = frozenset({"overdose-spotting"})
# Needs of somebody whom another person hurts, who may have few minutes to look.
_HURT_AT_HOME = frozenset({"domestic-violence-help"})
# The most urgent first.
_LINES = ((_ALONE, WITH_YOU), (_HURT_AT_HOME, AT_HOME), (_CANNOT_WAIT, CRISIS))
# What is seen of it, or done before it. Rather too often than once too little.
_NOT = "(wont|will not|not|cant|cannot|couldnt|doesnt|isnt)"
_SIGNS_IN_ENGLISH = (
    *("(not|isnt|isn t|stopped|stop|wont|no longer|cant|hardly|barely) breath\\w*", "no pulse"),
    *(
        f"{_NOT} (wak\\w*|respond\\w*|get up)( \\w+)? up",
        f"{_NOT} (wake|waking|respond|responding)",
    ),
    *("unable to wake", "unresponsive", "unconscious", "out cold", "gurgling"),
    *("foam\\w* at the mouth", "(turn(s|ed|ing)?|going|went|is|hes|shes) blue"),
    *("(lips|face|fingernails|nails) (\\w+ )?(blue|purple|gray|grey)", "(blue|purple) lips"),
    "passed out(?! (food|free|clothes|blankets|water))",
    "(took|taken|did|shot|smoked|snorted|used) (way |far )?(too|to) (much|many)"
    "(?! (time|money|long|work|damage|effort|water|people))",
    "(fell|falling|fallin|fallen) out(?! (of|with))",
)
_SIGNS_IN_SPANISH = (
    *("(no|apenas|casi no) (respira|esta respirando|puede respirar)", "dejo de respirar"),
    *("no (se )?(despierta|reacciona|responde|mueve)", "no tiene pulso", "inconsciente"),
    *("no (lo |la |le |los |las )?(puedo|podemos|logro) despertar\\w*", "se desmayo"),
    *("(labios?|boca|cara) (\\w+ )?(azul(es)?|morad[oa]s?)", "espuma (por|en) la boca"),
    "(se puso|esta|estan|poniendo) (tod[oa] )?(azul(es)?|morad[oa]s?)",
    *("perdio el conocimiento", "se (le )?paso (la mano|de (mas|dosis|droga))"),
    "se paso(?! (la|el|los|las|mi|su|por|un|una|a|al|de)\\b)",
    "(se (metio|tomo|inyecto|fumo|pico)|me (meti|tome|inyecte|fume|pique))"
    " (much[oa]s?|demasiad[oa]s?|de mas)",
)
# What may tell of one, and may ask for something about it.
_WORDS_IN_SPANISH = ("sobre ?do[sc]\\w*", "tomo demasiad[oa]s?")
_WORDS = ("od", "ods", "oded", "oding", "o d", "over ?do[sz]\\w*", *_WORDS_IN_SPANISH)
_ONE = "(overdoses?|over dose|ods?|sobredo[sc]is|sobre do[sc]is)"
_ABOUT = "((an|a|any|opioid|fentanyl|heroin|de|en|para|contra|responder|una|la|las) )*"
# What speaks of an overdose that nobody has now, of a tooth, or of drink.
_HARMLESS = (
    "(overdos\\w*|ods?) (\\w+ )?(prevention|training|trainings|class|classes|education|awareness"
    "|hotline|helpline|grief|deaths?)",
    "(naloxone|narcan|nalmefene|spray|medicine|kits?|training|class|classes)"
    f" (for|against|in case of) {_ABOUT}{_ONE}(?! (now|help|happening))",
    f"(prevent\\w*|avoid\\w*|died (of|from)|survived|lost \\w+( \\w+)? to) {_ABOUT}{_ONE}",
    "(prevencion|prevenir|evitar|clases?|taller|talleres|capacitacion|entrenamiento|curso)"
    f" {_ABOUT}{_ONE}",
    "(naloxona|narcan|medicina|espray|kits?) (para|contra|en caso de)"
    f" {_ABOUT}{_ONE}(?! (ya|ahora))",
    f"(murio|murieron|fallecio|muertes?) (de|por) {_ABOUT}{_ONE}",
    "(tooth|teeth|fillings?|crown|hair|stitches|iud) (\\w+ ){0,2}(fell|falling|fallin|fallen) out",
    *("(a|had|our) falling out", "(food|clothes|blankets) (\\w+ )?passed out"),
    *("(yo|siempre) tomo demasiad[oa]s?",),
    "tomo demasiad[oa]s? (alcohol|cervezas?|cafe|vino|tequila|licor)",
)


def _any_of(*phrases: str) -> str:
    return rf"\b({'|'.join(phrases)})\b"


_SEEN = re.compile(_any_of(*_SIGNS_IN_ENGLISH, *_SIGNS_IN_SPANISH))
_IN_SPANISH = re.compile(_any_of(*_SIGNS_IN_SPANISH, *_WORDS_IN_SPANISH))
_OVERDOSE = re.compile(_any_of(*_SIGNS_IN_ENGLISH, *_SIGNS_IN_SPANISH, *_WORDS))
_NONE_NOW = re.compile(_any_of(*_HARMLESS))


def lines_now(texts: Iterable[str], needs: Iterable[str]) -> tuple[str, ...]:
    """Return the ids of the lines that a search cannot wait for, the most urgent first.

    Args:
        texts: everything that was typed, each field by itself.
        needs: what was understood or tapped.
    """
    emergency = (EMERGENCY,) if any(map(is_overdose, texts)) else ()
    return (*emergency, *lines_for(needs))


def lines_for(needs: Iterable[str]) -> tuple[str, ...]:
    """Return the ids of the lines that needs cannot wait for.

    Who uses alone is told of the line that stays with them; who is hurt at home, of the line for
    that; a crisis, the mind, or somebody to talk to, of 988.

    Source: docs/sources.md#lifeline-988, #line-safespot, #line-violence
    """
    asked = frozenset(needs)
    return tuple(line for about, line in _LINES if about & asked)


def needs_a_line_now(needs: Iterable[str]) -> bool:
    """Return whether a search is about something for which a person answers a line now."""
    return bool(lines_for(needs))


def is_overdose(words: str) -> bool:
    """Return whether the words, in English or Spanish, may tell of somebody who overdoses now."""
    return _OVERDOSE.search(_telling(words)) is not None


def shows_overdose(words: str) -> bool:
    """Return whether the words say what is seen or was taken, so that nothing else is sought."""
    return _SEEN.search(_telling(words)) is not None


def tells_in_spanish(words: str) -> bool:
    """Return whether the words may tell of an overdose in Spanish."""
    return _IN_SPANISH.search(_telling(words)) is not None


def _telling(words: str) -> str:
    return _NONE_NOW.sub(" ", " ".join(tokens_of(words)))


def crisis_table() -> dict[str, Any]:
    """Return what `lines_now` goes by, for a phone that searches without us.

    `overdose`, `seen` and `harmless` are patterns over normalised words parted by one blank; what
    is harmless is taken away first. `lines` are pairs of a line and the needs that it is for, the
    most urgent first.
    """
    return {
        "overdose": _OVERDOSE.pattern,
        "seen": _SEEN.pattern,
        "harmless": _NONE_NOW.pattern,
        "antidote": ANTIDOTE,
        "lines": [[line, sorted(about)] for about, line in _LINES],
    }
