"""The launcher as a person meets it, on machines that lack something."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tejido.__main__ import _without_checks
from tejido.config.benches.site import environment, settings_of

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """Return a fresh copy of what the launcher reads, with no environment yet."""
    shutil.copytree(ROOT / "requirements", tmp_path / "requirements")
    shutil.copy2(ROOT / "tejido", tmp_path / "tejido")
    return tmp_path


def launch(clone: Path, *arguments: str, modules: Path | None = None) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, str(clone / "tejido"), *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(modules or "")},
    )
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("arguments", [[], ["help"], ["--help"], ["-h"]])
def test_usage_is_shown_at_once_and_makes_nothing(clone: Path, arguments: list[str]) -> None:
    code, said, complained = launch(clone, *arguments)

    assert (code, complained) == (0, "")
    assert said.startswith("Tejido: ")
    assert sorted(path.name for path in clone.iterdir()) == ["requirements", "tejido"]


def test_python_without_venv_says_what_to_install(clone: Path, tmp_path: Path) -> None:
    lacking = tmp_path / "lacking"
    lacking.mkdir()
    for name in ("venv", "pip"):
        (lacking / f"{name}.py").write_text("raise SystemExit(f'No module named {__name__}')")

    code, said, complained = launch(clone, "demo", modules=lacking)

    assert (code, said) == (1, "")
    assert "sudo apt-get install python3-venv" in complained
    assert "Traceback" not in complained
    assert not (clone / ".venv").exists()


def a_made_environment(clone: Path, launcher: dict[str, object], **locks: str) -> None:
    """Stand in for .venv: its Python says what it was asked to do."""
    programs = clone / ".venv" / "bin"
    programs.mkdir(parents=True)
    for name in ("python", "uv"):
        (programs / name).write_text(f'#!/bin/sh\necho "{name} $*"\n')
        (programs / name).chmod(0o755)
    stamp = {"python": launcher["VERSION"], "uv": launcher["pinned_uv"](), **locks}  # type: ignore[operator]
    (clone / ".venv" / "tejido.json").write_text(json.dumps(stamp))


def launcher_of(clone: Path) -> dict[str, object]:
    names: dict[str, object] = {"__file__": str(clone / "tejido"), "__name__": "launcher"}
    exec(compile((clone / "tejido").read_text(), "tejido", "exec"), names)
    return names


def lock(clone: Path, name: str) -> str:
    return str(launcher_of(clone)["digest"](clone / "requirements" / f"{name}.txt"))  # type: ignore[operator]


def test_later_run_changes_nothing_and_becomes_the_command(clone: Path) -> None:
    a_made_environment(clone, launcher_of(clone), runtime=lock(clone, "runtime"))

    answer = launch(clone, "import_hsds", "a file", "--dry-run")

    assert answer == (0, "python -m tejido import_hsds a file --dry-run\n", "")


def test_demo_after_test_keeps_what_tests_need(clone: Path) -> None:
    a_made_environment(clone, launcher_of(clone), runtime="older", dev="older")

    code, _, told = launch(clone, "demo")

    stamp = json.loads((clone / ".venv" / "tejido.json").read_text())
    assert code == 0
    assert "Installing the locked packages (dev)" in told
    assert (stamp["runtime"], stamp["dev"]) == (lock(clone, "runtime"), lock(clone, "dev"))


def test_demo_alone_installs_no_tools(clone: Path) -> None:
    a_made_environment(clone, launcher_of(clone), runtime="older")

    _, _, told = launch(clone, "demo")

    assert "Installing the locked packages (runtime)" in told
    assert "dev" not in json.loads((clone / ".venv" / "tejido.json").read_text())


def test_pinned_uv_is_one_version_with_its_hashes(clone: Path) -> None:
    first, *hashes = str(launcher_of(clone)["pinned_uv"]()).splitlines()  # type: ignore[operator]

    assert first.startswith("uv==")
    assert hashes
    assert all(line.startswith("    --hash=sha256:") for line in hashes)


@pytest.mark.parametrize(
    ("command", "is_looked_at"),
    [("serve", True), ("doctor", True), ("check", True), ("keys", False), ("backup", False)],
)
def test_the_code_is_looked_at_before_what_goes_on_for_long(
    command: str, is_looked_at: bool
) -> None:
    assert (_without_checks([command]) == []) is is_looked_at


def test_a_command_on_a_folder_without_a_network_says_which_and_makes_none(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "nothing"

    done = subprocess.run(
        [sys.executable, "-m", "tejido", "verify_audit"],
        env=environment(settings_of(folder)),
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert f"There is no network in {folder} yet" in done.stderr
    assert not folder.exists()
