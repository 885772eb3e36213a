"""Why a role asks for a second step, and how to set one up."""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from tejido.accounts.queries import has_second_step
from tejido.network.desk import for_oneself, render_desk

if TYPE_CHECKING:
    from tejido.network.desk import SignedInRequest


@require_GET
@for_oneself
def show_second_step(request: "SignedInRequest") -> HttpResponse:
    """Say what is asked for and why; once it is set up, lead on."""
    context = {"is_done": has_second_step(request.user.pk)}
    return render_desk(request, "network/second_step.html", None, context)
