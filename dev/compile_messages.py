"""Compiles the message catalogues. Needs only what the server needs; the launcher runs it."""

from pathlib import Path

import polib

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "tejido"
CATALOGUE = Path("locale") / "es" / "LC_MESSAGES" / "django.po"


def compile_catalogues() -> None:
    """Compile every catalogue whose text is newer than what was compiled."""
    for text in PACKAGE.glob(f"*/{CATALOGUE}"):
        compiled = text.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < text.stat().st_mtime:
            polib.pofile(str(text)).save_as_mofile(str(compiled))


if __name__ == "__main__":
    compile_catalogues()
