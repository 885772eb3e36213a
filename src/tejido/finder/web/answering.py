"""How a public page answers: nothing kept by the browser, and calm when there is no list yet."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tejido.finder.queries.snapshot import SnapshotMissing
from tejido.finder.queries.state import snapshot_state

View = Callable[..., HttpResponse]


def public_page(view: View) -> View:
    """Let a view answer without a trace, and with help by phone where no snapshot was built."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except SnapshotMissing:
            response = render(request, "finder/no_list.html", status=503)
            response.headers["Retry-After"] = "300"
        response.headers["Cache-Control"] = "no-store"
        return response

    return answer


def is_invented() -> bool:
    """Return whether the list holds invented places; without a list there is nothing to warn of.

    No database query: the snapshot says so itself.
    """
    state = snapshot_state()
    return state is not None and state.is_invented
