"""Opening hours in words: open or not, until when, and the week as a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from tejido.finder.domain.answer import Hours, Open
from tejido.ui.domain.wording import clock_words, day_words, weekday_words

_OPENS = gettext_lazy("opens %(clock)s")
_OPENS_TOMORROW = gettext_lazy("opens tomorrow %(clock)s")
_OPENS_ON = gettext_lazy("opens %(day)s %(clock)s")
_UNTIL = gettext_lazy("until %(clock)s")
_UNTIL_TOMORROW = gettext_lazy("until tomorrow %(clock)s")
_UNTIL_ON = gettext_lazy("until %(day)s %(clock)s")
NO_BREAK = "\N{NO-BREAK SPACE}"
A_WEEK = timedelta(days=7)
NIGHT_ENDS = 6


@dataclass(frozen=True, slots=True)
class StateLine:
    """One state in words: `state` for the icon, a label, and what comes next or ''."""

    state: str
    label: str
    until: str


def state_line(
    hours: Hours, *, at: datetime, is_now: bool, temporarily_closed: bool = False
) -> StateLine:
    """Return the state of a place.

    Args:
        hours: what is known at `at`.
        at: the instant asked about.
        is_now: False when a later time was chosen: then the words do not say "now".
        temporarily_closed: the program said so; it has no reopening time.
    """
    if temporarily_closed:
        return StateLine("closed", _("Closed for now"), _("call to ask"))
    if hours.state is Open.UNKNOWN:
        return StateLine("unknown", _("Hours not known"), _("call first"))
    if hours.state is Open.CLOSED:
        label = _("Closed now") if is_now else _("Closed then")
        return StateLine("closed", label, _opens(hours.opens_at, at, is_now=is_now))
    if hours.always:
        return StateLine("open", _("Always open"), _("24 hours"))
    label = _("Open now") if is_now else _("Open then")
    return StateLine("open", label, _until(hours.closes_at, at, is_now=is_now))


def _opens(opens_at: datetime | None, at: datetime, *, is_now: bool) -> str:
    if opens_at is None:
        return _("call to ask")
    return _said(opens_at, at, (_OPENS, _OPENS_TOMORROW, _OPENS_ON), is_now=is_now)


def _until(closes_at: datetime | None, at: datetime, *, is_now: bool) -> str:
    if closes_at is None:
        return ""
    today = at.astimezone(closes_at.tzinfo).date()
    tonight = closes_at.date() == today + timedelta(days=1) and closes_at.hour < NIGHT_ENDS
    seen_from = closes_at if tonight else at
    return _said(closes_at, seen_from, (_UNTIL, _UNTIL_TOMORROW, _UNTIL_ON), is_now=is_now)


def _said(moment: datetime, at: datetime, sentences: Sequence[Promise], *, is_now: bool) -> str:
    """Return a moment as seen from another: the clock today, tomorrow, a weekday, a date.

    Seen from a day that was chosen, "tomorrow" would mean another day than the reader's.
    """
    seen_from = at.astimezone(moment.tzinfo).date()
    ahead = moment.date() - seen_from
    day = _day_name(moment.date(), seen_from, is_near=is_now and ahead < A_WEEK)
    which = min(max(ahead.days, 0), 2)
    sentence = sentences[which if is_now or which == 0 else 2]
    said = str(sentence) % {"day": day, "clock": clock_in_sentence(moment)}
    return said.replace(" a el ", " al ")


def _day_name(day: date, seen_from: date, *, is_near: bool) -> str:
    """Return a weekday where it is near, otherwise the date, with its year where that differs."""
    language = get_language() or "en"
    if is_near:
        return weekday_words(day.weekday(), language=language)
    return dated(day, seen_from=seen_from)


def dated(day: date, *, seen_from: date) -> str:
    """Return a date in words, with the year where it is not that of another day."""
    form = "long" if day.year == seen_from.year else "full"
    return day_words(day, language=get_language() or "en", form=form)


def clock_in_sentence(moment: datetime) -> str:
    """Return the time of day as it stands in a sentence: Spanish puts its article before it.

    It does not break over two lines.
    """
    language = get_language() or "en"
    words = clock_words(moment, language=language).replace(" ", NO_BREAK)
    if not language.startswith("es"):
        return words
    if words == "mediodía":
        return f"el {words}"
    return f"la {words}" if words == "medianoche" or moment.hour % 12 == 1 else f"las {words}"


def as_of(at: datetime, *, today: date) -> str:
    """Return an instant at its own clock: `3:40 pm, Friday, November 20`, with another year."""
    named = dated(at.date(), seen_from=today)
    clock = clock_words(at, language=get_language() or "en").replace(" ", NO_BREAK)
    return _("%(clock)s, %(day)s") % {"clock": clock, "day": named}
