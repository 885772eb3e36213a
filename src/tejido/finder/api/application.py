"""The API as a whole: its description, and how refusals reach whoever asked."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.openapi.schema import OpenAPISchema

from tejido import __version__
from tejido.directory.api.described import components
from tejido.directory.api.hsds import router as hsds
from tejido.finder.api.asking import SENTENCES, WrongParameter
from tejido.finder.api.search import router
from tejido.finder.api.urgent import refusal_of
from tejido.finder.queries.snapshot import SnapshotMissing


class DescribedAPI(NinjaAPI):
    """An API whose description holds the objects of HSDS, which are described once."""

    def get_openapi_schema(self, **kwargs: Any) -> OpenAPISchema:
        """Return the description with every object that its operations name."""
        description = super().get_openapi_schema(**kwargs)
        description["components"]["schemas"].update(components())
        return description


# ninja's own documentation page loads scripts from elsewhere; ours is `docs.show_docs`.
api = DescribedAPI(
    title="Tejido",
    version=__version__,
    description="Find harm reduction services in California, and the whole directory as HSDS. "
    "Free, without a key.",
    docs_url=None,
    openapi_url="/openapi.json",
    urls_namespace="api",
)
api.add_router("/finder/v1", router)
api.add_router("/hsds/v3", hsds)


@api.exception_handler(ValidationError)
def refuse_values(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Answer a parameter of the wrong kind with its sentence."""
    name = str(error.errors[0]["loc"][-1])
    sentence = str(SENTENCES.get(name, ""))
    return _refusal(request, name, sentence, status=422)


@api.exception_handler(WrongParameter)
def refuse_parameter(request: HttpRequest, error: WrongParameter) -> HttpResponse:
    """Answer a parameter that means nothing here with its sentence."""
    return _refusal(request, error.code, str(error), status=422)


@api.exception_handler(SnapshotMissing)
def say_not_ready(request: HttpRequest, error: SnapshotMissing) -> HttpResponse:
    """Answer that there is no list yet."""
    return _refusal(request, "", str(error), status=503)


def _refusal(request: HttpRequest, name: str, sentence: str, *, status: int) -> HttpResponse:
    body = refusal_of(request, name, sentence)
    return api.create_response(request, body, status=status)
