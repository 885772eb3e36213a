"""What programs said by their links has changed, and no steward has dealt with yet."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tejido.directory.domain.clocks import FieldGroup
from tejido.directory.domain.suggestions import PARTS, Wrong
from tejido.directory.models import Service, Suggestion
from tejido.directory.queries.standing import Standing
from tejido.directory.queries.suggestions import WAITS


@dataclass(frozen=True, slots=True)
class ProgramWord:
    """One thing that a program said has changed.

    Attributes:
        listing: of which it waits, as in `suggestions.Told`.
        service: its service, as it stands now.
        record: on which the field stood.
        words: what it is now, in the program's words, or ''.
    """

    listing: UUID
    service: UUID
    record: UUID
    group: FieldGroup
    words: str
    language: str
    on: date


@dataclass(frozen=True, slots=True)
class ProgramSaying:
    """A program with something that waits: since when, and which parts, the most harmful first."""

    organization: UUID
    name: str
    since: date
    groups: tuple[FieldGroup, ...]


def words_of_program(organization: UUID) -> list[ProgramWord]:
    """Return what a program said and nobody dealt with, the oldest first. Three queries."""
    words = _words()
    services = {each.service for each in words}
    its = Service.objects.filter(id__in=services, organization=organization)
    kept = set(its.values_list("id", flat=True))
    return [each for each in words if each.service in kept]


def programs_saying() -> list[ProgramSaying]:
    """Return the programs with something that waits, who waits longest first. Three queries."""
    words = _words()
    rows = Service.objects.filter(id__in={each.service for each in words})
    owners = {key: owner for key, *owner in rows.values_list("id", *_OWNER)}
    said: dict[tuple[UUID, str], list[ProgramWord]] = {}
    for each in words:
        if each.service in owners:
            key, name = owners[each.service]
            said.setdefault((key, name), []).append(each)
    return sorted((_saying(*whose, words) for whose, words in said.items()), key=_oldest_first)


_OWNER = ("organization_id", "organization__name")


def _words() -> list[ProgramWord]:
    standing = Standing.stored()
    rows = Suggestion.objects.filter(WAITS, call__isnull=False).order_by("call__at", "id")
    return [_word(row, standing) for row in rows]


def _word(row: Suggestion, standing: Standing) -> ProgramWord:
    return ProgramWord(
        listing=standing.of(row.listing),
        service=standing.of(row.service),
        record=row.record or row.listing,
        group=PARTS[Wrong(row.wrong)],
        words=row.instead or row.note,
        language=row.language,
        on=row.day,
    )


def _saying(organization: UUID, name: str, words: Iterable[ProgramWord]) -> ProgramSaying:
    said = list(words)
    groups = {each.group for each in said}
    since = min(each.on for each in said)
    its = tuple(group for group in FieldGroup if group in groups)
    return ProgramSaying(organization, name, since, its)


def _oldest_first(saying: ProgramSaying) -> tuple[date, str, UUID]:
    return saying.since, saying.name.casefold(), saying.organization
