"""The command that tries what is promised."""

import pytest
from django.core.management import CommandError, call_command

from tejido.config.management.commands import promises
from tejido.foundation.bench import Figure


def kept(*, tries: int = 3) -> list[Figure]:
    return [Figure("lost", 0, "writes", target="0", met=True, tries=tries)]


def broken(*, tries: int = 3) -> list[Figure]:
    return [Figure("lost", 1, "writes", target="0", met=False, tries=tries)]


@pytest.fixture
def promised(monkeypatch):
    """Promise two things, of which one does not hold."""
    monkeypatch.setattr(promises, "measures", lambda *_: {"kept": kept, "broken": broken})


def test_one_that_does_not_exist_names_those_that_do(promised):
    with pytest.raises(
        CommandError, match=r"no promise called nothing\. There are: broken, kept\."
    ):
        call_command("promises", only="nothing")


def test_each_says_how_often_it_was_tried(promised, capsys):
    call_command("promises", "--json", only="kept", tries=7)

    told, line = capsys.readouterr().out.splitlines()
    assert told == "lost: 0 writes in 7 tries, hoped for 0: met"
    assert '"tries": 7' in line


def test_one_that_did_not_hold_fails_the_command(promised, capsys):
    with pytest.raises(CommandError, match="Not everything that is promised held"):
        call_command("promises")

    assert "lost: 0 writes in 3 tries" in capsys.readouterr().out


@pytest.mark.parametrize("tries", [0, -1])
def test_it_needs_one_try_or_more(promised, tries):
    with pytest.raises(CommandError, match="1 or more"):
        call_command("promises", tries=tries)
