"""What is shared with a member: on a page, and as a table for spreadsheets."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.utils import timezone, translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tejido.foundation.problem_file import table_text
from tejido.network.desk import for_member, render_desk
from tejido.network.domain.permissions import Permission
from tejido.network.queries.access import MemberSeen
from tejido.network.queries.sharing import Part, Row, shared_with
from tejido.network.services.sharing import Batch, Stopped, export_shared, note_looked
from tejido.network.shared_tables import SharedTable, shared_tables, table_of

if TYPE_CHECKING:
    from tejido.network.desk import SignedInRequest


@require_GET
@for_member(Permission.VIEW_SHARED)
def show_shared(request: "SignedInRequest", member: MemberSeen) -> HttpResponse:
    """Show each table: the member's own rows, and those of others under agreements."""
    at = timezone.now()
    found = [(table, shared_with(member, table, at=at)) for table in shared_tables()]
    under = {
        (part.giver.id, part.agreed.agreement_id)
        for _table, parts in found
        for part in parts
        if part.agreed
    }
    note_looked(reader=member.id, under=under, by=request.user.pk, at=at)
    context = {
        "rail_agreements": True,
        "tables": [(table, [_part(table, part) for part in parts]) for table, parts in found],
    }
    return render_desk(request, "network/shared.html", member, context)


@require_GET
@for_member(Permission.VIEW_SHARED)
def shared_table(
    request: "SignedInRequest", member: MemberSeen, code: str
) -> StreamingHttpResponse:
    """Hand out a table as CSV, part by part; before each part the agreement is asked again."""
    table = table_of(code)
    if table is None:
        raise Http404
    parts = export_shared(reader=member, table=table, by=request.user.pk, clock=timezone.now)
    lines = _lines(table, parts, get_language() or "en")
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{code}.csv"'
    return answer


def _lines(table: SharedTable, parts: Iterator[Batch | Stopped], language: str) -> Iterator[str]:
    """Yield text; the language is that of the page, since nobody is there when it is asked."""
    with translation.override(language):
        head = [_("Member"), *map(str, table.heads)]
    yield table_text([head])
    for part in parts:
        with translation.override(language):
            rows = _cells(table, part)
        yield table_text(rows).removeprefix("\ufeff")


def _cells(table: SharedTable, part: Batch | Stopped) -> list[list[str]]:
    if isinstance(part, Stopped):
        return [[part.giver.name, _stopped(part)]]
    return [[part.giver.name, *_words(table, row)] for row in part.rows]


def _stopped(part: Stopped) -> str:
    return _(
        "The agreement with %(name)s ended or changed while this was written: nothing more of "
        "them follows. What stands above (%(sent)s rows) is noted in the record of both."
    ) % {"name": part.giver.name, "sent": part.sent}


def _words(table: SharedTable, row: Row) -> list[str]:
    cell, count = row
    return [*table.words_of(cell), _("not shown") if count is None else str(count)]


def _part(table: SharedTable, part: Part) -> dict[str, Any]:
    heads = list(map(str, table.heads))
    rows = [list(zip(heads, _words(table, row), strict=True)) for row in part.rows]
    return {"part": part, "rows": rows}
