"""One stylesheet for a page: small files in the repository, few requests on a slow phone."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage, Storage

FOLDER = Path(__file__).parent / "static" / "ui"
_COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)
_ORDER = {
    "ui/tejido.css": ("tokens.css", "base.css", "layout.css", "components/*.css", "adapt.css"),
    "ui/desk.css": ("desk/*.css",),
}


def bundle_names() -> tuple[str, ...]:
    """Return the addresses of the stylesheets under /static/."""
    return tuple(_ORDER)


def bundle_text(name: str) -> str:
    """Return one stylesheet: its parts in order, sorted by name within a pattern.

    Comments are for who writes them and stay out.

    Args:
        name: one of `bundle_names`.
    """
    parts = [part for pattern in _ORDER[name] for part in sorted(FOLDER.glob(pattern))]
    return "\n".join(without_comments(part.read_text(encoding="utf-8")) for part in parts)


def without_comments(css: str) -> str:
    """Return a stylesheet without its comments; strings in ours hold none."""
    return _COMMENT.sub("", css)


class BundleFinder(BaseFinder):
    """Offers the stylesheets to `collectstatic`, made from their parts at that moment."""

    def check(self, **_kwargs: Any) -> list[Any]:
        """Return nothing: there is nothing to configure."""
        return []

    def find(self, path: str, find_all: Any = False, **_kwargs: Any) -> Any:  # noqa: FBT002 - Django's signature
        """Return no file: the stylesheets exist only once they are collected."""
        return []

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        """Yield each stylesheet with a storage that holds it."""
        storage = InMemoryStorage()
        for name in bundle_names():
            storage.save(name, ContentFile(bundle_text(name).encode()))
            yield name, storage
