"""Documents say what is so."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
PACKAGE = ROOT / "src/tejido"
SETTING = re.compile(r"\benv(?:\.\w+)?\(\s*\"([A-Z_]+)\"")
CODE_PATH = re.compile(r"`((?:src/tejido|tests|dev|journeys|docs)/[\w./-]+)`")
SHORT_PATH = re.compile(r"`([a-z_]+/[\w./-]+\.(?:py|html|css|js|toml|sql))(?:: ?[\w.]+)?`")
ANCHOR = re.compile(r"docs/sources\.md#([\w-]+)")
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def names_in_code() -> set[str]:
    files = [ROOT / "src/tejido/config/settings.py", *(ROOT / "src").glob("tejido/*/settings.py")]
    return {name for path in files for name in SETTING.findall(text(path))}


def test_every_setting_is_explained_and_nothing_else() -> None:
    explained = set(re.findall(r"^\| `([A-Z_]+)`", text(DOCS / "configuration.md"), re.MULTILINE))

    assert explained == names_in_code()


def test_every_setting_stands_once_in_the_example() -> None:
    shown = re.findall(r"^# ?([A-Z_]+)=", text(ROOT / ".env.example"), re.MULTILINE)

    assert sorted(shown) == sorted(names_in_code())


def test_map_names_paths_that_exist() -> None:
    named = SHORT_PATH.findall(text(DOCS / "map.md"))

    assert named
    missing = [
        path for path in named if not any((root / path).exists() for root in (PACKAGE, ROOT))
    ]
    assert missing == []


def documents() -> list[Path]:
    return [*ROOT.glob("*.md"), *DOCS.rglob("*.md")]


@pytest.mark.parametrize("document", documents(), ids=lambda path: path.name)
def test_document_names_and_links_only_what_exists(document: Path) -> None:
    named = [path for path in CODE_PATH.findall(text(document)) if not (ROOT / path).exists()]
    linked = [to for to in LINK.findall(text(document)) if not (document.parent / to).exists()]

    assert (named, linked) == ([], [])


def test_every_source_named_in_code_is_described() -> None:
    heads = re.findall(
        r"^#+ .*?\{#([\w-]+)\}|<a id=\"([\w-]+)\">", text(DOCS / "sources.md"), re.MULTILINE
    )
    described = {one or other for one, other in heads}
    named = {
        anchor
        for path in (ROOT / "src").rglob("*")
        if path.suffix in (".py", ".toml", ".sql")
        for anchor in ANCHOR.findall(text(path))
    }

    assert sorted(named - described) == []


def test_every_area_has_its_page() -> None:
    pages = {path.stem for path in (DOCS / "areas").glob("*.md")}

    assert pages == set(settings.AREAS)


def readme_commands() -> list[str]:
    part = text(ROOT / "README.md").partition("## Set up")[2].partition("\n## ")[0]
    return re.findall(r"^\./tejido (\w+)$", part, re.MULTILINE)


def test_readme_sets_up_with_exactly_two_commands() -> None:
    assert readme_commands() == ["demo", "test"]


@pytest.mark.parametrize("command", ["demo", "test"])
def test_launcher_explains_the_commands_of_the_readme(command: str) -> None:
    usage = subprocess.run(
        [sys.executable, str(ROOT / "tejido")], capture_output=True, text=True, check=True
    ).stdout

    assert f"./tejido {command} " in usage


def test_decisions_are_numbered_without_a_gap() -> None:
    numbers = [int(path.name[:4]) for path in sorted((DOCS / "adr").glob("*.md"))]

    assert numbers == list(range(1, len(numbers) + 1))
