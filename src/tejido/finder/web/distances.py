"""How far, which way, and the groups from near to far."""

from enum import Enum

from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from tejido.finder.domain.near import NEAR_MILES
from tejido.ui.domain.wording import METRES_PER_MILE, direction_words, distance_words


class Band(Enum):
    """Groups of results, from near to far; the value is the far end in miles, None unknown."""

    CLOSE = 1
    SHORT = 5
    RIDE = NEAR_MILES
    FAR = float("inf")
    NO_DISTANCE = None


# Worked out once, because a list asks for it often.
_ENDS = tuple((band, band.value * METRES_PER_MILE) for band in Band if band.value is not None)


def band_of(distance_m: float | None) -> Band:
    """Return the group that a distance in metres belongs to; None has a group of its own."""
    if distance_m is None:
        return Band.NO_DISTANCE
    return next(band for band, end_m in _ENDS if distance_m <= end_m)


_LABELS = {
    Band.CLOSE: gettext_lazy("Less than 1 mile"),
    Band.SHORT: gettext_lazy("1 to 5 miles"),
    Band.RIDE: gettext_lazy("5 to 25 miles"),
    Band.FAR: gettext_lazy("More than 25 miles"),
    Band.NO_DISTANCE: gettext_lazy("By mail, by phone, or distance not known"),
}


def band_label(band: Band) -> str:
    """Return the heading of a group."""
    return str(_LABELS[band])


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
