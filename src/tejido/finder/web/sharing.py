"""A link to a list that a person shares on purpose: place and needs, never a position."""

from urllib.parse import urlencode

from django.urls import reverse

from tejido.finder.web.asked import Asked

_LEFT_OUT = ("lat", "lon", "show")


def link_to(asked: Asked) -> str:
    """Return the address of the same search by GET, or '' where it rests on a phone's position."""
    if asked.position:
        return ""
    return f"{reverse('finder:find')}?{urlencode(asked.hidden(but=_LEFT_OUT))}"
