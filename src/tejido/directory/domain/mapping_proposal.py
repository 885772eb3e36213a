"""A mapping proposed from a table's headings and contents, for a person to look at and change."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tejido.directory.domain.contents import Looks, looks_of
from tejido.directory.domain.headings import field_of, is_day
from tejido.directory.domain.listed_words import is_list_of_words
from tejido.directory.domain.mapped import Column
from tejido.directory.domain.yes_no import asked_field, is_answers

SAMPLES = 3
# What a column may look like for a field that its heading names; others take anything.
FITS: Mapping[str, frozenset[Looks]] = {
    "phone": frozenset({Looks.PHONE, Looks.NUMBER, Looks.WORDS}),
    "url": frozenset({Looks.LINK, Looks.WORDS, Looks.PROSE}),
    "email": frozenset({Looks.EMAIL, Looks.WORDS}),
    "postal_code": frozenset({Looks.ZIP, Looks.NUMBER}),
    "zip4": frozenset({Looks.NUMBER}),
    "latitude": frozenset({Looks.LATITUDE, Looks.LONGITUDE, Looks.NUMBER, Looks.WORDS}),
    "longitude": frozenset({Looks.LATITUDE, Looks.LONGITUDE, Looks.NUMBER, Looks.WORDS}),
    "name": frozenset({Looks.WORDS, Looks.PROSE, Looks.STREET, Looks.HOURS, Looks.STATE}),
    "organization": frozenset({Looks.WORDS, Looks.PROSE}),
    "city": frozenset({Looks.WORDS}),
    "county": frozenset({Looks.WORDS}),
    "languages": frozenset({Looks.LANGUAGES, Looks.WORDS, Looks.PROSE}),
    "needs": frozenset({Looks.WORDS, Looks.PROSE}),
    "address_1": frozenset({Looks.STREET, Looks.WORDS, Looks.PROSE}),
    "hours_text": frozenset({Looks.HOURS, Looks.WORDS, Looks.PROSE, Looks.NUMBER}),
}
# What a column is when its heading says nothing.
BY_LOOKS: Mapping[Looks, str] = {
    Looks.PHONE: "phone",
    Looks.ZIP: "postal_code",
    Looks.LATITUDE: "latitude",
    Looks.LONGITUDE: "longitude",
    Looks.LINK: "url",
    Looks.EMAIL: "email",
    Looks.STATE: "state",
    Looks.HOURS: "hours_text",
    Looks.STREET: "address_1",
    Looks.LANGUAGES: "languages",
}
# Fields that take several columns, and what joins them.
JOINS: Mapping[str, str] = {
    "phone": " ",
    "name": ", ",
    "description": " ",
    "before_you_go": " ",
    "hours_text": "; ",
    "languages": ", ",
    "needs": ", ",
}


class Why(StrEnum):
    """What spoke for a proposal."""

    HEADING = "heading"
    CONTENTS = "contents"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class ProposedColumn:
    """One column: what it seems to be ('' is kept beside the record), why, and some values."""

    heading: str
    field: str
    why: Why
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a table seems to hold.

    Attributes:
        columns: in the order of the table.
        fields: field -> its columns, as a mapping has them.
    """

    columns: tuple[ProposedColumn, ...]
    fields: Mapping[str, Column]


@dataclass(slots=True)
class _Seen:
    heading: str
    values: list[str]
    looks: Looks
    field: str = ""
    rank: int = 0
    why: Why = Why.NOTHING
    samples: tuple[str, ...] = ()


def propose(
    names: Sequence[str],
    rows: Sequence[Sequence[str]],
    need_words: Mapping[str, str] | None = None,
) -> Proposal:
    """Return what each column of a table seems to be.

    Headings count first, unless the contents contradict them; then contents alone. A field that
    takes one column takes that with the most usual heading. A column that answers yes or no is a
    language or a need that its heading names, and otherwise nothing.

    Args:
        names: the headings.
        rows: some rows, as wide as the headings; a hundred are plenty.
        need_words: the normal form of each word -> the id of its need, where they are known.
    """
    seen = [_seen(name, [_at(row, n) for row in rows]) for n, name in enumerate(names)]
    for each in seen:
        if not _name_by_question(each, need_words or {}):
            _name_by_heading(each)
    _go_on(seen)
    for each in seen:
        _name_by_contents(each, seen)
    _find_name(seen)
    fields = {name: _column(name, seen) for name in dict.fromkeys(s.field for s in seen) if name}
    return Proposal(tuple(_shown(each) for each in seen), _with_organization(fields))


def recognised(names: Sequence[str], rows: Sequence[Sequence[str]]) -> int:
    """Return how many columns mean something; 0 where none could be a name."""
    fields = propose(names, rows).fields
    return sum(len(column.columns) for column in fields.values()) if "name" in fields else 0


def fields_of(chosen: Sequence[tuple[str, str]]) -> dict[str, Column]:
    """Return the fields of a mapping from what a person chose: (heading, field) in order.

    All columns that they gave to a field are joined.
    """
    named = dict.fromkeys(field for _heading, field in chosen if field)
    found = {name: tuple(h for h, field in chosen if field == name) for name in named}
    return _with_organization({name: _joined(name, found[name]) for name in found})


def _with_organization(fields: dict[str, Column]) -> dict[str, Column]:
    """Take the first part of a name in parts for the organization, where none is named."""
    name = fields.get("name", Column(()))
    if "organization" not in fields and len(name.columns) > 1:
        fields["organization"] = Column(name.columns[:1])
    return fields


def _joined(name: str, headings: tuple[str, ...]) -> Column:
    if len(headings) < 2 or name == "phone":
        return Column(headings)
    is_by_day = name == "hours_text" and any(map(is_day, headings))
    return Column(headings, JOINS.get(name, " "), label=is_by_day)


def _seen(heading: str, values: list[str]) -> _Seen:
    said = [" ".join(value.split()) for value in values]
    samples = tuple(dict.fromkeys(value for value in said if value))[:SAMPLES]
    return _Seen(heading, said, looks_of(said), samples=samples)


def _at(row: Sequence[str], number: int) -> str:
    return row[number] if number < len(row) else ""


def _name_by_question(seen: _Seen, need_words: Mapping[str, str]) -> bool:
    """Name a column that asks for one language or need; say whether it answers yes or no."""
    if not is_answers(seen.values):
        return False
    seen.field = asked_field(seen.heading, need_words)
    seen.why = Why.HEADING if seen.field else Why.NOTHING
    # Numbers alone are yes and no only under such a heading.
    return bool(seen.field) or not all(value in ("", "0", "1") for value in seen.values)


def _name_by_heading(seen: _Seen) -> None:
    if is_day(seen.heading):
        seen.field, seen.why = "hours_text", Why.HEADING
        return
    name, rank = field_of(seen.heading)
    if name == "needs" and not _is_list(seen):
        name = "description"
    allowed = FITS.get(name)
    if name and (allowed is None or seen.looks in allowed | {Looks.EMPTY}):
        seen.field, seen.rank, seen.why = name, rank, Why.HEADING


def _is_list(seen: _Seen) -> bool:
    """Say whether a column of services lists them by short names, and tells no sentences."""
    said = [value for value in seen.values if value]
    return bool(said) and sum(map(is_list_of_words, said)) >= 0.7 * len(said)


def _go_on(seen: Sequence[_Seen]) -> None:
    """Let `name2` go on where `name1` is the name."""
    for first in [each for each in seen if each.field == "name"]:
        for each in seen:
            if not each.field and _goes_on_from(first.heading, each.heading):
                each.field, each.rank, each.why = "name", first.rank + 1, Why.HEADING


def _goes_on_from(first: str, heading: str) -> bool:
    stem = re.fullmatch(r"(.*?)[ _-]?1", first)
    return bool(stem and re.fullmatch(rf"{re.escape(stem[1])}[ _-]?[2-9]", heading))


def _name_by_contents(each: _Seen, seen: Sequence[_Seen]) -> None:
    """Name a column by what stands in it, where no heading claims that field."""
    name = BY_LOOKS.get(each.looks, "")
    if each.field or not name or "fax" in each.heading.casefold():
        return
    if name == "phone" or not any(other.field == name for other in seen):
        each.field, each.why = name, Why.CONTENTS


def _find_name(seen: Sequence[_Seen]) -> None:
    """Find what is the name where no heading says so: an organization, else the richest words."""
    if any(each.field == "name" for each in seen):
        return
    agencies = [each for each in seen if each.field == "organization"]
    others = [e for e in seen if not e.field and e.looks in (Looks.WORDS, Looks.PROSE)]
    rich = [each for each in others if _is_rich(each)]
    if agencies:
        agencies[0].field = "name"
    elif rich:
        rich[0].field, rich[0].why = "name", Why.CONTENTS


def _is_rich(seen: _Seen) -> bool:
    """Say whether nearly every value is there, different from the others, and words."""
    said = [value for value in seen.values if value]
    worded = sum(bool(re.search(r"[^\W\d]{3}.*\s", value)) for value in said)
    return bool(
        said
        and len(said) >= 0.9 * len(seen.values)
        and len(set(said)) >= 0.4 * len(said)
        and worded >= 0.6 * len(said)
    )


def _column(name: str, seen: Sequence[_Seen]) -> Column:
    """Return the columns of a field: all that it takes, or the one with the best heading."""
    found = [each for each in seen if each.field == name]
    if name == "name":
        found = _one_name(found)
    elif name not in JOINS:
        found = [min(found, key=lambda each: each.rank)]
    for each in seen:
        if each.field == name and each not in found:
            each.field, each.why = "", Why.NOTHING
    return _joined(name, tuple(each.heading for each in found))


def _one_name(found: list[_Seen]) -> list[_Seen]:
    """Return the best name, and what goes on with it: `name2` after `name1`."""
    best = min(found, key=lambda each: each.rank)
    return [best, *(each for each in found if _goes_on_from(best.heading, each.heading))]


def _shown(seen: _Seen) -> ProposedColumn:
    return ProposedColumn(seen.heading, seen.field, seen.why, seen.samples)


def key_order(fields: Mapping[str, Column]) -> list[str]:
    """Return the columns that may name a row for ever, the most lasting first.

    Name, street, town and ZIP code; numbers that change come last.
    """
    lasting = ("name", "organization", "address_1", "address_2", "city", "postal_code", "phone")
    named = [column for each in lasting if each in fields for column in fields[each].columns]
    return list(dict.fromkeys(named))
