"""What was done and looked at in a member's name, for those who lead there."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import HttpResponse, StreamingHttpResponse
from django.utils import timezone, translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tejido.disclosure.queries import period_words
from tejido.foundation.paging import page_asked, page_in
from tejido.foundation.problem_file import table_text
from tejido.network.desk import for_member, render_desk
from tejido.network.domain.permissions import Permission
from tejido.network.queries.access import MemberSeen, may
from tejido.network.queries.record import Happened, record_of, whole_record
from tejido.network.queries.record_wanted import Wanted
from tejido.network.services.events import note_event
from tejido.network.web.looking import note_look
from tejido.network.web.record_form import RecordForm
from tejido.network.wording import ACTS, OWN_ACTS, ROLES
from tejido.ui.domain.wording import clock_words, day_words

if TYPE_CHECKING:
    from tejido.network.desk import SignedInRequest


@require_GET
@for_member(Permission.VIEW_EVENTS)
def show_record(request: "SignedInRequest", member: MemberSeen) -> HttpResponse:
    """Show who did what and who looked at what, the last first, narrowed to what is asked for."""
    note_look(request, member, "view.events")
    form = RecordForm(request.GET or None, member_id=member.id)
    wanted = form.wanted()
    record = record_of(member.id, wanted, page=page_in(request.GET.get("page", "")))
    asked = form.asked()
    context = {
        "rail_people": True,
        "may_edit_retention": may(request.user.pk, member.id, Permission.EDIT_RETENTION),
        "may_view_agreements": may(request.user.pk, member.id, Permission.VIEW_AGREEMENTS),
        "record": record,
        "lines": [(each, _who(each), _words(each), _under(each)) for each in record.rows],
        "form": form,
        "is_narrowed": wanted != Wanted() or bool(form.errors),
        "asked": urlencode(asked),
        "before": page_asked(asked, record.page - 1, record.pages),
        "after": page_asked(asked, record.page + 1, record.pages),
    }
    return render_desk(request, "network/record.html", member, context)


@require_GET
@for_member(Permission.VIEW_EVENTS)
def record_table(request: "SignedInRequest", member: MemberSeen) -> StreamingHttpResponse:
    """Hand the record out as CSV, narrowed as the page; that somebody did is in it first."""
    at = timezone.now()
    wanted = RecordForm(request.GET or None, member_id=member.id).wanted()
    note_event(
        member_id=member.id, act="export.events", object_id=member.id, by=request.user.pk, at=at
    )
    parts = whole_record(member.id, wanted, until=at)
    lines = _lines(parts, get_language() or "en")
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    name = f"record-{timezone.localdate(at).isoformat()}.csv"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _lines(parts: Iterable[list[Happened]], language: str) -> Iterator[str]:
    """Yield text; the language is that of the page, since nobody is there when it is asked."""
    with translation.override(language):
        head = [_("When"), _("Who"), _("Other member"), _("What"), _("Agreement"), _("Sealed")]
    yield table_text([head])
    for part in parts:
        with translation.override(language):
            rows = [_cells(each) for each in part]
        yield table_text(rows).removeprefix("\ufeff")


def _cells(happened: Happened) -> list[str]:
    sealed = _("Yes") if happened.is_sealed else _("Within the hour")
    name = happened.who if happened.of_member and happened.who else _who(happened)
    under = _under(happened)
    return [_when(happened.at), name, happened.of_member, _words(happened), under, sealed]


def _when(at: datetime) -> str:
    return timezone.localtime(at).isoformat(sep=" ", timespec="seconds")


def _under(happened: Happened) -> str:
    if happened.under is None:
        return ""
    if not happened.under.other:
        return _("An agreement of other members")
    words = _("Agreement with %(name)s") % {"name": happened.under.other}
    if happened.under.opened_at is None:
        return words
    at, language = timezone.localtime(happened.under.opened_at), get_language() or "en"
    day = day_words(at, language=language, form="short")
    return f"{words}, {_('proposed on')} {day}, {clock_words(at, language=language)}"


def _who(happened: Happened) -> str:
    """Return who it was, of other members only for which of them."""
    said = {"name": happened.who, "member": happened.of_member}
    if happened.who is None:
        return _("The software")
    if happened.who and happened.of_member:
        return _("%(name)s, for %(member)s") % said
    if happened.of_member:
        return _("Somebody of %(member)s") % said
    return happened.who or _("Somebody of another member")


def _words(happened: Happened) -> str:
    """Return what happened as a sentence without its subject."""
    acts = ACTS | OWN_ACTS if happened.is_own else ACTS
    words = str(acts.get(happened.act, happened.act))
    said = {
        "whom": happened.whom or _("somebody"),
        "role": ROLES[happened.role] if happened.role else "",
        "period": period_words(happened.period) if happened.period else _("no longer there"),
    }
    return words % said
