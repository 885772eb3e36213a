"""What the directory does again and again."""

from datetime import datetime

from django.conf import settings

from tejido.directory.domain.link_mail import HOUR
from tejido.directory.services.link_mails import mail_due_links
from tejido.foundation.round import Round


def _mail_links(at: datetime) -> None:
    mail_due_links(site=settings.SITE_URL, at=at)


ROUNDS = [Round("mail-links", _mail_links, hour=HOUR)]
