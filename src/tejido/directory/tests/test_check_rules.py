"""Every rule has a fault that breaks it, in one of the tests of the checker."""

import ast
import re
from pathlib import Path

from tejido.directory.domain.hsds_check.answers import header_faults
from tejido.directory.domain.hsds_check.rules import RULES

PLANTED = ("test_check_data.py", "test_check_tables.py", "test_check_api.py")
HERE = {"not-encrypted"}
GUIDE = Path(__file__).resolve().parents[4] / "docs" / "checking-hsds.md"


def test_an_open_api_answers_with_encryption_and_to_every_website():
    found = {fault.rule for fault in header_faults({}, is_encrypted=False)}

    assert found == {"not-encrypted", "cors-missing"}
    open_to_all = {"access-control-allow-origin": "*"}
    assert list(header_faults(open_to_all, is_encrypted=True)) == []


def test_every_rule_is_broken_by_a_planted_fault():
    folder = Path(__file__).parent
    words = {
        node.value
        for name in PLANTED
        for node in ast.walk(ast.parse((folder / name).read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }

    assert set(RULES) - words - HERE == set()
    assert len(RULES) >= 25


def test_the_guide_names_every_rule_with_its_severity_and_rows():
    lines = re.findall(r"^\| `([\w-]+)` \| (\w+) \| ([\d, ]+) \|", GUIDE.read_text(), re.MULTILINE)

    told = {rule: (severity, rows) for rule, severity, rows in lines}
    assert told == {
        rule.id: (rule.severity.value, ", ".join(map(str, rule.rows))) for rule in RULES.values()
    }
