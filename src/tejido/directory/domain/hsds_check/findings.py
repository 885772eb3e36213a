"""What a check found: where each fault lies, counted by rule, however many there are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple, TypeGuard

from tejido.directory.domain.hsds_check.rules import RULES, Rule, Severity

PLACES_KEPT = 20
VALUE_LENGTH = 200


class Fault(NamedTuple):
    """One fault inside a record, row or answer: the rule, a JSON pointer or column, the value."""

    rule: str
    at: str = ""
    found: object = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault and where it lies.

    Attributes:
        where: the file or address.
        row: of the file, from 1; None where there are no rows.
        at: JSON pointer in an object, or the column of a table.
        found: the value that is wrong, cut short.
    """

    where: str
    row: int | None
    at: str
    found: str


class Verdict(StrEnum):
    """What a feed came to."""

    PASS = "pass"  # noqa: S105 - a word, not a password
    WARNINGS = "warnings"
    FAIL = "fail"


# What a program that checks a feed says at its end.
EXIT_STATUS: Mapping[Verdict, int] = {Verdict.PASS: 0, Verdict.WARNINGS: 1, Verdict.FAIL: 2}


@dataclass(slots=True)
class Tally:
    """Findings on their way in: every one is counted, the first of each rule are kept.

    Attributes:
        checked: what was looked at -> how many.
        left_out: why some part could not be looked at, as sentences of whoever checks.
    """

    counts: dict[str, int] = field(default_factory=dict)
    findings: dict[str, list[Finding]] = field(default_factory=dict)
    checked: dict[str, int] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)

    def add(self, faults: Iterable[Fault], where: str, row: int | None = None) -> None:
        """Count faults of one place."""
        for rule, at, found in faults:
            kept = self.findings.setdefault(rule, [])
            self.counts[rule] = self.counts.get(rule, 0) + 1
            if len(kept) < PLACES_KEPT:
                kept.append(Finding(shown(where), row, shown(at), shown(found)))

    def looked_at(self, what: str, count: int = 1) -> None:
        """Count what was looked at."""
        self.checked[what] = self.checked.get(what, 0) + count

    def rules(self) -> list[Rule]:
        """Return the rules that were broken: failures first, each in the order of `RULES`."""
        broken = [rule for rule in RULES.values() if rule.id in self.counts]
        return sorted(broken, key=lambda rule: rule.severity is not Severity.FAILURE)

    @property
    def verdict(self) -> Verdict:
        """Return what the feed came to."""
        severities = {rule.severity for rule in self.rules()}
        if Severity.FAILURE in severities:
            return Verdict.FAIL
        return Verdict.WARNINGS if severities else Verdict.PASS


def shown(value: object) -> str:
    """Return a value as a person reads it, in one short line."""
    if isinstance(value, dict | list):
        return "{…}" if isinstance(value, dict) else "[…]"
    text = value if isinstance(value, str) else repr(value)
    plain = "".join(mark if mark.isprintable() else " " for mark in text[: VALUE_LENGTH + 1])
    return plain if len(plain) <= VALUE_LENGTH else plain[: VALUE_LENGTH - 1] + "…"


def is_number(value: Any) -> TypeGuard[int | float]:
    """Say whether a JSON value is a number; true and false are none."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def is_whole(value: Any) -> TypeGuard[int]:
    """Say whether a JSON value is a whole number."""
    return isinstance(value, int) and not isinstance(value, bool)


def is_finite(value: Any) -> TypeGuard[int | float]:
    """Say whether a JSON value is a number; NaN and infinity, which Python reads, are none."""
    return is_number(value) and value - value == 0


def is_blank(value: Any) -> bool:
    """Say whether a JSON value is a text with nothing in it."""
    return isinstance(value, str) and not value.strip()
