"""The locks: `python dev/locks.py` makes them anew from pyproject.toml; no host stands in them."""

import hashlib
import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCKS = {"runtime": [], "dev": ["--extra", "dev"]}
HEADING = "# locks the dependencies of pyproject.toml: "
UV = Path(sys.executable).parent / "uv"


def main() -> None:
    """Make both locks."""
    for name, extra in LOCKS.items():
        make(name, extra)


def make(name: str, extra: list[str]) -> None:
    """Resolve one lock: every platform, every hash, no host."""
    path = lock(name)
    kept = ["--universal", "--generate-hashes", "--no-emit-index-url", "--no-emit-find-links"]
    plain = ["--no-header", "--no-annotate", "--python-version", "3.11", "-q"]
    subprocess.run(
        [UV, "pip", "compile", *kept, *plain, *extra, "pyproject.toml", "-o", str(path)],
        check=True,
        cwd=ROOT,
        env=os.environ | {"UV_INDEX_STRATEGY": "unsafe-best-match"},
    )
    path.write_text(f"{HEADING}{fingerprint()}\n{path.read_text()}")


def lock(name: str) -> Path:
    """Return the path of a lock."""
    return ROOT / "requirements" / f"{name}.txt"


def fingerprint() -> str:
    """Return what the locks were made from: every word about dependencies."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    asked = [project.get(key) for key in ("requires-python", "dependencies")]
    asked.append(project["optional-dependencies"])
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()


def faults() -> list[str]:
    """Return what is wrong with the locks, one sentence each."""
    found = []
    for name in LOCKS:
        text = lock(name).read_text()
        if not text.startswith(HEADING + fingerprint()):
            found.append(f"requirements/{name}.txt is stale: .venv/bin/python dev/locks.py")
        if "://" in text:
            found.append(f"requirements/{name}.txt names a host")
    lacking = versions("runtime") - versions("dev")
    if lacking:
        found.append(f"requirements/dev.txt lacks {', '.join(sorted(lacking))}")
    return found


def versions(name: str) -> set[str]:
    """Return `package==version` of every package in a lock."""
    return set(re.findall(r"^[\w.\[\]-]+==[\w.]+", lock(name).read_text(), re.MULTILINE))


if __name__ == "__main__":
    main()
