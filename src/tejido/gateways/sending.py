"""What can keep a message from leaving, whoever carries it."""

from django.utils.translation import gettext_lazy as _

from tejido.foundation.errors import Refused


class NotSent(Refused):
    """A message did not leave.

    The code is `refused` (the carrier will never take it for this address), `later` (perhaps
    next time), `away` (nobody is there, or nobody lets us in: others need not be tried now) or
    `stopped` (the number said STOP).
    """

    def __init__(self, code: str) -> None:
        """Say only that it did not leave; the words of a carrier may hold the address."""
        super().__init__(code, _("The message could not be sent now. Try again later."))
