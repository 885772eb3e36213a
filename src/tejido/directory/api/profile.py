"""What the HSDS API says of itself: its version, its profile, and the schemas of its records."""

import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import resolve, reverse

from tejido.directory.api.described import apart
from tejido.directory.domain.hsds.objects import VERSION, profile_patches, profile_schema
from tejido.directory.domain.hsds.tabular import TABLES

ROOT = "api:hsds-root"
Json = dict[str, Any]


def base_of(request: HttpRequest) -> str:
    """Return the address of the HSDS API, with a slash at its end."""
    return request.build_absolute_uri(reverse(ROOT))


def about(request: HttpRequest) -> Json:
    """Return what HSDS asks of the first address: version, profile, description, publisher."""
    base = base_of(request)
    return {
        "version": VERSION,
        "profile": f"{base}schema",
        "openapi_url": f"{base}schema/openapi.json",
        "description": "Harm reduction services in California and what stands around them. "
        "Free, without a key. Built from what everybody may see.",
        "publisher": {
            "name": settings.NETWORK_NAME,
            "website": request.build_absolute_uri("/"),
        },
    }


def schema_index(request: HttpRequest) -> Json:
    """Return where each merge patch of the profile and each merged schema is."""
    base = f"{base_of(request)}schema/"
    return {
        "hsds_version": VERSION,
        "description": "A profile of HSDS 3.1: the patches say what our records have beyond it, "
        "the schemas are HSDS with the patches merged. Every list also takes minimal and "
        "modified_after; services and service_at_locations take lat, lon, radius_m, open_at, "
        "language, concept and sort.",
        "openapi": f"{base}openapi.json",
        "patches": {name: f"{base}profile/{name}.json" for name in profile_patches()},
        "schemas": {name: f"{base}{name}.json" for name in TABLES},
    }


def schema_file(name: str) -> Json | None:
    """Return the merged schema of an object, None where HSDS has none of that name."""
    return profile_schema(name) if name in TABLES else None


def patch_file(name: str) -> Json | None:
    """Return the merge patch of an object, None where the profile adds nothing to it."""
    return profile_patches().get(name)


def described_api(request: HttpRequest) -> Json:
    """Return the OpenAPI description of the HSDS API alone, taken out of that of the whole."""
    whole = resolve(reverse("api:openapi-json")).func(request)
    prefix = reverse(ROOT).rstrip("/")
    return apart(json.loads(whole.content), prefix=prefix, base=base_of(request))
