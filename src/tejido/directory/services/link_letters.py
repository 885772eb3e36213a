"""The letter with the link by which a program confirms: its public name, the link, how to stop."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from tejido.ui.domain.wording import day_words


@dataclass(frozen=True, slots=True)
class LinkLetter:
    """A letter as it leaves: `subject` one line, `body` plain text, `stop` where to end them."""

    subject: str
    body: str
    stop: str


def link_letter(
    *, name: str, token: str, stop: str, until: date, site: str, language: str
) -> LinkLetter:
    """Return the letter to a program, in its language.

    Args:
        name: what everybody knows the program as.
        token: of its link; in no other place.
        stop: token by which these letters are ended.
        until: the last day of the link.
        site: such as `https://help.example.org`.
        language: en or es.
    """
    with translation.override(language):
        link = site + reverse("directory_link:confirm", args=[token])
        end = site + reverse("directory_link:stop", args=[stop])
        said = {
            "name": " ".join(name.split()),
            "network": settings.NETWORK_NAME,
            "day": day_words(until, language=language, form="full"),
        }
        subject = _("Is this still right? %(name)s") % said
        return LinkLetter(subject, "\n\n".join(_paragraphs(said, link, end)) + "\n", end)


def _paragraphs(said: dict[str, str], link: str, end: str) -> list[str]:
    return [
        _("People find %(name)s in the directory of %(network)s. Is it still right?") % said,
        _("Look at it and answer here, without an account:"),
        link,
        _(
            "The link holds until %(day)s, for one answer. Whoever has it can answer for "
            "%(name)s. A link that we mailed before leads nowhere now."
        )
        % said,
        _(
            "You get this because %(name)s gave us this address for it: once a month at most, "
            "and only when something has to be looked at. Stop these mails here:"
        )
        % said,
        end,
        _("Nobody reads answers to this message."),
    ]
