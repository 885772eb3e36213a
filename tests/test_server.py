"""The real server, on a data folder of its own."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener, urlopen

import pytest

from tejido.foundation.one_process import one_process

ROOT = Path(__file__).resolve().parents[1]
PATIENCE_S = 60

pytestmark = pytest.mark.embedded


def environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE")}
    ours = {"PYTHONPATH": str(ROOT / "src"), "TEJIDO_DATA": str(folder)}
    # A server backs itself up when it starts; these are about other things.
    return kept | ours | {"BACKUP_EVERY_HOURS": "0"}


def tejido(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tejido", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=environment(folder),
    )


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder with tables and what the finder shows, made once."""
    folder = tmp_path_factory.mktemp("prepared") / "data"
    for command in ("prepare", "build_index"):
        done = tejido(folder, command)
        assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def folder(prepared: Path, tmp_path: Path) -> Path:
    """Return a copy of it, which the test may break."""
    return Path(shutil.copytree(prepared, tmp_path / "data"))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def a_server(
    folder: Path, port: int, *, speaks: str = "C.UTF-8"
) -> Iterator[subprocess.Popen[bytes]]:
    with (folder.parent / "server.log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "tejido", "serve", "--port", str(port)],
            stdout=log,
            stderr=subprocess.STDOUT,
            env=environment(folder) | {"LC_ALL": speaks},
            start_new_session=True,
        )
    try:
        wait_for(port, server)
        yield server
    finally:
        server.terminate()
        server.wait(timeout=PATIENCE_S)


def wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    for _ in range(PATIENCE_S * 10):
        assert server.poll() is None
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail("the server did not answer")


def health(port: int) -> dict[str, object]:
    with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=PATIENCE_S) as answer:
        said: dict[str, object] = json.load(answer)
        return said


def test_server_whose_database_is_removed_says_so_and_makes_no_other(folder: Path) -> None:
    port = free_port()

    with a_server(folder, port):
        before = health(port)["database"]
        for part in folder.glob("tejido.sqlite3*"):
            part.unlink()
        after = health(port)["database"]

    assert (before, after) == ("ok", "down")
    assert list(folder.glob("tejido.sqlite3*")) == []


def test_server_answers_and_holds_the_data_against_a_second_writer(folder: Path) -> None:
    port = free_port()

    with a_server(folder, port):
        before = health(port)
        writer = tejido(folder, "migrate")
        reader = tejido(folder, "build_index")
    afterwards = tejido(folder, "migrate")

    assert before["database"] == "ok"
    assert writer.returncode == 1
    assert writer.stderr.startswith(f"The data in {folder} is in use by “tejido serve, process")
    assert reader.returncode == 0, reader.stderr
    assert afterwards.returncode == 0, afterwards.stderr


def test_server_brings_the_key_of_before_along_and_does_not_start_without_it(
    folder: Path, tmp_path: Path
) -> None:
    port = free_port()
    (folder / "secret-key").write_text("the only key of a year, " * 3)

    with a_server(folder, port):
        kept = (tmp_path / "data-keys" / "sessions.1.key").read_text()
        left = (folder / "secret-key").exists()
    (tmp_path / "data-keys").rename(tmp_path / "elsewhere")
    refused = tejido(folder, "serve", "--port", str(port))
    made = (tmp_path / "data-keys").exists()
    (tmp_path / "elsewhere").rename(tmp_path / "data-keys")
    with a_server(folder, port):
        after = health(port)["database"]

    assert (kept.splitlines()[-1], left) == ("the only key of a year, " * 3, False)
    assert refused.returncode == 1
    assert refused.stderr.startswith("The key sessions.1 is not in ")
    assert "Traceback" not in refused.stderr
    assert (made, after) == (False, "ok")


class Browser:
    """Somebody's, with their cookies."""

    def __init__(self) -> None:
        self.opener = build_opener(HTTPCookieProcessor())

    def sign_in(self, port: int, password: str) -> None:
        form = urlencode({"login": "inez", "password": password}).encode()
        self.opener.open(f"http://127.0.0.1:{port}/account/login/", form, PATIENCE_S).close()

    def choose_password(self, port: int, before: str, after: str) -> None:
        """Choose one's own in place of the one that others gave."""
        where = f"http://127.0.0.1:{port}/account/password/"
        with self.opener.open(where, None, PATIENCE_S) as page:
            token = page.read().decode().partition('csrfmiddlewaretoken" value="')[2][:64]
        typed = {"oldpassword": before, "password1": after, "password2": after}
        form = urlencode(typed | {"csrfmiddlewaretoken": token}).encode()
        self.opener.open(where, form, PATIENCE_S).close()

    def is_signed_in(self, port: int) -> bool:
        with self.opener.open(f"http://127.0.0.1:{port}/account/", None, PATIENCE_S) as page:
            return "/login/" not in str(page.url)


def test_people_stay_signed_in_over_restart_and_rotation_of_the_key(folder: Path) -> None:
    port, here, away = free_port(), Browser(), Browser()
    found = tejido(folder, "found_network", "Thread", "--username=inez", "--called=Inez")
    given, own = found.stdout.partition("password ")[2].split()[0], "harbor violin cactus 4"

    with a_server(folder, port):
        here.sign_in(port, given)
        here.choose_password(port, given, own)
        away.sign_in(port, own)
        seen = [here.is_signed_in(port)]
    with a_server(folder, port):
        seen.append(here.is_signed_in(port))
    rotated = tejido(folder, "rotate_key", "sessions")
    with a_server(folder, port):
        seen.append(here.is_signed_in(port))
    destroyed = tejido(folder, "destroy_key", "sessions", "--generation=1", "--yes")
    with a_server(folder, port):
        seen += [here.is_signed_in(port), away.is_signed_in(port)]

    assert (rotated.returncode, destroyed.returncode) == (0, 0), rotated.stderr + destroyed.stderr
    assert seen == [True, True, True, True, False]


def test_second_server_on_the_same_port_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        refused = tejido(tmp_path, "serve", "--port", str(other.getsockname()[1]))

    assert refused.returncode == 1
    assert "Choose another with --port." in refused.stderr
    assert "Traceback" not in refused.stderr
    assert not (tmp_path / "tejido.sqlite3").exists()


def test_workers_go_when_the_server_is_interrupted(folder: Path, tmp_path: Path) -> None:
    port = free_port()

    with a_server(folder, port) as server:
        # At once, while the worker still starts: the worst moment.
        os.killpg(server.pid, signal.SIGINT)
        server.wait(timeout=PATIENCE_S)

    with one_process(folder, command="test"), socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0
    assert "Traceback" not in (tmp_path / "server.log").read_text()


@pytest.mark.parametrize(
    ("end", "speaks", "words"),
    [
        (lambda server: os.killpg(server.pid, signal.SIGINT), "C.UTF-8", "Stopped."),
        (lambda server: server.terminate(), "es_US.UTF-8", "Se detuvo."),
    ],
    ids=["interrupted", "terminated"],
)
def test_server_that_is_stopped_says_only_that(
    folder: Path,
    tmp_path: Path,
    end: Callable[[subprocess.Popen[bytes]], None],
    speaks: str,
    words: str,
) -> None:
    port = free_port()

    with a_server(folder, port, speaks=speaks) as server:
        # The worker answers, so it hears what it is told.
        health(port)
        end(server)
        ended = server.wait(timeout=PATIENCE_S)

    said = (tmp_path / "server.log").read_text().splitlines()
    assert (ended, said[-1]) == (0, words)
    assert f":{port}/" in said[-2]


def test_demo_refuses_the_data_of_a_network(tmp_path: Path) -> None:
    (tmp_path / "tejido.sqlite3").write_bytes(b"")

    refused = tejido(tmp_path, "demo", "--plant-only")

    assert refused.returncode == 1
    assert refused.stderr.startswith(f"The folder {tmp_path} holds a network that is not the demo")
    assert (tmp_path / "tejido.sqlite3").read_bytes() == b""


def processes_of(folder: Path) -> dict[int, bytes]:
    """Return the command of each process of the server on a folder."""
    found = {}
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if os.fsencode(folder) in (process / "environ").read_bytes():
                found[int(process.name)] = (process / "cmdline").read_bytes()
        except OSError:
            continue
    return found


def worker_of(server: subprocess.Popen[bytes]) -> int:
    """Return the process that answers for a server."""
    (worker,) = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
    return int(worker)


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="looks into /proc")
@pytest.mark.parametrize(
    "end",
    [
        lambda server: server.terminate(),
        lambda server: server.kill(),
        lambda server: os.kill(worker_of(server), signal.SIGKILL),
        lambda server: os.killpg(server.pid, signal.SIGINT),
    ],
    ids=["stopped", "killed", "worker-killed", "interrupted"],
)
def test_processes_that_answer_the_finder_end_with_the_server(
    folder: Path, tmp_path: Path, end: Callable[[subprocess.Popen[bytes]], None]
) -> None:
    port = free_port()

    def look() -> int:
        with urlopen(f"http://127.0.0.1:{port}/find/?q=naloxone", timeout=PATIENCE_S) as page:
            return int(page.status)

    def is_answered_beside() -> bool:
        return any(b"multiprocessing-fork" in line for line in processes_of(folder).values())

    with a_server(folder, port) as server, ThreadPoolExecutor(6) as people:
        until = time.monotonic() + PATIENCE_S
        while not is_answered_beside() and time.monotonic() < until:
            assert {call.result() for call in [people.submit(look) for _ in range(12)]} == {200}
        started = is_answered_beside()
        end(server)
        while processes_of(folder) and time.monotonic() < until:
            time.sleep(0.1)
        left = processes_of(folder)

    assert started
    assert not left
    assert "Traceback" not in (tmp_path / "server.log").read_text()
