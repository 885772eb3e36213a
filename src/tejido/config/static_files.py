"""Gathers the hashed, compressed files that pages need, when they changed."""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.utils.translation import gettext as _

from tejido.config.fingerprints import fingerprint


def collect_static(*, report: Callable[[str], None]) -> None:
    """Gather static files into STATIC_ROOT; at once when nothing changed."""
    stamp = Path(settings.STATIC_ROOT) / "collected-from"
    wanted = fingerprint("*/static/**/*")
    if stamp.exists() and stamp.read_text() == wanted:
        return
    report(_("Gathering styles and scripts"))
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(wanted)
