"""Mail out, through whatever Django is told to use (`EMAIL_URL`)."""

from contextlib import suppress
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from tejido.gateways.sending import NotSent

FINAL = 500


def mail_is_on() -> bool:
    """Tell whether this installation sends mail."""
    return bool(settings.MAIL_IS_ON)


class Postbox:
    """A connection to the mail server, opened at the first letter and kept for the others."""

    def __init__(self) -> None:
        """Keep the connection, closed."""
        self._connection = get_connection()

    def send(self, *, to: str, subject: str, body: str, name: str, stop: str = "") -> None:
        """Send one letter in plain text.

        Args:
            to: one address.
            subject: one line.
            body: plain text.
            name: stays the same when the letter is sent again, so that mailboxes see it is one.
            stop: where a POST ends such letters, so that mailboxes show a button; '' for nowhere.

        Raises:
            NotSent: it did not leave, as far as we know.

        Source: docs/sources.md#one-click-stop
        """
        letter = EmailMessage(
            subject,
            body,
            to=[to],
            connection=self._connection,
            headers={
                "Message-ID": f"<{name}@{_host()}>",
                "Auto-Submitted": "auto-generated",
                **_stopping(stop),
            },
        )
        try:
            self._connection.open()
            letter.send()
        except (SMTPException, OSError) as error:
            self.close()
            raise NotSent(_code(error)) from None

    def close(self) -> None:
        """Hang up; a server that is gone already does not matter."""
        with suppress(SMTPException, OSError):
            self._connection.close()


def _stopping(stop: str) -> dict[str, str]:
    if not stop:
        return {}
    return {
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def _host() -> str:
    return settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ") or "localhost"


def _code(error: Exception) -> str:
    if isinstance(error, SMTPRecipientsRefused):
        codes = [code for code, _words in error.recipients.values()]
        return "refused" if codes and min(codes) >= FINAL else "later"
    if isinstance(error, SMTPDataError):
        return "refused" if error.smtp_code >= FINAL else "later"
    return "away"
