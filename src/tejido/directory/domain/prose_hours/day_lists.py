"""Lists of days: `Monday, Wednesday-Friday`, `1st and 3rd Thursday of the month`, `daily`."""

from dataclasses import dataclass

from tejido.directory.domain.prose_hours.cursor import Cursor
from tejido.directory.domain.prose_hours.proposal import Note
from tejido.directory.domain.prose_hours.statements import Day
from tejido.directory.domain.prose_hours.words import Kind

DAY_STARTS = (Kind.DAYS, Kind.ORDINAL, Kind.EVERY)
_BETWEEN = (Kind.COMMA, Kind.AND, Kind.SLASH)
_RANGE = (Kind.TO, Kind.DASH, Kind.UNTIL)


@dataclass(frozen=True, slots=True)
class Days:
    """The days of a list.

    Attributes:
        keys: each day once.
        part: the part of the day that they say, such as `evening`, or ''.
        is_list: there is more than one entry.
        closed_on_holidays: the list leaves holidays out.
    """

    keys: frozenset[Day]
    part: str = ""
    is_list: bool = False
    closed_on_holidays: bool = False


def is_days_next(cursor: Cursor) -> bool:
    """Tell whether a list of days begins here."""
    return cursor.kind in DAY_STARTS


def read_days(cursor: Cursor) -> Days:
    """Read a list of days.

    Raises:
        NotRead: it can mean several things: a day twice, `every second Tuesday`, or `1st and 3rd
            Thursday, Friday`, where nobody knows whether Friday is numbered too.
    """
    reader = _List(cursor)
    reader.read()
    part = _part(cursor) or reader.part
    if any(number for number, _ in reader.keys):
        cursor.skip(Kind.MONTHLY)
    left_out, without_holidays = _left_out(cursor)
    return Days(frozenset(reader.keys) - left_out, part, reader.entries > 1, without_holidays)


def _part(cursor: Cursor) -> str:
    word = cursor.tokens[cursor.at].word if cursor.kind is Kind.PART else None
    if word is None or word.text == "other":
        return ""
    cursor.take()
    return word.text


def _left_out(cursor: Cursor) -> tuple[frozenset[Day], bool]:
    start = cursor.at
    if not cursor.jump_to(Kind.EXCEPT, over=(Kind.COMMA, Kind.OPEN_PAREN)):
        return frozenset(), False
    cursor.take()
    if cursor.skip(Kind.HOLIDAYS):
        return frozenset(), True
    if cursor.kind is Kind.DAYS:
        reader = _List(cursor)
        reader.read()
        if not cursor.jump_to(Kind.HOLIDAYS, over=_BETWEEN):
            if any(number for number, _ in reader.keys):
                # No rule says `every Monday but the fourth`.
                raise cursor.refusal(Note.CONTRADICTION)
            return frozenset(reader.keys), False
    cursor.at = start
    return frozenset(), False


class _List:
    """The entries of one list while they are read."""

    def __init__(self, cursor: Cursor) -> None:
        self.cursor = cursor
        self.keys: set[Day] = set()
        self.entries = 0
        self.part = ""

    def read(self) -> None:
        is_numbered, end = self._entry(), self.cursor.at
        while self.cursor.jump_to(*DAY_STARTS, over=_BETWEEN):
            # `1st Thursday, Friday`, and `Tuesday 2nd Thursday`: which day is numbered?
            is_touching = self.cursor.at == end and self.cursor.kind is Kind.ORDINAL
            if is_touching or (is_numbered and self.cursor.kind is Kind.DAYS):
                raise self.cursor.refusal(Note.AMBIGUOUS_DAYS)
            is_numbered, end = self._entry(), self.cursor.at
        if self.part and self.entries > 1:
            # `Every night and first Monday`: is Monday meant at night?
            raise self.cursor.refusal(Note.AMBIGUOUS_DAYS)

    def _entry(self) -> bool:
        """Read one entry; tell whether its numbers may count for what follows as well."""
        is_each = self.cursor.skip(Kind.EVERY)
        self.entries += 1
        if self.cursor.kind is Kind.ORDINAL:
            return self._numbered_days(is_each=is_each)
        self._add({(0, day) for day in self._weekdays()})
        return False

    def _numbered_days(self, *, is_each: bool) -> bool:
        numbers = [self._take_number()]
        while self.cursor.jump_to(Kind.ORDINAL, over=_BETWEEN):
            numbers.append(self._take_number())
        day = self._take_day()
        is_monthly = self._is_monthly()
        if is_each and len(numbers) == 1 and numbers[0] > 1 and not is_monthly:
            raise self.cursor.refusal(Note.NEEDS_START_DATE)
        self._add({(number, day) for number in numbers})
        return not is_monthly

    def _is_monthly(self) -> bool:
        is_followed = self.cursor.kind is Kind.PART and self.cursor.next_kind is Kind.MONTHLY
        return self.cursor.skip(Kind.MONTHLY) or is_followed

    def _take_number(self) -> int:
        word = self.cursor.take().word
        return word.number if word else 0

    def _take_day(self) -> int:
        token = self.cursor.take()
        if token.word is None or len(token.word.days) != 1:
            raise self.cursor.refusal()
        return token.word.days[0]

    def _weekdays(self) -> tuple[int, ...]:
        start = self.cursor.at
        word = self.cursor.take().word
        if word is None or word.kind is not Kind.DAYS:
            raise self.cursor.refusal()
        if self.cursor.kind in _RANGE and self.cursor.next_kind is Kind.DAYS:
            self.cursor.at = start
            return self._range()
        self.part = self.part or word.text
        return word.days

    def _range(self) -> tuple[int, ...]:
        first = self._take_day()
        self.cursor.take()
        if self.cursor.tokens[self.cursor.at].text == "t":
            raise self.cursor.refusal(Note.AMBIGUOUS_DAYS)
        last = self._take_day()
        if first == last:
            raise self.cursor.refusal(Note.AMBIGUOUS_DAYS)
        return tuple(day % 7 for day in range(first, last + (7 if last < first else 0) + 1))

    def _add(self, keys: set[Day]) -> None:
        if keys & self.keys:
            raise self.cursor.refusal(Note.AMBIGUOUS_DAYS)
        self.keys |= keys
