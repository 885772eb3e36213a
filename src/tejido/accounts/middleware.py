"""Keeps sessions and files to signed-in work, in the person's language; packs other pages.

Whoever was given a password chooses one of their own before anything else.
"""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import redirect, render
from django.utils import timezone, translation

from tejido.accounts.queries import has_given_password
from tejido.accounts.sessions import note_seen
from tejido.foundation.bodies import bytes_taken

# Public pages carry the language in the path, and never look at a session.
PERSONAL_PATHS = ("/desk/", "/field/")
# What a form may hold beside a file, in bytes: more than Django lets its words be, so that a page
# which says so itself still does.
BESIDE_A_FILE = 2 * 1024 * 1024
SESSION_PATHS = (*PERSONAL_PATHS, "/account/", "/es/account/")
# All that is there for somebody who has not chosen a password of their own yet.
CHOOSING = ("account_change_password", "account_logout")


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


class FilesMiddleware:
    """Refuses files, unread, where a page takes none or none that large (`takes_file`).

    Django reads a form with files to its end before any view is asked, also from somebody who is
    not signed in and to a page that has no use for it. Forms without files it limits itself.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep what answers."""
        self._answer = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; what is refused is known once the page is."""
        return self._answer(request)

    def process_view(
        self, request: HttpRequest, view: object, *_args: Any, **_kwargs: Any
    ) -> HttpResponse | None:
        """Refuse by the length that the browser says; without one nothing is read at all."""
        size, taken = _length(request), bytes_taken(view)
        if request.content_type != "multipart/form-data" or size <= BESIDE_A_FILE:
            return None
        if size > taken + BESIDE_A_FILE:
            return render(request, "413.html", status=413)
        is_signed_in = SESSION_KEY in request.session
        return None if is_signed_in else redirect_to_login(request.get_full_path())


def _length(request: HttpRequest) -> int:
    written = str(request.META.get("CONTENT_LENGTH", ""))
    return int(written) if written.isdecimal() else 0


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
    """Shows signed-in work in the language of the account; no browser keeps it.

    It begins with a password of one's own.
    """

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
        if request.user.is_authenticated:
            note_seen(request.session, at=timezone.now())
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_view(
        self, request: HttpRequest, _view: object, *_args: Any, **_kwargs: Any
    ) -> HttpResponse | None:
        """Lead whoever was given a password to where they choose one of their own."""
        if not request.path.startswith(SESSION_PATHS) or not request.user.is_authenticated:
            return None
        asked = request.resolver_match.view_name if request.resolver_match else ""
        if asked in CHOOSING or not has_given_password(request.user):
            return None
        return redirect("account_change_password")
