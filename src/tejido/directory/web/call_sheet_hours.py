"""Hours in words on a call sheet: what was read of them, what not, and what would be lost."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tejido.directory.domain.desk import Held
from tejido.directory.domain.hours import is_overlapping
from tejido.directory.domain.prose_hours import Note, Proposal
from tejido.directory.domain.same_hours import dates_beside, is_same_hours
from tejido.directory.domain.schedule import Rule
from tejido.directory.services.listing_rows import Rows, hours_rows_of
from tejido.directory.web.hours_words import (
    can_be_written,
    hours_here,
    schedules_words,
    stated_in,
)
from tejido.directory.web.proposals import NOTES

_OTHER_HOURS_THEN = gettext_lazy(
    "Other hours stand there for one of these days already. Change them as rows, on the page of "
    "the hours."
)


@dataclass(frozen=True, slots=True)
class HoursRead:
    """What hours in words mean for one record.

    Attributes:
        rows: the hours that it would hold, as JSON; as they stand where nothing changes.
        says: these in words, line by line.
        beside: what the person has to know before they are stored.
        problems: why they were not read; then nothing is stored.
    """

    rows: Rows
    says: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


def hours_read(held: Held, text: str, *, today: date) -> HoursRead:
    """Return what was read of hours in words; what they leave as it is keeps its rows.

    Days with other hours stay, and those that are written come to them.
    """
    stored: Rows = list(held.values.get("schedules", ()))
    written, before = hours_here(text, today=today), stated_in(stored)
    problems = tuple(_problems(written.regular)) if written.regular else ()
    if problems:
        return HoursRead(stored, problems=problems)
    rules = written.regular.rules if written.regular else before.rules
    is_same = is_same_hours(rules, before.rules, today=today)
    new = dates_beside(written.dated, before.exceptions)
    if any(is_overlapping(each, other) for each in new for other in before.exceptions):
        return HoursRead(stored, problems=(str(_OTHER_HOURS_THEN),))
    kept = [row["id"] for row in stored if is_same or row["is_exception"]]
    rows = (
        hours_rows_of(held, () if is_same else rules, new, kept) if new or not is_same else stored
    )
    beside = () if is_same else _lost(before.rules, rules, stored)
    notes = written.regular.notes if written.regular else ()
    return HoursRead(rows, tuple(schedules_words(rows)), (*beside, *_notes(notes)))


def _problems(read: Proposal) -> Iterator[str]:
    if read.by_appointment:
        yield _("By appointment: write that as hours in words, on the page of the hours.")
    elif not read.rules:
        yield _("We could not read these hours. Write them so: Monday to Friday 9 am to 5 pm")
        if read.understood:
            yield _("We understood: %(words)s.") % {"words": _quoted(read.understood)}
        if read.leftovers:
            yield _("We did not understand: %(words)s.") % {"words": _quoted(read.leftovers)}
        yield from (f"{NOTES[note]}." for note in read.notes)
        if Note.NEEDS_START_DATE in read.notes:
            yield _("Write the next date too: Thursday 4 to 8 pm, every 2 weeks, next on Dec 3")


def _quoted(parts: tuple[str, ...]) -> str:
    return ", ".join(f"“{part}”" for part in parts)


def _notes(notes: tuple[Note, ...]) -> Iterator[str]:
    """Yield what was read and changes no rule, so that it goes nowhere unseen."""
    for note in notes:
        if note is Note.IMPLIED_AM_PM:
            yield f"{NOTES[note]}."
        else:
            yield _("Not kept as hours: %(note)s.") % {"note": NOTES[note]}


def _lost(before: tuple[Rule, ...], after: tuple[Rule, ...], stored: Rows) -> Iterator[str]:
    if any(map(_is_limited, before)) and not any(map(_is_limited, after)):
        yield _(
            "What stands here now holds in some weeks or dates only. What you wrote holds every "
            "week."
        )
    if not can_be_written(stored):
        yield _("Words cannot say all that stands here now. Saving again replaces it.")


def _is_limited(rule: Rule) -> bool:
    is_dated = rule.valid_from is not None or rule.valid_to is not None
    return rule.interval > 1 or is_dated or bool(rule.bymonthday)
