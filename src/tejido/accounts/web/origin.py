"""Who sends a form that is filled in before there is a session to keep a token in."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from tejido.foundation.origin import is_ours

View = Callable[..., HttpResponseBase]


def from_our_pages(view: View) -> View:
    """Refuse a POST that another site's page sent, without a token and so without a cookie."""

    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if request.method == "POST" and not is_ours(request):
            return render(request, "account/other_site.html", status=403)
        return view(request, *args, **kwargs)

    return answer
