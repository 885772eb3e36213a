"""The English and Spanish words that sentences about hours are made of.

A phrase is written as its lexemes, in small letters and without accents, with a blank between.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from tejido.directory.domain.prose_hours.proposal import Note


class Kind(Enum):
    """What a word does in a sentence."""

    CLOCK = auto()
    DAYS = auto()
    ORDINAL = auto()
    MONTHLY = auto()
    EVERY = auto()
    PART = auto()
    ALL_DAY = auto()
    TO = auto()
    DASH = auto()
    UNTIL = auto()
    AND = auto()
    OR = auto()
    COMMA = auto()
    SLASH = auto()
    OPEN_PAREN = auto()
    CLOSE_PAREN = auto()
    STOP = auto()
    CLOSED = auto()
    EXCEPT = auto()
    LUNCH = auto()
    HOLIDAYS = auto()
    APPOINTMENT = auto()
    SOME = auto()
    AVAILABLE = auto()
    PLACE = auto()
    ASIDE = auto()
    HALF = auto()
    LIMIT = auto()
    FILLER = auto()
    REFUSED = auto()


@dataclass(frozen=True, slots=True)
class Word:
    """What one phrase means.

    Attributes:
        days: weekdays, 0 is Monday; of DAYS.
        number: 1 to 5, or -1 for the last; of ORDINAL.
        text: which part of the day, half of the clock or named time; of PART, HALF and CLOCK,
            and of DAYS that name a part of the day too.
        note: of ASIDE and REFUSED.
        language: 'en' or 'es' where the word decides the language of the short days beside it.
        is_short: one or two letters, or a word of both languages: it needs a language.
    """

    kind: Kind
    days: tuple[int, ...] = ()
    number: int = 0
    text: str = ""
    note: Note | None = None
    language: str = ""
    is_short: bool = False


DAY_NAMES = (
    "monday mondays lunes",
    "tuesday tuesdays martes",
    "wednesday wednesdays miercoles",
    "thursday thursdays jueves",
    "friday fridays viernes",
    "saturday saturdays sabado sabados",
    "sunday sundays domingo domingos",
)
_ABBREVIATED = (
    "mon mons lun",
    "tue tues",
    "wed weds mie mier",
    "thu thur thurs jue",
    "fri vie vier",
    "sat sats sab",
    "sun suns dom",
)
_SHORT = {
    "en": ("m mo", "t tu", "w we", "th", "f fr", "sa", "su"),
    "es": ("l lu", "ma mar", "x mi", "j ju", "v vi", "s", "d do"),
}
_SETS = {
    (0, 1, 2, 3, 4): "weekday | weekdays | entre semana | dias de semana | dias laborables"
    " | dias habiles",
    (5, 6): "weekend | weekends | fin de semana | fines de semana",
    (0, 1, 2, 3, 4, 5, 6): "daily | everyday | every day | seven days | 7 days | 7 days a week"
    " | seven days a week | 7 days per week | all week | diario | diariamente | a diario"
    " | cada dia | todos los dias | todos los dias de la semana | 7 dias | 7 dias a la semana"
    " | siete dias a la semana | siete dias de la semana | los 7 dias de la semana",
}
# Every day, and in the evening: `nightly 8-2` is not from eight in the morning.
_NIGHTLY = (
    "every night | each night | nightly | all nights | 7 nights a week | seven nights a week"
    " | todas las noches | cada noche | 7 noches a la semana | siete noches a la semana"
)
_ORDINALS = {
    1: "first primer primero primeros 1st 1er 1ro 1ero 1º 1ª 1°",
    2: "second segundo segundos 2nd 2do 2º 2ª 2°",
    3: "third tercer tercero terceros 3rd 3er 3ro 3ero 3º 3ª 3°",
    4: "fourth cuarto cuartos 4th 4to 4º 4ª 4°",
    5: "fifth quinto quintos 5th 5to 5º 5ª 5°",
    -1: "last ultimo ultimos",
}
_PARTS = {
    "morning": "morning | mornings | mananas | por la manana | por las mananas",
    "afternoon": "afternoon | afternoons | por la tarde | por las tardes",
    "evening": "evening | evenings | night | nights | por la noche | por las noches",
    "other": "other times | other hours | otras horas | otros horarios | otros dias",
}
_HALVES = {
    "am": "in the morning | de la manana | de la madrugada | am",
    "pm": "in the afternoon | in the evening | de la tarde | pm",
    "night": "at night | de la noche",
}
_NAMED_TIMES = {
    "noon": "noon | 12 noon | 12:00 noon | 12 pm noon | 12:00 pm noon | mediodia | medio dia"
    " | 12 del mediodia | 12 del medio dia | 12 del dia | 12:00 del dia | 12 md | 12:00 md",
    "midnight": "midnight | 12 midnight | 12:00 midnight | 12 am midnight | 12:00 am midnight"
    " | medianoche | media noche | 12 de la medianoche",
}
_PLAIN = {
    Kind.MONTHLY: "of the month | of each month | of every month | of month | each month"
    " | every month | in the month | monthly | del mes | de cada mes | de mes | cada mes",
    Kind.EVERY: "every | each | cada | todos los | todas las",
    Kind.ALL_DAY: "24 / 7 | 24 - 7 | 24 / 7 / 365 | 24 hours | 24 hour | 24 - hour | 24 - hours"
    " | 24 hrs | 24 hr | 24 h | 24 hours a day | 24 hours per day | 24 hours / day"
    " | 24 - hours a day | 24 hour facility | 24 - hour facility | 24 hour service"
    " | 24 - hour service | around the clock | 24 horas | las 24 horas | 24 horas al dia"
    " | 24 horas del dia | las 24 horas del dia | dia y noche | day and night",
    Kind.TO: "to | through | thru | a | al",
    Kind.UNTIL: "until | till | til | hasta",
    Kind.AND: "and | & | + | y | e",
    Kind.OR: "or | o",
    Kind.CLOSED: "closed | cerrado | cerrada | cerrados | cerramos",
    Kind.EXCEPT: "except | except for | excepto | excluding | menos | salvo",
    Kind.LUNCH: "for lunch | at lunch | lunch | para almorzar | para el almuerzo | almuerzo"
    " | por almuerzo | para comer | hora de comida",
    Kind.APPOINTMENT: "by appointment | by appointment only | by appt | by appt only"
    " | with appointment | with an appointment | appointment only | appointments only"
    " | appointment required | by arrangement | as scheduled | con cita | con cita previa"
    " | con previa cita | solo con cita | solo con cita previa | solamente con cita | por cita"
    " | previa cita | cita previa | solo por cita | unicamente con cita | con una cita",
    Kind.SOME: "some | algunos | algunas",
    Kind.AVAILABLE: "available | may be available | are available | appointments"
    " | appointments available | disponible | disponibles",
    Kind.PLACE: "office | offices | oficina | oficinas | clinic | clinica | center | centro"
    " | museum | museo | gallery | galeria | library | biblioteca | shelter | albergue | church"
    " | iglesia | school | escuela | store | shop | tienda | pantry | despensa | agency"
    " | building | edificio | administration office | administrative office | main office"
    " | oficina administrativa | oficina principal",
    Kind.FILLER: "open | is open | are open | abierto | abierta | abiertos | abierta al publico"
    " | abierto al publico | from | de | desde | the | los | las | la | el | on | hours | hour"
    " | hrs | hr | hs | horas | hora | h | horario | horarios | horario de atencion"
    " | hours of operation | business hours | regular hours | business | atencion"
    " | atendemos | we are open | estamos abiertos | january - december | jan - dec"
    " | january through december | january to december | enero a diciembre | year round"
    " | year - round | all year | todo el ano | durante todo el ano"
    " | 365 days a year | 365 days per year | 365 dias al ano | 365 dias del ano | dias"
    " | no appointment needed | no appointment necessary | sin cita | sin cita previa"
    " | no se necesita cita",
}
_HOLIDAY_KINDS = (
    "",
    "major",
    "federal",
    "national",
    "legal",
    "public",
    "bank",
    "state",
    "county",
    "all",
    "most",
    "some",
)
_HOLIDAYS = (
    "holiday | christmas | christmas day | christmas eve | new year | new years | new year's"
    " | new year's day | new years day | new year holidays | thanksgiving | thanksgiving day"
    " | easter | easter sunday | good friday | memorial day | labor day | veterans day"
    " | independence day | 4th of july | fourth of july | viernes santo | domingo de pascua"
    " | dias festivos | dias feriados | feriados | festivos | dias de fiesta | navidad"
    " | ano nuevo | dia de accion de gracias"
)
_ASIDES = {
    Note.CALL_FIRST: "call first | call ahead | please call first | please call ahead"
    " | llame antes | llame primero",
}
_REFUSED = {
    Note.NEEDS_START_DATE: "alternate | alternating | every other | biweekly | bi - weekly"
    " | fortnightly | quincenal | quincenalmente | cada quince dias | cada 15 dias"
    " | cada dos semanas | cada 2 semanas | every two weeks | every 2 weeks",
    Note.SEASON: "january | february | march | april | may | june | july | august | september"
    " | october | november | december | jan | feb | apr | jun | jul | aug | sept | sep | oct"
    " | nov | dec | enero | febrero | marzo | abril | mayo | junio | julio | agosto | septiembre"
    " | octubre | noviembre | diciembre | summer | winter | spring | fall | autumn | verano"
    " | invierno | primavera | otono | school year | semester | season | ano escolar | temporada",
    Note.VARIES: "whenever | when we are there | when we can | depends | depending | depende"
    " | cuando estamos | cuando estemos | cuando podemos | cuando se puede"
    " | vary | varies | varying | variable | varia | varian | variables",
    Note.DAYLIGHT: "dawn | dusk | sunrise | sunset | sundown | amanecer | atardecer | anochecer"
    " | puesta del sol",
}


def _phrases(text: str) -> Iterator[str]:
    return (phrase.strip() for phrase in text.split("|"))


def _entries() -> Iterator[tuple[str, Word]]:
    yield from _day_entries()
    yield from _time_entries()
    for kind, text in _PLAIN.items():
        yield from ((phrase, Word(kind)) for phrase in _phrases(text))
    for note, text in _ASIDES.items():
        yield from ((phrase, Word(Kind.ASIDE, note=note)) for phrase in _phrases(text))
    for note, text in _REFUSED.items():
        yield from ((phrase, Word(Kind.REFUSED, note=note)) for phrase in _phrases(text))
    for kind_of in _HOLIDAY_KINDS:
        yield f"{kind_of} holidays".strip(), Word(Kind.HOLIDAYS)
    yield from ((phrase, Word(Kind.HOLIDAYS)) for phrase in _phrases(_HOLIDAYS))


def _day_entries() -> Iterator[tuple[str, Word]]:
    for day, (names, abbreviated) in enumerate(zip(DAY_NAMES, _ABBREVIATED, strict=True)):
        for name in f"{names} {abbreviated}".split():
            yield name, Word(Kind.DAYS, (day,), language=_language_of_day(name))
    for language, days in _SHORT.items():
        for day, names in enumerate(days):
            word = Word(Kind.DAYS, (day,), language=language, is_short=True)
            yield from ((name, word) for name in names.split())
    for days_of_set, text in _SETS.items():
        yield from ((phrase, Word(Kind.DAYS, days_of_set)) for phrase in _phrases(text))
    nightly = Word(Kind.DAYS, tuple(range(7)), text="evening")
    yield from ((phrase, nightly) for phrase in _phrases(_NIGHTLY))


def _language_of_day(name: str) -> str:
    return "en" if name[:3] in {"mon", "tue", "wed", "thu", "fri", "sat", "sun"} else "es"


def _time_entries() -> Iterator[tuple[str, Word]]:
    for number, names in _ORDINALS.items():
        yield from ((name, Word(Kind.ORDINAL, number=number)) for name in names.split())
    for kind, table in ((Kind.PART, _PARTS), (Kind.HALF, _HALVES), (Kind.CLOCK, _NAMED_TIMES)):
        for name, text in table.items():
            yield from ((phrase, Word(kind, text=name)) for phrase in _phrases(text))


VOCABULARY = {tuple(phrase.split(" ")): word for phrase, word in _entries()}
LONGEST_PHRASE = max(map(len, VOCABULARY))
