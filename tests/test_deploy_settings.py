"""The settings file that an installation starts from is safe as Django's own checks see it."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def test_django_finds_nothing_unsafe_in_the_settings_of_a_server(tmp_path: Path) -> None:
    ours = ("DATABASE", "TEJIDO", "DJANGO", "HTTPS", "ALLOWED", "SECRET", "BACKUP", "SMS")
    clean = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    written = (ROOT / "deploy/settings.env").read_text(encoding="utf-8").splitlines()
    given = dict(line.split("=", 1) for line in written if line and not line.startswith("#"))
    here = {f"TEJIDO_{name}": str(tmp_path / name) for name in ("DATA", "KEYS", "BACKUPS")}
    path = {"PYTHONPATH": str(ROOT / "src"), "DJANGO_SETTINGS_MODULE": "tejido.config.settings"}

    done = subprocess.run(
        [sys.executable, "-m", "tejido", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=tmp_path,
        env=clean | given | here | path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, "no issues" in done.stdout) == (0, True), done.stdout + done.stderr
