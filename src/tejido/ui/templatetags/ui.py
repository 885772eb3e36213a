"""The components as typed tags: what a page may use to look like Tejido (docs/areas/ui.md)."""

import re
from datetime import UTC, date, datetime
from typing import Any

from django import template
from django.conf import settings
from django.forms import BaseForm, BoundField
from django.template.loader import render_to_string
from django.urls import translate_url
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from tejido.ui.charts import BarChart, parts_of
from tejido.ui.domain import wording
from tejido.ui.domain.icons import icon_svg
from tejido.ui.domain.ornament import mark_svg, ribbon_svg
from tejido.ui.domain.ring import Dot, ring_svg
from tejido.ui.domain.state_map import MapDot, map_svg
from tejido.ui.forms import field_parts, problems_of
from tejido.ui.qr import qr_svg
from tejido.ui.repeated import drawn

register = template.Library()
register.simple_tag(drawn)
STALE_AFTER_DAYS = 90
HALF_OF_DAY = re.compile(r"(?<=\d) ([ap])(\.) ?m\.")


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE


# Drawings. All are built from our own constants and numbers, never from a person's words.


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw an icon; the words beside it say what it means."""
    return mark_safe(icon_svg(name))  # noqa: S308 - our own drawing


@register.simple_tag
def ribbon(*, thin: bool = False, name: str = "weave") -> SafeString:
    """Draw the woven ribbon; `name` is unique in the page."""
    return mark_safe(ribbon_svg(thin=thin, pattern_id=name))  # noqa: S308 - our own drawing


@register.simple_tag
def mark() -> SafeString:
    """Draw the mark of nine threads."""
    return mark_safe(mark_svg())  # noqa: S308 - our own drawing


@register.simple_tag
def ring_picture(dots: list[Dot] | tuple[Dot, ...]) -> SafeString:
    """Draw where places lie around a person; the list beside it says the same in words."""
    return mark_safe(ring_svg(tuple(dots), language=_language()))  # noqa: S308 - our own drawing


@register.simple_tag
def state_map(dots: list[MapDot] | tuple[MapDot, ...], *, outlines: str = "") -> SafeString:
    """Draw where places lie in California; the list beside it says the same in words."""
    return mark_safe(map_svg(dots, outlines=outlines))  # noqa: S308 - our own drawing


@register.inclusion_tag("ui/_bars.html")
def bars(chart: BarChart) -> dict[str, Any]:
    """Show bars with their key, and the same numbers as a table."""
    return parts_of(chart)


@register.simple_tag
def qr(address: str, title: str) -> SafeString:
    """Draw an address for a phone to read; `title` says what it is."""
    return mark_safe(qr_svg(address, title=title))  # noqa: S308 - modules and an escaped title


# Acts.


@register.inclusion_tag("ui/_button.html")
def button(
    label: str,
    *,
    kind: str = "main",
    icon: str = "",
    name: str = "",
    value: str = "",
    hidden: str = "",
    wide: bool = False,
) -> dict[str, Any]:
    """Show a button that sends its form.

    Args:
        label: verb first.
        kind: `main` (one a page), `second` or `quiet`.
        icon: name of an icon, or ''.
        name: what the form sends; '' sends nothing.
        value: its value.
        hidden: words after the label that only a screen reader says.
        wide: as wide as its place.
    """
    return {
        "label": label,
        "kind": kind,
        "icon": icon,
        "name": name,
        "value": value,
        "hidden": hidden,
        "wide": wide,
    }


@register.inclusion_tag("ui/_linkbutton.html")
def linkbutton(
    label: str,
    href: str,
    *,
    kind: str = "main",
    icon: str = "",
    hidden: str = "",
    rel: str = "",
    wide: bool = False,
) -> dict[str, Any]:
    """Show a link that looks like a button; arguments as `button`, and where it leads."""
    return {
        "label": label,
        "href": href,
        "kind": kind,
        "icon": icon,
        "hidden": hidden,
        "rel": rel,
        "wide": wide,
    }


@register.inclusion_tag("ui/_chip.html")
def chip(label: str, name: str, value: str) -> dict[str, str]:
    """Show a filter that is on, as a button that takes it off by sending `name=value`."""
    return {"label": label, "name": name, "value": value}


# Boxes.


@register.simple_block_tag
def panel(content: str, *, heading: str = "", level: int = 2, name: str = "") -> SafeString:
    """Wrap a part of a page in a card with a heading; `name` is the id of the heading."""
    context = {"content": content, "heading": heading, "level": level, "name": name}
    return render_to_string("ui/_panel.html", context)


@register.simple_block_tag
def note(content: str, *, kind: str = "plain", heading: str = "") -> SafeString:
    """Wrap a remark: `plain`, `good`, `caution` or `error`."""
    context = {"content": content, "kind": kind, "heading": heading}
    return render_to_string("ui/_note.html", context)


@register.inclusion_tag("ui/_empty.html")
def empty(heading: str, *, href: str = "", label: str = "") -> dict[str, str]:
    """Say that a list has nothing yet, and how to make the first."""
    return {"heading": heading, "href": href, "label": label}


@register.filter
def unbroken(text: str) -> str:
    """Keep the halves of the day in one piece: `5:00 p. m.` never ends a line after `p.`."""
    return HALF_OF_DAY.sub("\u00a0\\1\\2\u00a0m.", text)


# What is known about a place.


@register.simple_tag
def tag(label: str, *, hit: bool = False, kind: str = "") -> SafeString:
    """Show a word in a small square, not to be clicked; `hit` is what was searched for."""
    kind = "hit" if hit else kind
    return drawn("ui/_tag.html", label=label, kind=kind)


@register.simple_tag
def state(state: str, label: str, until: str = "") -> SafeString:
    """Show `open`, `closed` or `unknown` in icon and words, and until when."""
    return drawn("ui/_state.html", state=str(state), label=label, until=until)


@register.simple_tag
def fact(label: str, *, known: bool = True, good: bool = True) -> SafeString:
    """Show one fact as an item of a list; a barrier and what is not known have their own look."""
    return drawn("ui/_fact.html", label=label, known=known, good=good)


@register.simple_tag
def freshness(days: int | None, *, by: str = "") -> SafeString:
    """Say who checked a listing and how long ago; after 90 days, to call first.

    Args:
        days: since somebody confirmed it; None when nobody has.
        by: who, with its article: "the program", "el programa"; '' when not known.
    """
    stale = days is None or days > STALE_AFTER_DAYS
    words = _freshness_words(days, by, stale=stale)
    return drawn("ui/_freshness.html", words=words, stale=stale)


def _freshness_words(days: int | None, by: str, *, stale: bool) -> str:
    if days is None:
        return _("Nobody has checked this yet. Call before you go.")
    values = {"by": by, "ago": wording.ago_words(days, language=_language())}
    if stale:
        return _("Last checked %(ago)s. Call before you go.") % values
    return (_("Checked by %(by)s %(ago)s") if by else _("Checked %(ago)s")) % values


# Words.


@register.simple_tag
def quantity(number: float) -> str:
    """Return a number as a person reads it: 1,000 in both languages."""
    return wording.number_words(number)


@register.simple_tag
def day(value: date, form: str = "long") -> str:
    """Return a date in words: `long`, `full` (with the year) or `short` (Nov 20, 2026).

    Of an instant in UTC it is the date where the network is.
    """
    if isinstance(value, datetime) and value.tzinfo is UTC:
        value = localtime(value)
    return wording.day_words(value, language=_language(), form=form)


@register.simple_tag
def clock(value: datetime) -> str:
    """Return the time of day at the value's own wall clock."""
    return wording.clock_words(value, language=_language())


@register.simple_tag
def ago(days: int) -> str:
    """Return an age in days to 30, then months, then years."""
    return wording.ago_words(days, language=_language())


@register.simple_tag
def distance(distance_m: float) -> str:
    """Return a distance in miles."""
    return wording.distance_words(distance_m, language=_language())


@register.simple_tag
def direction(bearing: float) -> str:
    """Return one of eight directions for degrees from north."""
    return wording.direction_words(bearing, language=_language())


# The frame of a page.


@register.inclusion_tag("ui/_language_switch.html", takes_context=True)
def language_switch(context: template.Context) -> dict[str, str]:
    """Link to the same page in the other language, named in that language."""
    code, name = ("en", "English") if _language().startswith("es") else ("es", "Español")
    path = context["request"].path if "request" in context else "/"
    return {"code": code, "name": name, "href": translate_url(path, code)}


@register.simple_tag(takes_context=True)
def found_by(context: template.Context, description: str) -> SafeString:
    """Tell search engines what a page is about, and where it stands in each language."""
    ask, path = context["request"].build_absolute_uri, context["request"].path
    twins = [(code, ask(translate_url(path, code))) for code, _name in settings.LANGUAGES]
    return format_html(
        '<meta name="description" content="{}"><link rel="canonical" href="{}">{}',
        description,
        ask(path),
        format_html_join("", '<link rel="alternate" hreflang="{}" href="{}">', twins),
    )


@register.simple_tag
def leave() -> SafeString:
    """Show the quick exit: an ordinary link that a script makes faster."""
    return drawn("ui/_leave.html", href=settings.LEAVE_URL)


@register.simple_tag
def network_phone() -> str:
    """Return the number where a person answers, or ''."""
    return str(settings.NETWORK_PHONE)


@register.simple_block_tag
def rail(content: str, *, here: str = "") -> SafeString:
    """Wrap the desk's menu: a column on a wide screen, one folded line on a phone."""
    if not content.strip():
        return SafeString()
    return render_to_string("ui/_rail.html", {"content": content, "here": here})


@register.inclusion_tag("ui/_rail_link.html", takes_context=True)
def rail_link(
    context: template.Context,
    label: str,
    href: str,
    *,
    icon: str = "list",
    waiting: int = 0,
    here: bool = False,
) -> dict[str, Any]:
    """Show one item of the desk's menu.

    Args:
        context: of the page.
        label: the section's name.
        href: where it leads; this very page is marked as the current one.
        icon: name of an icon.
        waiting: how many things there need the person.
        here: the page belongs to this section though its address differs.
    """
    path = context["request"].path if "request" in context else ""
    words = ngettext("%(count)s needs you", "%(count)s need you", waiting) % {"count": waiting}
    return {
        "label": label,
        "href": href,
        "icon": icon,
        "waiting": waiting,
        "waiting_words": words,
        "is_here": here or path == href,
    }


# Forms.


@register.inclusion_tag("ui/_field.html")
def field(
    bound: BoundField,
    *,
    size: str = "full",
    row: str = "",
    row_kind: str = "main",
    optional: bool = True,
    fold: str = "",
) -> dict[str, Any]:
    """Show a field: label, hint, error, then the input.

    Args:
        bound: a field of a form.
        size: `full`, `short` or `tiny`: the width tells the length of the answer.
        row: label of a button beside the input, or ''.
        row_kind: `main` or `second`, as `button`.
        optional: whether to say that an answer is optional where it is.
        fold: words on the summary under which many choices are folded up, such as “Choose
            counties”; what is chosen stands above it.
    """
    parts = field_parts(bound, size=size, row=row, fold=fold)
    return {**parts, "row_kind": row_kind, "optional": parts["optional"] and optional}


@register.inclusion_tag("ui/_error_summary.html")
def error_summary(form: BaseForm, *, focus: bool = True) -> dict[str, Any]:
    """List what is wrong, above the heading, with links and the same words as at the fields.

    Args:
        form: sent or not; nothing is shown for one that was not sent or has no errors.
        focus: bring the reader here when the page opens; False only in the gallery.
    """
    return {
        "problems": problems_of(form) if form.is_bound else [],
        "heading_id": f"{form.prefix}-errors" if form.prefix else "errors",
        "focus": focus,
    }
