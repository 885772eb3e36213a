"""In which language commands speak to whoever gives them: that of the machine, as other programs.

What programs read stays as it is: JSON lines, the doctor's marks, exit statuses, the log.
"""

from collections.abc import Mapping
from pathlib import Path

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

# The first that says anything counts. Source: POSIX.1-2017, XBD 8.2, for the class LC_MESSAGES.
VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


def speak_to_operator(environ: Mapping[str, str]) -> None:
    """Speak the language that the environment says, where we have it; otherwise English."""
    said = next((environ[name] for name in VARIABLES if environ.get(name)), "")
    language = said[:2].lower()
    if language in dict(settings.LANGUAGES) and said[2:3] in {"", "_", ".", "@"}:
        translation.activate(language)


def unanswered(error: Exception) -> str:
    """Return what is wrong with the database, for whoever gave the command."""
    if settings.EMBEDDED and not (Path(settings.DATA) / "tejido.sqlite3").exists():
        return _(
            "There is no network in %(folder)s yet. Name another folder with --data DIR; "
            "the demonstration is in var/demo. ./tejido found_network begins a network."
        ) % {"folder": settings.DATA}
    return _("The database does not answer: %(error)s") % {"error": error}
