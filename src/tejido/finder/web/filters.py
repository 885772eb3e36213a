"""Filters: which are on, how to take one off, and which one to drop when nothing is left."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tejido.finder.domain.answer import Answer, Question, Stated
from tejido.finder.queries.search import find_services
from tejido.finder.web.asked import Asked
from tejido.finder.web.finding import count_of
from tejido.finder.web.forms import FILTER_FACTS
from tejido.finder.web.hours import as_of, state_line
from tejido.finder.web.saying import FACT_WORDS, Said, said
from tejido.finder.web.standing import Standing
from tejido.finder.web.tally import counted_in

_NIGHT_BEGINS, _NIGHT_ENDS = 18, 4


@dataclass(frozen=True, slots=True)
class Choice:
    """One checkbox."""

    name: str
    value: str
    label: str
    is_on: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """One part of the search that a tap takes off; `value` is what `Asked.without` takes."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class WayOut:
    """A filter to drop when nothing is left, and how many places that brings back."""

    label: str
    value: str
    places: int


def filters_of(asked: Asked) -> dict[str, tuple[Choice, ...]]:
    """Return the checkboxes: `time` and `door` (what it takes to get in)."""
    opening = Choice("open", "on", _open_label(asked), asked.only_open)
    door = [
        Choice("fact", fact.value, str(FACT_WORDS[fact][0]), fact in asked.facts)
        for fact in FILTER_FACTS
    ]
    spanish = Choice("spoken", "es", _("Spanish spoken"), asked.spoken == "es")
    return {"time": (opening,), "door": (*door[:2], spanish, *door[2:])}


def chips_of(asked: Asked, labels: Mapping[str, str], *, today: date) -> tuple[Chip, ...]:
    """Return what narrows the list, each with its own way off."""
    chips = [Chip(labels.get(asked.need, asked.need), "need")] if asked.need else []
    if asked.words:
        chips.append(Chip(f"“{asked.words}”", "words"))
    if asked.chosen:
        chips.append(Chip(as_of(asked.chosen, today=today), "chosen"))
    return (*chips, *(Chip(filter_label(asked, name), name) for name in asked.filters()))


def filter_label(asked: Asked, name: str) -> str:
    """Return what a filter is called on the page."""
    if name == "open":
        return _open_label(asked)
    if name == "spoken":
        return _("Spanish spoken") if asked.spoken == "es" else _("English spoken")
    return next(str(words[0]) for fact, words in FACT_WORDS.items() if fact.value == name)


@dataclass(frozen=True, slots=True)
class Told:
    """A filter that is on: how many of the places near say yes, how many have not said."""

    label: str
    yes: int
    unsaid: int


def told_of(asked: Asked, stated: Stated) -> tuple[Told, ...]:
    """Return for each filter that is on what is known; what denies it is not in the list.

    Where all of them say yes, the heading says it already.
    """
    yes = {"open": stated.known_open, "spoken": stated.spoken, **stated.facts}
    return tuple(
        Told(filter_label(asked, name), yes[name], stated.every - yes[name])
        for name in asked.filters()
        if stated.every > yes[name]
    )


def _open_label(asked: Asked) -> str:
    return _("Open at that time") if asked.chosen else _("Open now")


def ways_out(asked: Asked, standing: Standing, now: datetime) -> tuple[WayOut, ...]:
    """Return each filter whose end brings near places back, most places first.

    One search for each filter that is on, at most five.
    """
    found = []
    for name in asked.filters():
        question, answer = _wider(asked.without(name), standing, now)
        places = count_of(answer, question)
        if places:
            found.append(WayOut(filter_label(asked, name), name, places))
    return tuple(sorted(found, key=lambda way: -way.places))


@dataclass(frozen=True, slots=True)
class Later:
    """How many near places are closed at the time asked about, and which opens first.

    `that_night` is how many of them open before the night asked about is over.
    """

    places: int
    that_night: int
    name: Said
    opens: str


def later(asked: Asked, standing: Standing, now: datetime) -> Later | None:
    """Return what opens later where nothing near is open, or None where nothing will."""
    if not asked.only_open:
        return None
    _question, answer = _wider(asked.without("open"), standing, now)
    hits = counted_in(answer, standing.where, only_open=False)
    closed = [(hit.hours.opens_at, hit) for hit in hits if hit.hours.opens_at is not None]
    if not closed:
        return None
    _soonest, first = min(closed, key=lambda pair: pair[0])
    line = state_line(first.hours, at=asked.chosen or now, is_now=asked.chosen is None)
    language = (get_language() or "en")[:2]
    night = _night_of(asked.chosen)
    that_night = sum(opens < night for opens, _hit in closed) if night else 0
    return Later(
        len(closed), that_night, said(first.listing, "name", language=language), line.until
    )


def _night_of(chosen: datetime | None) -> datetime | None:
    """Return when the night is over in which somebody asks for a place, None by day."""
    if chosen is None or chosen.hour < _NIGHT_BEGINS:
        return None
    return chosen.replace(hour=_NIGHT_ENDS, minute=0) + timedelta(days=1)


def _wider(asked: Asked, standing: Standing, now: datetime) -> tuple[Question, Answer]:
    question = asked.question(words=standing.words, where=standing.where, now=now)
    return question, find_services(question)
