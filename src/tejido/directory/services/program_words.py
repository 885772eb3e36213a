"""What a program says by its link has changed: kept for a steward, taken back, dealt with."""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from tejido.directory.domain.call_sheet import SheetLine
from tejido.directory.domain.suggestions import LONGEST_INSTEAD, WRONG_OF, Answer
from tejido.directory.models import Call, Suggestion
from tejido.directory.queries.aliases import parts_of
from tejido.directory.queries.suggestions import WAITS
from tejido.directory.services.acts import Actor
from tejido.network.domain.messages import Kind
from tejido.network.domain.permissions import Permission
from tejido.network.services.outbox import tell_whoever_may


def keep_words(
    *,
    call: Call,
    instead_of: Call | None,
    said: Iterable[tuple[SheetLine, str]],
    language: str,
    on: date,
) -> None:
    """Let what a program said wait in the queue of what is wrong, and tell those who keep it.

    Args:
        call: in which it was said.
        instead_of: the answer that it corrects: of that, only what a steward dealt with stays,
            and is not asked of them again in the same words.
        said: each line that changed, with what it is now in the program's words, or ''.
        language: of its words.
        on: the local day.
    """
    dealt = set() if instead_of is None else _carried_over(instead_of, call)
    rows = [_row(call, line, words, language, on) for line, words in said]
    fresh = [row for row in rows if _told(row) not in dealt]
    Suggestion.objects.bulk_create(fresh)
    if fresh:
        # One message for each program and day, however often it corrects itself.
        tell_whoever_may(
            permission=Permission.EDIT_LISTING,
            kind=Kind.PROGRAM_CHANGED,
            at=call.at,
            once=f"{call.organization} {on.isoformat()}",
        )


def _carried_over(before: Call, call: Call) -> set[tuple[UUID | None, str, str]]:
    """Take back what waits of an answer; hand what was dealt with on, and return it."""
    rows = Suggestion.objects.filter(call=before)
    rows.filter(WAITS).delete()
    dealt = {_told(row) for row in rows.all()}
    rows.update(call=call)
    return dealt


def _told(row: Suggestion) -> tuple[UUID | None, str, str]:
    return row.record, row.wrong, row.instead or row.note


def answer_words(
    answers: Mapping[Answer, Iterable[SheetLine]], *, actor: Actor, on: date, act: UUID
) -> int:
    """Keep that a steward dealt with what programs said of some fields; return how many rows.

    Args:
        answers: what became of the fields of these lines.
        actor: the steward.
        on: the local day.
        act: what confirmed or wrote them.
    """
    became = {
        (line.held.id, WRONG_OF[line.group].value): answer
        for answer, lines in answers.items()
        for line in lines
    }
    records = parts_of(None, {record for record, _wrong in became})
    rows = Suggestion.objects.filter(WAITS, call__isnull=False, record__in=list(records))
    count = 0
    for row in list(rows):
        answer = became.get((records[row.record], row.wrong)) if row.record else None
        if answer is not None:
            said = {"answer": answer.value, "answered_on": on, "role": actor.role, "act": act}
            count += Suggestion.objects.filter(id=row.id).update(**said)
    return count


def _row(call: Call, line: SheetLine, words: str, language: str, on: date) -> Suggestion:
    is_short = len(words) <= LONGEST_INSTEAD
    return Suggestion(
        listing=_listing(line),
        service=line.listing.service.id,
        wrong=WRONG_OF[line.group].value,
        instead=words if is_short else "",
        note="" if is_short else words,
        language=language,
        day=on,
        call=call,
        record=line.held.id,
    )


def _listing(line: SheetLine) -> UUID:
    """Return the public listing that a line is about: of one place, or the service itself."""
    for place in line.listing.places:
        if line.held.id in {place.place.id, place.location.id}:
            return place.place.id
    return line.listing.service.id
