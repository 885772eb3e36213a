"""What the parameters of an HSDS API do: filters, changes, minimal, POST, ndjson."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from django.utils.translation import gettext as _

from tejido.directory.domain.hsds_check import answers
from tejido.directory.domain.hsds_check.findings import Fault
from tejido.directory.domain.hsds_check.pages import contents_of, total_of
from tejido.directory.domain.hsds_check.values import instant_of
from tejido.directory.services.check_probe import OK, Probe
from tejido.gateways.web_fetch import Answer, WebRefused

LINES_READ = 2_000
LINE_BYTES = 8 * 1024 * 1024
# Nothing has this id, and nothing this word.
NOBODY = "00000000-0000-4000-8000-000000000000"
NO_WORD = "zzqxjvwkzzqx"
# Nothing has changed so long after today.
AHEAD = timedelta(days=365)


def check_filters(probe: Probe) -> None:
    """Ask for what nobody has, with one filter and with two."""
    if not probe.services:
        return
    searched = probe.services_with(search=NO_WORD)
    faults = answers.ignored("search-ignored", searched.document)
    probe.note(faults, searched.url)
    for name in ("organization_id", "taxonomy_id"):
        said = probe.services_with(**{name: NOBODY})
        probe.note(answers.ignored("filter-ignored", said.document), said.url)
    nothing = probe.services_with(taxonomy_term_id=NOBODY)
    faults = answers.ignored("filter-ignored", nothing.document)
    probe.note(faults, nothing.url)
    _check_two_filters(probe, nothing.document)


def _check_two_filters(probe: Probe, nothing: Any) -> None:
    organization = next(filter(None, map(answers.organization_of, probe.services)), "")
    if not organization:
        return
    one = probe.services_with(organization_id=organization)
    probe.note(answers.of_others(contents_of(one.document), organization), one.url)
    both = probe.services_with(organization_id=organization, taxonomy_term_id=NOBODY)
    if nothing is not None and not contents_of(nothing):
        probe.note(answers.not_cumulative(one.document, nothing, both.document), both.url)
    term = next(_terms(probe), "")
    if term:
        other = probe.services_with(taxonomy_term_id=term)
        both = probe.services_with(organization_id=organization, taxonomy_term_id=term)
        faults = answers.not_cumulative(one.document, other.document, both.document)
        probe.note(faults, both.url)


def _terms(probe: Probe) -> Iterator[str]:
    """Return terms that some service has, another organization's first."""
    for detail in reversed(probe.details):
        attributes = detail.get("attributes")
        for each in attributes if isinstance(attributes, list) else ():
            term = each.get("taxonomy_term") if isinstance(each, dict) else None
            if isinstance(term, dict) and isinstance(term.get("id"), str):
                yield term["id"]


def check_changes(probe: Probe) -> None:
    """Ask for what changes after all of it, and after half of it."""
    if not probe.services:
        return
    ahead = probe.checking.today + AHEAD
    said = probe.services_with(modified_after=f"{ahead.isoformat()}T00:00:00Z")
    faults = answers.ignored("modified-after-ignored", said.document)
    probe.note(faults, said.url)
    moments = sorted(filter(None, (instant_of(e.get("last_modified")) for e in probe.services)))
    if moments and not contents_of(said.document):
        after = moments[len(moments) // 2].astimezone(UTC)
        said = probe.services_with(modified_after=_written(after))
        probe.note(answers.older(contents_of(said.document), after), said.url)


def _written(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


def check_minimal(probe: Probe) -> None:
    """Ask for ids and dates only."""
    if probe.services:
        said = probe.services_with(minimal="true")
        if said.document is not None:
            probe.note(answers.minimal_faults(said.document), said.url)


def check_post(probe: Probe) -> None:
    """Ask by POST what was asked by GET; versions before 3.1 have no POST."""
    if not probe.services or (probe.version is not None and probe.version < (3, 1)):
        return
    url = probe.url("/services", {"per_page": 1})
    posted = probe.ask(url, method="POST", body={})
    if posted.document is None:
        probe.note([Fault("post-refused", "", f"POST {posted.status}")], url)
        return
    totals = total_of(posted.document), total_of(probe.everything)
    if totals[0] != totals[1]:
        probe.note([Fault("post-differs", "/total_items", f"{totals[0]} ≠ {totals[1]}")], url)
        return
    _check_posted_words(probe)


def _check_posted_words(probe: Probe) -> None:
    asked = probe.services_with(search=NO_WORD)
    if asked.document is None or contents_of(asked.document):
        return
    posted = probe.ask(asked.url, method="POST", body={})
    if contents_of(posted.document):
        probe.note([Fault("post-differs", "/contents", NO_WORD)], asked.url)
        return
    plain = probe.url("/services")
    in_body = probe.ask(plain, method="POST", body={"search": NO_WORD})
    if contents_of(in_body.document):
        probe.note([Fault("post-body-ignored", "/contents", NO_WORD)], plain)


def check_lines(probe: Probe) -> None:
    """Read the first objects of ndjson as they come."""
    if not probe.services:
        return
    url = probe.url("/services", {"format": "ndjson"})
    probe.checking.report(_("Asking %(url)s") % {"url": url})
    try:
        came = probe.fetcher.lines(url, most_bytes=LINE_BYTES)
        first = cast("Answer", next(came))
        if first.status != OK:
            probe.note([Fault("parameter-refused", "format", first.status)], url)
        else:
            _check_each(probe, first, cast("Iterator[bytes]", came))
    except WebRefused as refusal:
        probe.give_up(refusal, url)


def _check_each(probe: Probe, answer: Answer, came: Iterator[bytes]) -> None:
    count, is_all = 0, True
    for line in filter(bytes.strip, came):
        record = _json(line)
        # What has no end was cut off by our own limit.
        is_all = count < LINES_READ and (record is not None or line.endswith(b"\n"))
        if not is_all:
            break
        fault = _line_fault(record, line, answer, is_first=not count)
        if fault is not None:
            probe.checking.tally.add([fault], answer.url, count + 1)
            return
        count += 1
        probe.checking.record("service", record, answer.url, count)
    total = total_of(probe.everything)
    if is_all and total is not None and total != count:
        probe.note([Fault("ndjson-count-wrong", "", f"{count} ≠ {total}")], answer.url)


def _line_fault(record: Any, line: bytes, answer: Answer, *, is_first: bool) -> Fault | None:
    if isinstance(record, dict) and "contents" not in record:
        return None
    text = line[:200].decode("utf-8", "replace")
    is_said = "ndjson" in answer.headers.get("content-type", "").lower()
    if isinstance(record, dict) and is_said:
        return Fault("ndjson-paged", "", text)
    # A page as without the parameter: in one line, or begun by a lone bracket.
    if is_first and not is_said and (isinstance(record, dict) or line.strip() == b"{"):
        return Fault("ndjson-ignored", "", text)
    return Fault("ndjson-line-wrong", "", text)


def _json(line: bytes) -> Any:
    try:
        return json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None
