"""What answers of an API must say beside each other; nothing here asks anybody."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from tejido.directory.domain.hsds_check.fields import LISTS
from tejido.directory.domain.hsds_check.findings import Fault
from tejido.directory.domain.hsds_check.pages import contents_of, total_of
from tejido.directory.domain.hsds_check.values import instant_of

# What minimal may say of a service; the specification calls the date by two names.
_MINIMAL = {"id", "last_modified", "modified_date"}


def header_faults(headers: Mapping[str, str], *, is_encrypted: bool) -> Iterator[Fault]:
    """Return what the headers of an open API lack."""
    if headers.get("access-control-allow-origin", "").strip() != "*":
        found = headers.get("access-control-allow-origin", "")
        yield Fault("cors-missing", "Access-Control-Allow-Origin", found)
    if not is_encrypted:
        yield Fault("not-encrypted")


def type_faults(headers: Mapping[str, str]) -> Iterator[Fault]:
    """Return that JSON is sent as something else."""
    said = headers.get("content-type", "")
    if "json" not in said.lower():
        yield Fault("answer-type-wrong", "Content-Type", said)


def nested_faults(table: str, contents: Sequence[Any]) -> Iterator[Fault]:
    """Return lists inside objects of a list that was not asked for in full."""
    for number, each in enumerate(contents):
        for name in _lists_in(table, each):
            yield Fault("list-nested", f"/contents/{number}/{name}")


def _lists_in(table: str, record: Any) -> list[str]:
    if not isinstance(record, dict):
        return []
    return [name for name in LISTS[table] if isinstance(record.get(name), list) and record[name]]


def full_faults(table: str, full: Sequence[Any], detail: Mapping[str, Any]) -> Iterator[Fault]:
    """Return that a full list lacks what the object by itself has."""
    same = next((each for each in full if _key(each) == detail.get("id")), None)
    lacking = [] if same is None else [n for n in _lists_in(table, detail) if not same.get(n)]
    if lacking:
        yield Fault("full-ignored", "/contents", ", ".join(lacking))


def detail_faults(
    table: str, detail: Any, listed: Mapping[str, Any], known: Sequence[str] = ()
) -> Iterator[Fault]:
    """Return what an object by itself lacks.

    Args:
        table: what it is.
        detail: the answer.
        listed: the same object in a list.
        known: fields that it must have, because other addresses say so.
    """
    if not isinstance(detail, dict) or detail.get("id") != listed.get("id"):
        yield Fault("detail-other", "/id", _key(detail))
        return
    lacking = [name for name in listed if name not in detail and not name.endswith("_id")]
    lacking += [name for name in known if not detail.get(name)]
    if lacking:
        yield Fault("detail-not-nested", "", ", ".join(dict.fromkeys(lacking)))


def organization_of(service: Any) -> str:
    """Return the id of the organization that a service names, or ''."""
    if not isinstance(service, dict):
        return ""
    inner = service.get("organization")
    key = inner.get("id") if isinstance(inner, dict) else service.get("organization_id")
    return key if isinstance(key, str) else ""


def of_others(contents: Sequence[Any], organization: str) -> Iterator[Fault]:
    """Return services of another organization than was asked for."""
    for number, each in enumerate(contents):
        said = organization_of(each)
        if said and said != organization:
            yield Fault("filter-wrong", f"/contents/{number}/organization", said)


def ignored(rule: str, asked: Any) -> Iterator[Fault]:
    """Return that a question to which nothing can answer is answered with something."""
    if contents_of(asked):
        yield Fault(rule, "/contents", total_of(asked))


def not_cumulative(one: Any, other: Any, both: Any) -> Iterator[Fault]:
    """Return that two filters together leave more than one of them alone."""
    totals = [total_of(each) for each in (one, other, both)]
    if None not in totals and totals[2] > min(totals[0], totals[1]):  # type: ignore[type-var, operator]
        yield Fault("filters-not-cumulative", "/total_items", " / ".join(map(str, totals)))


def older(contents: Sequence[Any], after: datetime) -> Iterator[Fault]:
    """Return services that changed before a moment after which they were asked for."""
    for number, each in enumerate(contents):
        said = instant_of(each.get("last_modified")) if isinstance(each, dict) else None
        if said is not None and said < after:
            yield Fault("modified-after-ignored", f"/contents/{number}/last_modified", said)


def minimal_faults(page: Any) -> Iterator[Fault]:
    """Return what minimal=true sends too much of."""
    for number, each in enumerate(contents_of(page)):
        more = sorted(each.keys() - _MINIMAL) if isinstance(each, dict) else []
        if more:
            yield Fault("minimal-not-minimal", f"/contents/{number}", ", ".join(more))
            return
    total = total_of(page)
    if total is not None and total > len(contents_of(page)) > 0:
        yield Fault("minimal-paged", "/total_items", f"{len(contents_of(page))} / {total}")


def _key(record: Any) -> Any:
    return record.get("id") if isinstance(record, dict) else None
