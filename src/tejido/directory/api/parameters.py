"""What may be asked of the HSDS API, as its OpenAPI description shows it.

Everything that HSDS names, and what our profile adds: `lat`, `lon`, `radius_m`, `open_at`,
`language`, `concept`, `sort`, and `minimal` and `modified_after` on every list.
"""

from datetime import datetime
from typing import Annotated, Any, ClassVar, Literal
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from ninja import Field, Schema
from pydantic import AwareDatetime, ConfigDict

MOST_A_PAGE = 1_000
A_PAGE = 100
_TOO_FAR_M = 20_100_000
_EARLIEST = datetime.fromisoformat("1970-01-01T00:00:00Z")
_LATEST = datetime.fromisoformat("2100-01-01T00:00:00Z")

Instant = Annotated[AwareDatetime, Field(ge=_EARLIEST, le=_LATEST)]
Metres = Annotated[float, Field(ge=0, le=_TOO_FAR_M, allow_inf_nan=False)]
_A_UUID = _("must be an id (UUID).")
_YES_NO = _("must be true or false.")
_AN_INSTANT = _("must be a date and time with its zone, such as 2026-11-20T18:00:00Z.")
_METRES = _("must be a number of metres from 0 to 20100000.")

# What a wrong value is told, after the name of the parameter.
SENTENCES: dict[str, str | Promise] = {
    "search": _("must be at most 200 characters, with a word in it."),
    "page": _("must be a whole number from 1 to 1000000."),
    "per_page": _("must be a whole number from 1 to 1000."),
    "format": _("must be json or ndjson."),
    "minimal": _YES_NO,
    "full": _YES_NO,
    "full_service": _YES_NO,
    "top_only": _YES_NO,
    "modified_after": _AN_INSTANT,
    "open_at": _AN_INSTANT,
    "taxonomy_term_id": _A_UUID,
    "taxonomy_id": _A_UUID,
    "organization_id": _A_UUID,
    "parent_id": _A_UUID,
    "postcode": _("must be a ZIP code of five digits."),
    "proximity": _METRES,
    "radius_m": _METRES,
    "lat": _("must be a number from -90 to 90."),
    "lon": _("must be a number from -180 to 180."),
    "language": _("must be a code of two or three letters, such as es."),
    "concept": _("must be the code of a need, such as naloxone."),
    "sort": _("must be one of: %(words)s."),
}


class ListIn(Schema):
    """A list: everything may be left out, and what is sent holds together (AND)."""

    model_config = ConfigDict(extra="forbid")
    orders: ClassVar[tuple[str, ...]] = ("name", "modified")

    search: str = Field(
        "",
        max_length=200,
        description="Words; each has to be there, small ones such as `and` or `help` only alone.",
    )
    page: int = Field(1, ge=1, le=1_000_000, description="Which page.")
    per_page: int = Field(A_PAGE, ge=1, le=MOST_A_PAGE, description="How many on a page.")
    format: Literal["json", "ndjson"] = Field(
        "json", description="`ndjson` is everything at once, one record a line, without pages."
    )
    modified_after: Instant | None = Field(
        None, description="Changed at this instant or later. Send the latest `last_modified`."
    )
    minimal: bool = Field(
        default=False,
        description="Only `id` and `last_modified`, all on one page unless `per_page` is sent.",
    )
    sort: Literal["name", "modified"] | None = Field(
        None, description="`modified` puts the latest first; by id otherwise."
    )


class TaxonomiesIn(ListIn):
    """A list of taxonomies."""


class TermsIn(ListIn):
    """A list of taxonomy terms."""

    taxonomy_id: UUID | None = Field(None, description="Of this taxonomy.")
    top_only: bool = Field(default=False, description="Only terms without a broader one.")
    parent_id: UUID | None = Field(None, description="Right below this term.")


class OrganizationsIn(ListIn):
    """A list of organizations."""

    taxonomy_term_id: UUID | None = Field(None, description="Offers something with this term.")
    taxonomy_id: UUID | None = Field(
        None, description="Offers something with a term of this taxonomy."
    )
    full: bool = Field(default=False, description="With the id, name and status of its services.")
    full_service: bool = Field(default=False, description="With its services, whole.")


class ServicesIn(ListIn):
    """A list of services, or of services at locations."""

    orders: ClassVar[tuple[str, ...]] = ("distance", "name", "modified")

    taxonomy_term_id: UUID | None = Field(None, description="Has this term.")
    taxonomy_id: UUID | None = Field(None, description="Has a term of this taxonomy.")
    organization_id: UUID | None = Field(None, description="Is offered by this organization.")
    full: bool = Field(default=False, description="Whole, with everything nested.")
    postcode: str | None = Field(
        None,
        pattern=r"^\d{5}(-\d{4})?$",
        description="A ZIP code. Leaves out what says that it serves other counties only.",
    )
    proximity: Metres | None = Field(
        None, description="Metres around the middle of `postcode`, which is approximate."
    )
    lat: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)] | None = Field(
        None, description="Latitude in degrees, with `lon`."
    )
    lon: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)] | None = Field(
        None, description="Longitude in degrees, with `lat`."
    )
    radius_m: Metres | None = Field(None, description="Metres around `lat` and `lon`.")
    open_at: Instant | None = Field(
        None,
        description="Known to be open then, by hours that somebody confirmed lately. "
        "What has no such hours is left out: it is not closed, only not known.",
    )
    language: str | None = Field(
        None, pattern=r"^[A-Za-z]{2,3}$", description="Spoken there: a code such as `es`."
    )
    concept: str | None = Field(
        None,
        max_length=64,
        description="A need by its code, such as `naloxone`; narrower ones count.",
    )
    sort: Literal["distance", "name", "modified"] | None = Field(  # type: ignore[assignment]
        None,
        description="`distance` from `lat` and `lon`, or from `postcode`; `modified` puts the "
        "latest first; by id otherwise.",
    )


class OrganizationIn(Schema):
    """One organization."""

    model_config = ConfigDict(extra="forbid")

    full_service: bool = Field(default=False, description="With its services, whole.")


class NothingIn(Schema):
    """No parameter at all."""

    model_config = ConfigDict(extra="forbid")


def described(model: type[Schema]) -> list[dict[str, Any]]:
    """Return the parameters of a model as OpenAPI describes them."""
    return [
        {"in": "query", "name": name, "required": False, "description": said["description"]}
        | {"schema": {key: value for key, value in said.items() if key != "description"}}
        for name, said in properties_of(model).items()
    ]


def properties_of(model: type[Schema]) -> dict[str, Any]:
    """Return the fields of a model as JSON Schema; leaving one out is the only null."""
    schema = model.model_json_schema()
    return {name: _without_null(said) for name, said in schema.get("properties", {}).items()}


def _without_null(said: dict[str, Any]) -> dict[str, Any]:
    left = {key: value for key, value in said.items() if key not in ("anyOf", "title")}
    kinds = [kind for kind in said.get("anyOf", ()) if kind.get("type") != "null"]
    if left.get("default", "") is None:
        del left["default"]
    return {**left, **(kinds[0] if kinds else {})}
