"""Who sends a form that is filled in before there is a session to keep a token in."""

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

View = Callable[..., HttpResponseBase]


def from_our_pages(view: View) -> View:
    """Refuse a POST that another site's page sent, without a token and so without a cookie.

    Browsers name the sending site in `Origin`, `Sec-Fetch-Site` or `Referer` on every POST that
    comes from elsewhere; what names none of them is no browser that another site could use.
    """

    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if request.method == "POST" and not is_ours(request):
            return render(request, "account/other_site.html", status=403)
        return view(request, *args, **kwargs)

    return answer


def is_ours(request: HttpRequest) -> bool:
    """Return whether the request comes from our own pages, or from no page at all."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        return False
    sender = request.headers.get("Origin") or request.headers.get("Referer")
    if sender is None:
        return True
    scheme, host, *_ = urlsplit(sender)
    ours = f"{request.scheme}://{request.get_host()}"
    return f"{scheme}://{host}" in {ours, *settings.CSRF_TRUSTED_ORIGINS}
