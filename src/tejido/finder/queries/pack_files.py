"""The packs that lie ready for phones: what there is, and one of them as it is sent."""

import re
from pathlib import Path

from django.conf import settings

MANIFEST = "manifest.json"
# How a pack is sent, best first: the ending of its file.
ENCODINGS = {"br": "br", "gzip": "gz"}
_HASH = re.compile(r"[0-9a-f]{32}", re.ASCII)


def packs_in(folder: Path) -> Path:
    """Return where the packs lie beside the snapshots."""
    return folder / "packs"


def manifest_text() -> str | None:
    """Return what phones ask for first, None where no packs were made yet."""
    file = packs_in(settings.SNAPSHOTS) / MANIFEST
    return file.read_text(encoding="utf-8") if file.is_file() else None


def packed_file(name: str, encoding: str) -> bytes | None:
    """Return a pack or a delta as it is sent, None where there is none of this name.

    Args:
        name: its hash.
        encoding: one of `ENCODINGS`.
    """
    if not _HASH.fullmatch(name):
        return None
    file = packs_in(settings.SNAPSHOTS) / f"{name}.json.{ENCODINGS[encoding]}"
    return file.read_bytes() if file.is_file() else None
