"""Lines to call: a page that needs neither a search nor a list of places."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tejido.finder.domain.lines import Line, LineWords
from tejido.finder.queries.lines import lines_to_call
from tejido.ui.languages import language_name


@dataclass(frozen=True, slots=True)
class LineCard:
    """A line as the page shows it."""

    line: Line
    words: LineWords
    hours: str
    languages: str
    texts: bool
    is_old: bool


@require_safe
def show_lines(request: HttpRequest) -> HttpResponse:
    """Show every line with what it is for, when, in which languages, and when it was checked."""
    today = timezone.localdate()
    cards = [_card(line, today) for line in lines_to_call()]
    return render(request, "finder/lines.html", {"cards": cards})


def _card(line: Line, today: date) -> LineCard:
    return LineCard(
        line=line,
        words=line.words[(get_language() or "en")[:2]],
        hours=_("Any hour, every day") if line.hours == "always" else _("Ask: hours can differ"),
        languages=_languages(line),
        texts="text" in line.by,
        is_old=line.is_old(today=today),
    )


def _languages(line: Line) -> str:
    said = [language_name(code) for code in line.languages]
    if line.interpreters:
        said.append(_("others with an interpreter"))
    elif "es" not in line.languages:
        said.append(_("Spanish: not known"))
    return ", ".join(said)
