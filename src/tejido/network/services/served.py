"""A member says which counties it serves: from a day until a day, ended, never deleted."""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from tejido.foundation.days import local_day
from tejido.foundation.scope import member_scope
from tejido.network.domain.members import is_california_county
from tejido.network.domain.permissions import Permission
from tejido.network.models import ServedCounty
from tejido.network.queries.access import require
from tejido.network.services.events import note_event
from tejido.network.services.members import MemberRefused


def serve_county(
    *, member_id: UUID, county_fips: str, since: date, by: UUID, at: datetime
) -> UUID:
    """Store that a member serves a county; return the line's id. The whole network reads it.

    Raises:
        MemberUnknown, NotAllowed: `by` does not lead the member.
        MemberRefused: `county-unknown`, `starts-later`, `served-already`.
    """
    with transaction.atomic(), member_scope(member_id):
        require(by, member_id, Permission.ADD_RELATIONSHIP)
        if not is_california_county(county_fips):
            raise MemberRefused("county-unknown", _("Choose counties of California."))
        if since > local_day(at):
            raise MemberRefused(
                "starts-later", _("Say it when it has begun: the first day is ahead.")
            )
        row = ServedCounty(member_id=member_id, county_fips=county_fips, since=since)
        _save(row)
        _note("serve.county", row, by=by, at=at)
        return row.id


def end_county(*, member_id: UUID, line_id: UUID, on: date, by: UUID, at: datetime) -> None:
    """Store the last day on which a member serves a county. Safe to repeat.

    Raises:
        MemberUnknown, NotAllowed: `by` does not lead the member.
        MemberRefused: `county-unknown`, `ends-before-start`.
    """
    with transaction.atomic(), member_scope(member_id):
        require(by, member_id, Permission.ADD_RELATIONSHIP)
        row = _row(line_id)
        if row.until is not None:
            return
        if on < row.since:
            raise MemberRefused("ends-before-start", _("The last day is before the first one."))
        row.until = on
        row.save()
        _note("end.county", row, by=by, at=at)


def resume_county(*, member_id: UUID, line_id: UUID, by: UUID, at: datetime) -> None:
    """Undo the end: it goes on as if it had not ended. Safe to repeat.

    Raises:
        MemberUnknown, NotAllowed: `by` does not lead the member.
        MemberRefused: `county-unknown`, `served-already`.
    """
    with transaction.atomic(), member_scope(member_id):
        require(by, member_id, Permission.ADD_RELATIONSHIP)
        row = _row(line_id)
        if row.until is None:
            return
        row.until = None
        _save(row)
        _note("resume.county", row, by=by, at=at)


def unsay_county(*, member_id: UUID, line_id: UUID, by: UUID, at: datetime) -> None:
    """Store that a line was a mistake: it stays in the table, and nothing reads it any more.

    Raises:
        MemberUnknown, NotAllowed: `by` does not lead the member.
        MemberRefused: `county-unknown`.
    """
    with transaction.atomic(), member_scope(member_id):
        require(by, member_id, Permission.ADD_RELATIONSHIP)
        row = _row(line_id)
        row.was_mistaken, row.until = True, row.until or row.since
        row.save()
        _note("unsay.county", row, by=by, at=at)


def _save(row: ServedCounty) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise MemberRefused(
            "served-already", _("This is known already. Nothing changed.")
        ) from error


def _row(line_id: UUID) -> ServedCounty:
    rows = ServedCounty.objects.select_for_update().filter(id=line_id, was_mistaken=False)
    row: ServedCounty | None = rows.first()
    if row is None:
        raise MemberRefused("county-unknown", _("There is no such line here."))
    return row


def _note(act: str, row: ServedCounty, *, by: UUID, at: datetime) -> None:
    facts = {"county": row.county_fips}
    note_event(member_id=row.member_id, act=act, object_id=row.id, by=by, at=at, facts=facts)
