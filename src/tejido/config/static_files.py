"""Gathers the hashed, compressed files that pages need, when they changed."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.management import call_command


def collect_static(*, report: Callable[[str], None]) -> None:
    """Gather static files into STATIC_ROOT; at once when nothing changed."""
    stamp = Path(settings.STATIC_ROOT) / "collected-from"
    wanted = _fingerprint()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    report("Gathering styles and scripts")
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(wanted)


def _fingerprint() -> str:
    digest = hashlib.sha256((settings.ROOT / "requirements" / "runtime.txt").read_bytes())
    for path in sorted(settings.PACKAGE.glob("*/static/**/*")):
        if path.is_file():
            digest.update(str(path.relative_to(settings.PACKAGE)).encode() + path.read_bytes())
    return digest.hexdigest()
