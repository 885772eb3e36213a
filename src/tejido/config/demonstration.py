"""The demonstration network: invented, on a database of its own."""

from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from tejido.accounts.app_codes import app_code
from tejido.accounts.queries import account_id
from tejido.config.fingerprints import fingerprint
from tejido.config.prepare import area_modules, prepare
from tejido.config.publishing import publish_if_old
from tejido.foundation.errors import Refused
from tejido.network.demo import PERSONAS, Persona

Report = Callable[[str], None]
MARK = "demonstration"


class NotTheDemonstration(Refused):
    """The data folder holds somebody's own network."""

    def __init__(self, *, folder: Path) -> None:
        """Name the folder."""
        sentence = _(
            "The folder %(folder)s holds a network that is not the demonstration. Nothing was "
            "changed. Give the demonstration a folder of its own: --data DIR."
        ) % {"folder": folder}
        super().__init__("not-the-demonstration", sentence)


class NobodyInvented(Refused):
    """Nobody of that name is asked for a code in the demonstration."""

    def __init__(self, *, known: Iterable[str]) -> None:
        """Name those who are."""
        sentence = _("In the demonstration these are asked for a code: %(known)s.") % {
            "known": ", ".join(known)
        }
        super().__init__("nobody-invented", sentence)


def plant_demonstration(*, at: datetime, report: Report) -> None:
    """Plant the invented network of every area and build what the finder shows.

    Safe to repeat, and at once when it was done today and nothing changed.

    Raises:
        NotTheDemonstration: the data folder has a database that the demonstration did not make.
    """
    claim(settings.DATA)
    prepare(report=report)
    changed = _plant_if_changed(at=at, report=report)
    publish_if_old(at=at, changed=changed, report=report)


def _plant_if_changed(*, at: datetime, report: Report) -> bool:
    planted = settings.DATA / "planted"
    made_from = fingerprint("*/demo.py", "*/demonstration/**/*", "*/migrations/*.py")
    # Confirmations are so many days old: they move along with the day.
    wanted = f"{made_from} {at.date()}"
    # The database may be another than the one that was planted: it was removed, or made anew.
    is_there = account_id(PERSONAS[0].username) is not None
    if is_there and planted.exists() and planted.read_text() == wanted:
        return False
    for area, demo in area_modules("demo"):
        report(_("Planting the demonstration of %(area)s") % {"area": area})
        # Whoever plants it, it is the same.
        with translation.override(settings.LANGUAGE_CODE):
            demo.plant(report=report, at=at)
    planted.write_text(wanted)
    return True


def claim(folder: Path) -> None:
    """Mark the folder as the demonstration's, unless it is another's."""
    mark = folder / MARK
    if mark.exists():
        return
    if (folder / "tejido.sqlite3").exists():
        raise NotTheDemonstration(folder=folder)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    mark.write_text("The network in this folder is invented.\n", encoding="utf-8")


def code_of(username: str, *, at: datetime) -> str:
    """Return the six digits that the app of somebody invented shows at an instant.

    Raises:
        NotTheDemonstration: the data folder is not the demonstration's.
        NobodyInvented: nobody invented has this user name and a second step.
    """
    if not (settings.DATA / MARK).exists():
        raise NotTheDemonstration(folder=settings.DATA)
    secrets = {persona.username: persona.app_secret for persona in PERSONAS if persona.app_secret}
    if username not in secrets:
        raise NobodyInvented(known=secrets)
    return app_code(secrets[username], at=at)


def personas() -> list[str]:
    """Return lines that say who can sign in to the demonstration, and with what."""
    steps = [_step_of(persona) for persona in PERSONAS if persona.app_secret]
    return [
        *(_line_of(persona) for persona in PERSONAS),
        "",
        "Who leads is asked for a code too. ./tejido demo_code USER prints the one of now;",
        "or let an authenticator app have the secret:",
        *steps,
    ]


def _line_of(persona: Persona) -> str:
    role = persona.role.replace("-", " ")
    who = f"{persona.name}, {role}, {persona.member}"
    return f"  {persona.username:<14}{persona.password:<30}{who}"


def _step_of(persona: Persona) -> str:
    address = f"otpauth://totp/{persona.username}?secret={persona.app_secret}&issuer=Tejido"
    return f"  {persona.username:<14}{address}"
