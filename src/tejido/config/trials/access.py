"""`promises --only access`: at every address of the desk only whoever may gets in.

The cases are made by tests/test_access.py, from the rules that people wrote by hand in
tests/access_rules.py: every address x every kind of visitor x the ways to ask. They run as tests,
on an empty database in memory, and count themselves; here the counts are added up.
"""

import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree as Xml

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tejido.foundation.bench import Figure

ROOT = Path(__file__).parents[4]
CASES = Path("tests/test_access.py")
# What cannot be added up, because each test says the same.
SAME = {"visitors"}


def promise_access(*, tries: int = 1) -> list[Figure]:
    """Try every address as every kind of visitor, so many times over.

    Raises:
        CommandError: the cases or what runs them are not in this installation, or they did not
            run to their end.
    """
    if not (ROOT / CASES).exists() or find_spec("pytest") is None:
        raise CommandError(
            _("%(file)s is not here: run this in a checkout, with ./tejido.") % {"file": CASES}
        )
    counted: Counter[str] = Counter()
    for _run_number in range(tries):
        with tempfile.TemporaryDirectory() as folder:
            report = Path(folder) / "report.xml"
            said = _run(report)
            if not report.exists():
                raise CommandError(_("%(file)s did not run:") % {"file": CASES} + f"\n{said}")
            counted = added(counted, counts_in(report.read_text(encoding="utf-8")))
    return figures_of(counted, runs=tries)


def counts_in(report: str) -> Counter[str]:
    """Return what the tests of a report counted, added up, and how many `failed`.

    Args:
        report: JUnit XML as pytest writes it, with properties whose values are whole numbers.
    """
    counted: Counter[str] = Counter()
    # Written by our own tests a moment ago.
    for case in Xml.fromstring(report).iter("testcase"):  # noqa: S314
        said = {each.attrib["name"]: int(each.attrib["value"]) for each in case.iter("property")}
        failed = any(case.find(kind) is not None for kind in ("failure", "error"))
        counted = added(counted, {**said, "failed": failed})
    return counted


def added(one: Mapping[str, int], other: Mapping[str, int]) -> Counter[str]:
    """Return two counts as one."""
    both = Counter(one)
    for name, count in other.items():
        both[name] = max(both[name], count) if name in SAME else both[name] + count
    return both


def figures_of(counted: Counter[str], *, runs: int = 1) -> list[Figure]:
    """Return the figures of what was counted in so many runs; without cases nothing is met."""
    cases, foreign, failed = counted["cases"], counted["foreign"], counted["failed"]
    return [
        Figure(gettext_noop("addresses of the desk"), counted["addresses"] // runs, ""),
        Figure(gettext_noop("kinds of visitor at each"), counted["visitors"], ""),
        _none(
            gettext_noop("let in, or answered, other than the rules say"), counted["leaks"], cases
        ),
        _none(
            gettext_noop("opened with an id of another member"), counted["foreign-leaks"], foreign
        ),
        Figure(
            gettext_noop("tests of the rules that failed"),
            failed,
            "",
            target="0",
            met=not failed and cases > 0,
        ),
    ]


def _none(name: str, leaks: int, tries: int) -> Figure:
    return Figure(name, leaks, "", target="0", met=not leaks and tries > 0, tries=tries)


def _run(report: Path) -> str:
    """Run the cases; return what was said."""
    others = ("DATABASE", "TEJIDO_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(others)}
    # Only the older form of a report holds what a test counts.
    form = ["-o", "junit_family=xunit1", f"--junitxml={report}"]
    done = subprocess.run(  # noqa: S603  (our own tests)
        [sys.executable, "-m", "pytest", "-q", "--tb=line", *form, str(CASES)],
        cwd=ROOT,
        env=kept | {"PYTHONPATH": os.pathsep.join(["src", "dev"]), "DATABASE_URL": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr
