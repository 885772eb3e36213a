import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tejido.config.management.commands.bench import one_line
from tejido.foundation.bench import Figure, line_of


def test_bench_that_does_not_exist_names_those_that_do() -> None:
    with pytest.raises(CommandError, match="There is no bench called nothing"):
        call_command("bench", "nothing")


def test_bench_ends_with_one_line_of_json_that_programs_read() -> None:
    figure = Figure("p99", 150.5, "ms", "brute force", 3000.0, 0.05, "<= 150", met=False)

    line = one_line("finder", [figure])

    assert "\n" not in line
    answered: dict[str, Any] = json.loads(line)
    assert sorted(answered) == ["bench", "figures", "machine", "versions"]
    assert answered["figures"] == [
        {
            "name": "p99",
            "value": 150.5,
            "unit": "ms",
            "peer": "brute force",
            "peer_value": 3000.0,
            "ratio": 0.05,
            "target": "<= 150",
            "met": False,
        }
    ]


def test_figure_is_told_with_its_peer_and_its_target() -> None:
    figure = Figure("p99", 150.5, "ms", "brute force", 3000.0, 0.05, "<= 150", met=False)

    assert line_of(figure) == "p99: 150.5 ms (brute force: 3000), hoped for <= 150: missed"


@pytest.mark.parametrize("rows", ["0", "-3"])
def test_bench_refuses_a_size_below_one(rows: str) -> None:
    with pytest.raises(CommandError):
        call_command("bench", "finder", f"--rows={rows}")


def test_prepare_is_documented_by_its_own_help(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        call_command("prepare", "--help")

    assert "Safe to repeat." in capsys.readouterr().out


def test_static_files_are_gathered_once(settings: Any, tmp_path: Path) -> None:
    from tejido.config.static_files import collect_static

    settings.STATIC_ROOT = tmp_path
    told: list[str] = []

    for _ in range(2):
        collect_static(report=told.append)

    assert told == ["Gathering styles and scripts"]
    assert (tmp_path / "ui").is_dir()
