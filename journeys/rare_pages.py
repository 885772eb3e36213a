"""Prints pages that a person hardly ever sees, as HTML by name, from a process of its own.

A server that runs well never sends them: no list yet, a mistake of ours, a form from elsewhere.
Run with the settings and the data folder of the server whose styles they use.
"""

import json
import tempfile
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402 - after set-up
from django.core.exceptions import PermissionDenied  # noqa: E402
from django.test import Client, RequestFactory  # noqa: E402
from django.utils import timezone  # noqa: E402

from tejido.finder.testing import PLACES, a_listing, a_snapshot  # noqa: E402
from tejido.geography.domain.places import Place, PlaceKind  # noqa: E402
from tejido.ui.web.errors import forbidden  # noqa: E402

TWINS = tuple(
    Place(PlaceKind.TOWN, "Twin", county, latitude, -121.0, approximate=True, weight=5)
    for county, latitude in (("06001", 34.0), ("06019", 40.0))
)


def pages(folder: Path) -> dict[str, tuple[int, str]]:
    """Return name -> status and HTML."""
    client = Client(raise_request_exception=False)
    strict = Client(enforce_csrf_checks=True)
    settings.ALLOWED_HOSTS, settings.SNAPSHOTS = ["testserver"], folder
    answers = {
        f"{language}no-list": client.post(f"/{language}find/", {"q": "narcan"})
        for language in ("", "es/")
    }
    a_snapshot(folder, [a_listing()], at=timezone.now(), places=(*PLACES, *TWINS))
    answers |= {
        f"{language}choose": client.post(f"/{language}find/", {"place": "Twin", "q": "od"})
        for language in ("", "es/")
    }
    answers["bad-request"] = client.get("/", headers={"Host": "elsewhere.example"})
    answers["form-of-before"] = strict.post("/desk/", {})
    answers["forbidden"] = forbidden(RequestFactory().get("/desk/"), PermissionDenied())
    settings.ROOT_URLCONF = "tests.urls_with_a_mistake"
    answers["mistake"] = client.post("/mistake/", {"q": "x"})
    return {name: (each.status_code, each.content.decode()) for name, each in answers.items()}


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        print(json.dumps(pages(Path(made))))
