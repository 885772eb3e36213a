"""`promises --only access` adds up what the cases counted themselves."""

from pathlib import Path

from tejido.config.promises import PROMISES
from tejido.config.trials.access import CASES, ROOT, counts_in, figures_of
from tejido.foundation.bench import line_of

CASE = '<testcase name="{name}"><properties>{counted}</properties>{end}</testcase>'
COUNT = '<property name="{}" value="{}"/>'


def report(*cases, end=""):
    written = "".join(
        CASE.format(
            name=f"a{number}",
            counted="".join(COUNT.format(*each) for each in counted.items()),
            end=end,
        )
        for number, counted in enumerate(cases)
    )
    return f"<testsuites><testsuite>{written}</testsuite></testsuites>"


def test_what_each_case_counted_is_added_up_and_visitors_stay_the_same():
    one = {"addresses": 3, "visitors": 31, "cases": 180, "leaks": 0}
    other = {"addresses": 2, "visitors": 31, "cases": 120, "leaks": 0}

    figures = figures_of(counts_in(report(one, other, {"foreign": 88, "foreign-leaks": 0})))

    assert [(each.value, each.tries, each.met) for each in figures] == [
        (5, None, None),
        (31, None, None),
        (0, 300, True),
        (0, 88, True),
        (0, None, True),
    ]
    assert line_of(figures[2]).endswith(": 0 in 300 tries, hoped for 0: met")


def test_a_leak_and_a_test_that_failed_break_the_promise():
    counted = counts_in(report({"cases": 60, "leaks": 1}, end="<failure/>"))

    assert [each.met for each in figures_of(counted)] == [None, None, False, False, False]


def test_a_run_without_cases_promises_nothing():
    assert [each.met for each in figures_of(counts_in(report()))][2:] == [False] * 3


def test_the_promise_finds_the_cases_where_they_are_written():
    assert "access" in PROMISES
    written = Path(ROOT / CASES).read_text(encoding="utf-8")
    assert all(f'"{name}"' in written for name in ("addresses", "visitors", "cases", "leaks"))
    assert all(f'"{name}"' in written for name in ("foreign", "foreign-leaks"))
