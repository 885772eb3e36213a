"""What a phone keeps: a pack is a text of lines, the same for the same content (docs/packs.md).

A pack is one JSON list with one item a line, so that two packs differ only in the lines that
changed. Nothing enters a pack but what the public projection holds.
"""

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from tejido.directory.domain.patterns import Schedule, schedule_of
from tejido.directory.domain.public import PublicListing
from tejido.directory.domain.vocabulary import Precision, Tier
from tejido.finder.domain.indexing import (
    ANY_WORD,
    CALLED_CONCEPT,
    REACH,
    STATED_CONCEPT,
    STRONG_WORD,
    TOLD_CONCEPT,
    narrow_of,
)

# A test pins the layout: raise it with every change.
FORMAT = 9
# The pack of harm reduction itself in the whole state; every other is named after its county.
STATEWIDE = "core"
_TEXTS = ("name", "description", "before_you_go", "landmark")
_SHORTEST_CODE = 3
_CLOSED_FOR_NOW = "closed"
_LEVELS = (
    ("needs", STATED_CONCEPT),
    ("called", CALLED_CONCEPT),
    ("told", TOLD_CONCEPT),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A listing with what the snapshot found out about it.

    Attributes:
        marks: as the index of the snapshot holds them.
        county: FIPS code of the county that it lies in, or ''.
        anchor: the point by which it is ranked, None without a place.
        order: where it stands among equals, as in the snapshot.
    """

    listing: PublicListing
    marks: str
    county: str
    anchor: tuple[float, float] | None
    order: tuple[bool, int, bytes]

    def is_in(self, area: str) -> bool:
        """Tell whether the pack of an area holds it; what comes by mail is where it reaches."""
        listing = self.listing
        if area == STATEWIDE:
            return listing.tier is Tier.CORE
        if self.anchor is not None:
            return self.county == area
        return not listing.reach or area in listing.reach


@dataclass
class Codes:
    """Short codes for long texts: the same text has the same code in every pack and on every day.

    A code is the beginning of the hash of its text, longer where another text has it already.
    """

    by_text: dict[str, str] = field(default_factory=dict)
    _taken: set[str] = field(default_factory=set)

    def of(self, text: str) -> str:
        """Return the code of a text."""
        if text not in self.by_text:
            digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode()
            lengths = range(_SHORTEST_CODE, len(digest))
            code = next(digest[:end] for end in lengths if digest[:end] not in self._taken)
            self._taken.add(code)
            self.by_text[text] = code
        return self.by_text[text]


def pack_text(lines: Iterable[Sequence[Any] | str]) -> str:
    """Return a pack: its lines, each an item or an item as text, as one JSON list."""
    texts = (line if isinstance(line, str) else line_of(line) for line in lines)
    return "[\n" + "".join(f"{text},\n" for text in texts) + '["end"]\n]\n'


def line_of(item: Sequence[Any]) -> str:
    """Return one item as a line."""
    return json.dumps(item, ensure_ascii=False, separators=(",", ":"))


def pack_hash(text: str) -> str:
    """Return the name of a pack: the first half of its SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def pattern_line(code: str, schedule: Schedule, edges: Sequence[int]) -> str:
    """Return openings and closings in turn: the first in seconds since 1970, then differences."""
    steps = [*edges[:1], *(after - before for before, after in pairwise(edges))]
    return line_of(["pattern", code, schedule.zone, steps])


def listing_line(
    entry: Entry, *, language: str, codes: Codes, numbers: dict[str, int], pattern: str
) -> str:
    """Return a listing as one line; what is empty is left out.

    Args:
        entry: the listing.
        language: of its texts where it has them in it.
        codes: of texts that many listings share.
        numbers: need -> its place among the needs of the pack.
        pattern: code of its hours, '' where nobody can compute with them.
    """
    listing = entry.listing
    values = {
        "id": listing.id.hex,
        **{name: _said(listing, name, language) for name in _TEXTS},
        "by": codes.of(listing.organization) if listing.organization else "",
        "city": codes.of(listing.city) if listing.city else "",
        "core": int(listing.tier is Tier.CORE),
        "mode": listing.mode.value,
        **_place(entry),
        "phones": [[p.number, p.extension, p.kind, p.description] for p in listing.phones],
        "speaks": " ".join(listing.languages),
        "facts": {fact.value: int(yes) for fact, yes in listing.facts.items()},
        "hours": _CLOSED_FOR_NOW if listing.temporarily_closed else pattern,
        **_days(listing),
        "narrow": narrow_of(listing),
        **_marks(entry.marks, numbers),
    }
    kept = {name: value for name, value in values.items() if value not in ("", 0, None, [], {})}
    return line_of(["listing", kept])


def _said(listing: PublicListing, name: str, language: str) -> str | list[str]:
    """Return a text in the language, or with the language that it exists in."""
    for text in sorted(listing.texts, key=lambda text: text.language != language):
        words: str = getattr(text, name)
        if words:
            return words if text.language == language else [words, text.language]
    return ""


def _place(entry: Entry) -> dict[str, Any]:
    listing, point = entry.listing, entry.listing.point
    return {
        "address": list(listing.address_lines),
        "zip": listing.postal_code,
        "county": entry.county,
        "at": [point.latitude, point.longitude] if point else [],
        "about": int(point is not None and point.precision is not Precision.EXACT),
        "near": list(entry.anchor) if entry.anchor and not point else [],
        "reach": [] if entry.anchor else list(listing.reach),
    }


def _days(listing: PublicListing) -> dict[str, str]:
    hold = listing.hours_hold_until
    return {
        "until": hold.isoformat() if hold else "",
        "confirmed": listing.confirmed_on.isoformat() if listing.confirmed_on else "",
        "who": listing.confirmed_by.value if listing.confirmed_by else "",
    }


def _marks(marks: str, numbers: dict[str, int]) -> dict[str, Any]:
    """Return the marks of a listing, each where it says most; reach and county stand apart."""
    found: dict[str, list[str]] = {}
    for mark in marks.split():
        prefix, value = mark[: len(REACH)], mark[len(REACH) :]
        found.setdefault(prefix, []).append(value)
    values: dict[str, Any] = {}
    for name, prefix in _LEVELS:
        values[name] = [numbers[each] for each in found.get(prefix, ())]
    strong = found.get(STRONG_WORD, [])
    values["words"] = " ".join(strong)
    values["also"] = " ".join(each for each in found.get(ANY_WORD, ()) if each not in {*strong})
    return values


def delta_between(before: str, after: str) -> str:
    """Return how to make one pack of another: lines to copy and lines that are new.

    A number pair is the first line to copy and how many; a text is a line that is new.
    """
    where = {line: number for number, line in enumerate(before.split("\n"))}
    steps: list[Any] = []
    for line in after.split("\n"):
        number, last = where.get(line), steps[-1] if steps else None
        if number is None:
            steps.append(line)
        elif isinstance(last, list) and last[0] + last[1] == number:
            last[1] += 1
        else:
            steps.append([number, 1])
    return json.dumps(steps, ensure_ascii=False, separators=(",", ":")) + "\n"


def patched(before: str, delta: str) -> str:
    """Return the pack that a delta makes of an older one."""
    return "\n".join(_patched(before.split("\n"), json.loads(delta)))


def _patched(lines: Sequence[str], steps: Iterable[Any]) -> Iterator[str]:
    for step in steps:
        if isinstance(step, str):
            yield step
        else:
            yield from lines[step[0] : step[0] + step[1]]


def pattern_of(listing: PublicListing) -> Schedule | None:
    """Return the schedule whose pattern a listing follows, None where it has none."""
    return None if listing.temporarily_closed else schedule_of(listing)
