"""A form that came after its session had ended: nothing is done, and nothing typed is lost."""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.debug import sensitive_post_parameters

from tejido.accounts.middleware import PERSONAL_PATHS
from tejido.foundation.origin import is_ours

# What is shorter is chosen or typed again in a moment.
WORTH_KEEPING = 20
NEVER_SHOWN = ("password", "code", "secret", "credential", "token")


@sensitive_post_parameters()
def refuse(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that nothing was sent, and give back what somebody had written, to copy it.

    Browsers forget a page of the desk as soon as it is left. What another site's page sent is
    not shown: it could put its own words on ours.
    """
    is_desk = request.path.startswith(PERSONAL_PATHS)
    typed = _typed(request) if is_desk and is_ours(request) else []
    context = {
        "is_desk": is_desk,
        "typed": typed,
        "sign_in": reverse("account_login"),
        "also": _other_languages() if is_desk else [],
    }
    return render(request, "403_csrf.html", context, status=403)


def _other_languages() -> list[str]:
    """Return those that the page is not in: whose it was, and their language, nobody knows."""
    now = (get_language() or settings.LANGUAGE_CODE)[:2]
    return [code for code, _name in settings.LANGUAGES if code != now]


def _typed(request: HttpRequest) -> list[str]:
    try:
        fields = request.POST.lists()
    except (RequestDataTooBig, TooManyFieldsSent):
        return []
    shown = [values for name, values in fields if not any(word in name for word in NEVER_SHOWN)]
    return [
        each
        for values in shown
        for each in values
        if len(each) >= WORTH_KEEPING and _is_words(each)
    ]


def _is_words(text: str) -> bool:
    return len(text.split()) > 1
