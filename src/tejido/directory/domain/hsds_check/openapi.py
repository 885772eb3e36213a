"""The first address of an API and its OpenAPI file: traps that stand in the official ones."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from tejido.directory.domain.hsds_check.findings import Fault

_VERSION = re.compile(r"\b(\d{1,3})\.(\d{1,3})\b")
_VERSION_IN_ADDRESS = re.compile(r"/v?(\d+\.\d+)(\.\d+)?(-[a-z]+)?/")
_METHODS = ("get", "post", "put", "patch", "delete", "head", "options")
_MAX_DEPTH = 60


def version_of(root: Any) -> tuple[int, int] | None:
    """Return which HSDS an API says it speaks, such as (3, 1), or None."""
    said = root.get("version") if isinstance(root, dict) else None
    found = _VERSION.search(said) if isinstance(said, str) else None
    return (int(found.group(1)), int(found.group(2))) if found else None


def root_faults(root: Any) -> Iterator[Fault]:
    """Return what is wrong with the answer of the first address."""
    if not isinstance(root, dict):
        yield Fault("root-unreadable", "", root)
        return
    version = version_of(root)
    if version is None or version[0] != 3:
        yield Fault("root-version", "/version", root.get("version"))
    for name, rule in (("profile", "root-profile"), ("openapi_url", "root-openapi")):
        if not is_address(root.get(name)):
            yield Fault(rule, f"/{name}", root.get(name))
    if version is not None and version >= (3, 2):
        publisher = root.get("publisher")
        if not isinstance(publisher, dict) or not publisher.get("name"):
            yield Fault("root-publisher", "/publisher", publisher)


def is_address(value: Any) -> bool:
    """Say whether a value is a whole web address."""
    try:
        parts = urlsplit(value) if isinstance(value, str) else None
    except ValueError:
        return False
    return parts is not None and parts.scheme in ("http", "https") and bool(parts.hostname)


def openapi_faults(document: Any, version: tuple[int, int] | None) -> Iterator[Fault]:
    """Return what is wrong with an OpenAPI file of an HSDS API of that version."""
    paths = document.get("paths") if isinstance(document, dict) else None
    if not isinstance(paths, dict):
        yield Fault("openapi-unread", "/paths")
        return
    yield from _repeated_ids(paths)
    yield from _references(document, "", version, 0)
    if not any(str(path).rstrip("/").endswith("/services") for path in paths):
        yield Fault("openapi-path-missing", "/paths", "/services")


def _repeated_ids(paths: Mapping[str, Any]) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for path, operations in paths.items():
        for method, operation in operations.items() if isinstance(operations, dict) else ():
            name = operation.get("operationId") if isinstance(operation, dict) else None
            if method not in _METHODS or not isinstance(name, str):
                continue
            if name in seen:
                here = f"/paths/{_escaped(path)}/{method}"
                yield Fault("operation-id-repeated", here, f"{name}: {seen[name]}")
            seen.setdefault(name, f"{method} {path}")


def _references(
    value: Any, at: str, version: tuple[int, int] | None, depth: int
) -> Iterator[Fault]:
    if depth > _MAX_DEPTH:
        return
    inner: Iterable[tuple[Any, Any]] = value.items() if isinstance(value, dict) else ()
    inner = enumerate(value) if isinstance(value, list) else inner
    for name, each in inner:
        here = f"{at}/{_escaped(str(name))}"
        if name == "$ref" and isinstance(each, str):
            if _is_other(each, version):
                yield Fault("reference-other-version", here, each)
        elif name == "format" and each == "datetime":
            yield Fault("openapi-datetime", here, each)
        else:
            yield from _references(each, here, version, depth + 1)


def _is_other(address: str, version: tuple[int, int] | None) -> bool:
    found = _VERSION_IN_ADDRESS.search(address)
    return bool(found and version and found.group(1) != "{}.{}".format(*version))


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")
