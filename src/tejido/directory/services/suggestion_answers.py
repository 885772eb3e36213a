"""What a steward answers to what people said is wrong: each change is an act, never by itself."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tejido.directory.domain.call_sheet import SheetLine, sheet_lines
from tejido.directory.domain.clocks import FieldGroup
from tejido.directory.domain.desk import DeskListing
from tejido.directory.domain.digest import said_digest
from tejido.directory.domain.suggestions import PARTS, Answer, Wrong
from tejido.directory.models import Suggestion
from tejido.directory.queries.standing import Standing
from tejido.directory.queries.suggestions import (
    Told,
    Words,
    rows_about,
    waiting_rows,
    words_of_each,
    words_of_told,
)
from tejido.directory.services.acts import Actor
from tejido.directory.services.desk_listing import desk_listings
from tejido.directory.services.editing import Edit, edit, seen_digests
from tejido.directory.services.listing_rows import PhoneIn, phone_rows_of
from tejido.directory.services.setting import FieldKey
from tejido.foundation.errors import Refused
from tejido.foundation.phones import ReadPhone, read_phone


class AnswerRefused(Refused):
    """An answer that came too late; nothing changed."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What was said of one thing, beside what stands there.

    Attributes:
        words: in people's words, the newest first.
        desk: the listing as it is kept now, None where it is gone.
        lines: the fields that it is about.
        hours: of `closed`, the hours there: the day may be one on which it never opens.
        number: the one phone number that was said instead of the one that stands there.
        seen: a mark of all of it.
    """

    listing: UUID
    wrong: Wrong
    words: tuple[Words, ...]
    desk: DeskListing | None
    lines: tuple[SheetLine, ...]
    number: ReadPhone | None
    seen: str
    hours: tuple[SheetLine, ...] = ()


def beside(told: Told) -> Beside:
    """Return what was said with what stands there now. A fixed number of queries."""
    (shown,) = beside_each([told])
    return shown


def beside_each(page: Iterable[Told]) -> list[Beside]:
    """Return the same of a page of things, in its order; as many queries as for one."""
    standing = Standing.stored()
    found = [
        replace(each, listing=standing.of(each.listing), service=standing.of(each.service))
        for each in page
    ]
    desks = desk_listings({each.service for each in found})
    words = words_of_each([each.listing for each in found], standing)
    lines = [
        _lines(
            desks.get(each.service),
            each,
            PARTS.get(each.wrong),
            words.get((each.listing, each.wrong), ()),
        )
        for each in found
    ]
    digests = seen_digests([tuple(map(_key, its_lines)) for its_lines in lines])
    return [
        _beside(
            told, desks.get(told.service), words.get((told.listing, told.wrong), ()), its, mark
        )
        for told, its, mark in zip(found, lines, digests, strict=True)
    ]


def _beside(
    told: Told,
    desk: DeskListing | None,
    words: tuple[Words, ...],
    lines: tuple[SheetLine, ...],
    digest: str,
) -> Beside:
    said = [(str(each.id), each.note, each.instead) for each in words]
    mark = said_digest([said, digest, desk is None])
    number = _number(told, words, lines)
    hours = _lines(desk, told, FieldGroup.HOURS) if told.wrong is Wrong.CLOSED else ()
    return Beside(told.listing, told.wrong, words, desk, lines, number, mark, hours)


def confirm_told(told: Told, *, seen: str, actor: Actor, on: date, at: datetime) -> UUID | None:
    """Store that what stands there is right, as the steward's word; return the act.

    Args:
        told: what was said to be wrong.
        seen: the mark of what the steward saw.
        actor: the steward.
        on: the local day.
        at: the instant.

    Raises:
        AnswerRefused: `answered-already`; `changed-meanwhile`; `nothing-to-confirm`: it is about
            no field, or its hours stand in words that nobody has read.
    """
    with transaction.atomic():
        shown = _unchanged(told, seen)
        right = [line for line in shown.lines if not line.in_words]
        if not right:
            sentence = _("There is nothing here to confirm at once. Open the listing.")
            raise AnswerRefused("nothing-to-confirm", sentence)
        act = edit(change=Edit(confirmed=tuple(map(_key, right))), actor=actor, on=on, at=at)
        _answer(told, Answer.CONFIRMED, actor, on, act)
    return act


def write_number(told: Told, *, seen: str, actor: Actor, on: date, at: datetime) -> UUID | None:
    """Put the number that was said in the place of the one that stands there, as one act.

    Args and refusals as `confirm_told`; `nothing-to-write`: there is not one number of each.
    """
    with transaction.atomic():
        shown = _unchanged(told, seen)
        if shown.number is None:
            sentence = _("Open the listing and write the number there.")
            raise AnswerRefused("nothing-to-write", sentence)
        (line,) = shown.lines
        values = {_key(line): _with_number(line, shown.number)}
        act = edit(change=Edit(values=values), actor=actor, on=on, at=at)
        _answer(told, Answer.WRITTEN, actor, on, act)
    return act


def put_aside(told: Told, *, seen: str, actor: Actor, on: date) -> None:
    """Keep that nothing follows from it. Nothing about the listing changes.

    Raises:
        AnswerRefused: `answered-already`; `changed-meanwhile`.
    """
    with transaction.atomic():
        _unchanged(told, seen)
        _answer(told, Answer.ASIDE, actor, on, None)


def take_back_aside(*, listing: UUID, wrong: Wrong, on: date) -> int:
    """Let wait again what was put aside today or yesterday; return how many rows.

    Yesterday too, because the button may stand on a page that was opened before midnight.

    Raises:
        AnswerRefused: `not-aside`: nothing was put aside then, or it was taken back already.
    """
    rows = rows_about(listing, wrong).filter(answer=Answer.ASIDE.value)
    rows = rows.filter(answered_on__gte=on - timedelta(days=1))
    back = {"answer": Answer.WAITS.value, "answered_on": None, "role": "", "act": None}
    count = rows.update(**back)
    if not count:
        sentence = _("Nothing was taken back: it was set aside before yesterday, or waits again.")
        raise AnswerRefused("not-aside", sentence)
    return count


def mark_written(
    *, listing: UUID, wrong: Wrong, read: Iterable[str], actor: Actor, on: date, act: UUID
) -> int:
    """Keep that a steward wrote what is right, by an act; return how many rows waited for it.

    Args:
        listing: the listing of which it was said.
        wrong: what was said to be wrong.
        read: the marks of what the steward saw (`read_mark`); whatever else was said waits on.
        actor: the steward.
        on: the local day.
        act: what was written.
    """
    marks = frozenset(read)
    with transaction.atomic():
        _lock(listing, wrong)
        seen = [each.id for each in words_of_told(listing, wrong) if read_mark(each) in marks]
        return _answer_rows(seen, Answer.WRITTEN, actor, on, act)


def read_mark(words: Words) -> str:
    """Return 16 hexadecimal digits of what one person said, to see that it was read."""
    return said_digest([str(words.id), words.note, words.instead])


def _answer(told: Told, answer: Answer, actor: Actor, on: date, act: UUID | None) -> None:
    keys = waiting_rows(told.listing, told.wrong).values_list("id", flat=True)
    _answer_rows(list(keys), answer, actor, on, act)


def _answer_rows(
    keys: list[UUID], answer: Answer, actor: Actor, on: date, act: UUID | None
) -> int:
    said = {"answer": answer.value, "answered_on": on, "role": actor.role, "act": act}
    return Suggestion.objects.filter(id__in=keys).update(**said)


def _lock(listing: UUID, wrong: Wrong) -> None:
    """Let two stewards take turns at the rows of one thing."""
    rows = rows_about(listing, wrong)
    list(rows.select_for_update().order_by("id").values_list("id", flat=True))


def _unchanged(told: Told, seen: str) -> Beside:
    """Return what is beside it now; two stewards take turns at its rows."""
    _lock(told.listing, told.wrong)
    shown = beside(told)
    if not shown.words:
        sentence = _("Somebody answered this already. Nothing was changed now.")
        raise AnswerRefused("answered-already", sentence)
    if shown.seen != seen:
        sentence = _("Something changed meanwhile. Look at it once more.")
        raise AnswerRefused("changed-meanwhile", sentence)
    return shown


def _lines(
    desk: DeskListing | None,
    told: Told,
    group: FieldGroup | None,
    words: Iterable[Words] = (),
) -> tuple[SheetLine, ...]:
    """Return the fields of a part: of the place that was named, where it still is one.

    Where nobody but the program said it, those of which it did.
    """
    if desk is None or group is None:
        return ()
    lines = sheet_lines([desk], {desk.service.id: frozenset({group})})
    others = {
        held.id
        for place in desk.places
        if place.place.id != told.listing
        for held in (place.place, place.location)
    }
    its = [
        held.id
        for place in desk.places
        if place.place.id == told.listing
        for held in (place.place, place.location)
    ]
    elsewhere = others.difference(its) if its else set[UUID]()
    there = tuple(line for line in lines if line.held.id not in elsewhere)
    records = {each.record for each in words}
    return tuple(line for line in there if line.held.id in records) or there


def _number(told: Told, words: Iterable[Words], lines: tuple[SheetLine, ...]) -> ReadPhone | None:
    if told.wrong is not Wrong.PHONE or len(lines) != 1:
        return None
    rows = lines[0].held.values.get("phones", ())
    read = {read_phone(each.instead) for each in words if each.instead} - {None}
    number = next(iter(read), None)
    if len(read) != 1 or len(rows) > 1 or number is None:
        return None
    return None if rows and rows[0]["number"] == number.number else number


def _with_number(line: SheetLine, number: ReadPhone) -> list[dict[str, object]]:
    rows = line.held.values.get("phones", ())
    kind = rows[0]["type"] if rows else "voice"
    about = rows[0]["description"] if rows else ""
    key = rows[0]["id"] if rows else ""
    said = PhoneIn(key, number.number, number.extension, kind, about)
    return phone_rows_of(line.held, [said])


def _key(line: SheetLine) -> FieldKey:
    return FieldKey(line.held.kind, line.held.id, line.field)
