"""The PostgreSQL of the tests goes away with them."""

import os
from pathlib import Path
from typing import Any

import pytest
from conftest import absent
from private_postgres import INSTALL, connect, private_cluster, server_programs


def programs() -> Path:
    found = server_programs()
    if not found:
        absent(f"needs PostgreSQL 15 or newer: {INSTALL}")
    assert found
    return found


def is_running(process: int) -> bool:
    # One that ended and that nobody has waited for yet is still listed, as a zombie.
    state = Path(f"/proc/{process}/stat")
    return state.exists() and state.read_text().rpartition(")")[2].split()[0] != "Z"


def fail_within(seen: dict[str, Any]) -> None:
    with private_cluster(programs()) as socket:
        seen["socket"] = socket
        seen["process"] = int((socket / "data/postmaster.pid").read_text().splitlines()[0])
        seen["was_running"] = is_running(seen["process"])
        raise RuntimeError("the run failed")


def test_cluster_is_stopped_and_removed_even_when_a_test_run_fails() -> None:
    seen: dict[str, Any] = {}

    with pytest.raises(RuntimeError, match="the run failed"):
        fail_within(seen)

    assert seen["was_running"]
    assert not is_running(seen["process"])
    assert not seen["socket"].exists()


def test_cluster_answers_only_on_its_socket_and_not_as_root() -> None:
    with private_cluster(programs()) as socket:
        with connect(socket) as connection:
            addresses = connection.execute("SHOW listen_addresses").fetchone()
        owner = (socket / "data").stat().st_uid

    assert addresses == ("",)
    assert owner != 0 or os.geteuid() != 0
