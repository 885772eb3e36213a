"""From the parameters of a search to a question, or to a sentence that says what is wrong."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tejido.directory.domain.words import tokens_of
from tejido.finder.api.shapes import SearchIn
from tejido.finder.domain.answer import Question, Where
from tejido.finder.queries.places import OUTSIDE, find_place, split_place, where_at
from tejido.finder.queries.search import need_labels
from tejido.foundation.errors import Refused
from tejido.geography.domain.places import Ambiguous, Found, Resolution

SENTENCES: dict[str, str | Promise] = {
    "q": gettext_lazy("q must be at most 200 characters."),
    "need": gettext_lazy("need must be the id of a need, such as naloxone."),
    "near": gettext_lazy("near must be a ZIP code, town or county, at most 200 characters."),
    "lat": gettext_lazy("lat must be a number from -90 to 90."),
    "lon": gettext_lazy("lon must be a number from -180 to 180."),
    "at": gettext_lazy(
        "at must be a date and time with its zone, such as 2026-11-20T18:00:00Z. "
        "Write a plus sign as %2B."
    ),
    "language": gettext_lazy("language must be en or es."),
    "limit": gettext_lazy("limit must be a whole number from 1 to 50."),
}


class WrongParameter(Refused):
    """A parameter cannot be used as it is; `code` is its name."""


@dataclass(frozen=True, slots=True)
class Asking:
    """The question, the words left beside the place, and a place that could not be told."""

    question: Question
    place_unclear: str = ""


def asking_from(given: SearchIn, *, now: datetime) -> Asking:
    """Return the question that the parameters ask.

    Raises:
        WrongParameter: `need` or `near` is unknown, `q` says nothing, or only one of `lat` and
            `lon` was sent.
        SnapshotMissing: there is nothing to look places up in.
    """
    if given.q.strip() and not tokens_of(given.q):
        raise WrongParameter("q", _("q has no word in it. Write letters or digits."))
    if given.need and given.need not in need_labels("en"):
        raise WrongParameter("need", SENTENCES["need"])
    words, where, unclear = given.q, _given_place(given), ""
    if where is None:
        words, resolution = split_place(given.q)
        where, unclear = _from_words(resolution)
    question = Question(
        at=given.at or now,
        words=words,
        need=given.need,
        where=where,
        language=given.language,
        limit=given.limit,
    )
    return Asking(question, unclear)


def refuse_unknown(names: Iterable[str]) -> None:
    """Refuse a parameter that does not exist, so that `lang=es` is not silently English.

    Raises:
        WrongParameter: for the first such name.
    """
    for name in names:
        if name not in SearchIn.model_fields:
            sentence = _("There is no parameter %(name)s. There are: %(names)s.")
            known = ", ".join(SearchIn.model_fields)
            raise WrongParameter(name[:64], sentence % {"name": name[:64], "names": known})


def _given_place(given: SearchIn) -> Where | None:
    if (given.lat is None) != (given.lon is None):
        missing = "lat" if given.lat is None else "lon"
        raise WrongParameter(missing, _("lat and lon must be sent together."))
    if given.lat is not None and given.lon is not None:
        return Where(given.lat, given.lon, label="")
    return _near(given.near) if given.near.strip() else None


def _near(text: str) -> Where:
    resolution = find_place(text)
    if isinstance(resolution, Found):
        return where_at(resolution.place, label=resolution.place.name)
    if isinstance(resolution, Ambiguous):
        sentence = _("near: several places are called %(name)s. Send lat and lon.")
        raise WrongParameter("near", sentence % {"name": text})
    if resolution.code == OUTSIDE:
        sentence = _("near: %(name)s is not in California. This list is for California only.")
        raise WrongParameter("near", sentence % {"name": text})
    names = ", ".join(resolution.near_names)
    sentence = _("near: no place in California is called %(name)s.") % {"name": text}
    if names:
        sentence += " " + _("Is it one of these: %(names)s?") % {"names": names}
    raise WrongParameter("near", sentence)


def _from_words(resolution: Resolution | None) -> tuple[Where | None, str]:
    if resolution is None:
        return None, ""
    if isinstance(resolution, Found):
        return where_at(resolution.place, label=resolution.place.name), ""
    return None, resolution.text
