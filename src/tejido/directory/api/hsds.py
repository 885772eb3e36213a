"""`/api/hsds/v3/`: the directory for every other system, as HSDS 3.1 wants it, read-only."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from ninja import Router, Schema

from tejido.directory.api.answers import (
    METHODS,
    READING,
    list_response,
    may_ask,
    open_to_all,
    record_response,
    refusal,
    unless_same,
)
from tejido.directory.api.asking import Asking, asking_from, given_in
from tejido.directory.api.described import RefusalOut, answers_with, asks_for, lists
from tejido.directory.api.parameters import (
    ListIn,
    NothingIn,
    OrganizationIn,
    OrganizationsIn,
    ServicesIn,
    TaxonomiesIn,
    TermsIn,
)
from tejido.directory.api.profile import (
    about,
    described_api,
    patch_file,
    schema_file,
    schema_index,
)
from tejido.directory.domain.feed_question import Kind, Shape
from tejido.directory.queries.feed import page_of, record_of
from tejido.directory.queries.feed_files import Feed, current_feed

router = Router(tags=["hsds"])
# Past every end.
_BEYOND = 10**12
_REFUSALS: dict[int, Any] = {422: RefusalOut, 429: RefusalOut, 503: RefusalOut}
_OF_GET: dict[int, Any] = {200: None, 304: None, **_REFUSALS}
_OF_POST: dict[int, Any] = {200: None, 400: RefusalOut, 413: RefusalOut, 415: RefusalOut}
_OF_ONE: dict[int, Any] = {200: None, 304: None, 404: RefusalOut, **_REFUSALS}
View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Offered:
    """One kind of record that the API has.

    Attributes:
        kind: of records.
        path: of its list.
        title: what is listed, for a reader.
        lists, one: ids of its operations.
        model: the parameters of its list.
        one_model: the parameters of one record.
    """

    kind: Kind
    path: str
    title: str
    lists: str
    one: str
    model: type[ListIn]
    one_model: type[Schema] = NothingIn


OFFERED = (
    Offered(
        Kind.SERVICE,
        "services",
        "services",
        "ListOfServices",
        "getFullyNestedServiceById",
        ServicesIn,
    ),
    Offered(
        Kind.PLACE,
        "service_at_locations",
        "services at locations",
        "ListOfServiceAtLocation",
        "getServiceAtLocationWithNestedDataById",
        ServicesIn,
    ),
    Offered(
        Kind.ORGANIZATION,
        "organizations",
        "organizations",
        "ListOfOrganizations",
        "getOrganizationById",
        OrganizationsIn,
        OrganizationIn,
    ),
    Offered(
        Kind.TAXONOMY,
        "taxonomies",
        "taxonomies",
        "ListOfTaxonomies",
        "getTaxonomyById",
        TaxonomiesIn,
    ),
    Offered(
        Kind.TERM,
        "taxonomy_terms",
        "taxonomy terms",
        "ListOfTaxonomyTerms",
        "getTaxonomyTermById",
        TermsIn,
    ),
)


@router.get(
    "/",
    url_name="hsds-root",
    operation_id="getAPIMetaInformation",
    response=_OF_GET,
    summary="HSDS: what this is",
)
@open_to_all
def show_root(request: HttpRequest) -> HttpResponseBase:
    """Return the version of HSDS, our profile, and who publishes."""
    return _said(request, lambda: about(request))


@router.get(
    "/schema",
    operation_id="getProfile",
    response=_OF_GET,
    summary="HSDS: our profile and its schemas",
)
@open_to_all
def show_schemas(request: HttpRequest) -> HttpResponseBase:
    """Return where the merge patches of our profile are, and HSDS with them merged."""
    return _said(request, lambda: schema_index(request))


@router.get(
    "/schema/openapi.json",
    operation_id="getHSDSDescription",
    response=_OF_GET,
    summary="HSDS: this API alone, as an OpenAPI description",
)
@open_to_all
def show_description(request: HttpRequest) -> HttpResponseBase:
    """Return the OpenAPI description with the paths as HSDS names them."""
    return _said(request, lambda: described_api(request))


@router.get(
    "/schema/{name}.json",
    operation_id="getMergedSchema",
    response=_OF_ONE,
    summary="HSDS: the schema of an object, our profile merged",
)
@open_to_all
def show_schema(request: HttpRequest, name: str) -> HttpResponseBase:
    """Return a JSON Schema."""
    return _file(request, schema_file(name))


@router.get(
    "/schema/profile/{name}.json",
    operation_id="getProfilePatch",
    response=_OF_ONE,
    summary="HSDS: what our profile adds to an object",
)
@open_to_all
def show_patch(request: HttpRequest, name: str) -> HttpResponseBase:
    """Return a merge patch (RFC 7386)."""
    return _file(request, patch_file(name))


def _offer(offered: Offered) -> None:
    """Add the list of a kind, by GET and by POST, and one record of it."""
    path, title = f"/{offered.path}", offered.title
    show_list, show_one = _list_view(offered), _one_view(offered)
    router.get(
        path,
        operation_id=f"getPaginated{offered.lists}",
        response=_OF_GET,
        summary=f"HSDS: {title}",
        openapi_extra=lists(offered.kind, offered.model),
    )(show_list)
    router.post(
        path,
        operation_id=f"postPaginated{offered.lists}",
        response=_OF_POST | _REFUSALS,
        summary=f"HSDS: {title}, asked in the body",
        description="The same, with the parameters as JSON or as a form, so that nothing of "
        "what is asked stands in an address.",
        openapi_extra=asks_for(offered.kind, offered.model),
    )(show_list)
    router.get(
        f"{path}/{{id}}",
        operation_id=offered.one,
        response=_OF_ONE,
        summary=f"HSDS: one of the {title}",
        openapi_extra=answers_with(offered.kind, offered.one_model),
    )(show_one)
    _also_head({path: show_list}, METHODS)
    _also_head({f"{path}/{{id}}": show_one}, READING)


def _also_head(views: Mapping[str, View], methods: str) -> None:
    """Answer HEAD as GET, and OPTIONS with the methods that there are.

    Both undescribed: a second operation would need an id of its own.
    """
    for path, view in views.items():
        router.api_operation(["HEAD"], path, include_in_schema=False)(view)
        allow = _allow_view(view, methods)
        router.api_operation(["OPTIONS"], path, include_in_schema=False)(allow)


def _list_view(offered: Offered) -> View:
    @open_to_all
    def show_list(request: HttpRequest) -> HttpResponseBase:
        """Return a page of what fits, or all of it line by line.

        What is sent holds together (AND). A page beyond the end is empty.
        """
        feed = current_feed()
        asking = asking_from(given_in(request, offered.model), feed)
        answer: HttpResponseBase = unless_same(
            request, feed, lambda: _listed(feed, offered.kind, asking)
        )
        return answer

    return show_list


def _one_view(offered: Offered) -> View:
    @open_to_all
    def show_one(request: HttpRequest, id: str) -> HttpResponseBase:  # noqa: A002 - HSDS's name
        """Return one record, whole."""
        feed = current_feed()
        given = given_in(request, offered.one_model)
        is_long = bool(getattr(given, "full_service", False))
        shape = Shape.WITH_SERVICES if is_long else Shape.FULL
        pieces = record_of(feed, offered.kind, id.lower(), shape)
        if pieces is None:
            return _missing()
        answer: HttpResponseBase = unless_same(
            request, feed, lambda: record_response(pieces, is_long=is_long)
        )
        return answer

    return show_one


def _listed(feed: Feed, kind: Kind, asking: Asking) -> HttpResponseBase:
    form: dict[str, Any] = {"shape": asking.shape, "between": b"\n"}
    if not asking.is_stream:
        skip = (asking.page - 1) * (asking.per_page or _BEYOND)
        form |= {"between": b",", "skip": skip, "most": asking.per_page}
    return list_response(asking, page_of(feed, kind, asking.question, **form))


def _said(request: HttpRequest, make: Callable[[], dict[str, Any]]) -> HttpResponseBase:
    given_in(request, NothingIn)
    answer: HttpResponseBase = unless_same(request, current_feed(), lambda: JsonResponse(make()))
    return answer


def _file(request: HttpRequest, said: dict[str, Any] | None) -> HttpResponseBase:
    return _missing() if said is None else _said(request, lambda: said)


def _missing() -> HttpResponseBase:
    sentence = _("There is nothing with this id, or it is not listed any more.")
    return refusal("id", sentence, HTTPStatus.NOT_FOUND)


def _allow_view(view: View, methods: str) -> View:
    # The path is read with the parameters of the view beside it.
    @wraps(view)
    def allow(request: HttpRequest, **_path: str) -> HttpResponse:
        return may_ask(request, methods)

    return allow


for _each in OFFERED:
    _offer(_each)
_also_head(
    {
        "/": show_root,
        "/schema": show_schemas,
        "/schema/openapi.json": show_description,
        "/schema/{name}.json": show_schema,
        "/schema/profile/{name}.json": show_patch,
    },
    READING,
)
