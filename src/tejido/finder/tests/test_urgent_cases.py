"""One set of cases for both: what cannot wait is said with signal and without."""

import json
from pathlib import Path

import pytest

from tejido.finder.synthetic import bench_concepts
from tejido.finder.testing import a_listing
from tejido.finder.tests.phone import packs_of, run_node
from tejido.finder.web.urgent import urgent_for

CASES = json.loads(Path(__file__).with_name("urgent_cases.json").read_text(encoding="utf-8"))
PARTS = ("words", "place", "need")


@pytest.fixture
def pack(settings, tmp_path):
    settings.SNAPSHOTS = tmp_path / "snapshots"
    return packs_of(settings.SNAPSHOTS, [a_listing()], concepts=bench_concepts())["core", "en"]


def test_the_server_says_what_cannot_wait(pack):
    told = [list(urgent_for(*(case.get(part, "") for part in PARTS))) for case in CASES]

    assert told == [case["lines"] for case in CASES]


def test_the_phone_says_what_cannot_wait(pack, tmp_path):
    searches = [{part: case.get(part, "") for part in PARTS} for case in CASES]

    told = run_node(tmp_path, "urgent.mjs", {"pack": pack, "searches": searches})

    assert told == [case["lines"] for case in CASES]
