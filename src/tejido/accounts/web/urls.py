"""Sign-in and the account: only the pages that we offer."""

from allauth.account import views as sign_in
from allauth.mfa.base import views as second_step
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from django.contrib.auth.decorators import login_required
from django.urls import URLPattern, path
from django.views.generic import RedirectView

from tejido.accounts.web import passkeys
from tejido.accounts.web.account import ChangePassword, end_one, end_others, show_account
from tejido.accounts.web.app import TurnOnApp
from tejido.accounts.web.origin import from_our_pages

urlpatterns: list[URLPattern] = [
    path("", show_account, name="account_home"),
    path("login/", from_our_pages(passkeys.SignIn.as_view()), name="account_login"),
    path("login/code/", passkeys.AskSecondStep.as_view(), name="mfa_authenticate"),
    path(
        "login/passkey/",
        from_our_pages(passkeys.SignInByPasskey.as_view()),
        name="mfa_login_webauthn",
    ),
    path("logout/", sign_in.logout, name="account_logout"),
    path("signup/", sign_in.signup, name="account_signup"),
    path("closed/", sign_in.account_inactive, name="account_inactive"),
    path("confirm/", sign_in.reauthenticate, name="account_reauthenticate"),
    path("confirm/code/", second_step.reauthenticate, name="mfa_reauthenticate"),
    path(
        "confirm/passkey/",
        passkeys.ConfirmByPasskey.as_view(),
        name="mfa_reauthenticate_webauthn",
    ),
    path("password/", login_required(ChangePassword.as_view()), name="account_change_password"),
    path("sessions/end/", end_one, name="account_end_session"),
    path("sessions/end-others/", end_others, name="account_end_others"),
    path("second-step/", RedirectView.as_view(pattern_name="account_home"), name="mfa_index"),
    path("second-step/on/", login_required(TurnOnApp.as_view()), name="mfa_activate_totp"),
    path("second-step/off/", app.deactivate_totp, name="mfa_deactivate_totp"),
    path("passkeys/", passkeys.ListPasskeys.as_view(), name="mfa_list_webauthn"),
    path("passkeys/add/", passkeys.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("passkeys/<int:pk>/name/", passkeys.NamePasskey.as_view(), name="mfa_edit_webauthn"),
    path("passkeys/<int:pk>/out/", passkeys.RemovePasskey.as_view(), name="mfa_remove_webauthn"),
    path("codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("codes/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
]
