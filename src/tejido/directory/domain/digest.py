"""A short mark of everything that a draft says, to see cheaply that nothing changed."""

import hashlib
import json
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

from tejido.directory.domain.drafts import ServiceDraft

# Raise it when the way from draft to tables changes: each record is then written once more.
STORED_FORM = 2


def draft_digest(draft: ServiceDraft) -> str:
    """Return 64 hexadecimal digits that are equal exactly when two drafts say the same."""
    said = json.dumps([STORED_FORM, draft], default=_plain, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


def said_digest(value: Any) -> str:
    """Return 16 hexadecimal digits of one field's value as JSON, to see that it is the same."""
    said = json.dumps(value, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(each.name for each in fields(kind))


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        kind: Any = type(value)
        return {name: getattr(value, name) for name in _names(kind)}
    if hasattr(value, "items"):
        return dict(value)
    return str(value)
