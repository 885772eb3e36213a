"""From the parameters of a request to a question, or to a sentence that says what is wrong."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, TypeVar

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import ValidationError

from tejido.directory.api.parameters import SENTENCES, ListIn, ServicesIn
from tejido.directory.domain.feed_question import (
    Around,
    FeedQuestion,
    Shape,
    Sort,
    microseconds_of,
)
from tejido.directory.domain.feed_spots import asked_words
from tejido.directory.domain.words import tokens_of
from tejido.directory.queries.feed import need_terms, zip_point
from tejido.directory.queries.feed_files import Feed
from tejido.foundation.errors import Refused

LONGEST_BODY = 16_384
_FORM = "application/x-www-form-urlencoded"
Given = TypeVar("Given", bound=Schema)


class WrongParameter(Refused):
    """A parameter cannot be used as it is; `code` is its name, or ''."""

    def __init__(
        self, name: str, sentence: object, *, status: int = HTTPStatus.UNPROCESSABLE_ENTITY
    ) -> None:
        """Keep with which status to answer."""
        super().__init__(name, sentence)
        self.status = status


@dataclass(frozen=True, slots=True)
class Asking:
    """A question, and how its answer should look.

    Attributes:
        per_page: None for everything on one page.
    """

    question: FeedQuestion
    shape: Shape
    page: int
    per_page: int | None
    is_stream: bool


def given_in(request: HttpRequest, model: type[Given]) -> Given:
    """Return the parameters of a request: of its address, and where it is a POST of its body.

    Raises:
        WrongParameter: one is unknown, stands twice, or has a wrong value; or the body is no
            object of parameters.
    """
    said = _once(request.GET)
    for name, value in (_body(request) if request.method == "POST" else {}).items():
        if name in said:
            raise WrongParameter(name, _("%(name)s was sent twice.") % {"name": name[:64]})
        said[name] = value
    _refuse_unknown(said, model)
    try:
        return model.model_validate(said)
    except ValidationError as error:
        name = str(error.errors()[0]["loc"][0])
        raise WrongParameter(name, _sentence(name, model)) from error


def asking_from(given: ListIn, feed: Feed) -> Asking:
    """Return the question that the parameters ask.

    Raises:
        WrongParameter: parameters do not fit each other, or name what there is not.
    """
    if given.search.strip() and not tokens_of(given.search):
        raise WrongParameter("search", _sentence("search", type(given)))
    if given.minimal and _is_full(given):
        raise WrongParameter("minimal", _("minimal and full cannot both be true."))
    everything = given.minimal and "per_page" not in given.model_fields_set
    return Asking(
        question=_question(given, feed),
        shape=_shape(given),
        page=given.page,
        per_page=None if everything else given.per_page,
        is_stream=given.format == "ndjson",
    )


def _question(given: ListIn, feed: Feed) -> FeedQuestion:
    changed = given.modified_after
    common: dict[str, Any] = {
        "words": tuple(asked_words(given.search)),
        "modified_from": microseconds_of(changed) if changed else None,
        "sort": Sort(given.sort or ""),
        "term": _id(given, "taxonomy_term_id"),
        "taxonomy": _id(given, "taxonomy_id"),
        "organization": _id(given, "organization_id"),
        "parent": _id(given, "parent_id"),
        "top_only": getattr(given, "top_only", False),
    }
    if isinstance(given, ServicesIn):
        common |= _of_services(given, feed)
    return FeedQuestion(**common)


def _of_services(given: ServicesIn, feed: Feed) -> dict[str, Any]:
    around, county = _where(given, feed)
    if given.sort == "distance" and around is None:
        raise WrongParameter("sort", _("sort=distance needs lat and lon, or postcode."))
    if given.open_at and given.open_at not in feed.horizon:
        ends = {"from": feed.horizon.begins.isoformat(), "until": feed.horizon.ends.isoformat()}
        sentence = _("open_at must lie from %(from)s to before %(until)s: so far hours are known.")
        raise WrongParameter("open_at", sentence % ends)
    needs = None if given.concept is None else need_terms(feed, given.concept)
    if given.concept is not None and needs is None:
        raise WrongParameter("concept", _sentence("concept", ServicesIn))
    return {
        "around": around,
        "county": county,
        "open_at": given.open_at,
        "language": (given.language or "").lower(),
        "needs": needs,
    }


def _where(given: ServicesIn, feed: Feed) -> tuple[Around | None, str]:
    """Return the circle that was asked for, and the county of the ZIP code."""
    around = _point(given)
    if given.proximity is not None and given.postcode is None:
        raise WrongParameter("proximity", _("proximity needs postcode."))
    if given.proximity is not None and around is not None:
        raise WrongParameter("proximity", _("Send proximity, or lat and lon; not both."))
    if given.postcode is None:
        return around, ""
    point = zip_point(feed, given.postcode[:5])
    if point is None:
        sentence = _("postcode: there is no ZIP code %(code)s in California.")
        raise WrongParameter("postcode", sentence % {"code": given.postcode[:5]})
    middle = Around(point.latitude, point.longitude, given.proximity)
    return around or middle, point.county


def _point(given: ServicesIn) -> Around | None:
    if (given.lat is None) != (given.lon is None):
        missing = "lat" if given.lat is None else "lon"
        raise WrongParameter(missing, _("lat and lon must be sent together."))
    if given.lat is None or given.lon is None:
        if given.radius_m is not None:
            raise WrongParameter("radius_m", _("radius_m needs lat and lon."))
        return None
    if given.radius_m is None and given.sort != "distance":
        sentence = _("lat and lon need radius_m or sort=distance: alone they change nothing.")
        raise WrongParameter("radius_m", sentence)
    return Around(given.lat, given.lon, given.radius_m)


def _id(given: ListIn, name: str) -> str:
    key = getattr(given, name, None)
    return str(key) if key else ""


def _is_full(given: ListIn) -> bool:
    return bool(getattr(given, "full", False) or getattr(given, "full_service", False))


def _shape(given: ListIn) -> Shape:
    if given.minimal:
        return Shape.MINIMAL
    if getattr(given, "full_service", False):
        return Shape.WITH_SERVICES
    return Shape.FULL if _is_full(given) else Shape.PLAIN


def _body(request: HttpRequest) -> Mapping[str, Any]:
    if request.content_type in ("", _FORM) or not request.body:
        return _once(QueryDict(_sent(request), encoding="utf-8"))
    if request.content_type != "application/json":
        sentence = _("Send the parameters as JSON, or as a form (%(form)s).") % {"form": _FORM}
        raise WrongParameter("", sentence, status=HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    try:
        said = json.loads(_sent(request))
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        sentence = _("The body must be a JSON object of parameters.")
        raise WrongParameter("", sentence, status=HTTPStatus.BAD_REQUEST)
    return said


def _sent(request: HttpRequest) -> bytes:
    if len(request.body) > LONGEST_BODY:
        sentence = _("The body is too long.")
        raise WrongParameter("", sentence, status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return request.body


def _once(said: QueryDict) -> dict[str, Any]:
    for name, values in said.lists():
        if len(values) > 1:
            raise WrongParameter(name[:64], _("%(name)s was sent twice.") % {"name": name[:64]})
    return said.dict()


def _refuse_unknown(said: Mapping[str, Any], model: type[Schema]) -> None:
    """Refuse what there is no parameter for; who has nothing to say leaves a parameter out."""
    for name, value in said.items():
        if value is None and name in model.model_fields:
            raise WrongParameter(name, _sentence(name, model))
        if name not in model.model_fields:
            sentence = _("There is no parameter %(name)s. There are: %(names)s.")
            known = ", ".join(model.model_fields) or "-"
            raise WrongParameter(name[:64], sentence % {"name": name[:64], "names": known})


def _sentence(name: str, model: type[Schema]) -> str:
    said = str(SENTENCES.get(name, "")) % {"words": ", ".join(getattr(model, "orders", ()))}
    return f"{name} {said}"
