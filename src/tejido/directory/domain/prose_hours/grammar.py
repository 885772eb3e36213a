"""A part of a sentence, between strong marks, as the statements that it makes.

Every token has to have its place. Where one has none, the part is refused with the reason, and
the sentence with it.

    part     = { separator | opening | closing | except | until | appointment | label | aside }
    opening  = days [PART] hours | spans [separator] days | 24-HOURS [days]
    hours    = spans | 24-HOURS | CLOSED | UNTIL time | [OR | AND] more
    closing  = [days AND] HOLIDAYS CLOSED
             | CLOSED [LUNCH] ( { days | HOLIDAYS } | day spans | spans [days] ) [LUNCH]
    except   = EXCEPT { days | HOLIDAYS }
    until    = UNTIL time days
    more     = [SOME] { days | PART } ( APPOINTMENT | AVAILABLE )
"""

from collections.abc import Iterator, Sequence

from tejido.directory.domain.prose_hours.clock import Minutes, Span, hours_of
from tejido.directory.domain.prose_hours.cursor import Cursor
from tejido.directory.domain.prose_hours.day_lists import DAY_STARTS, Days, is_days_next, read_days
from tejido.directory.domain.prose_hours.proposal import Note, NotRead
from tejido.directory.domain.prose_hours.statements import (
    WHOLE_DAY,
    Aside,
    ByAppointment,
    Closed,
    Elsewhen,
    Label,
    Open,
    RoughTime,
    Statement,
    Until,
)
from tejido.directory.domain.prose_hours.tokens import Token
from tejido.directory.domain.prose_hours.words import Kind

_WEAK = (Kind.COMMA, Kind.DASH, Kind.OPEN_PAREN, Kind.CLOSE_PAREN)
_RANGE = (Kind.TO, Kind.DASH, Kind.UNTIL)
_BETWEEN = (Kind.COMMA, Kind.AND, Kind.SLASH)
_MORE = (Kind.PART, Kind.SOME, Kind.APPOINTMENT)
_AFTER_LISTED_DAYS = (None, Kind.CLOCK, Kind.EXCEPT, Kind.AND, Kind.OR)
_MOST_SPANS = 6


def statements_of(
    tokens: Sequence[Token], *, is_first: bool, is_full_clock: bool = False
) -> tuple[Statement, ...]:
    """Return what one part of a sentence states.

    Args:
        tokens: of the part, without strong marks.
        is_first: the part begins the sentence, where a label names whose hours follow.
        is_full_clock: the sentence has times of a 24-hour clock.

    Raises:
        NotRead: a token has no place, or times or days have several meanings.
    """
    part = _Part(tokens, is_first=is_first, is_full_clock=is_full_clock)
    return tuple(part.statements())


class _Part:
    """One part while it is read; each method reads on from where the cursor stands."""

    def __init__(self, tokens: Sequence[Token], *, is_first: bool, is_full_clock: bool) -> None:
        self.cursor = Cursor(tokens)
        self.is_first = is_first
        self.is_full_clock = is_full_clock
        self.is_implied = False

    def statements(self) -> Iterator[Statement]:
        while self._is_more():
            yield from self._statement()
        if self.is_implied:
            yield Aside(Note.IMPLIED_AM_PM)

    def _is_more(self) -> bool:
        self.cursor.skip(*_WEAK)
        if self.cursor.kind is Kind.AND and self.cursor.next_kind not in {Kind.AND, None}:
            self.cursor.take()
            self.cursor.skip(*_WEAK)
        return self.cursor.kind is not None

    def _statement(self) -> Iterator[Statement]:
        kind = self.cursor.kind
        if is_days_next(self.cursor):
            return self._from_days()
        readers = {
            Kind.CLOCK: self._from_spans,
            Kind.ALL_DAY: self._all_day,
            Kind.CLOSED: self._closed,
            Kind.EXCEPT: self._except,
            Kind.UNTIL: self._until,
            Kind.APPOINTMENT: self._appointment,
            Kind.OR: self._or_more,
            Kind.SOME: self._more,
            Kind.PART: self._more,
            Kind.HOLIDAYS: self._holidays_closed,
            Kind.PLACE: self._label,
            Kind.ASIDE: self._aside,
        }
        if kind not in readers:
            raise self.cursor.refusal()
        return readers[kind]()

    def _from_days(self) -> Iterator[Statement]:
        days = read_days(self.cursor)
        yield from _asides(days)
        is_apart = self.cursor.kind in {Kind.COMMA, Kind.AND}
        if is_apart and self.cursor.jump_to(Kind.HOLIDAYS, over=(Kind.COMMA, Kind.AND)):
            yield from self._holidays_closed(takes_closed=False)
        self.cursor.skip(*_WEAK)
        yield from self._of_read_days(days)

    def _of_read_days(self, days: Days) -> Iterator[Statement]:
        kind = self.cursor.kind
        if kind is Kind.CLOCK:
            yield Open(days.keys, self._hours(days.part))
        elif kind in {Kind.ALL_DAY, Kind.CLOSED, Kind.UNTIL} and not days.part:
            self.cursor.take()
            yield self._of_days(days, kind)
        elif kind in {Kind.AND, Kind.PART, Kind.AVAILABLE, Kind.APPOINTMENT}:
            yield from self._more(days)
        else:
            raise self.cursor.refusal(Note.NO_HOURS)

    def _holidays_closed(self, *, takes_closed: bool = True) -> Iterator[Statement]:
        """Read `holidays: closed`, or the holidays of `Sundays and holidays closed`."""
        self.cursor.take()
        self.cursor.skip(*_WEAK)
        if self.cursor.kind is not Kind.CLOSED:
            raise self.cursor.refusal()
        if takes_closed:
            self.cursor.take()
            self._refuse_more_closings()
        yield Aside(Note.CLOSED_ON_HOLIDAYS)

    def _refuse_more_closings(self) -> None:
        """Refuse `holidays closed Sunday 9-5`: closed or open on Sunday?"""
        if is_days_next(self.cursor) or self.cursor.kind in {Kind.CLOCK, Kind.LUNCH}:
            raise self.cursor.refusal(Note.AMBIGUOUS_DAYS)

    def _of_days(self, days: Days, kind: Kind | None) -> Statement:
        if kind is Kind.ALL_DAY:
            return Open(days.keys, (WHOLE_DAY,))
        if kind is Kind.CLOSED:
            if is_days_next(self.cursor) or self.cursor.kind is Kind.CLOCK:
                # `Monday-Friday, closed weekends, 9-5`: which days are closed?
                raise self.cursor.refusal(Note.AMBIGUOUS_DAYS)
            return Closed(days.keys)
        return Until(days.keys, self.cursor.take_clock())

    def _from_spans(self) -> Iterator[Statement]:
        start = self.cursor.at
        spans, place = self._spans(), self.cursor.place_from(start)
        self.cursor.skip(*_WEAK)
        if not is_days_next(self.cursor):
            raise self.cursor.refusal(Note.NO_DAYS)
        days = read_days(self.cursor)
        self._refuse_scattered(days)
        yield from _asides(days)
        yield Open(days.keys, self._resolved(spans, place, days.part))

    def _refuse_scattered(self, days: Days) -> None:
        """Refuse `9-5 Monday-Friday, Saturday by appointment`: is Saturday one of the days?"""
        if not days.is_list:
            return
        self.cursor.skip(*_WEAK)
        if days.part or self.cursor.kind not in _AFTER_LISTED_DAYS:
            raise self.cursor.refusal(Note.AMBIGUOUS_DAYS)

    def _hours(self, part: str = "") -> tuple[Minutes, ...]:
        start = self.cursor.at
        spans = self._spans()
        return self._resolved(spans, self.cursor.place_from(start), part)

    def _resolved(
        self, spans: Sequence[Span], place: tuple[int, int], part: str
    ) -> tuple[Minutes, ...]:
        hours = hours_of(spans, part, is_full_clock=self.is_full_clock)
        if hours is None:
            raise NotRead(Note.AMBIGUOUS_TIME, place)
        self.is_implied |= not all(each.is_marked for each in spans)
        return hours

    def _spans(self) -> list[Span]:
        spans = [self._span()]
        while self.cursor.jump_to(Kind.CLOCK, over=_BETWEEN):
            spans.append(self._span())
        if len(spans) > _MOST_SPANS:
            raise self.cursor.refusal()
        return spans

    def _span(self) -> Span:
        opens = self.cursor.take_clock()
        if self.cursor.kind not in _RANGE:
            raise self.cursor.refusal(Note.NO_HOURS)
        self.cursor.take()
        return Span(opens, self.cursor.take_clock())

    def _all_day(self) -> Iterator[Statement]:
        self.cursor.take()
        self.cursor.skip(*_WEAK)
        days = read_days(self.cursor) if is_days_next(self.cursor) else None
        if days:
            yield from _asides(days)
            self._refuse_part(days)
            self._refuse_scattered(days)
        yield Open(days.keys if days else None, (WHOLE_DAY,))

    def _refuse_part(self, days: Days) -> None:
        if days.part:
            raise self.cursor.refusal()

    def _closed(self) -> Iterator[Statement]:
        self.cursor.take()
        is_lunch = self.cursor.skip(Kind.LUNCH)
        self.cursor.skip(Kind.COMMA)
        if self.cursor.kind is Kind.CLOCK:
            yield self._closed_hours()
        else:
            yield from self._closed_days(is_hours_needed=is_lunch)
        self.cursor.skip(Kind.LUNCH)

    def _closed_hours(self) -> Statement:
        hours = self._hours()
        self.cursor.skip(Kind.LUNCH)
        if not is_days_next(self.cursor):
            return Closed(None, hours)
        days = read_days(self.cursor)
        self._refuse_part(days)
        return Closed(days.keys, hours)

    def _closed_days(self, *, is_hours_needed: bool) -> Iterator[Statement]:
        start = self.cursor.at
        found = list(self._days_and_holidays())
        is_one = self.cursor.at - start == 1
        if self.cursor.jump_to(Kind.CLOCK, over=(Kind.COMMA, Kind.OPEN_PAREN)):
            # `closed Sunday, Monday 9-5`: the hours may be those of an opening.
            if not is_one or not isinstance(found[0], Closed):
                raise self.cursor.refusal(Note.AMBIGUOUS_DAYS)
            yield Closed(found[0].days, self._hours())
        elif is_hours_needed:
            raise self.cursor.refusal(Note.NO_HOURS)
        else:
            yield from found

    def _days_and_holidays(self) -> Iterator[Statement]:
        while True:
            if is_days_next(self.cursor):
                days = read_days(self.cursor)
                self._refuse_part(days)
                yield from _asides(days)
                yield Closed(days.keys)
            elif self.cursor.kind is Kind.HOLIDAYS:
                self.cursor.take()
                yield Aside(Note.CLOSED_ON_HOLIDAYS)
            else:
                raise self.cursor.refusal()
            if not self._is_another_closing():
                return

    def _is_another_closing(self) -> bool:
        if self.cursor.kind is Kind.HOLIDAYS or is_days_next(self.cursor):
            # `closed Monday holidays` is not every Monday.
            raise self.cursor.refusal(Note.AMBIGUOUS_DAYS)
        return self.cursor.jump_to(Kind.HOLIDAYS, Kind.DAYS, over=_BETWEEN)

    def _except(self) -> Iterator[Statement]:
        self.cursor.take()
        found = list(self._days_and_holidays())
        if self.cursor.jump_to(Kind.CLOCK, over=_WEAK):
            # `except Wednesday 9-7`: other hours, or closed then?
            raise self.cursor.refusal(Note.AMBIGUOUS_DAYS)
        yield from found

    def _until(self) -> Iterator[Statement]:
        self.cursor.take()
        closes = self.cursor.take_clock()
        if not is_days_next(self.cursor):
            raise self.cursor.refusal(Note.NO_DAYS)
        days = read_days(self.cursor)
        self._refuse_part(days)
        yield Until(days.keys, closes)

    def _appointment(self) -> Iterator[Statement]:
        is_else = self.cursor.previous_kind in {Kind.AND, Kind.OR}
        begins = self.cursor.at == 0
        self.cursor.take()
        if is_else:
            yield Aside(Note.APPOINTMENT_AT_OTHER_TIMES)
            return
        is_apart = self.cursor.kind is None or (self.is_first and self.cursor.skip(*_WEAK))
        if self.cursor.kind is Kind.AND:
            # `By appointment and Thursday 2-5`: are those hours by appointment too?
            raise self.cursor.refusal(Note.PARTLY_BY_APPOINTMENT)
        yield ByAppointment(is_alone=begins and is_apart)

    def _or_more(self) -> Iterator[Statement]:
        self.cursor.take()
        if self.cursor.kind not in _MORE:
            raise self.cursor.refusal()
        return self._appointment() if self.cursor.kind is Kind.APPOINTMENT else self._more()

    def _more(self, days: Days | None = None) -> Iterator[Statement]:
        is_vague = self.cursor.skip(Kind.SOME)
        times = tuple(self._rough_times(days))
        is_vague &= bool(times)
        is_available = self.cursor.skip(Kind.AVAILABLE)
        if self.cursor.skip(Kind.APPOINTMENT):
            yield Elsewhen(Note.APPOINTMENT_AT_OTHER_TIMES, times)
        elif is_available or is_vague:
            yield Elsewhen(Note.MORE_AT_TIMES, () if is_vague else times)
        else:
            raise self.cursor.refusal(Note.NO_HOURS)
        self._refuse_hours()

    def _rough_times(self, days: Days | None) -> Iterator[RoughTime]:
        if days:
            yield days.keys, days.part
        while self.cursor.jump_to(Kind.PART, *DAY_STARTS, over=_BETWEEN):
            if is_days_next(self.cursor):
                more = read_days(self.cursor)
                yield more.keys, more.part
            else:
                word = self.cursor.take().word
                yield None, word.text if word else ""

    def _refuse_hours(self) -> None:
        """Refuse `some Saturdays 9-1`: those hours are not of every Saturday."""
        self.cursor.skip(*_WEAK)
        if self.cursor.kind in {Kind.CLOCK, Kind.ALL_DAY}:
            raise self.cursor.refusal(Note.AMBIGUOUS_DAYS)

    def _label(self) -> Iterator[Statement]:
        is_leading = self.is_first and self.cursor.at == 0
        is_apart = self.cursor.previous_kind is Kind.OPEN_PAREN
        while self.cursor.skip(Kind.PLACE):
            pass
        if not is_leading and not (is_apart and self.cursor.kind is Kind.CLOSE_PAREN):
            raise self.cursor.refusal(Note.SEVERAL_PARTS)
        yield Label(is_leading=is_leading)

    def _aside(self) -> Iterator[Statement]:
        word = self.cursor.take().word
        if word and word.note:
            yield Aside(word.note)


def _asides(days: Days) -> Iterator[Statement]:
    if days.closed_on_holidays:
        yield Aside(Note.CLOSED_ON_HOLIDAYS)
