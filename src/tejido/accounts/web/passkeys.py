"""Passkeys: set up, named, taken away, and signed in with."""

from typing import TYPE_CHECKING, Any, cast

from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.account.views import LoginView
from allauth.core.internal.ratelimit import consume_or_429
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import views as package
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy

from tejido.accounts.adapter import LAST_SECOND_STEP
from tejido.accounts.queries import second_step
from tejido.accounts.web.elsewhere import sign_out_elsewhere
from tejido.accounts.web.forms import PASSKEY_NOT_RIGHT
from tejido.foundation.origin import is_ours

if TYPE_CHECKING:
    from tejido.accounts.models import User


class SignIn(LoginView):
    """The first page of sign-in: by password, or by passkey alone."""

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """Say that a passkey was not right, where that has just been."""
        was_wrong = self.request.method == "GET" and self.request.GET.get("passkey") == "wrong"
        return super().get_context_data(**more) | {
            "problem": PASSKEY_NOT_RIGHT if was_wrong else "",
        }


class SignInByPasskey(package.LoginWebAuthnView):
    """What the button beside the password asks, and where it sends the passkey.

    The question lies in a session, and so in a cookie: whoever presses the button gets it, and
    whoever only opens the page of sign-in does not.
    """

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Give our own page the question that the passkey answers."""
        if not is_ours(request):
            raise PermissionDenied
        refused = consume_or_429(
            request, app="allauth.mfa", action="webauthn_login", limit_get=True
        )
        answer: HttpResponse = refused or super().get(request, *args, **kwargs)
        return answer

    def form_invalid(self, form: Form) -> HttpResponse:
        """Forget the question, and say on the page of sign-in that it was not answered."""
        self.request.session.flush()
        return redirect(f"{reverse('account_login')}?passkey=wrong")

    def form_valid(self, form: Form) -> HttpResponse:
        """Sign in, and go where the person wanted to."""
        passkey = form.cleaned_data["credential"]
        login = Login(user=passkey.user, redirect_url=get_next_redirect_url(self.request))
        answer: HttpResponse = perform_passwordless_login(self.request, passkey, login)
        return answer


class AskSecondStep(AuthenticateView):
    """The second page of sign-in: a code, or a passkey."""

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """Add what the person has set up, and what was wrong with the passkey."""
        wrong = self.webauthn_form.errors.get("credential", []) if self.webauthn_form else []
        return super().get_context_data(**more) | {
            "step": second_step(self.stage.login.user),
            "problem": " ".join(wrong),
        }


class ConfirmByPasskey(package.ReauthenticateWebAuthnView):
    """Confirms with a passkey that it is the same person, before something changes."""

    def form_invalid(self, form: Form) -> HttpResponse:
        """Say what was wrong, and ask again."""
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """Keep what the form says."""
        form = more.get("form") or self.get_form()
        wrong = form.errors.get("credential", []) if form.is_bound else []
        return super().get_context_data() | {"form": form, "problem": " ".join(wrong)}


class ListPasskeys(package.ListWebAuthnView):
    """The person's passkeys, the first that they set up first."""

    def get_queryset(self) -> QuerySet[Authenticator]:
        """Return them in order."""
        found: QuerySet[Authenticator] = super().get_queryset()  # type: ignore[no-untyped-call]
        return found.order_by("created_at", "id")


class AddPasskey(package.AddWebAuthnView):
    """Sets up a passkey."""

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """Ask for one that can sign in alone where the device can make such; say what is wrong."""
        told: dict[str, Any] = super().get_context_data(**more)
        options = told["js_data"]["creation_options"]
        options["publicKey"]["authenticatorSelection"]["residentKey"] = "preferred"
        wrong = told["form"].errors.get("credential", [])
        has_app = second_step(cast("User", self.request.user)).app
        return told | {"options": options, "problem": " ".join(wrong), "has_app": has_app}

    def form_valid(self, form: Form) -> HttpResponse:
        """Store it; who was signed in elsewhere showed less than this."""
        answer: HttpResponse = super().form_valid(form)
        sign_out_elsewhere(self.request)
        return answer

    def get_success_url(self) -> str:
        """Go to the recovery codes where these are new, else to the list."""
        return reverse(
            "mfa_view_recovery_codes" if self.did_generate_recovery_codes else "mfa_list_webauthn"
        )


class NamePasskey(package.EditWebAuthnView):
    """Gives a passkey another name."""


class RemovePasskey(package.RemoveWebAuthnView):
    """Takes a passkey away, unless it is the last second step of somebody who needs one."""

    success_url = reverse_lazy("mfa_list_webauthn")

    def _is_held(self) -> bool:
        return not get_adapter().can_delete_authenticator(self.get_object())

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """Say at once when it has to stay."""
        told: dict[str, Any] = super().get_context_data(**more)  # type: ignore[no-untyped-call]
        return told | {"problem": LAST_SECOND_STEP if self._is_held() else ""}

    def form_valid(self, form: Form) -> HttpResponse:
        """Take it away, or say why not."""
        if self._is_held():
            return self.render_to_response(self.get_context_data(), status=409)
        answer: HttpResponse = super().form_valid(form)
        return answer
