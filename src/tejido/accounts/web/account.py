"""The person's own account: language, password, second step."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tejido.accounts.queries import second_step
from tejido.accounts.services import choose_language
from tejido.accounts.web.forms import LanguageForm

if TYPE_CHECKING:
    from tejido.accounts.models import User

    class SignedInRequest(HttpRequest):
        """A request after `login_required`."""

        user: User


@require_http_methods(["GET", "POST"])
@login_required
def show_account(request: "SignedInRequest") -> HttpResponse:
    """Show the account; a POST chooses its language and shows it again in that language."""
    sent = request.POST if request.method == "POST" else None
    form = LanguageForm(sent, initial={"language": request.user.language})
    if form.is_valid():
        return _in_language(request, form.cleaned_data["language"])
    context = {"form": form, "second_step": second_step(request.user)}
    return render(request, "accounts/account.html", context)


def _in_language(request: "SignedInRequest", language: str) -> HttpResponse:
    choose_language(user=request.user, language=language)
    with translation.override(language):
        messages.success(request, _("Your pages are in English now."))
        return redirect(reverse("account_home"))
