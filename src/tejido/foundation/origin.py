"""Whose page sends a form, where there is no session to keep a token in."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest


def is_ours(request: HttpRequest) -> bool:
    """Return whether the request comes from our own pages, or from no page at all.

    Browsers name the sending site in `Origin`, `Sec-Fetch-Site` or `Referer` on every POST that
    comes from elsewhere; what names none of them is no browser that another site could use.
    """
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        return False
    sender = request.headers.get("Origin") or request.headers.get("Referer")
    if sender is None:
        return True
    scheme, host, *_ = urlsplit(sender)
    ours = f"{request.scheme}://{request.get_host()}"
    return f"{scheme}://{host}" in {ours, *settings.CSRF_TRUSTED_ORIGINS}
