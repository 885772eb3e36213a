"""What a phone fetches to search without signal: the list of packs, a pack, the worker.

Nothing in these requests tells who asks: no cookie, no query. All are the same for everybody.
"""

import hashlib
import json
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tejido import __version__
from tejido.finder.queries.lines import lines_to_call
from tejido.finder.queries.pack_files import ENCODINGS, manifest_text, packed_file

FOR_EVER = "public, max-age=31536000, immutable"
SCRIPTS = Path(__file__).resolve().parents[1] / "static" / "finder" / "offline"
_ICON_SIZES = (192, 512)
_PAGES = ("keep", "kept", "overdose", "lines", "privacy", "held", "about")
_FILES = (
    *("ui/tejido.css", "ui/leave.js", "ui/favicon.svg", "finder/finder.css"),
    *("finder/location.js", "finder/offline/offline.css"),
    *("finder/offline/keep.js", "finder/offline/kept.js"),
)
# Opened by a page or by the browser; every other script is loaded by one of them.
_OPENED = {"worker.js", "keep.js", "kept.js"}
# What the pages say and how they look: when any of it changes, phones fetch them anew.
_MADE_OF = ("templates", "templatetags", "locale", "static", "web", "domain", "languages.py")


@require_safe
def show_manifest(request: HttpRequest) -> HttpResponse:
    """Send which packs there are, how old, how large, and until when hours are believed."""
    text = manifest_text()
    if text is None:
        raise Http404
    return HttpResponse(
        text, content_type="application/json", headers={"Cache-Control": "no-cache"}
    )


@require_safe
def send_pack(request: HttpRequest, name: str) -> HttpResponse:
    """Send a pack, or what changed since an older one, in the best way that the phone takes."""
    taken = request.headers.get("Accept-Encoding", "")
    encoding = next((each for each in ENCODINGS if each in taken), None)
    content = packed_file(name, encoding or "gzip")
    if content is None:
        raise Http404
    if encoding is None:
        return HttpResponse(status=406, headers={"Vary": "Accept-Encoding"})
    headers = {"Content-Encoding": encoding, "Vary": "Accept-Encoding", "Cache-Control": FOR_EVER}
    return HttpResponse(content, content_type="application/json", headers=headers)


@require_safe
def send_worker(request: HttpRequest) -> HttpResponse:
    """Send the worker that opens the kept pages without signal; only `keep.js` registers it."""
    return HttpResponse(
        worker_text(), content_type="text/javascript", headers={"Cache-Control": "no-cache"}
    )


@require_safe
def send_app(request: HttpRequest) -> HttpResponse:
    """Send what a phone needs to put the search on its first screen: a name that says little."""
    return HttpResponse(
        json.dumps(_app()),
        content_type="application/manifest+json",
        headers={"Cache-Control": "no-cache"},
    )


def _app() -> dict[str, object]:
    drawn = {"src": static("ui/favicon.svg"), "sizes": "any", "type": "image/svg+xml"}
    return {
        "id": "/keep/",
        "name": "Tejido",
        "short_name": "Tejido",
        "description": _("A list for your phone"),
        "lang": translation.get_language(),
        "start_url": reverse("finder:kept"),
        "scope": "/",
        "display": "standalone",
        "icons": [drawn, *map(_icon, _ICON_SIZES)],
    }


def _icon(size: int) -> dict[str, str]:
    address = static(f"finder/offline/icon-{size}.png")
    return {"src": address, "sizes": f"{size}x{size}", "type": "image/png"}


def worker_text() -> str:
    """Return the worker with the pages and files that it keeps."""
    shell = {"pages": kept_pages(), "files": kept_files(), "version": _version()}
    values = json.dumps(shell, separators=(",", ":"))
    return f"const SHELL = {values};\n{(SCRIPTS / 'worker.js').read_text(encoding='utf-8')}"


def kept_pages() -> list[str]:
    """Return the addresses of the pages that open without signal, in each language."""
    pages = []
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            pages += [reverse(f"finder:{page}") for page in _PAGES]
    return pages


def kept_files() -> list[str]:
    """Return the addresses of what those pages load; a script loads others by their own names."""
    modules = sorted({path.name for path in SCRIPTS.glob("*.js")} - _OPENED)
    named = [f"{settings.STATIC_URL}finder/offline/{name}" for name in modules]
    return list(dict.fromkeys([*map(static, _FILES), *named]))


def _version() -> str:
    """Return what changes when any of the kept pages would."""
    today = timezone.localdate()
    old = [line.id for line in lines_to_call() if line.is_old(today=today)]
    said = [
        settings.NETWORK_PHONE,
        settings.SMS_NUMBER,
        settings.LEAVE_URL,
        kept_files(),
        lines_to_call(),
        old,
    ]
    return hashlib.sha256(f"{_files_hash()}{said!r}".encode()).hexdigest()[:16]


@cache
def _files_hash() -> str:
    seen = hashlib.sha256(__version__.encode())
    for part in (settings.PACKAGE / area / part for area in ("ui", "finder") for part in _MADE_OF):
        found = part.rglob("*") if part.is_dir() else [part]
        for path in sorted(path for path in found if path.is_file() and path.suffix != ".pyc"):
            seen.update(path.read_bytes())
    return seen.hexdigest()
