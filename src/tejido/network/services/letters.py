"""What messages say: that something waits, and where to sign in. Nothing of what it is.

Whoever sees somebody else's phone learns that they use Tejido, and no more: the words take no
name, no number and no fact, so that none can slip in.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from tejido.network.domain.messages import ALWAYS_TOLD, Kind

# Not only waiting: it should be looked at today. For whom and why is not said.
TODAY = frozenset({Kind.ROUND_FAILED, Kind.RECOVERY_BEGUN})


@dataclass(frozen=True, slots=True)
class Letter:
    """A message as it leaves: `subject` one line, `body` plain text, `text` for a phone."""

    subject: str
    body: str
    text: str


def letter(kinds: Collection[Kind], *, language: str) -> Letter:
    """Return what a message says that tells of things of these kinds, in a language."""
    with translation.override(language):
        if TODAY.isdisjoint(kinds):
            return _said(_("Something waits for you in Tejido"))
        what = _("Something in Tejido should be looked at today")
        return _said(what, is_asked_for=ALWAYS_TOLD.isdisjoint(kinds))


def code_letter(code: str, *, language: str) -> Letter:
    """Return the message with the code that shows that an address is the person's."""
    with translation.override(language):
        what = _("Your code for Tejido: %(code)s") % {"code": code}
        until = _("It holds for 15 minutes. If you did not ask for it, do nothing.")
        return Letter(_("Your code for Tejido"), f"{what}\n\n{until}\n", f"{what}. {until}")


def _said(what: str, *, is_asked_for: bool = True) -> Letter:
    address = f"{settings.SITE_URL}/desk/" if settings.SITE_URL else ""
    how = (
        _("Sign in to see it: %(address)s") % {"address": address}
        if address
        else _("Sign in as you always do to see it.")
    )
    why = (
        _(
            "You get this because you asked for it at your desk, under How we reach you."
            " There you can end it. Nobody reads answers to this message."
        )
        if is_asked_for
        else _(
            "You get this because you gave this address at your desk, under How we reach you."
            " Nobody reads answers to this message."
        )
    )
    stop = _("STOP ends these texts.")
    return Letter(what, f"{what}.\n\n{how}\n\n{why}\n", f"{what}. {how} {stop}")
