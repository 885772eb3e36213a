"""What a check found: as lines for a terminal, as JSON, and kept in a file."""

from collections.abc import Iterator, Mapping
from dataclasses import astuple
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tejido.directory.domain.hsds_check.findings import EXIT_STATUS, Finding, Tally, Verdict
from tejido.directory.domain.hsds_check.rules import Severity
from tejido.directory.services.check_hsds import Checked
from tejido.directory.services.check_words import WORDS

PLACES_SAID = 5


def report_lines(checked: Checked) -> Iterator[str]:
    """Return what a person reads: each broken rule with its first places, then the verdict."""
    tally = checked.tally
    for rule in tally.rules():
        what, fix = WORDS[rule.id]
        is_failure = rule.severity is Severity.FAILURE
        kind = _("FAILURE") if is_failure else _("WARNING")
        yield f"{kind} {rule.id} ({tally.counts[rule.id]:,}): {what}"
        places = tally.findings[rule.id][:PLACES_SAID]
        yield from (f"    {place_words(place)}" for place in places)
        more = tally.counts[rule.id] - len(places)
        if more > 0:
            sentence = ngettext("and %(count)s more place", "and %(count)s more places", more)
            yield "    " + sentence % {"count": f"{more:,}"}
        yield "    " + _("What to do: %(fix)s") % {"fix": fix}
    yield from tally.left_out
    yield from _checked_lines(tally)
    yield f"{checked.target}: {verdict_words(tally)}"


def place_words(place: Finding) -> str:
    """Return where a finding is, and what stands there."""
    row = _("row %(row)s") % {"row": place.row} if place.row is not None else ""
    where = ", ".join(filter(None, (place.where, row, place.at)))
    return f"{where}: {place.found}" if place.found else where


def verdict_words(tally: Tally) -> str:
    """Return what a feed came to."""
    failures = sum(rule.severity is Severity.FAILURE for rule in tally.rules())
    warnings = len(tally.rules()) - failures
    if tally.verdict is Verdict.PASS:
        return _("passes")
    if tally.verdict is Verdict.WARNINGS:
        sentence = ngettext(
            "passes with %(count)s kind of warning",
            "passes with %(count)s kinds of warnings",
            warnings,
        )
        return sentence % {"count": warnings}
    sentence = ngettext(
        "fails: %(count)s kind of failure", "fails: %(count)s kinds of failures", failures
    )
    return sentence % {"count": failures}


def kept(tally: Tally) -> dict[str, Any]:
    """Return a tally as a file keeps it; words are chosen when it is read."""
    return {
        "counts": tally.counts,
        "findings": {
            rule: [astuple(each) for each in its] for rule, its in tally.findings.items()
        },
        "checked": tally.checked,
        "left_out": tally.left_out,
    }


def unkept(said: Mapping[str, Any]) -> Tally:
    """Return what `kept` was given."""
    findings = {rule: [Finding(*each) for each in its] for rule, its in said["findings"].items()}
    return Tally(said["counts"], findings, said["checked"], said["left_out"])


def _checked_lines(tally: Tally) -> Iterator[str]:
    counts = ", ".join(f"{name} {count:,}" for name, count in sorted(tally.checked.items()))
    yield _("Checked: %(counts)s") % {"counts": counts or "0"}


def report_json(checked: Checked) -> dict[str, Any]:
    """Return the same for programs."""
    tally = checked.tally
    return {
        "target": checked.target,
        "verdict": tally.verdict.value,
        "exit_status": EXIT_STATUS[tally.verdict],
        "checked": tally.checked,
        "left_out": list(tally.left_out),
        "rules": [
            {
                "id": rule.id,
                "severity": rule.severity.value,
                "source": rule.source,
                "checklist": list(rule.rows),
                "what": str(WORDS[rule.id][0]),
                "fix": str(WORDS[rule.id][1]),
                "count": tally.counts[rule.id],
                "places": [
                    {"where": p.where, "row": p.row, "at": p.at, "found": p.found}
                    for p in tally.findings[rule.id]
                ],
            }
            for rule in tally.rules()
        ],
    }
