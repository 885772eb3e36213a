"""Days, hours, ages, distances and numbers as a person reads them, in English and Spanish.

Tables, not the message catalogue: they are the grammar of dates, and pure functions of them can
be used without a page. Wall time is taken as given; nothing here converts a time zone.
"""

from datetime import date, datetime

METRES_PER_MILE = 1609.344
DAYS_SHOWN_AS_DAYS = 30
_DAYS_PER_MONTH = 30.44
_WHOLE_MILES_FROM = 10

_WEEKDAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "es": ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
}
_MONTHS = {
    "en": (
        *("January", "February", "March", "April", "May", "June", "July"),
        *("August", "September", "October", "November", "December"),
    ),
    "es": (
        *("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio"),
        *("agosto", "septiembre", "octubre", "noviembre", "diciembre"),
    ),
}
_DIRECTIONS = {
    "en": (
        *("north", "northeast", "east", "southeast"),
        *("south", "southwest", "west", "northwest"),
    ),
    "es": (
        *("al norte", "al noreste", "al este", "al sureste"),
        *("al sur", "al suroeste", "al oeste", "al noroeste"),
    ),
}


def _known(language: str) -> str:
    return "es" if language.startswith("es") else "en"


def weekday_words(weekday: int, *, language: str) -> str:
    """Return the name of a weekday, Monday being 0: `Friday`, `viernes`."""
    return _WEEKDAYS[_known(language)][weekday]


def day_words(day: date, *, language: str, form: str = "long") -> str:
    """Return a date in words; never digits with slashes, which two countries read differently.

    Args:
        day: the date.
        language: `en` or `es`.
        form: `long` (Friday, November 20), `full` (with the year) or `short` (Nov 20, 2026).

    Raises:
        ValueError: the form is none of these.
    """
    known = _known(language)
    month = _MONTHS[known][day.month - 1]
    if form == "short":
        return _short_day(day, month[:3], known)
    if form not in {"long", "full"}:
        raise ValueError(f"no such form of a date: {form}")
    words = _long_day(day, month, known)
    if form == "long":
        return words
    return f"{words}, {day.year}" if known == "en" else f"{words} de {day.year}"


def _short_day(day: date, month: str, language: str) -> str:
    if language == "en":
        return f"{month} {day.day}, {day.year}"
    return f"{day.day} {month} {day.year}"


def _long_day(day: date, month: str, language: str) -> str:
    weekday = weekday_words(day.weekday(), language=language)
    if language == "en":
        return f"{weekday}, {month} {day.day}"
    return f"{weekday} {day.day} de {month}"


def clock_words(moment: datetime, *, language: str) -> str:
    """Return the time of day: `5:00 pm`, `5:00 p. m.`, `noon`, `mediodía`, `midnight`.

    Args:
        moment: read at its own wall clock, to the minute.
        language: `en` or `es`.
    """
    known = _known(language)
    if moment.minute == 0 and moment.hour in {0, 12}:
        noon = moment.hour == 12
        return {"en": ("midnight", "noon"), "es": ("medianoche", "mediodía")}[known][noon]
    afternoon = moment.hour >= 12
    half = {"en": ("am", "pm"), "es": ("a. m.", "p. m.")}[known][afternoon]
    return f"{moment.hour % 12 or 12}:{moment.minute:02d} {half}"


def ago_words(days: int, *, language: str) -> str:
    """Return an age: today, yesterday, days up to 30, then whole months, then years.

    Args:
        days: 0 or more; a date in the future (a clock that is off) counts as today.
        language: `en` or `es`.
    """
    known = _known(language)
    if days < 1:
        return "today" if known == "en" else "hoy"
    if days == 1:
        return "yesterday" if known == "en" else "ayer"
    return _counted_ago(days, known)


def _counted_ago(days: int, language: str) -> str:
    months = max(1, int(days / _DAYS_PER_MONTH))
    if days <= DAYS_SHOWN_AS_DAYS:
        count, singular, plural = days, *{"en": ("day", "days"), "es": ("día", "días")}[language]
    elif months < 24:
        count = months
        singular, plural = {"en": ("month", "months"), "es": ("mes", "meses")}[language]
    else:
        count = months // 12
        singular, plural = {"en": ("year", "years"), "es": ("año", "años")}[language]
    unit = singular if count == 1 else plural
    return f"{count} {unit} ago" if language == "en" else f"hace {count} {unit}"


def number_words(number: float) -> str:
    """Return a number with commas between thousands, as both languages write it in California.

    Args:
        number: whole, or with a fraction that is shown to one digit.
    """
    return f"{number:,}" if isinstance(number, int) else f"{number:,.1f}"


def distance_words(distance_m: float, *, language: str) -> str:
    """Return a distance in miles, to a tenth below 10: `0.4 miles`, `1 mile`, `23 millas`.

    Args:
        distance_m: metres, 0 or more.
        language: `en` or `es`.
    """
    unit, units, under = {
        "en": ("mile", "miles", "less than 0.1 miles"),
        "es": ("milla", "millas", "menos de 0.1 millas"),
    }[_known(language)]
    miles = round(distance_m / METRES_PER_MILE, 1)
    if miles < 0.1:
        return under
    if miles == 1:
        return f"1 {unit}"
    shown = f"{miles:,.0f}" if miles >= _WHOLE_MILES_FROM else f"{miles:.1f}".removesuffix(".0")
    return f"{shown} {units}"


def direction_words(bearing: float, *, language: str) -> str:
    """Return one of eight directions: `northwest`, `al noroeste`.

    Args:
        bearing: degrees clockwise from north, any turn.
        language: `en` or `es`.
    """
    return _DIRECTIONS[_known(language)][round(bearing % 360 / 45) % 8]
