"""`./tejido check`: what a change must pass, and what CI runs before the tests."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import locks

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
WRITTEN = [".", "tejido"]
CHECKS: dict[str, list[str | Path]] = {
    "lint": [BIN / "ruff", "check", "--quiet", *WRITTEN],
    "format": [BIN / "ruff", "format", "--check", "--quiet", *WRITTEN],
    "contracts between areas": [BIN / "lint-imports"],
    "types": [BIN / "mypy"],
    "migrations": [sys.executable, "-m", "tejido", "makemigrations", "--check", "--dry-run"],
    "deployment": [sys.executable, "-m", "tejido", "check", "--deploy", "--fail-level", "WARNING"],
}


def main() -> None:
    """Run every check, show what failed, and end with one line."""
    failed = [name for name, command in CHECKS.items() if not _passes(name, command)]
    for fault in locks.faults():
        print(f"✗ {fault}")
        failed.append("locks")
    print(f"check: failed: {', '.join(failed)}" if failed else "check: everything passed")
    sys.exit(1 if failed else 0)


def _passes(name: str, command: list[str | Path]) -> bool:
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [str(part) for part in command],
            check=False,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=_environment(folder),
        )
    sign = "✗" if done.returncode else "✓"
    print(f"{sign} {name} ({time.monotonic() - started:.1f} s)", flush=True)
    if done.returncode:
        print(done.stdout)
    return done.returncode == 0


def _environment(folder: str) -> dict[str, str]:
    """Check as on a server behind HTTPS, away from anybody's data."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE")}
    return kept | {"PYTHONPATH": str(ROOT / "src"), "TEJIDO_DATA": folder, "HTTPS": "1"}


if __name__ == "__main__":
    main()
