"""HSDS phones, languages and accessibility."""

import re
from collections.abc import Mapping
from typing import Any

from tejido.directory.domain.drafts import PhoneDraft
from tejido.directory.domain.issues import IssueCode
from tejido.directory.domain.reading import Reading
from tejido.directory.domain.vocabulary import Fact
from tejido.foundation.phones import read_phone

KINDS = ("voice", "text", "cell", "fax", "pager", "textphone", "video")


def read_phones(record: Mapping[str, Any], reading: Reading, where: str) -> tuple[PhoneDraft, ...]:
    """Return the phones of a record; a number that cannot be read is noted and left out."""
    rows = reading.children(record, "phones", where)
    drafts = [_phone(row, reading, f"{where}phones.") for row in rows]
    return tuple({draft.id: draft for draft in drafts if draft is not None}.values())


def read_languages(record: Mapping[str, Any], reading: Reading, where: str) -> tuple[str, ...]:
    """Return the codes of the languages of a record."""
    at = f"{where}languages."
    rows = reading.children(record, "languages", where)
    said = [
        (reading.text(row, "code", at, 40), reading.text(row, "name", at, 200)) for row in rows
    ]
    return reading.languages(said, f"{where}languages")


def read_accessibility(
    record: Mapping[str, Any], reading: Reading, where: str
) -> dict[Fact, bool]:
    """Return what accessibility rows say about wheelchairs, where they say it."""
    rows = reading.children(record, "accessibility", where)
    texts = [
        reading.text(row, key, f"{where}accessibility.")
        for row in rows
        for key in ("description", "details")
    ]
    for text in texts:
        if re.search(r"\bwheelchair\b", text, re.IGNORECASE):
            denied = re.search(r"\b(no|not|without|nor)\b[^.]{0,40}\bwheelchair\b", text, re.I)
            denied = denied or re.search(r"\bwheelchair\b[^.]{0,40}\b(no|not)\b", text, re.I)
            return {Fact.WHEELCHAIR: denied is None}
    return {}


def _phone(row: Mapping[str, Any], reading: Reading, where: str) -> PhoneDraft | None:
    text = reading.text(row, "number", where, 100)
    read = read_phone(text)
    if read is None:
        reading.note(IssueCode.PHONE_UNREADABLE, f"{where}number", text)
        return None
    kind = reading.text(row, "type", where, 40).casefold()
    extension = reading.text(row, "extension", where, 20) or read.extension
    return PhoneDraft(
        id=reading.id_of(row.get("id"), "phone")
        or reading.own_id("phone", read.number, extension),
        number=read.number,
        extension=extension,
        kind=kind if kind in KINDS else "voice",
        description=reading.text(row, "description", where, 1_000),
        languages=read_languages(row, reading, where),
    )
