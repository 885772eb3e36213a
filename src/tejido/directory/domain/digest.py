"""A short mark of everything that a draft says, to see cheaply that nothing changed."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from operator import attrgetter
from typing import Any

from tejido.directory.domain.drafts import ServiceDraft
from tejido.directory.domain.hsds.own_words import OwnWords

# Raise it when the way from draft to tables or to own words changes: each record is then written
# once more.
STORED_FORM = 4


def draft_digest(draft: ServiceDraft, on: date | None = None) -> str:
    """Return 64 hexadecimal digits that are equal exactly when two drafts say the same.

    Of own words it sees what the source wrote, which is all that they are made of besides the
    fields of the draft.

    Args:
        draft: what the source says.
        on: the day on which that counts as confirmed; the same said later confirms it anew.
    """
    said = _DRAFTS.encode([STORED_FORM, on, draft])
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


def said_digest(value: Any) -> str:
    """Return 16 hexadecimal digits of one field's value as JSON, to see that it is the same."""
    said = json.dumps(value, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _plain(value: Any) -> Any:
    kind: Any = type(value)
    if kind is OwnWords:
        return value.theirs
    if (values := _values_of(kind)) is not None:
        return values(value)
    return dict(value) if hasattr(value, "items") else str(value)


@cache
def _values_of(kind: Any) -> Callable[[Any], Any] | None:
    """Return what hands out the fields of a draft in their order, or None for what is none."""
    return attrgetter(*(each.name for each in fields(kind))) if is_dataclass(kind) else None


_DRAFTS = json.JSONEncoder(
    default=_plain, sort_keys=True, ensure_ascii=False, check_circular=False
)
