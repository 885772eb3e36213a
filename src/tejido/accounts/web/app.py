"""Codes from an app: set up."""

from allauth.mfa.totp.views import ActivateTOTPView
from django.forms import Form
from django.http import HttpResponse

from tejido.accounts.web.elsewhere import sign_out_elsewhere


class TurnOnApp(ActivateTOTPView):
    """Sets up codes from an app, and signs out everywhere else."""

    def form_valid(self, form: Form) -> HttpResponse:
        """Store it; who was signed in elsewhere showed a password at most."""
        answer: HttpResponse = super().form_valid(form)
        sign_out_elsewhere(self.request)
        return answer
