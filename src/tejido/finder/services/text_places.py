"""What a text message says about places: those it names, and those that nobody can read."""

from django.utils import translation
from django.utils.translation import gettext as _

from tejido.finder.domain.answer import Where
from tejido.finder.domain.place_attempts import attempted_in
from tejido.finder.domain.talk import Talk
from tejido.finder.queries.need_words import names_one_of, needs_of, unread_of, untold
from tejido.finder.queries.places import OUTSIDE, find_place, where_at
from tejido.finder.services import text_words as say
from tejido.geography.domain.places import Ambiguous, Found, Place, PlaceKind, Resolution, Unknown

# More letters than any town of California has.
_LONGEST_NAME = 40


def as_place(words: str, *, has_place: bool) -> tuple[str, Resolution | None]:
    """Return words that name no need as the place that they may be, where one is missing."""
    resolution = find_place(words)
    if isinstance(resolution, Unknown) and (has_place or not resolution.near_names):
        return words, resolution if resolution.code != "place-unknown" else None
    return "", resolution


def attempted_place(words: str) -> tuple[str, Resolution | None]:
    """Return the words without what looks like a place beside the need, and that place or None."""
    unread = unread_of(words)
    attempt = attempted_in(words, unread.tokens, unwritten=unread.unwritten)
    if not attempt:
        return words, None
    return words, find_place(attempt)


def place_words(resolution: Ambiguous | Unknown, hidden: frozenset[str]) -> str:
    """Return what to ask where a place is one of several, or none that we know."""
    if isinstance(resolution, Ambiguous):
        return str(say.SEVERAL_PLACES)
    if resolution.code == OUTSIDE:
        return str(say.OUTSIDE)
    names = ", ".join(name for name in resolution.near_names if not _is_telling(name, hidden))
    said = _unknown_words(resolution.text, hidden)
    return say.joined(said, _("Or is it: %(names)s?") % {"names": names}) if names else said


def _unknown_words(text: str, hidden: frozenset[str]) -> str:
    """Return that a place is not known, by its name where that tells nothing."""
    is_sayable = 0 < len(text) <= _LONGEST_NAME and not names_one_of(hidden, text)
    if not is_sayable or needs_of(text):
        return str(say.UNKNOWN_PLACE)
    return _("We do not know “%(text)s”. Text a ZIP code or a city, like: 94601") % {"text": text}


def where_told(place: Place, rest: str, talk: Talk) -> Where:
    """Return where to look from, by a name that does not tell what is looked for."""
    hidden = untold(needs_of(rest) or talk.needs)
    return where_at(place, label=_label(place, hidden))


def _is_telling(name: str, hidden: frozenset[str]) -> bool:
    found = find_place(name)
    return isinstance(found, Found) and _tells(found.place, hidden)


def _tells(place: Place, hidden: frozenset[str]) -> bool:
    """Return whether a place is a landmark whose name tells what was looked for."""
    return place.kind is PlaceKind.LANDMARK and names_one_of(hidden, place.name)


def _label(place: Place, hidden: frozenset[str]) -> str:
    if _tells(place, hidden):
        return place.town
    if place.kind is PlaceKind.COUNTY:
        return _("%(name)s County") % {"name": place.name.removesuffix(" County")}
    return place.spanish if place.spanish and translation.get_language() == "es" else place.name
