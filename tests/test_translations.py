"""Every English string that a person reads has its Spanish one."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import polib
import pytest
from compile_messages import CATALOGUE, PACKAGE
from messages import all_areas, key_of, messages_of

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


@cache
def catalogue(area: str) -> polib.POFile:
    path = PACKAGE / area / CATALOGUE
    return polib.pofile(str(path)) if path.exists() else polib.POFile()


@cache
def said(area: str) -> dict[tuple[str | None, str, str], list[str]]:
    return messages_of(area)


def texts(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def listed(lines: Iterable[str]) -> str:
    return "without Spanish (dev/messages.py AREA adds them):\n" + "\n".join(lines)


@pytest.mark.parametrize("area", all_areas())
def test_every_string_of_an_area_is_in_its_spanish_catalogue(area: str) -> None:
    known = {key_of(entry) for entry in catalogue(area) if all(texts(entry))}
    missing = {key: places for key, places in said(area).items() if key not in known}

    assert not missing, listed(f"{places[0]}: {key[1]}" for key, places in missing.items())


@pytest.mark.parametrize("area", all_areas())
def test_no_catalogue_holds_what_nobody_says(area: str) -> None:
    entries = [entry for entry in catalogue(area) if not entry.obsolete]

    assert [entry.msgid for entry in entries if key_of(entry) not in said(area)] == []
    assert [entry.msgid for entry in catalogue(area) if entry.obsolete] == []


@pytest.mark.parametrize("area", all_areas())
def test_no_translation_is_a_guess(area: str) -> None:
    assert [entry.msgid for entry in catalogue(area) if entry.fuzzy] == []


@pytest.mark.parametrize("area", all_areas())
def test_spanish_keeps_the_placeholders(area: str) -> None:
    changed = [
        entry.msgid
        for entry in catalogue(area)
        for text in texts(entry)
        if placeholders(text) != placeholders(entry.msgid)
        and placeholders(text) != placeholders(entry.msgid_plural or entry.msgid)
    ]

    assert changed == []


def placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))


def test_catalogues_compile(tmp_path: Path) -> None:
    for area in all_areas():
        catalogue(area).save_as_mofile(str(tmp_path / f"{area}.mo"))

    assert len(list(tmp_path.iterdir())) == len(all_areas())


def test_one_sentence_has_one_spanish_in_all_areas() -> None:
    """Django keeps one for all: where two areas differ, one speaks for both. Give it a context."""
    said_as: dict[tuple[str | None, str, str], set[str]] = {}
    for area in all_areas():
        for entry in catalogue(area):
            said_as.setdefault(key_of(entry), set()).add(" / ".join(texts(entry)))

    assert [words for words in said_as.values() if len(words) > 1] == []


@pytest.mark.parametrize("area", all_areas())
def test_no_text_goes_on_after_an_empty_line(area: str) -> None:
    """What stands there is left of another entry, and is read as the end of the one above."""
    path = PACKAGE / area / CATALOGUE
    text = path.read_text() if path.exists() else ""

    assert re.findall(r'\n\n".*', text) == []
