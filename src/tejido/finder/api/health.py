"""`/healthz`: whether this process can answer people, for whatever watches over it."""

from http import HTTPStatus
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tejido import __version__
from tejido.finder.queries.state import snapshot_state


@require_safe
@never_cache
def show_health(request: HttpRequest) -> JsonResponse:
    """Answer 200 while the finder can find, also without the database; 503 without a snapshot."""
    state = snapshot_state()
    snapshot = state and {
        "built_at": state.built_at.isoformat(),
        "age_seconds": round((timezone.now() - state.built_at).total_seconds()),
        "listings": state.listings,
    }
    body = {"database": _database(), "snapshot": snapshot, "version": __version__}
    status = HTTPStatus.OK if state else HTTPStatus.SERVICE_UNAVAILABLE
    return JsonResponse(body, status=status)


def _database() -> str:
    # Connecting to a SQLite file that is gone would make an empty one.
    if settings.EMBEDDED and _is_gone(str(connection.settings_dict["NAME"])):
        return "down"
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM django_migrations LIMIT 1")
    except DatabaseError:
        return "down"
    return "ok"


def _is_gone(name: str) -> bool:
    # A server opens `file:` names, by which nothing is made.
    return "memory" not in name and not name.startswith("file:") and not Path(name).exists()
