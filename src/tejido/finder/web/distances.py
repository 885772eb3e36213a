"""How far, and which way."""

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from tejido.ui.domain.wording import METRES_PER_MILE, direction_words, distance_words


def away(distance_m: float, bearing: float | None, *, about: bool) -> str:
    """Return distance and direction, such as `0.4 miles north`.

    Args:
        distance_m: metres, 0 or more.
        bearing: degrees from north, or None.
        about: one of the two points is approximate: whole miles, and no direction under one.
    """
    language = get_language() or "en"
    miles = _about(distance_m) if about else distance_words(distance_m, language=language)
    if bearing is None or (about and distance_m < METRES_PER_MILE):
        return miles
    return f"{miles} {direction_words(bearing, language=language)}"


def _about(distance_m: float) -> str:
    if distance_m < METRES_PER_MILE:
        return _("less than 1 mile")
    miles = round(distance_m / METRES_PER_MILE)
    return ngettext("about %(miles)d mile", "about %(miles)d miles", miles) % {"miles": miles}
