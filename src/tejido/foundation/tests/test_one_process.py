"""Real processes, because the promise is about processes."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tejido.foundation.one_process import DataInUse, FolderClosed, one_process

SOURCE = Path(__file__).resolve().parents[3]
HOLD = """
import sys
from pathlib import Path
from tejido.foundation.one_process import one_process
with one_process(Path(sys.argv[1]), command="serve"):
    print("held", flush=True)
    sys.stdin.read()
"""


def environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE")}
    return kept | {"PYTHONPATH": str(SOURCE), "TEJIDO_DATA": str(folder)}


@contextmanager
def a_server(folder: Path, program: str = HOLD) -> Iterator[subprocess.Popen[str]]:
    running = subprocess.Popen(
        [sys.executable, "-c", program, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment(folder),
    )
    with running:
        assert running.stdout
        assert running.stdout.readline() == "held\n"
        try:
            yield running
        finally:
            running.kill()


def tejido(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tejido", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=environment(folder),
    )


def test_second_process_that_would_write_is_refused_with_one_sentence(tmp_path: Path) -> None:
    with a_server(tmp_path) as server:
        refused = tejido(tmp_path, "migrate")

    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == (
        f"The data in {tmp_path} is in use by “tejido serve, process {server.pid}”. "
        "Stop that first, or do this at the desk.\n"
    )
    assert not (tmp_path / "tejido.sqlite3").exists()


def test_command_that_only_reads_runs_beside_the_server(tmp_path: Path) -> None:
    with a_server(tmp_path):
        answered = tejido(tmp_path, "diffsettings")

    assert answered.returncode == 0


def test_help_of_a_writer_needs_no_hold(tmp_path: Path) -> None:
    with a_server(tmp_path):
        answered = tejido(tmp_path, "migrate", "--help")

    assert answered.returncode == 0


def test_other_folder_is_not_held(tmp_path: Path) -> None:
    with a_server(tmp_path / "one"), one_process(tmp_path / "other", command="serve"):
        assert (tmp_path / "other" / "in-use").exists()


def test_server_that_was_killed_holds_nothing(tmp_path: Path) -> None:
    with a_server(tmp_path) as server:
        server.send_signal(signal.SIGKILL)
        server.wait()
        with one_process(tmp_path, command="migrate"):
            held = (tmp_path / "in-use").read_text()

    assert held == f"tejido migrate, process {os.getpid()}"


def test_fork_goes_on_holding_after_the_process_that_took_hold(tmp_path: Path) -> None:
    forked = HOLD.replace('    print("held"', '    os.fork() and os._exit(0)\n    print("held"')
    with a_server(tmp_path, program="import os" + forked) as server:
        server.wait()

        with pytest.raises(DataInUse), one_process(tmp_path, command="migrate"):
            pass


def test_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(FolderClosed), one_process(tmp_path / "file", command="serve"):
        pass


def test_data_option_without_a_folder_is_refused(tmp_path: Path) -> None:
    refused = tejido(tmp_path, "migrate", "--data")

    assert (refused.returncode, refused.stderr) == (1, "--data needs a folder: --data DIR\n")
