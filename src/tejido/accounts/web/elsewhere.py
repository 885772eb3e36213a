"""Signing out everywhere but here, whenever what opens the account changes."""

from typing import TYPE_CHECKING, cast

from django.http import HttpRequest

from tejido.accounts.services import end_sessions

if TYPE_CHECKING:
    from tejido.accounts.models import User


def sign_out_elsewhere(request: HttpRequest) -> None:
    """End all sessions of whoever asks, except the one that asks."""
    user = cast("User", request.user)
    end_sessions(account_id=user.pk, but=request.session.session_key)
