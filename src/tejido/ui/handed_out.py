"""A link that somebody hands out: as a code, to copy, to share, in the words of one language."""

from collections.abc import Callable
from typing import Any

from django.utils import translation
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _


def link_in(language: str, *, address: Callable[[], str], subject: Any = "") -> dict[str, str]:
    """Return what `ui/_link.html` shows of a link.

    Args:
        language: en or es, of its words.
        address: returns it whole, as it is in the language of the moment.
        subject: what an app that it is shared with calls it; lazy.
    """
    with translation.override(language):
        return {
            "language": language,
            "name": get_language_info(language)["name_local"].capitalize(),
            "address": address(),
            "title": _("Code of the link"),
            "subject": str(subject),
            "label": _("Link"),
            "copy": _("Copy the link"),
            "share": _("Share the link"),
            "copied": _("The link is copied."),
            "failed": _("The link could not be copied. It is marked: copy it from the field."),
        }
