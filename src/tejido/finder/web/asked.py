"""A search as a person made it: what the page must remember so that nothing is lost."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation
from django.utils.datastructures import MultiValueDict

from tejido.directory.domain.vocabulary import Fact
from tejido.directory.domain.words import says_something
from tejido.finder.domain.answer import Question, Where
from tejido.finder.domain.text_times import Chosen

FEWEST, MOST = 20, 50
# Whoever chose a time goes on looking through the list when it has come.
STAYS_CHOSEN = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Position:
    """A position from the phone, rounded to 0.01 degree (about half a mile)."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Asked:
    """What was typed, tapped and ticked.

    Attributes:
        pick: which of several places with the same name, see `places.key_of`.
        position: from the phone; a typed place wins over it.
        chosen: the local day and time asked about, or None for now.
        show: how many results at most.
    """

    place: str = ""
    pick: str = ""
    position: Position | None = None
    words: str = ""
    need: str = ""
    chosen: datetime | None = None
    only_open: bool = False
    facts: tuple[Fact, ...] = ()
    spoken: str = ""
    show: int = FEWEST

    @property
    def says_nothing(self) -> bool:
        """Return whether neither a place nor a need nor a word that says something was given."""
        return not (self.place or self.position or self.need or says_something(self.words))

    def at_said_time(self, words: str, said: Chosen) -> "Asked":
        """Return the search with the time that was among its words; the time's own field wins."""
        return replace(
            self,
            words=words,
            chosen=self.chosen or said.at,
            only_open=self.only_open or said.only_open,
        )

    def without(self, dropped: str) -> "Asked":
        """Return the search without one of its parts, named as in `parts`."""
        if dropped in {fact.value for fact in self.facts}:
            return replace(self, facts=tuple(kept for kept in self.facts if kept != dropped))
        emptied: Mapping[str, Any] = {
            "need": {"need": ""},
            "words": {"words": ""},
            "open": {"only_open": False},
            "spoken": {"spoken": ""},
            "chosen": {"chosen": None},
        }
        return replace(self, **emptied.get(dropped, {}))

    def filters(self) -> tuple[str, ...]:
        """Return the names of the filters that narrow the list, as `without` takes them."""
        names = ["open"] if self.only_open else []
        names += [fact.value for fact in self.facts]
        return (*names, *(["spoken"] if self.spoken else []))

    def as_data(self) -> MultiValueDict[str, str]:
        """Return the search as a form would send it."""
        data: MultiValueDict[str, str] = MultiValueDict()
        for name, value in self.hidden():
            data.appendlist(name, value)
        return data

    def hidden(self, *, but: Iterable[str] = ()) -> list[tuple[str, str]]:
        """Return the fields that repeat this search, as (name, value), without some names."""
        left_out = set(but)
        return [(name, value) for name, value in self._fields() if value and name not in left_out]

    def _fields(self) -> Iterable[tuple[str, str]]:
        yield from (("place", self.place), ("pick", self.pick), ("q", self.words))
        yield "need", self.need
        if self.position:
            yield "lat", f"{self.position.latitude:.2f}"
            yield "lon", f"{self.position.longitude:.2f}"
        if self.chosen:
            yield "day", self.chosen.date().isoformat()
            yield "hour", f"{self.chosen:%H:%M}"
        yield "open", "on" if self.only_open else ""
        yield from (("fact", fact.value) for fact in self.facts)
        yield from (("spoken", self.spoken), ("show", str(self.show)))

    def question(self, *, words: str, where: Where | None, now: datetime) -> Question:
        """Return the question for the engine; `words` are those left beside the place."""
        return Question(
            at=self.chosen or now,
            words=words,
            need=self.need,
            where=where,
            language=(translation.get_language() or "en")[:2],
            only_open=self.only_open,
            facts=tuple(fact.value for fact in self.facts),
            spoken=self.spoken,
            limit=MOST,
        )


def asked_from(cleaned: Mapping[str, Any], *, now: datetime) -> Asked:
    """Return the search that a valid `SearchForm` holds.

    A time without a day is the next such time.

    Args:
        cleaned: what the form holds.
        now: the local instant.
    """
    place = cleaned.get("place") or ""
    return Asked(
        place=place,
        pick=cleaned.get("pick") or "",
        position=None if place else _position(cleaned.get("lat"), cleaned.get("lon")),
        words=cleaned.get("q") or "",
        need=cleaned.get("need") or "",
        chosen=_chosen(cleaned, now),
        only_open=bool(cleaned.get("open")),
        facts=tuple(Fact(value) for value in dict.fromkeys(cleaned.get("fact") or ())),
        spoken=cleaned.get("spoken") or "",
        show=max(FEWEST, min(cleaned.get("show") or FEWEST, MOST)),
    )


def _position(latitude: float | None, longitude: float | None) -> Position | None:
    if latitude is None or longitude is None:
        return None
    return Position(round(latitude, 2), round(longitude, 2))


def _chosen(cleaned: Mapping[str, Any], now: datetime) -> datetime | None:
    hour: time | None = cleaned.get("hour")
    if hour is None:
        return None
    day: date | None = cleaned.get("day")
    chosen = datetime.combine(day or now.date(), hour, ZoneInfo(settings.TIME_ZONE))
    if day is None and is_over(chosen, now=now):
        return datetime.combine(now.date() + timedelta(days=1), hour, chosen.tzinfo)
    return chosen


def is_over(chosen: datetime, *, now: datetime) -> bool:
    """Return whether a chosen time lies so far back that nobody can mean it."""
    return chosen < now - STAYS_CHOSEN
