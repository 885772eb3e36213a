"""The card of a place: its template, filled with what the list says of the place."""

from django import template
from django.utils.safestring import SafeString

from tejido.directory.domain.vocabulary import Mode
from tejido.finder.web.cards import Card
from tejido.ui.repeated import drawn, filled
from tejido.ui.templatetags.ui import state

register = template.Library()


@register.simple_tag
def place_card(card: Card) -> SafeString:
    """Show one place of a list."""
    shape = {"mode": card.mode.value, "more_tags": card.more_tags}
    return filled("finder/_card.html", _words(card), **shape)


@register.simple_tag
def why_line(card: Card) -> SafeString:
    """Say of one place why it stands where it does."""
    words = {
        "number": str(card.number),
        "name": card.name.text,
        "name_language": card.name.language if card.name.other else "",
        "away": card.away,
        "open": card.state.label if card.state.state == "open" else "",
        "lower": card.lower,
    }
    return filled("finder/_why_line.html", words)


def _words(card: Card) -> dict[str, str]:
    name, phone = card.name, card.phone
    return {
        "number": str(card.number),
        "href": card.href,
        "name": name.text,
        "name_language": name.language if name.other else "",
        "organization": card.organization if card.organization != name.text else "",
        "state": _state(card),
        "away": card.away,
        "address": card.address,
        "tags": drawn("finder/_tags.html", tags=card.tags),
        "facts": drawn("finder/_facts.html", facts=card.facts),
        "only_mentions": card.only_mentions,
        "instead": card.instead,
        "phone": phone.shown if phone else "",
        "dial": phone.dial if phone else "",
        "geo": card.geo,
        "checked": drawn("finder/_checked.html", checked=card.checked),
    }


def _state(card: Card) -> str:
    if card.mode is Mode.MAIL and card.state.state == "unknown":
        return ""
    return state(card.state.state, card.state.label, card.state.until)
