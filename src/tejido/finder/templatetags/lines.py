"""Lines to call inside a page of any area: their words in the page's language."""

from dataclasses import dataclass

from django import template
from django.utils.translation import get_language

from tejido.finder.domain.lines import Line, LineWords
from tejido.finder.queries.lines import line_to_call, lines_to_call

register = template.Library()


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line and what to say of it in the page's language."""

    line: Line
    words: LineWords

    @property
    def texts(self) -> bool:
        """Return whether the line takes texts."""
        return "text" in self.line.by


def _shown(line: Line) -> ShownLine:
    return ShownLine(line, line.words[(get_language() or "en")[:2]])


@register.simple_tag
def footer_lines() -> list[ShownLine]:
    """Return the lines for the foot of every public page."""
    return [_shown(line) for line in lines_to_call() if line.in_footer]


@register.simple_tag
def every_line() -> list[ShownLine]:
    """Return every line, the most urgent first."""
    return [_shown(line) for line in lines_to_call()]


@register.simple_tag
def one_line(line_id: str) -> ShownLine:
    """Return one line by its id."""
    return _shown(line_to_call(line_id))
