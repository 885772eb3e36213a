"""`/api/docs`: the API for people who write programs, from its own OpenAPI description."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from tejido.directory.api.described import PREFIX
from tejido.finder.api.application import api

Description = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Field:
    """One parameter or one value of an answer."""

    name: str
    kind: str
    description: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One address of the API."""

    method: str
    path: str
    summary: str
    description: str
    parameters: tuple[Field, ...]
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """One kind of object in answers."""

    name: str
    description: str
    fields: tuple[Field, ...]


@require_safe
def show_docs(request: HttpRequest) -> HttpResponse:
    """Show every operation with its parameters, and the objects that answers are made of."""
    description = api.get_openapi_schema()
    context = {
        "operations": list(_operations(description)),
        "shapes": list(_shapes(description)),
        "about": description["info"]["description"],
    }
    return render(request, "finder/api_docs.html", context)


def _operations(description: Description) -> Iterator[Operation]:
    for path, methods in description["paths"].items():
        for method, operation in methods.items():
            yield Operation(
                method=method.upper(),
                path=path,
                summary=operation["summary"],
                description=operation.get("description", ""),
                parameters=() if method == "post" else _parameters(operation),
                answers=tuple(str(status) for status in operation["responses"]),
            )


def _parameters(operation: Description) -> tuple[Field, ...]:
    """Return what stands in an address; a POST takes what the GET beside it takes."""
    return tuple(
        Field(each["name"], _kind(each["schema"]), _told({**each, **each["schema"]}))
        for each in operation["parameters"]
    )


def _shapes(description: Description) -> Iterator[Shape]:
    for name, shape in description["components"]["schemas"].items():
        if name.startswith(PREFIX):
            # What HSDS describes stands at `/api/hsds/v3/schema`.
            continue
        fields = tuple(_field(*each) for each in shape.get("properties", {}).items())
        yield Shape(name, shape.get("description", ""), fields)


def _field(name: str, schema: Description) -> Field:
    return Field(name, _kind(schema), _told(schema))


def _told(schema: Description) -> SafeString:
    """Return what a value means, `code` between backticks, and what holds where it is left out."""
    told = schema.get("description", "")
    if schema.get("default"):
        told += f" `{schema['default']}` by default."
    parts = enumerate(told.strip().split("`"))
    return format_html_join(
        "",
        "{}",
        ((format_html("<code>{}</code>", part) if at % 2 else part,) for at, part in parts),
    )


def _kind(schema: Description) -> str:
    if "anyOf" in schema:
        return " or ".join(_kind(each) for each in schema["anyOf"])
    if "enum" in schema:
        return " or ".join(f'"{each}"' for each in schema["enum"])
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    if schema.get("type") == "array":
        return f"list of {_kind(schema['items'])}"
    return str(schema.get("format") or schema.get("type", ""))
