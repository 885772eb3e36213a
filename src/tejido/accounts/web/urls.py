"""Sign-in and the account: only the pages that we offer."""

from allauth.account import views as sign_in
from allauth.mfa.base import views as second_step
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from django.urls import URLPattern, path
from django.views.generic import RedirectView

from tejido.accounts.web.account import show_account
from tejido.accounts.web.origin import from_our_pages

urlpatterns: list[URLPattern] = [
    path("", show_account, name="account_home"),
    path("login/", from_our_pages(sign_in.login), name="account_login"),
    path("login/code/", second_step.authenticate, name="mfa_authenticate"),
    path("logout/", sign_in.logout, name="account_logout"),
    path("signup/", sign_in.signup, name="account_signup"),
    path("closed/", sign_in.account_inactive, name="account_inactive"),
    path("confirm/", sign_in.reauthenticate, name="account_reauthenticate"),
    path("confirm/code/", second_step.reauthenticate, name="mfa_reauthenticate"),
    path("password/", sign_in.password_change, name="account_change_password"),
    path("second-step/", RedirectView.as_view(pattern_name="account_home"), name="mfa_index"),
    path("second-step/on/", app.activate_totp, name="mfa_activate_totp"),
    path("second-step/off/", app.deactivate_totp, name="mfa_deactivate_totp"),
    path("codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("codes/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
]
