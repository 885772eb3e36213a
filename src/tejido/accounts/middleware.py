"""Keeps sessions to signed-in work, shows it in the person's language, packs all other pages."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.middleware.gzip import GZipMiddleware
from django.utils import translation

# Public pages carry the language in the path, and never look at a session.
PERSONAL_PATHS = ("/desk/", "/field/")
SESSION_PATHS = (*PERSONAL_PATHS, "/account/", "/es/account/")


class TokenMiddleware(CsrfViewMiddleware):
    """Reads the token that guards forms only where there are sessions.

    Django reads it from the session before every page, so that a worker who is signed in could
    not open the finder while the database is stopped. Every form that writes is guarded as before:
    the check itself does not depend on this reading.
    """

    def process_request(self, request: HttpRequest) -> None:
        """Read the token for pages of signed-in work."""
        if request.path.startswith(SESSION_PATHS):
            super().process_request(request)


class PackedPagesMiddleware(GZipMiddleware):
    """Packs pages where there are no sessions: a list of 20 places is an eighth as long.

    Signed-in pages stay as they are: how far a page shrinks can tell what stands beside the words
    of whoever made the browser ask for it, a token for example. Public pages hold no secret.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Pack the answer where the browser takes that."""
        if request.path.startswith(SESSION_PATHS):
            return response
        return super().process_response(request, response)


class PersonalPagesMiddleware:
    """Shows signed-in work in the language of the account, and lets no browser keep it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep what answers."""
        self._answer = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; pages outside signed-in work pass untouched."""
        if not request.path.startswith(SESSION_PATHS):
            return self._answer(request)
        if request.path.startswith(PERSONAL_PATHS) and request.user.is_authenticated:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()
        response = self._answer(request)
        response.headers.setdefault("Cache-Control", "no-store")
        return response
