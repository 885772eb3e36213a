"""What we say of attacks, by number, is shown by tests that are there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
NAMED = re.compile(r"`([\w/.]+\.py)::(\w+)`")
CASES = NAMED.findall((ROOT / "docs/adversarial.md").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("file", "name"), CASES, ids=[name for _, name in CASES])
def test_a_test_that_is_named_is_there(file: str, name: str) -> None:
    assert f"def {name}(" in (ROOT / file).read_text(encoding="utf-8")


def test_every_case_names_a_test() -> None:
    lines = (ROOT / "docs/adversarial.md").read_text(encoding="utf-8").splitlines()
    cases = [line for line in lines if re.match(r"\| \d", line)]

    assert len(cases) >= 30
    assert all(NAMED.search(line) for line in cases)
