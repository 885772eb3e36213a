"""A running HSDS API held against the rules, by asking it what it must answer."""

from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from tejido.directory.domain.hsds_check import answers
from tejido.directory.domain.hsds_check.findings import Fault
from tejido.directory.domain.hsds_check.openapi import (
    is_address,
    openapi_faults,
    root_faults,
    version_of,
)
from tejido.directory.domain.hsds_check.pages import contents_of, key_of, page_faults, pages_faults
from tejido.directory.services.check_files import Checking
from tejido.directory.services.check_filters import (
    NOBODY,
    check_changes,
    check_filters,
    check_lines,
    check_minimal,
    check_post,
)
from tejido.directory.services.check_probe import CLOSED, Enough, Probe
from tejido.gateways.web_fetch import Answer, Fetcher

PAGES_READ = 8
PAGE_SIZE = 50
DETAILS_READ = 3
# The other lists: address, table, and the rule that says it is not there.
OTHERS = (
    ("service_at_locations", "service_at_location", "no-service-at-locations"),
    ("taxonomies", "taxonomy", "no-taxonomies"),
    ("taxonomy_terms", "taxonomy_term", "no-terms-or-organizations"),
    ("organizations", "organization", "no-terms-or-organizations"),
)


def check_api(url: str, fetcher: Fetcher, checking: Checking) -> None:
    """Ask an API everything that the rules are about, some forty questions.

    Raises:
        WebRefused: its first address may not be fetched, or nobody answers there.
    """
    probe = Probe(url.rstrip("/"), fetcher, checking)
    # What is wrong with the address itself is told to whoever typed it.
    first = fetcher.ask(f"{probe.base}/")
    steps = (
        *(_check_services, _check_pages, _check_details, _check_others),
        *(check_filters, check_changes, check_minimal, check_post, check_lines),
    )
    try:
        _check_root(probe, first)
        for step in steps:
            step(probe)
    except Enough:
        return


def _check_root(probe: Probe, first: Answer) -> None:
    said = probe.read(first, f"{probe.base}/")
    if said.status in CLOSED:
        probe.note([Fault("key-wanted", "", said.status)], said.url)
    elif said.document is None:
        probe.note([Fault("root-unreadable", "", said.status)], said.url)
    else:
        probe.checking.tally.looked_at("root")
        probe.version = version_of(said.document)
        probe.note(root_faults(said.document), said.url)
        probe.note(answers.type_faults(said.headers), said.url)
        _check_openapi(probe, said.document)


def _check_openapi(probe: Probe, root: Any) -> None:
    address = root.get("openapi_url") if isinstance(root, dict) else None
    if not isinstance(address, str) or not is_address(address):
        return
    if urlsplit(address).netloc != urlsplit(probe.base).netloc:
        # Another host may be asked only by whoever wants it asked.
        sentence = _("The OpenAPI file is at another place, which was not asked: %(url)s")
        probe.checking.tally.left_out.append(sentence % {"url": address[:200]})
        return
    said = probe.ask(address)
    if said.document is None:
        probe.note([Fault("openapi-unread", "", said.status)], address)
        return
    probe.checking.tally.looked_at("openapi")
    probe.note(openapi_faults(said.document, probe.version), address)


def _check_services(probe: Probe) -> None:
    said = probe.ask(probe.url("/services"))
    if said.status in CLOSED:
        probe.note([Fault("key-wanted", "", said.status)], said.url)
    elif said.document is None:
        probe.note([Fault("no-services", "", said.status)], said.url)
    else:
        is_encrypted = probe.base.startswith("https") or probe.fetcher.allow_private
        probe.note(answers.header_faults(said.headers, is_encrypted=is_encrypted), said.url)
        probe.note(answers.type_faults(said.headers), said.url)
        probe.note(page_faults(said.document), said.url)
        _take_services(probe, contents_of(said.document), said.url)


def _take_services(probe: Probe, contents: list[Any], url: str) -> None:
    probe.services = [each for each in contents if isinstance(each, dict)]
    probe.records("service", contents, url)
    probe.note(answers.nested_faults("service", contents), url)
    if contents:
        probe.everything = probe.services_with(per_page=1).document
    else:
        probe.note([Fault("feed-empty", "/contents")], url)


def _check_pages(probe: Probe) -> None:
    """Read the first pages and the last, small enough that there are several."""
    if not probe.services:
        return
    size = max(1, min(len(probe.services) // 2, PAGE_SIZE))
    first = probe.services_with(per_page=size, page=1)
    here = contents_of(first.document)
    if not here:
        return
    if len(here) > size:
        probe.note([Fault("per-page-ignored", "/contents", f"{len(here)} > {size}")], first.url)
    total = first.document.get("total_pages")
    last = total if isinstance(total, int) else 1
    others = sorted({*range(2, min(last, PAGES_READ) + 1), *([last] if last > 1 else [])})
    pages = [first.document, *(_page(probe, size, number) for number in others)]
    there = [page for page in pages if contents_of(page)]
    probe.note(pages_faults(there, is_whole_list=last <= PAGES_READ), first.url)


def _page(probe: Probe, size: int, number: int) -> Any:
    said = probe.services_with(per_page=size, page=number)
    if said.document is not None:
        probe.note(page_faults(said.document), said.url)
    shown = said.document.get("page_number") if isinstance(said.document, dict) else None
    if shown is not None and shown != number:
        probe.note([Fault("page-numbers-wrong", "/page_number", shown)], said.url)
    return said.document


def _check_details(probe: Probe) -> None:
    full = probe.services_with(full="true") if probe.services else None
    placed = _services_with_places(probe)
    known = [each for each in probe.services if key_of(each)]
    for listed in known[:DETAILS_READ]:
        _check_detail(probe, listed, has_place=key_of(listed) in placed)
    nobody = probe.ask(probe.url(f"/services/{NOBODY}"))
    if nobody.document is not None:
        probe.note([Fault("unknown-found", "", nobody.status)], nobody.url)
    if full is not None and full.document is not None:
        probe.note(page_faults(full.document), full.url)
        probe.records("service", contents_of(full.document), full.url)
        for detail in probe.details:
            faults = answers.full_faults("service", contents_of(full.document), detail)
            probe.note(faults, full.url)


def _check_detail(probe: Probe, listed: dict[str, Any], *, has_place: bool) -> None:
    said = probe.ask(probe.url_of("/services", key_of(listed)))
    if said.document is None:
        probe.note([Fault("detail-missing", "", said.status)], said.url)
        return
    must = ["service_at_locations"] if has_place else []
    probe.note(answers.detail_faults("service", said.document, listed, must), said.url)
    probe.checking.record("service", said.document, said.url, None)
    if isinstance(said.document, dict):
        probe.details.append(said.document)


def _services_with_places(probe: Probe) -> set[str]:
    """Return the services that have a location, as /service_at_locations says."""
    said = probe.ask(probe.url("/service_at_locations"))
    places = [each for each in contents_of(said.document) if isinstance(each, dict)]
    inner = {key_of(each.get("service")) for each in places}
    named = {each["service_id"] for each in places if isinstance(each.get("service_id"), str)}
    return (inner | named) - {""}


def _check_others(probe: Probe) -> None:
    for path, table, rule in OTHERS:
        said = probe.ask(probe.url(f"/{path}"))
        if said.document is None:
            probe.note([Fault(rule, "", said.status)], said.url)
            continue
        contents = contents_of(said.document)
        probe.note(page_faults(said.document), said.url)
        probe.records(table, contents, said.url)
        probe.note(answers.nested_faults(table, contents), said.url)
        _check_other_detail(probe, path, table, contents)


def _check_other_detail(probe: Probe, path: str, table: str, contents: list[Any]) -> None:
    listed = next(filter(key_of, contents), None)
    if listed is None:
        return
    said = probe.ask(probe.url_of(f"/{path}", key_of(listed)))
    if said.document is None:
        probe.note([Fault("optional-detail-missing", "", said.status)], said.url)
        return
    probe.note(answers.detail_faults(table, said.document, listed), said.url)
    probe.checking.record(table, said.document, said.url, None)
