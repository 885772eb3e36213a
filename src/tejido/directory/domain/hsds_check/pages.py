"""The page in which a list comes, and the pages of one list beside each other."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tejido.directory.domain.hsds_check.findings import Fault, is_whole

_COUNTS = ("total_items", "total_pages", "page_number", "size")
_FLAGS = ("first_page", "last_page", "empty")


def page_faults(document: Any) -> Iterator[Fault]:
    """Return what is wrong with a page, its contents left aside."""
    if not isinstance(document, dict) or not isinstance(document.get("contents"), list):
        yield Fault("not-a-page", "", document if not isinstance(document, list) else "[…]")
        return
    for name in (*_COUNTS, *_FLAGS):
        if name not in document:
            rule = "page-empty-missing" if name == "empty" else "page-field-missing"
            yield Fault(rule, f"/{name}")
        elif not _fits(name, document[name]):
            yield Fault("page-field-type", f"/{name}", document[name])
    yield from _sums(document)


def _fits(name: str, value: Any) -> bool:
    if name in _FLAGS:
        return isinstance(value, bool)
    return is_whole(value) and value >= 0


def _sums(page: Mapping[str, Any]) -> Iterator[Fault]:
    here = len(page["contents"])
    said = {
        name: page[name]
        for name in (*_COUNTS, *_FLAGS)
        if name in page and _fits(name, page[name])
    }
    if said.get("size", here) != here:
        yield Fault("page-size-wrong", "/size", f"{said['size']}, contents: {here}")
    yield from _wrong_flags(said, here)
    yield from _wrong_numbers(said, here)


def _wrong_flags(said: Mapping[str, Any], here: int) -> Iterator[Fault]:
    number, pages = said.get("page_number"), said.get("total_pages")
    should = {"empty": here == 0}
    if number is not None:
        should["first_page"] = number <= 1
    if number is not None and pages is not None:
        should["last_page"] = number >= pages
    for name, right in should.items():
        if said.get(name, right) is not right:
            yield Fault("page-flags-wrong", f"/{name}", said[name])


def _wrong_numbers(said: Mapping[str, Any], here: int) -> Iterator[Fault]:
    if not {"total_items", "total_pages", "page_number"} <= said.keys():
        return
    items, pages, number = said["total_items"], said["total_pages"], said["page_number"]
    is_full = 0 < number < pages
    if here > items or (items > 0 and pages == 0) or (pages > max(items, 1)):
        yield Fault("page-numbers-wrong", "/total_pages", f"{items} / {pages}")
    elif here and (number == 0 or number > max(pages, 1)):
        yield Fault("page-numbers-wrong", "/page_number", number)
    elif is_full and here and -(-items // here) != pages:
        yield Fault("page-numbers-wrong", "/total_pages", f"{items} / {here} ≠ {pages}")


def pages_faults(pages: Sequence[Mapping[str, Any]], *, is_whole_list: bool) -> Iterator[Fault]:
    """Return what does not fit between pages of one list, in the order of their numbers.

    Args:
        pages: at least one, each with contents.
        is_whole_list: whether no page is left out.
    """
    seen: set[str] = set()
    for page in pages:
        ids = [key for key in map(key_of, page["contents"]) if key]
        again = [key for key in ids if key in seen]
        if again:
            yield Fault("page-repeated", "/contents", again[0])
            return
        seen.update(ids)
    count = sum(len(page["contents"]) for page in pages)
    total = pages[0].get("total_items")
    if is_whole_list and is_whole(total) and total != count:
        yield Fault("total-items-wrong", "/total_items", f"{total} ≠ {count}")


def contents_of(document: Any) -> list[Any]:
    """Return what is on a page; nothing where it is none."""
    contents = document.get("contents") if isinstance(document, dict) else None
    return contents if isinstance(contents, list) else []


def key_of(record: Any) -> str:
    """Return the id of an object, or '' where it has none that is a text."""
    key = record.get("id") if isinstance(record, dict) else None
    return key if isinstance(key, str) else ""


def total_of(document: Any) -> int | None:
    """Return how many there are in all, as a page says, or None."""
    total = document.get("total_items") if isinstance(document, dict) else None
    return total if is_whole(total) else None
