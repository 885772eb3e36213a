"""`./tejido fix`: format, and mend what can be mended."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RUFF = Path(sys.executable).parent / "ruff"


def main() -> None:
    """Run ruff's own fixes and its formatter."""
    left = subprocess.run([RUFF, "check", "--fix", ".", "tejido"], check=False, cwd=ROOT)
    subprocess.run([RUFF, "format", ".", "tejido"], check=True, cwd=ROOT)
    sys.exit(left.returncode)


if __name__ == "__main__":
    main()
