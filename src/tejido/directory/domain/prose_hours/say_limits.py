"""What limits an opening, in words that are read again as the same: every 2 weeks, until a day."""

from dataclasses import dataclass
from datetime import date

from tejido.directory.domain.opening import next_day
from tejido.directory.domain.prose_hours.languages import Language
from tejido.directory.domain.schedule import Rule
from tejido.ui.domain.wording import day_words, weekday_words


@dataclass(frozen=True, slots=True)
class _Words:
    every: dict[str, str]
    next_on: str
    counted_from: str
    first: str
    last: str
    month_day: str
    month_days: str
    last_day: str
    conjunction: str


_WORDS = {
    Language.ENGLISH: _Words(
        every={"WEEKLY": "every {} weeks", "MONTHLY": "every {} months"},
        next_on="next on {}, {}",
        counted_from="counted from {}",
        first="from {}",
        last="until {}",
        month_day="day {} of the month",
        month_days="days {} of the month",
        last_day="last day of the month",
        conjunction="and",
    ),
    Language.SPANISH: _Words(
        every={"WEEKLY": "cada {} semanas", "MONTHLY": "cada {} meses"},
        next_on="la próxima vez el {} {}",
        counted_from="contando desde el {}",
        first="desde el {}",
        last="hasta el {}",
        month_day="día {} del mes",
        month_days="días {} del mes",
        last_day="último día del mes",
        conjunction="y",
    ),
}


def say_limits(rule: Rule, language: Language, today: date) -> str:
    """Return what limits a rule, '' for nothing: `every 2 weeks, next on Thursday, Dec 3, 2026`.

    Args:
        rule: one that `domain.opening.is_computable`.
        language: of the words.
        today: the local day, from which the next date counts.
    """
    words = _WORDS[language]
    said = [_say_every(rule, language, today)] if rule.interval > 1 else []
    limits = ((words.first, _first(rule, today)), (words.last, rule.valid_to))
    dates = " ".join(text.format(_short(day, language)) for text, day in limits if day)
    return ", ".join(filter(None, (*said, dates)))


def say_month_days(rule: Rule, language: Language) -> str | None:
    """Return the days of the month of a rule, None where there are no words for one of them."""
    words, days = _WORDS[language], [str(day) for day in sorted(set(rule.bymonthday))]
    if rule.bymonthday == (-1,):
        return words.last_day
    if rule.byday or any(day < 0 for day in rule.bymonthday):
        return None
    *others, last = days
    if not others:
        return words.month_day.format(last)
    return words.month_days.format(f"{', '.join(others)} {words.conjunction} {last}")


def _say_every(rule: Rule, language: Language, today: date) -> str:
    words, day = _WORDS[language], next_day(rule, today)
    every = words.every[rule.freq].format(rule.interval)
    if day is not None:
        weekday = weekday_words(day.weekday(), language=language)
        return f"{every}, {words.next_on.format(weekday, _short(day, language))}"
    if rule.dtstart is None:
        return every
    return f"{every}, {words.counted_from.format(_short(rule.dtstart, language))}"


def _first(rule: Rule, today: date) -> date | None:
    """Return the first day, unless the next date of every second week says as much."""
    if rule.interval > 1:
        is_ahead = rule.valid_from is not None and rule.valid_from > today
        return rule.valid_from if is_ahead else None
    is_ahead = rule.dtstart is not None and rule.dtstart > max(rule.valid_from or today, today)
    return rule.dtstart if is_ahead else rule.valid_from


def _short(day: date, language: Language) -> str:
    return day_words(day, language=language.value, form="short")
