"""The shape of the code: what import contracts cannot say."""

import subprocess
import sys
from pathlib import Path

from conftest import absent
from django.apps import apps
from django.conf import settings
from django.db.models import Field

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "tejido"
LONGEST = 400
WRITTEN = (".py", ".html", ".css", ".js", ".mjs", ".sql", ".toml", ".md")
DRAWERS = {"utils", "util", "helpers", "common", "misc", "managers", "mixins", "signals", "core"}


def in_repository() -> list[Path]:
    listed = subprocess.run(
        [
            "git",
            "-c",
            "safe.directory=*",
            "ls-files",
            "--cached",
            "--others",
            "--exclude-standard",
            "-z",
        ],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode:
        absent("looks at what git tracks: clone the repository, and sudo apt-get install git")
    paths = (ROOT / name for name in listed.stdout.decode().split("\0") if name)
    return [path for path in paths if path.is_file()]


def code_files() -> list[Path]:
    return [path for path in in_repository() if path.suffix == ".py" or path.name == "tejido"]


def rows(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_files_that_people_write_have_at_most_400_lines() -> None:
    # Data is as long as the world is; migrations are made, not written.
    looked_at = [
        path
        for path in in_repository()
        if path.suffix in (*WRITTEN[:-2], "") and "migrations" not in path.parts
        and path.name != "LICENSE"
    ]  # fmt: skip

    assert [str(path) for path in looked_at if rows(path) > LONGEST] == []


def test_no_module_is_a_junk_drawer() -> None:
    named = {path: {*path.relative_to(ROOT).parent.parts, path.stem} for path in code_files()}

    assert [str(path) for path, names in named.items() if names & DRAWERS] == []


def test_every_package_is_an_area_and_every_area_a_package() -> None:
    packages = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}

    assert packages == set(settings.AREAS)


def area_of(label: str) -> int:
    """Return how high an area stands; what is not ours stands below everything."""
    return settings.AREAS.index(label) if label in settings.AREAS else -1


def foreign_keys() -> list[Field]:
    fields = (field for model in apps.get_models() for field in model._meta.get_fields())
    return [field for field in fields if field.is_relation and field.concrete]


def test_foreign_keys_point_down() -> None:
    upward = [
        f"{field.model._meta.label}.{field.name}"
        for field in foreign_keys()
        if field.model._meta.app_label in settings.AREAS
        and area_of(field.related_model._meta.app_label) > area_of(field.model._meta.app_label)
    ]

    assert upward == []


def test_domain_loads_without_django_database_or_network() -> None:
    modules = [
        ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)
        for path in code_files()
        if PACKAGE in path.parents
        and "tests" not in path.parts
        and ("domain" in path.parts or path.name == "domain.py")
    ]
    program = (
        "import sys, importlib\n"
        f"for name in {sorted(modules)!r}:\n"
        "    importlib.import_module(name.removesuffix('.__init__'))\n"
        "kept_out = {'django', 'ninja', 'sqlite3', 'urllib.request'}\n"
        "print(sorted(kept_out & set(sys.modules)))"
    )

    loaded = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(PACKAGE.parent)},
    )

    assert modules
    assert (loaded.stdout, loaded.stderr) == ("[]\n", "")


def test_locks_are_fresh_and_name_no_host() -> None:
    from locks import faults

    assert faults() == []


def test_every_dependency_says_why_it_is_there() -> None:
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    begin, end = lines.index("dependencies = ["), lines.index("[project.optional-dependencies]")
    asked = [line for line in lines[begin + 1 : end] if line.startswith('  "')]

    assert [line for line in asked if "# " not in line] == []


FORBIDDEN = ("/wor" + "k/", "/far" + "m/", "NotImplemented" + "Error", "TO" + "DO", "FIX" + "ME")


def test_nothing_is_left_unfinished_or_names_a_machine() -> None:
    texts = [path for path in in_repository() if path.suffix in (*WRITTEN, ".yml", ".json", "")]
    found = [
        f"{path.relative_to(ROOT)}: {word}"
        for path in texts
        for word in FORBIDDEN
        if word in path.read_text(encoding="utf-8", errors="replace")
    ]

    assert found == []


def test_launcher_needs_nothing_but_python() -> None:
    program = (ROOT / "tejido").read_text(encoding="utf-8")
    imports = [
        line.split()[1] for line in program.splitlines() if line.startswith(("import", "from"))
    ]

    assert [name for name in imports if name.split(".")[0] not in sys.stdlib_module_names] == []
