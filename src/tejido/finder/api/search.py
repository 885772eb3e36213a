"""`/api/finder/v1/search`: the finder for other people's pages and programs."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from ninja import Query, Router
from ninja.decorators import decorate_view

from tejido.finder.api.asking import Asking, asking_from, refuse_unknown
from tejido.finder.api.shapes import (
    PlaceOut,
    ResultOut,
    SearchIn,
    SearchOut,
    SearchRefusalOut,
    UnderstoodOut,
)
from tejido.finder.api.urgent import refusal_of, urgent_numbers
from tejido.finder.domain.answer import Answer, Hit, Where
from tejido.finder.domain.near import NEAR_M
from tejido.finder.queries.search import count_near, find_services
from tejido.finder.queries.state import snapshot_state
from tejido.finder.services.unmet import count_unmet
from tejido.foundation.rate import Rate, address_of

router = Router(tags=["finder"])
rate = Rate()
Run = Callable[..., HttpResponse]


def open_to_all(run: Run) -> Run:
    """Let every page of the web ask, nobody too often, and no browser keep the answer."""

    @wraps(run)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with translation.override(_language(request)):
            allowed = rate.allows(address_of(request))
            response = run(request, *args, **kwargs) if allowed else _too_often(request)
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Cache-Control"] = "no-store"
        return response

    return answer


@router.get(
    "/search",
    response={
        200: SearchOut,
        422: SearchRefusalOut,
        429: SearchRefusalOut,
        503: SearchRefusalOut,
    },
    summary="Find places and services",
    operation_id="search",
)
@decorate_view(open_to_all)
def search(request: HttpRequest, given: Query[SearchIn]) -> SearchOut:
    """Return the best places for words or a need, near a place, at a time.

    Neither the question nor the address that asks is stored or logged. A need that nothing near
    can meet is counted, by county and day alone.
    """
    refuse_unknown(request.GET)
    now = timezone.now()
    asking = asking_from(given, now=now)
    answer = find_services(asking.question)
    near = count_near(asking.question, within_m=NEAR_M) if asking.question.where else None
    count_unmet(asking.question, answer, near=near or 0, today=timezone.localdate(now))
    urgent = urgent_numbers(given.q, given.near, (given.need, *answer.needs))
    return _out(asking, answer, near=near, urgent=urgent)


def _out(asking: Asking, answer: Answer, *, near: int | None, urgent: list[str]) -> SearchOut:
    question, state = asking.question, snapshot_state()
    return SearchOut(
        results=[_result(hit, question.language) for hit in answer.hits],
        total=answer.total,
        near=near,
        urgent=urgent,
        understood=UnderstoodOut(
            words=question.words,
            needs=list(answer.needs),
            corrected=dict(answer.corrected),
            place=_place(question.where),
            place_unclear=asking.place_unclear,
        ),
        built_at=answer.built_at,
        is_invented=bool(state and state.is_invented),
    )


def _result(hit: Hit, language: str) -> ResultOut:
    listing = hit.listing
    names = {text.language: text.name for text in listing.texts if text.name}
    name = names.get(language) or next(iter(names.values()), listing.organization)
    return ResultOut(
        id=str(listing.id),
        name=name,
        distance_m=None if hit.distance_m is None else round(hit.distance_m),
        open=hit.hours.state.value,
        closes_at=hit.hours.closes_at,
        opens_at=hit.hours.opens_at,
        confirmed_on=listing.confirmed_on,
        why=[*hit.why, *(f"lower:{each}" for each in hit.lower)],
    )


def _place(where: Where | None) -> PlaceOut | None:
    if where is None:
        return None
    return PlaceOut(
        label=where.label,
        latitude=where.latitude,
        longitude=where.longitude,
        approximate=where.approximate,
    )


def _language(request: HttpRequest) -> str:
    return "es" if request.GET.get("language") == "es" else "en"


def _too_often(request: HttpRequest) -> HttpResponse:
    sentence = _("That was more than 60 questions in a minute. Wait a minute and ask again.")
    response = JsonResponse(refusal_of(request, "", sentence), status=HTTPStatus.TOO_MANY_REQUESTS)
    response.headers["Retry-After"] = "60"
    return response
