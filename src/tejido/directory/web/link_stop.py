"""The page by which whoever gets mails with links ends them: no account, a button and no GET."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from tejido.directory.services.link_addresses import StopSeen, stop_mails, stop_seen
from tejido.foundation.origin import is_ours


@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether the mails shall end; a POST ends them, also one that a mailbox sends itself."""
    seen = stop_seen(token)
    if seen is None:
        return _page(request, None, status=404)
    if request.method == "GET" or not seen.is_mailed:
        return _page(request, seen)
    if not is_ours(request):
        return _page(request, seen, problem=_("Open the link again and answer there."), status=403)
    return _page(request, stop_mails(token=token, at=timezone.now()), is_new=True)


def _page(
    request: HttpRequest,
    seen: StopSeen | None,
    *,
    problem: str = "",
    is_new: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = {"seen": seen, "problem": problem, "is_new": is_new}
    context["is_invented"] = settings.DEMONSTRATION
    return render(request, "directory/link_stop.html", context, status=status)
