"""The call sheet of a program: what is due of all its listings, and one act for all answers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tejido.directory.domain.call_sheet import (
    Answer,
    Channel,
    Outcome,
    SheetLine,
    sheet_lines,
)
from tejido.directory.domain.clocks import CLOCKS, FieldGroup
from tejido.directory.domain.suggestions import Answer as SuggestionAnswer
from tejido.directory.models import Call, Organization, Service
from tejido.directory.queries.aliases import parts_of
from tejido.directory.queries.clocks import clocks_now
from tejido.directory.queries.due import due_rows
from tejido.directory.queries.program_words import ProgramWord, words_of_program
from tejido.directory.services.acts import Actor
from tejido.directory.services.desk_listing import desk_listing
from tejido.directory.services.editing import Edit, EditRefused, edit, seen_digest
from tejido.directory.services.program_words import answer_words
from tejido.directory.services.setting import FieldKey

LISTINGS_AT_ONCE = 25
ORGANIZATION = "directory.organization"


@dataclass(frozen=True, slots=True)
class CallSeen:
    """One attempt, as pages show it.

    `to_change` is listing, field, and what it is now in the program's words, or ''.
    """

    id: UUID
    at: datetime
    channel: Channel
    outcome: Outcome
    act: UUID | None
    to_change: tuple[tuple[UUID, FieldKey, str], ...]


@dataclass(frozen=True, slots=True)
class CallSheet:
    """The questions for a program.

    Attributes:
        lines: what is due, and what the program said has changed, listing by listing.
        more: listings that are due and did not fit; they come with the next sheet.
        last: the last attempt, or None.
        told: the last time that somebody reached it, or None.
        said: what it said itself has changed, by its link, and nobody dealt with.
        seen: a mark of all that the sheet shows, and of the last attempt.
    """

    organization: UUID
    name: str
    lines: tuple[SheetLine, ...]
    more: int
    last: CallSeen | None
    told: CallSeen | None
    said: tuple[ProgramWord, ...]
    seen: str


@dataclass(frozen=True, slots=True)
class Answers:
    """What a program said, by the name of the line; `values` are what holds now, as JSON."""

    said: Mapping[str, Answer] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)


def call_sheet(organization: UUID, *, today: date) -> CallSheet | None:
    """Return the sheet of a program, None where there is no such organization.

    At most 25 listings, by name; a fixed number of queries for each.
    """
    row = Organization.objects.filter(id=organization).first()
    if row is None:
        return None
    said = words_of_program(organization)
    due = asked_parts(said, due_parts(organization, today=today))
    ids = list(due)
    found = [desk_listing(key) for key in ids[:LISTINGS_AT_ONCE]]
    lines = tuple(sheet_lines([each for each in found if each is not None], due))
    last, more = last_call(organization), len(ids[LISTINGS_AT_ONCE:])
    ids_now = list(parts_of(ORGANIZATION, [organization]))
    reached = Call.objects.filter(organization__in=ids_now, outcome=Outcome.REACHED.value)
    told = reached.exclude(channel=Channel.LINK.value).order_by("-at", "-id").first()
    return CallSheet(
        organization=organization,
        name=row.name,
        lines=lines,
        more=more,
        last=last,
        told=None if told is None else _seen(told),
        said=tuple(said),
        seen=_mark(lines, last),
    )


def last_call(organization: UUID) -> CallSeen | None:
    """Return the last attempt to reach a program, as for `last_calls`."""
    return next(iter(last_calls([organization]).values()), None)


def last_calls(organizations: Iterable[UUID]) -> dict[UUID, CallSeen]:
    """Return the last attempt to reach each program, or what became part of it.

    Two queries, and one more for each merge on the longest way.
    """
    parts = parts_of(ORGANIZATION, organizations)
    rows = Call.objects.filter(organization__in=list(parts)).order_by("at", "id")
    return {parts[row.organization]: _seen(row) for row in rows}


def record_call(
    *,
    organization: UUID,
    channel: Channel,
    outcome: Outcome,
    answers: Answers,
    seen: str,
    actor: Actor,
    on: date,
    at: datetime,
) -> CallSeen:
    """Store one attempt, with everything that the program confirmed or changed as one act.

    What the program said has changed, and nobody wrote down, stays due and is named by the
    attempt.

    Args:
        organization: the program.
        channel: how it was asked.
        outcome: what came of it.
        answers: of the lines of its sheet.
        seen: the mark of the sheet that was asked from.
        actor: who asked.
        on: the local day.
        at: the instant.

    Raises:
        EditRefused: `listing-gone`; `changed-meanwhile`: somebody called, confirmed or changed
            something since the sheet was opened; `nobody-reached`: there are answers and
            nobody gave them; `no-answers`: somebody was reached and nothing was answered;
            `hours-in-words`.
    """
    with transaction.atomic():
        # Two stewards with the same sheet take turns here.
        if not Organization.objects.select_for_update().filter(id=organization).exists():
            raise EditRefused("listing-gone", _("This program is no longer there."))
        sheet = call_sheet(organization, today=on)
        if sheet is None or sheet.seen != seen:
            raise EditRefused(
                "changed-meanwhile",
                _("Somebody called or changed something meanwhile. Look at what is due now."),
            )
        lines = {line.name: line for line in sheet.lines}
        _refuse(outcome, answers, lines)
        change = _edit(answers, lines)
        act = edit(change=change, actor=actor, on=on, at=at) if _is_any(change) else None
        if act is not None:
            answer_words(_dealt_with(answers, lines), actor=actor, on=on, act=act)
        row = Call.objects.create(
            organization=organization,
            at=at,
            channel=channel.value,
            outcome=outcome.value,
            act_id=act,
            to_change=[_written(lines[name]) for name in _to_change(answers, lines)],
            called_by=actor.person,
            member=actor.member,
            role=actor.role,
        )
        return _seen(row)


def due_parts(organization: UUID, *, today: date) -> dict[UUID, frozenset[FieldGroup]]:
    """Return the listings of a program that are due, by name, with their parts. Three queries."""
    rows = due_rows(clocks_now(), today).filter(organization=organization)
    found: dict[UUID, set[FieldGroup]] = {}
    for listing, clock in rows.values_list("listing", "clock"):
        found.setdefault(listing, set()).add(CLOCKS[clock].group)
    return {listing: frozenset(found[listing]) for listing in _by_name(found)}


def asked_parts(
    said: Iterable[ProgramWord], due: Mapping[UUID, frozenset[FieldGroup]]
) -> dict[UUID, frozenset[FieldGroup]]:
    """Return what is due and what the program said has changed, that first: a sheet ends."""
    found: dict[UUID, frozenset[FieldGroup]] = {}
    for word in said:
        found[word.service] = found.get(word.service, frozenset()) | {word.group}
    first = {key: groups | due.get(key, frozenset()) for key, groups in found.items()}
    return first | {key: groups for key, groups in due.items() if key not in first}


def _dealt_with(
    answers: Answers, lines: Mapping[str, SheetLine]
) -> dict[SuggestionAnswer, list[SheetLine]]:
    """Return the lines that somebody confirmed, and those that they wrote."""
    found: dict[SuggestionAnswer, list[SheetLine]] = {}
    for name, line in lines.items():
        answer = answers.said.get(name)
        if answer is Answer.YES or (answer is Answer.CHANGED and _is_same(line, answers)):
            found.setdefault(SuggestionAnswer.CONFIRMED, []).append(line)
        elif answer is Answer.CHANGED and name in answers.values:
            found.setdefault(SuggestionAnswer.WRITTEN, []).append(line)
    return found


def _by_name(due: Mapping[UUID, Any]) -> list[UUID]:
    rows = Service.objects.filter(id__in=list(due)).values_list("name", "id")
    return [key for _name, key in sorted((name.casefold(), key) for name, key in rows)]


def _key(line: SheetLine) -> FieldKey:
    return FieldKey(line.held.kind, line.held.id, line.field)


def _mark(lines: Iterable[SheetLine], last: CallSeen | None) -> str:
    keys = [_key(line) for line in lines]
    return f"{seen_digest(keys)}.{last.id if last else ''}"


def _refuse(outcome: Outcome, answers: Answers, lines: Mapping[str, SheetLine]) -> None:
    said = {name for name, answer in answers.said.items() if answer is not Answer.NOT_ASKED}
    if outcome is not Outcome.REACHED and said:
        raise EditRefused(
            "nobody-reached",
            _("There are answers, and nobody was reached. Choose which of the two is right."),
        )
    if outcome is Outcome.REACHED and not said:
        raise EditRefused("no-answers", _("Say of at least one part what the program said."))
    for name in said & lines.keys():
        if answers.said[name] is Answer.YES and lines[name].in_words:
            raise EditRefused(
                "hours-in-words",
                _("Hours in words have to be read first. Write what they are now."),
            )


def _edit(answers: Answers, lines: Mapping[str, SheetLine]) -> Edit:
    said = answers.said
    yes = [name for name in lines if said.get(name) is Answer.YES]
    changed = [name for name in lines if said.get(name) is Answer.CHANGED]
    values = {
        _key(lines[name]): answers.values[name] for name in changed if name in answers.values
    }
    # What is as it stands was not changed, whatever somebody pressed: it is confirmed.
    same = [_key(lines[name]) for name in changed if _is_same(lines[name], answers)]
    return Edit(values=values, confirmed=(*(_key(lines[name]) for name in yes), *same))


def _is_same(line: SheetLine, answers: Answers) -> bool:
    values = answers.values
    return line.name in values and values[line.name] == line.held.values.get(line.field)


def _is_any(change: Edit) -> bool:
    return bool(change.values or change.confirmed)


def _to_change(answers: Answers, lines: Mapping[str, SheetLine]) -> list[str]:
    return [
        name
        for name in lines
        if answers.said.get(name) is Answer.CHANGED and name not in answers.values
    ]


def _written(line: SheetLine) -> list[str]:
    return [str(line.listing.service.id), line.held.kind, str(line.held.id), line.field]


def _seen(row: Call) -> CallSeen:
    return CallSeen(
        row.id,
        row.at,
        Channel(row.channel),
        Outcome(row.outcome),
        row.act_id,
        tuple(
            (UUID(listing), FieldKey(kind, UUID(held), name), "".join(words))
            for listing, kind, held, name, *words in row.to_change
        ),
    )
