"""What a text message asks: a few words that stand alone, or a need, a place and a time."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tejido.directory.domain.words import tokens_of
from tejido.finder.domain.crisis import tells_in_spanish
from tejido.finder.domain.text_times import Chosen, time_in

LONGEST = 320


class Act(StrEnum):
    """What a message does."""

    FIND = "find"
    MORE = "more"
    DETAIL = "detail"
    LANGUAGE = "language"
    HELP = "help"
    START = "start"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Asked:
    """One message, read.

    Attributes:
        words: what is left of a search beside its time: need and place, as typed.
        chosen: the time, None where none was said.
        number: of the place in the last list, 0 to 99, with `Act.DETAIL`.
        language: `en` or `es` where the message shows it, otherwise ''.
    """

    act: Act
    words: str = ""
    chosen: Chosen | None = None
    number: int = 0
    language: str = ""


# As whole messages only: `the end of my rope` ends nothing (docs/sources.md#twilio-webhooks).
_ALONE: dict[str, tuple[Act, str]] = {
    **dict.fromkeys(
        ("stop", "stopall", "stop all", "unsubscribe", "end", "quit", "revoke", "cancel"),
        (Act.STOP, ""),
    ),
    **dict.fromkeys(("optout", "opt out"), (Act.STOP, "")),
    **dict.fromkeys(("alto", "parar", "cancelar"), (Act.STOP, "es")),
    **dict.fromkeys(("start", "unstop"), (Act.START, "")),
    **dict.fromkeys(("empezar", "iniciar", "hola"), (Act.START, "es")),
    **dict.fromkeys(("hi", "hello", "hey"), (Act.START, "en")),
    **dict.fromkeys(("help", "info"), (Act.HELP, "")),
    "ayuda": (Act.HELP, "es"),
    "more": (Act.MORE, "en"),
    "mas": (Act.MORE, "es"),
    **dict.fromkeys(("en", "english", "ingles"), (Act.LANGUAGE, "en")),
    **dict.fromkeys(("es", "spanish", "espanol"), (Act.LANGUAGE, "es")),
}
_NUMBER = re.compile(r"[#(]?(\d{1,2})[).]?", re.ASCII)
_SPANISH = re.compile(
    r"\b(necesito|quiero|busco|donde|hoy|ahora|ahorita|manana|noche|tarde|lunes|martes|miercoles"
    r"|jueves|viernes|sabado|domingo|gracias|cerca|abiert[oa]s?|a las|cual|hay|tengo"
    r"|respira\w*|despierta|reacciona|sobredosis)\b"
)
_ENGLISH = re.compile(
    r"\b(need|want|where|near|today|now|tomorrow|tonight|monday|tuesday|wednesday|thursday|friday"
    r"|saturday|sunday|please|thanks|the|open|any|looking|get|my|i|am|im)\b"
)


def read_text(words: str, *, now: datetime) -> Asked:
    """Return what a message asks. Whatever it holds, it is read and never done.

    Args:
        words: the message; what stands after 320 letters is not read.
        now: the local instant.
    """
    words = " ".join(words[:LONGEST].split())
    number = _NUMBER.fullmatch(words)
    if number:
        return Asked(Act.DETAIL, number=int(number[1]))
    alone = _ALONE.get(" ".join(tokens_of(words)))
    if alone:
        return Asked(alone[0], language=alone[1])
    rest, chosen = time_in(words, now=now)
    return Asked(Act.FIND, words=rest, chosen=chosen, language=_language(words))


def _language(words: str) -> str:
    plain = " ".join(tokens_of(words))
    spanish, english = len(_SPANISH.findall(plain)), len(_ENGLISH.findall(plain))
    if spanish == english:
        return "es" if tells_in_spanish(words) else ""
    return "es" if spanish > english else "en"
