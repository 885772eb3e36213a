"""What people looked for and did not find, as `disclosure` let it out: for anybody."""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from django.conf import settings
from django.db import Error
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tejido.directory.queries.unmet import released_unmet
from tejido.directory.queries.unmet_lines import periods_of, unmet_lines, unmet_tables
from tejido.disclosure.queries import Released, period_words
from tejido.foundation.problem_file import table_text


def calm(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a view say that the database is away: the ledger is in no snapshot."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Error:
            return render(request, "finder/unmet.html", {"is_away": True}, status=503)

    return answer


@require_safe
@calm
def show_unmet(request: HttpRequest, period: str = "") -> HttpResponse:
    """Show one quarter, or the last; the fourth with its whole year."""
    every = released_unmet()
    if not period and not every:
        return render(request, "finder/unmet.html")
    released = _of(period, every) if period else every[0]
    context = {
        "released": released,
        "tables": unmet_tables(released.tables, get_language() or "en"),
        "others": [(one.period, period_words(one.period)) for one in every if one is not released],
        "is_invented": settings.DEMONSTRATION,
    }
    return render(request, "finder/unmet.html", context)


@require_safe
@calm
def send_table(request: HttpRequest, period: str) -> HttpResponse:
    """Return a quarter as CSV: a line for each need and place with searches, shown or not."""
    released = _of(period, released_unmet())
    head = (_("Period"), _("Looked for"), _("Place"), _("Searches"))
    answer = HttpResponse(table_text([head, *_cells(released)]), content_type="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="unmet-{released.period}.csv"'
    return answer


def _cells(released: Released) -> Iterator[tuple[str, ...]]:
    for period in periods_of(released.tables):
        for line in unmet_lines(released.tables, period, get_language() or "en"):
            hidden = [(place, None) for place in line.hidden]
            rows = ((_("California"), line.state), *line.counties, *line.together, *hidden)
            for place, searches in rows:
                yield period, line.need, place, _told(searches)


def _of(period: str, every: list[Released]) -> Released:
    for released in every:
        if released.period == period:
            return released
    raise Http404


def _told(searches: int | None) -> str:
    return _("not shown") if searches is None else str(searches)
