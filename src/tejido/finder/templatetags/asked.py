"""What was asked, carried along in the forms of a page."""

from collections.abc import Iterable, Mapping

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from tejido.finder.web.filters import Choice
from tejido.ui.repeated import filled

register = template.Library()
_HIDDEN = '<input type="hidden" name="{}" value="{}">'


@register.simple_tag
def carry(fields: Iterable[tuple[str, str]]) -> SafeString:
    """Repeat a search as hidden fields, so that nothing is typed twice."""
    return format_html_join("", _HIDDEN, fields)


@register.simple_tag
def other_language(fields: Iterable[tuple[str, str]], *, to: str = "find") -> SafeString:
    """Show the button that asks the same in the other language; `to` is where: `find`, `home`."""
    return filled("finder/_other_language.html", {"carried": carry(fields)}, to=to)


@register.simple_tag
def filter_form(
    filters: Mapping[str, tuple[Choice, ...]], fields: Iterable[tuple[str, str]], *, look: str = ""
) -> SafeString:
    """Show what narrows a list: the checkboxes, with the rest of the search carried along."""
    return filled("finder/_filter_form.html", {"carried": carry(fields)}, look=look, **filters)
