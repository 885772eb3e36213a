"""Pages for what went wrong. Django's own read the session, and so would need the database."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

# Shown in the language of the account: the address has no other.
PERSONAL_PATHS = ("/desk/", "/field/")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that the browser sent something that no page understands."""
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that the person's role does not include the page, and lead back to the desk."""
    return render(request, "403.html", _where(request), status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is no such page; foreign and missing look the same."""
    return render(request, "404.html", _where(request), status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that the mistake is ours. Renders without the request, which may be the trouble."""
    return render(None, "500.html", status=500)


def _where(request: HttpRequest) -> dict[str, bool]:
    return {"is_desk": request.path.startswith(PERSONAL_PATHS)}
