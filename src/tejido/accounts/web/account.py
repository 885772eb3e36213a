"""The person's own account: language, password, second step."""

from typing import TYPE_CHECKING, cast

from allauth.account.views import PasswordChangeView
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tejido.accounts.queries import mark_of, second_step, sessions_of
from tejido.accounts.services import choose_language, end_session, keep_own_password
from tejido.accounts.web.elsewhere import sign_out_elsewhere
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
    account_id, current = request.user.pk, request.session.session_key
    context = {
        "form": form,
        "second_step": second_step(request.user),
        "sessions": sessions_of(account_id, current=current, at=timezone.now()),
    }
    return render(request, "accounts/account.html", context)


@require_POST
@login_required
def end_one(request: "SignedInRequest") -> HttpResponse:
    """Sign the person out in one place; where that is this one, ask as signing out does."""
    mark = request.POST.get("session", "")
    if mark == mark_of(request.session.session_key or ""):
        return redirect("account_logout")
    end_session(account_id=request.user.pk, mark=mark)
    messages.success(request, _("Signed out there."))
    return redirect("account_home")


@require_POST
@login_required
def end_others(request: "SignedInRequest") -> HttpResponse:
    """Sign the person out everywhere else."""
    sign_out_elsewhere(request)
    messages.success(request, _("Signed out everywhere else."))
    return redirect("account_home")


class ChangePassword(PasswordChangeView):
    """Changes the password, and signs out everywhere else."""

    def form_valid(self, form: Form) -> HttpResponse:
        """Store it, then take away the other sessions: none of them would be believed."""
        answer: HttpResponse = super().form_valid(form)
        sign_out_elsewhere(self.request)
        keep_own_password(account_id=cast("User", self.request.user).pk)
        return answer


def _in_language(request: "SignedInRequest", language: str) -> HttpResponse:
    choose_language(user=request.user, language=language)
    with translation.override(language):
        messages.success(request, _("Your pages are in English now."))
        return redirect(reverse("account_home"))
