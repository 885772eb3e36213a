"""Commands speak the language of the machine."""

import json
from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.utils import translation

from tejido.config.management.commands import promises
from tejido.config.operator_language import speak_to_operator
from tejido.finder.services.build import build_snapshot
from tejido.foundation.bench import Figure

NOON = datetime(2026, 11, 20, 20, 0, tzinfo=UTC)


def spoken(**environ):
    with translation.override("en"):
        speak_to_operator(environ)
        return translation.get_language()


def files_in(folder):
    found = [each for each in folder.rglob("*") if each.is_file()]
    return {str(each.relative_to(folder)): each.read_bytes() for each in found}


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({"LANG": "es_US.UTF-8"}, "es"),
        ({"LANG": "es"}, "es"),
        ({"LC_MESSAGES": "es_MX", "LANG": "en_US.UTF-8"}, "es"),
        ({"LC_ALL": "C.UTF-8", "LANG": "es_US.UTF-8"}, "en"),
        ({"LC_ALL": "", "LANG": "es_US.UTF-8"}, "es"),
        ({"LANG": "est_EE"}, "en"),
        ({}, "en"),
    ],
)
def test_the_first_that_the_environment_says_counts(environ, language):
    assert spoken(**environ) == language


def test_a_promise_speaks_spanish_and_its_json_stays_as_programs_read_it(monkeypatch, capsys):
    name = "acknowledged writes, SQLite"
    kept = [Figure(name, 0, "", target="0", met=True, tries=3)]
    monkeypatch.setattr(promises, "measures", lambda *_: {"kept": lambda **_: kept})

    with translation.override("es"):
        call_command("promises", "--json")

    said, line = capsys.readouterr().out.splitlines()
    assert said == "escrituras confirmadas, SQLite: 0 en 3 intentos, se esperaba 0: se cumplió"
    assert json.loads(line)["figures"][0]["name"] == name


@pytest.mark.django_db
def test_a_snapshot_is_the_same_whatever_the_operator_speaks(tmp_path, capsys):
    made = {}
    for language in ("en", "es"):
        with translation.override(language):
            build_snapshot(folder=tmp_path / language, at=NOON, report=print)
        made[language] = files_in(tmp_path / language)

    assert made["en"] == made["es"]
    assert "Datos HSDS" in capsys.readouterr().out
