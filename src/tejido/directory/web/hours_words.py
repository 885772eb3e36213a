"""Hours in words at the desk: whatever stands here is read again as the same hours."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from tejido.directory.domain.hours import StatedHours
from tejido.directory.domain.prose_hours import Language, Written, read_hours, say_dated, say_hours
from tejido.directory.domain.same_hours import is_same_dates, is_same_hours
from tejido.directory.domain.schedule import Rule
from tejido.directory.services.holiday_words import reason_words, stated_reason
from tejido.directory.services.listing_rows import hours_in_rows
from tejido.ui.domain.wording import clock_words, day_words

DAYS = {
    "MO": gettext_lazy("Monday"),
    "TU": gettext_lazy("Tuesday"),
    "WE": gettext_lazy("Wednesday"),
    "TH": gettext_lazy("Thursday"),
    "FR": gettext_lazy("Friday"),
    "SA": gettext_lazy("Saturday"),
    "SU": gettext_lazy("Sunday"),
}
WEEKS = {
    "1": gettext_lazy("1st"),
    "2": gettext_lazy("2nd"),
    "3": gettext_lazy("3rd"),
    "4": gettext_lazy("4th"),
    "5": gettext_lazy("5th"),
    "-1": gettext_lazy("last"),
}
Rows = Iterable[Mapping[str, Any]]


def page_language() -> Language:
    """Return the language of the page."""
    is_spanish = (get_language() or "en").startswith("es")
    return Language.SPANISH if is_spanish else Language.ENGLISH


def in_week_order(rows: Rows) -> list[Mapping[str, Any]]:
    """Return hours as a person reads them: by day, then by opening; dated ones last."""
    return sorted(rows, key=_week_order)


def schedule_words(row: Mapping[str, Any]) -> str:
    """Return one rule or one dated exception in words."""
    stated = stated_in([row])
    if stated.exceptions:
        (exception,) = stated.exceptions
        here = replace(exception, reason=reason_words(exception.reason))
        return say_dated(here, page_language())
    return "; ".join(rules_words(stated.rules))


def schedules_words(rows: Rows) -> list[str]:
    """Return all hours of a record in words, row by row, as a person reads them."""
    return [schedule_words(row) for row in in_week_order(rows)]


def rules_words(rules: Iterable[Rule]) -> list[str]:
    """Return regular hours in words, days of the same hours together, each group by itself."""
    rules = sorted(rules, key=_rule_order)
    said = say_hours(rules, page_language(), today=timezone.localdate())
    if said is None:
        return [_alone(rule) for rule in rules]
    return said.split("; ") if said else []


def hours_here(text: str, *, today: date) -> Written:
    """Return what hours in words mean; holidays are in the language of the page."""
    written = read_hours(text, today=today)
    dated = (replace(each, reason=stated_reason(each.reason)) for each in written.dated)
    return replace(written, dated=tuple(dated))


def can_be_written(rows: Rows) -> bool:
    """Say whether words hold all of these hours: what the page shows is read again as the same."""
    rows, today = list(rows), timezone.localdate()
    stated = stated_in(rows)
    read = hours_here("\n".join(schedules_words(rows)), today=today)
    regular = read.regular.rules if read.regular else ()
    is_same = is_same_hours(regular, stated.rules, today=today)
    return is_same and is_same_dates(read.dated, stated.exceptions)


def stated_in(rows: Rows) -> StatedHours:
    """Return what rows of hours, as JSON, state."""
    return hours_in_rows(({**row, "id": None} for row in rows), "")


def row_of(rule: Rule) -> dict[str, Any]:
    """Return a rule as a row of hours that is not stored, as JSON."""
    return {
        "id": "",
        "freq": rule.freq,
        "byday": ",".join(rule.byday),
        "bymonthday": ",".join(map(str, rule.bymonthday)),
        "interval": rule.interval,
        "opens_at": rule.opens_at.isoformat(),
        "closes_at": rule.closes_at.isoformat(),
        "dtstart": rule.dtstart.isoformat() if rule.dtstart else None,
        "valid_from": rule.valid_from.isoformat() if rule.valid_from else None,
        "valid_to": rule.valid_to.isoformat() if rule.valid_to else None,
    }


def _week_order(row: Mapping[str, Any]) -> tuple[bool, str, int, str]:
    first = (row.get("byday") or "").split(",")[0]
    day = list(DAYS).index(first[-2:]) if first[-2:] in DAYS else 0
    dates = bool(row.get("is_exception")), row.get("valid_from") or ""
    return (*dates, day, row.get("opens_at") or "")


def _rule_order(rule: Rule) -> tuple[int, time]:
    days = [list(DAYS).index(day[-2:]) for day in rule.byday if day[-2:] in DAYS]
    return min(days, default=0), rule.opens_at


def _alone(rule: Rule) -> str:
    said = say_hours([rule], page_language(), today=timezone.localdate())
    return said if said is not None else _named(rule)


def _named(rule: Rule) -> str:
    """Return a rule that no sentence says, in words that nobody reads again."""
    named = ", ".join(filter(None, map(_day_words, rule.byday)))
    if rule.bymonthday:
        days = _("day %(days)s of the month") % {"days": ", ".join(map(str, rule.bymonthday))}
        named = ", ".join(filter(None, (named, days)))
    every = _("every %(number)s months") if rule.freq == "MONTHLY" else _("every %(number)s weeks")
    often = every % {"number": rule.interval} if rule.interval > 1 else ""
    unknown = _("nobody knows counted from when") if often and rule.dtstart is None else ""
    hours = _hours_words(rule)
    return ", ".join(filter(None, (f"{named} {hours}", often, unknown, _between(rule))))


def _day_words(day: str) -> str:
    ordinal, name = day[:-2], DAYS.get(day[-2:])
    if name is None:
        return ""
    week = WEEKS.get(ordinal.removeprefix("+"))
    return f"{week} {name}" if week else str(name)


def _between(rule: Rule) -> str:
    first, last = rule.valid_from, rule.valid_to
    said = [_("from %(day)s") % {"day": _short(first)}] if first else []
    said += [_("until %(day)s") % {"day": _short(last)}] if last else []
    return " ".join(said)


def _hours_words(rule: Rule) -> str:
    times = (rule.opens_at, rule.closes_at)
    return "–".join(
        clock_words(datetime.combine(date.min, at), language=page_language()) for at in times
    )


def _short(day: date) -> str:
    return day_words(day, language=page_language(), form="short")
