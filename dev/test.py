"""`./tejido test [sqlite|postgres|journeys] [arguments for pytest]`."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import private_postgres

ROOT = Path(__file__).resolve().parents[1]
NO_SKIP = os.environ.get("TEJIDO_NO_SKIP") == "1"
SKIPPED = "skipped"
GATHER = """import django; django.setup()
from tejido.config.static_files import collect_static; collect_static(report=print)"""
Outcome = tuple[bool, str]


def main() -> None:
    """Run the chosen parts and end with one line for each."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    arguments = sys.argv[1:]
    names = [arguments.pop(0)] if arguments and arguments[0] in PARTS else list(PARTS)
    _gather_static()
    outcomes = {name: _part(name, arguments) for name in names}
    print("\n" + "\n".join(f"{name}: {said}" for name, (_, said) in outcomes.items()))
    sys.exit(0 if all(well for well, _ in outcomes.values()) else 1)


def _gather_static() -> None:
    """Gather styles and scripts once, before tests that run servers would do so all at once."""
    settings = {"DJANGO_SETTINGS_MODULE": "tejido.config.settings", "PYTHONPATH": "src"}
    subprocess.run([sys.executable, "-c", GATHER], cwd=ROOT, env=os.environ | settings, check=True)


def _part(name: str, arguments: list[str]) -> Outcome:
    print(f"\n== {name}", flush=True)
    well, said = PARTS[name](arguments)
    if said.startswith(SKIPPED):
        print(said, flush=True)
        well = not NO_SKIP
    return well, said


def on_sqlite(arguments: list[str]) -> Outcome:
    """Run the suite on SQLite."""
    return _pytest([*_spread(), *arguments], {"DATABASE_URL": ""})


def on_postgres(arguments: list[str]) -> Outcome:
    """Run the suite on a PostgreSQL of its own, as the application role."""
    programs = private_postgres.server_programs()
    if programs is None:
        return False, f"{SKIPPED}: needs PostgreSQL 15 or newer: {private_postgres.INSTALL}"
    with private_postgres.private_cluster(programs) as socket:
        roles = {
            "DATABASE_URL": private_postgres.url(socket, role="tejido_app"),
            "DATABASE_OWNER_URL": private_postgres.url(socket, role="tejido_owner"),
            "TEJIDO_TEST_SOCKET": str(socket),
        }
        return _pytest([*_spread(), *arguments], roles)


def in_browser(arguments: list[str]) -> Outcome:
    """Run the journeys in a real Chromium, with the rules of axe."""
    if not any(shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome")):
        return False, f"{SKIPPED}: needs Chromium: sudo apt-get install chromium"
    if not _has_axe():
        return False, f"{SKIPPED}: needs npm, for axe-core: sudo apt-get install npm"
    journeys = ["-o", "testpaths=journeys", *_spread(), *arguments]
    return _pytest(journeys, {"DATABASE_URL": ""})


def _has_axe() -> bool:
    """Return whether axe-core is there, fetching the locked one where npm can."""
    folder = ROOT / "journeys"
    if not (folder / "node_modules/axe-core").exists() and shutil.which("npm"):
        quiet = ["--no-audit", "--no-fund", "--loglevel=error"]
        subprocess.run(["npm", "ci", *quiet], cwd=folder, check=False)
    return (folder / "node_modules/axe-core").exists()


PARTS: dict[str, Callable[[list[str]], Outcome]] = {
    "sqlite": on_sqlite,
    "postgres": on_postgres,
    "journeys": in_browser,
}


def _spread() -> list[str]:
    """Return how tests are spread: whoever has none left takes some of another's."""
    return ["-n", str(min(os.cpu_count() or 1, 8)), "--dist", "worksteal"]


def _pytest(arguments: list[str], settings: dict[str, str]) -> Outcome:
    """Run pytest, letting its words through; return whether it passed and its last line."""
    paths = os.pathsep.join(["src", "dev"])
    running = subprocess.Popen(
        [sys.executable, "-m", "pytest", "-rfEs", *arguments],
        env=os.environ | settings | {"PYTHONPATH": paths, "PYTHONUNBUFFERED": "1"},
        cwd=ROOT,
        stdout=subprocess.PIPE,
    )
    heard = b""
    assert running.stdout
    while chunk := running.stdout.read1(4096):  # type: ignore[attr-defined]
        sys.stdout.buffer.write(chunk)
        sys.stdout.flush()
        heard = (heard + chunk)[-2000:]
    lines = heard.decode(errors="replace").strip().splitlines()
    return running.wait() == 0, lines[-1] if lines else "said nothing"


if __name__ == "__main__":
    main()
