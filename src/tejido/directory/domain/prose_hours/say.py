"""Opening rules as a sentence, in English or Spanish, so that a steward can compare."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from itertools import groupby

from tejido.directory.domain.opening import is_computable
from tejido.directory.domain.prose_hours.languages import Language
from tejido.directory.domain.prose_hours.say_limits import say_limits, say_month_days
from tejido.directory.domain.schedule import Rule

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_MIDNIGHT, _NOON = time(0, 0), time(12, 0)
_SHORTEST_RANGE = 3
Hours = tuple[time, time]
Day = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Words:
    days: tuple[str, ...]
    numbers: dict[int, str]
    of_the_month: str
    daily: str
    whole_day: str
    through: str
    conjunction: str
    am: str
    pm: str
    noon: str
    midnight: str


_WORDS = {
    Language.ENGLISH: _Words(
        days=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
        numbers={1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", -1: "last"},
        of_the_month="of the month",
        daily="daily",
        whole_day="24 hours",
        through="to",
        conjunction="and",
        am="am",
        pm="pm",
        noon="noon",
        midnight="midnight",
    ),
    Language.SPANISH: _Words(
        days=("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
        numbers={1: "primer", 2: "segundo", 3: "tercer", 4: "cuarto", 5: "quinto", -1: "último"},
        of_the_month="del mes",
        daily="todos los días",
        whole_day="24 horas",
        through="a",
        conjunction="y",
        am="a. m.",
        pm="p. m.",
        noon="mediodía",
        midnight="medianoche",
    ),
}


def say_hours(
    rules: Sequence[Rule], language: Language, *, today: date | None = None
) -> str | None:
    """Return regular openings as a sentence, days first: `Monday to Friday 9:00 am-5:00 pm`.

    Args:
        rules: regular openings.
        language: of the words.
        today: the local day, for rules that need dates: every other week, days of the month, a
            first or last day. They are said with it alone.

    Returns:
        The sentence, or None where there are no words for a rule.
    """
    if not all(_is_sayable(rule, today) for rule in rules):
        return None
    by_limits: dict[str, list[Rule]] = defaultdict(list)
    for rule in rules:
        limits = say_limits(rule, language, today) if today else ""
        by_limits[f", {limits}" if limits else ""].append(rule)
    order = sorted(by_limits, key=bool)
    return "; ".join(
        f"{said}{limits}" for limits in order for said in _say_all(by_limits[limits], language)
    )


def say_opening(hours: Hours, language: Language) -> str:
    """Return one opening of a day in words: `9:00 am–noon`, `24 horas`."""
    return _say_hours(hours, _WORDS[language])


def _is_sayable(rule: Rule, today: date | None) -> bool:
    is_dated = rule.dtstart or rule.valid_from or rule.valid_to
    needs_today = is_dated or rule.interval > 1 or rule.bymonthday
    if (needs_today and today is None) or not is_computable([rule]):
        return False
    if rule.bymonthday:
        return bool(say_month_days(rule, Language.ENGLISH))
    numbers = {_day(text)[0] for text in rule.byday}
    return bool(rule.byday) and numbers <= {0, *_WORDS[Language.ENGLISH].numbers}


def _say_all(rules: Sequence[Rule], language: Language) -> Iterator[str]:
    words = _WORDS[language]
    weekdays = [rule for rule in rules if not rule.bymonthday]
    for days, hours in _days_by_hours(weekdays):
        yield f"{_say_days(days, words)} {_say_all_hours(hours, words)}"
    for rule in rules:
        if rule.bymonthday:
            opening = say_opening((rule.opens_at, rule.closes_at), language)
            yield f"{say_month_days(rule, language)} {opening}"


def _day(text: str) -> Day:
    return int(text[:-2] or 0), _WEEKDAYS.index(text[-2:])


def _days_by_hours(rules: Sequence[Rule]) -> Iterator[tuple[tuple[Day, ...], tuple[Hours, ...]]]:
    hours_of: dict[Day, set[Hours]] = defaultdict(set)
    for rule in rules:
        for text in rule.byday:
            hours_of[_day(text)].add((rule.opens_at, rule.closes_at))
    days_of: dict[tuple[bool, tuple[Hours, ...]], list[Day]] = defaultdict(list)
    for day in sorted(hours_of, key=lambda day: (day[0] != 0, day[1], day[0] % 7)):
        days_of[day[0] != 0, tuple(sorted(hours_of[day]))].append(day)
    return ((tuple(days), hours) for (_, hours), days in days_of.items())


def _say_days(days: Sequence[Day], words: _Words) -> str:
    if days[0][0]:
        by_weekday = groupby(days, key=lambda day: day[1])
        said = [_say_numbered(weekday, list(of_it), words) for weekday, of_it in by_weekday]
        return f"{', '.join(said)} {words.of_the_month}"
    weekdays = [weekday for _, weekday in days]
    return words.daily if len(weekdays) == len(_WEEKDAYS) else _say_weekdays(weekdays, words)


def _say_numbered(weekday: int, days: Sequence[Day], words: _Words) -> str:
    numbers = [words.numbers[number] for number, _ in days]
    return f"{_listed(numbers, words)} {words.days[weekday]}"


def _listed(parts: Sequence[str], words: _Words) -> str:
    *others, last = parts
    return f"{', '.join(others)} {words.conjunction} {last}" if others else last


def _say_weekdays(weekdays: Sequence[int], words: _Words) -> str:
    runs = groupby(enumerate(weekdays), key=lambda pair: pair[1] - pair[0])
    return ", ".join(said for _, run in runs for said in _say_run([day for _, day in run], words))


def _say_run(run: Sequence[int], words: _Words) -> Iterator[str]:
    if len(run) >= _SHORTEST_RANGE:
        yield f"{words.days[run[0]]} {words.through} {words.days[run[-1]]}"
    else:
        yield from (words.days[day] for day in run)


def _say_all_hours(hours: Sequence[Hours], words: _Words) -> str:
    return _listed([_say_hours(each, words) for each in hours], words)


def _say_hours(hours: Hours, words: _Words) -> str:
    if hours == (_MIDNIGHT, _MIDNIGHT):
        return words.whole_day
    return f"{_say_time(hours[0], words)}–{_say_time(hours[1], words)}"


def _say_time(at: time, words: _Words) -> str:
    if at in {_MIDNIGHT, _NOON}:
        return words.noon if at == _NOON else words.midnight
    half = words.am if at < _NOON else words.pm
    return f"{at.hour % 12 or 12}:{at.minute:02} {half}"
