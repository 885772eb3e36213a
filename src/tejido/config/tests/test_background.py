"""Work that nobody waits for, in the process that serves and in a process of its own."""

from pathlib import Path
from threading import Event, Thread

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django_tasks import task

from tejido.config import background
from tejido.config.rounds import every_round
from tejido.config.tests.backup.conftest import Installation

DONE: list[int] = []


@task
def note_number(number: int) -> None:
    DONE.append(number)


def test_each_round_has_a_name_of_its_own() -> None:
    names = [work.name for work in every_round()]

    assert len(names) == len(set(names))
    assert {"seal-record", "publish-finder", "backup", "remove-what-is-over"} <= set(names)


@pytest.mark.django_db(transaction=True)
def test_task_that_an_act_left_behind_is_done_once() -> None:
    DONE.clear()
    note_number.enqueue(7)

    background._do_waiting()
    background._do_waiting()

    assert DONE == [7]


@pytest.mark.parametrize(
    "error",
    [
        OperationalError("somebody's words"),
        psycopg.OperationalError("somebody's words"),
        RuntimeError("somebody's words"),
    ],
)
def test_whatever_fails_is_asked_again_and_its_words_are_not_logged(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    asked: list[int] = []
    stopped = Event()
    monkeypatch.setattr("django.db.connections.close_all", lambda: None)

    def away() -> None:
        asked.append(1)
        if len(asked) == 3:
            stopped.set()
        raise error

    background._again_and_again(away, stopped, 0)

    assert len(asked) == 3
    assert "somebody" not in caplog.text


def test_thread_that_ended_by_itself_is_named_and_one_that_was_stopped_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(background, "LOOK_S", 0.01)
    stopped = Event()
    threads = [Thread(target=stopped.wait, name="waits"), Thread(target=int, name="ends")]
    for thread in threads:
        thread.start()

    assert background.wait_for_end(threads, stopped) == ["ends"]

    stopped.set()
    assert background.wait_for_end(threads, stopped) == []


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_work_whose_thread_ended_ends_too_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "LOOK_S", 0.01)
    monkeypatch.setattr(background, "do_tasks", lambda stopped: stopped.wait())
    # Whoever takes signals has to be the main thread of a process of its own.
    monkeypatch.setattr("signal.signal", lambda *_: None)

    def keep_rounds(_stopped: Event) -> None:
        """End at once."""

    monkeypatch.setattr(background, "keep_rounds", keep_rounds)

    with pytest.raises(CommandError, match="keep_rounds"):
        call_command("work")


@pytest.mark.embedded
def test_embedded_database_needs_no_process_beside_the_server(
    one: Installation,
) -> None:
    assert "by itself" in one.refused("work")


@pytest.fixture
def one(tmp_path: Path) -> Installation:
    return Installation(tmp_path / "data")
