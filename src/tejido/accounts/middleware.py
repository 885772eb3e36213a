"""Shows signed-in work in the language that the person chose."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation

# Public pages carry the language in the path, and never look at a session.
PERSONAL_PATHS = ("/desk/", "/field/")


class PersonLanguageMiddleware:
    """Activates the language of the account on `/desk/` and `/field/`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep what answers."""
        self._answer = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the person's language where the page is theirs."""
        if request.path.startswith(PERSONAL_PATHS) and request.user.is_authenticated:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()
        return self._answer(request)
