"""Rows of a table as drafts, by a mapping that says which column is what."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any
from uuid import UUID

from tejido.directory.domain.cleaning import clean_text
from tejido.directory.domain.confidential import (
    says_confidential,
    tells_confidential,
    without_place,
    without_secret,
)
from tejido.directory.domain.contents import is_date, is_email
from tejido.directory.domain.coordinates import read_point
from tejido.directory.domain.drafts import (
    AddressDraft,
    AtLocationDraft,
    LocationDraft,
    OrganizationDraft,
    PhoneDraft,
    ServiceDraft,
)
from tejido.directory.domain.headings import is_ids
from tejido.directory.domain.issues import IssueCode
from tejido.directory.domain.listed_words import Listed, listed_languages, listed_needs
from tejido.directory.domain.mapped import NO_COLUMN, Mapped, plain_name
from tejido.directory.domain.reading import MAX_NAME, MAX_TEXT, Reading
from tejido.directory.domain.table_tally import UNREAD, Tally
from tejido.directory.domain.telling_names import telling_field
from tejido.directory.domain.vocabulary import Tier
from tejido.directory.domain.yes_no import answered_words
from tejido.directory.domain.zips import is_short_zip, read_zip
from tejido.foundation.phones import read_phone

MAX_KEYWORD = 200
# Fields with sentences that people read.
PROSE = ("description", "before_you_go", "hours_text")
# Where a list says that a place is confidential.
ADDRESS = ("address_1", "address_2", "city")


@dataclass(slots=True)
class Table:
    """A table on its way in: which rows and keys were met, and what is said once at the end."""

    mapped: Mapped
    reading: Reading
    keys: dict[UUID, tuple[str, ...]] = field(default_factory=dict)
    tally: Tally = field(default_factory=Tally)

    def say_once(self, headings: Mapping[str, str]) -> None:
        """Put what is true of the whole table first, in the place of what it makes of each row.

        Args:
            headings: columns as they are compared -> as the table has them.
        """
        columns = {name: column.columns for name, column in self.mapped.fields.items()}
        emptied = self.tally.emptied()
        at = {*emptied, *(column for name in emptied for column in columns[name])}
        rest = [
            each for each in self.reading.issues if not (each.field in at and each.code in UNREAD)
        ]
        self.reading.issues[:] = [*self.tally.issues(headings, columns), *rest]


def read_rows(
    header: Sequence[str], rows: Iterator[tuple[int, list[str]]], table: Table
) -> Iterator[ServiceDraft]:
    """Return a draft for each row; what cannot be taken is noted and left out; never raises.

    Args:
        header: the names of the columns, in the order of the file.
        rows: rows with the number that a spreadsheet program shows.
        table: the mapping and what was met so far.
    """
    names = [plain_name(name) for name in header]
    yield from _drafts(names, rows, table)
    table.say_once(dict(zip(names, header, strict=True)))


def _drafts(
    names: Sequence[str], rows: Iterator[tuple[int, list[str]]], table: Table
) -> Iterator[ServiceDraft]:
    for number, cells in rows:
        table.reading.begin(number)
        if len(cells) != len(names):
            is_told = tells_confidential("\n".join(cells)) or any(map(says_confidential, cells))
            table.reading.note(IssueCode.ROW_TOO_LONG, "", "" if is_told else ", ".join(cells))
            continue
        if any("\x00" in cell for cell in cells):
            table.reading.note(IssueCode.VALUE_UNSTORABLE, "")
        draft = _draft_of(dict(zip(names, map(clean_text, cells), strict=True)), table)
        if draft is not None:
            yield draft


def _draft_of(row: Mapping[str, str], table: Table) -> ServiceDraft | None:
    """Return the draft of a row that was not met before; it does not tell what is confidential."""
    key = _new_key(row, table)
    draft = None if key is None else _draft(row, key, table)
    if _is_secret(row, table):
        table.reading.hide_values()
        return draft and _unnamed(draft, row, table)
    if draft is not None:
        _count(row, draft, table)
    return draft


def _is_secret(row: Mapping[str, str], table: Table) -> bool:
    """Say whether a row calls its place confidential, in its address or in words anywhere."""
    fields = [table.mapped.fields.get(name, NO_COLUMN) for name in ADDRESS]
    lines = [row.get(plain_name(name), "") for each in fields for name in each.columns]
    return any(map(says_confidential, lines)) or tells_confidential("\n".join(row.values()))


def _new_key(row: Mapping[str, str], table: Table) -> UUID | None:
    """Return the id of a row that was not met before, or None with an issue."""
    words = [row.get(plain_name(name), "") for name in table.mapped.key]
    key = table.reading.own_id("row", *(" ".join(word.casefold().split()) for word in words))
    said = tuple(row.values())
    if key not in table.keys:
        table.keys[key] = said
        return key
    is_same = sorted(table.keys[key]) == sorted(said)
    named = IssueCode.ID_REPEATED if is_ids(table.mapped.key) else IssueCode.KEY_REPEATED
    code = IssueCode.ROW_REPEATED if is_same else named
    table.reading.note(code, ", ".join(table.mapped.key), ", ".join(filter(None, words)))
    return None


def _draft(row: Mapping[str, str], key: UUID, table: Table) -> ServiceDraft | None:
    mapped, reading = table.mapped, table.reading
    organization = _text(row, "organization", table, MAX_NAME)
    name = _text(row, "name", table, MAX_NAME) or (organization if _is_place(row, table) else "")
    if not name:
        reading.note(IssueCode.NAME_MISSING, "name")
        return None
    organization = organization or name
    said = {"url": _text(row, "url", table, 2_000)}
    languages, needs = _languages(row, table), _needs(row, table)
    return ServiceDraft(
        id=key,
        name=name,
        organization=OrganizationDraft(
            reading.own_id("organization", organization.casefold()), organization
        ),
        description=_text(row, "description", table),
        tier=_tier(needs.known, table),
        mode=mapped.mode,
        url=reading.link(said, "url"),
        email=_email(row, table),
        before_you_go=_text(row, "before_you_go", table),
        needs=_once(mapped.needs, needs.known),
        keywords=_once(mapped.keywords, (word[:MAX_KEYWORD] for word in needs.unknown)),
        languages=_once(mapped.languages, languages.known),
        phones=tuple(_phones(row, table)),
        hours_text=_hours(row, table),
        places=_places(row, key, table),
        confirmed_on=mapped.source.published_on,
        extra=_leftover(row, table),
    )


def _is_place(row: Mapping[str, str], table: Table) -> bool:
    """Say whether a row has a street or a number, so that it is no heading within the table."""
    fields = (table.mapped.fields.get(name, NO_COLUMN) for name in ("address_1", "phone"))
    return any(row.get(plain_name(column)) for each in fields for column in each.columns)


def _languages(row: Mapping[str, str], table: Table) -> Listed:
    return listed_languages(_listed(row, "languages", table))


def _needs(row: Mapping[str, str], table: Table) -> Listed:
    return listed_needs(_listed(row, "needs", table), table.reading.need_words)


def _listed(row: Mapping[str, str], name: str, table: Table) -> str:
    """Return the words that columns list; a column of one word answers yes or no to it."""
    column = table.mapped.fields.get(name, NO_COLUMN)
    cells = [(each, row.get(plain_name(each), "")) for each in column.columns]
    join = column.join if column.join.strip() else ", "
    text = join.join(answered_words(cells))
    if len(text) > MAX_TEXT:
        table.reading.note(IssueCode.TEXT_TOO_LONG, name, text)
    return text[:MAX_TEXT]


def _tier(needs: Sequence[str], table: Table) -> Tier:
    """Return whether a row is harm reduction itself: all of them are, or its needs say so."""
    is_core = any(table.reading.concepts.get(need, False) for need in needs)
    return Tier.CORE if is_core else table.mapped.tier


def _once(*several: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(chain(*several)))


def _count(row: Mapping[str, str], draft: ServiceDraft, table: Table) -> None:
    """Count which fields are filled, which of them could be read, and words that could not."""
    table.tally.note_unknown("languages", _languages(row, table).unknown)
    table.tally.note_unknown("needs", _needs(row, table).unknown)
    place = draft.places[0].location if draft.places else None
    read = {
        "phone": draft.phones,
        "url": draft.url,
        "email": draft.email,
        "latitude": place and place.latitude is not None,
        "postal_code": place and place.address and place.address.postal_code,
        "hours_text": draft.hours_text,
    }
    for name, value in read.items():
        columns = table.mapped.fields.get(name, NO_COLUMN).columns
        if any(row.get(plain_name(column)) for column in columns):
            table.tally.count(name, is_taken=bool(value))


def _unnamed(draft: ServiceDraft, row: Mapping[str, str], table: Table) -> ServiceDraft | None:
    """Return a draft that does not tell where its place is, None where its name tells it."""
    names = {"name": draft.name, "organization": draft.organization.name}
    field = telling_field(names, _street(row, table))
    if field:
        table.reading.note(IssueCode.NAME_TELLS_PLACE, field)
        return None
    return _silent(draft, row, table)


def _street(row: Mapping[str, str], table: Table) -> str:
    """Return the street of a row, '' where that is a word for secrecy."""
    line = _text(row, "address_1", table)
    return "" if says_confidential(line) else line


def _silent(draft: ServiceDraft, row: Mapping[str, str], table: Table) -> ServiceDraft:
    """Return a draft that does not tell where its confidential place is.

    Columns that nobody mapped could hold the address under any name, and so could words that are
    no needs: none of them is kept.
    """
    table.reading.note(IssueCode.PLACE_CONFIDENTIAL, "address_1")
    table.tally.columns_left_out.update(list(draft.extra))
    places = [replace(each, location=without_secret(each.location)) for each in draft.places]
    prose = _silent_prose(draft, row, table)
    words = table.mapped.keywords
    return replace(draft, places=tuple(places), keywords=words, extra={}, **prose)


def _silent_prose(draft: ServiceDraft, row: Mapping[str, str], table: Table) -> dict[str, Any]:
    """Return the texts of a service without the sentences that may tell where it is."""
    street = _street(row, table)
    kept: dict[str, str] = {}
    for name in PROSE:
        said = getattr(draft, name)
        kept[name] = without_place(said, street)
        if kept[name] != said:
            table.reading.note(IssueCode.SENTENCE_LEFT_OUT, name)
    return kept


def _places(row: Mapping[str, str], key: UUID, table: Table) -> tuple[AtLocationDraft, ...]:
    reading = table.reading
    point = read_point(_text(row, "latitude", table), _text(row, "longitude", table))
    if point.problem is not None:
        said = f"{_text(row, 'latitude', table)}, {_text(row, 'longitude', table)}"
        reading.note(point.problem, "latitude", said)
    address = _address(row, table)
    if address is None and point.latitude is None:
        return ()
    location = LocationDraft(
        id=reading.own_id("location", str(key)),
        address=address,
        latitude=point.latitude,
        longitude=point.longitude,
    )
    return (AtLocationDraft(reading.own_id("place", str(key)), location),)


def _address(row: Mapping[str, str], table: Table) -> AddressDraft | None:
    lines = [_text(row, name, table, 500) for name in ADDRESS]
    code = _zip(row, table)
    if not any((*lines, code)):
        return None
    return AddressDraft(
        address_1=lines[0],
        address_2=lines[1],
        city=lines[2],
        state=_text(row, "state", table, 100) or "CA",
        postal_code=code,
        county_fips=_county(row, code, table),
    )


def _zip(row: Mapping[str, str], table: Table) -> str:
    said = _text(row, "postal_code", table, 40)
    if is_short_zip(said):
        table.reading.note(IssueCode.ZIP_SHORT, "postal_code", said)
        return ""
    read = read_zip(said, _text(row, "zip4", table, 10)) if said else ""
    if read is None:
        table.reading.note(IssueCode.ZIP_UNREADABLE, "postal_code", said)
    return said if read is None else read


def _county(row: Mapping[str, str], code: str, table: Table) -> str:
    gazette = table.reading.gazette
    said = _text(row, "county", table, 200)
    known = gazette.county(said)
    if said and gazette.counties and not known:
        table.reading.note(IssueCode.COUNTY_UNKNOWN, "county", said)
    return known or gazette.zips.get(code[:5], "")


def _phones(row: Mapping[str, str], table: Table) -> Iterator[PhoneDraft]:
    """Return a phone for each column of numbers; the same number once."""
    column = table.mapped.fields.get("phone", NO_COLUMN)
    met: set[tuple[str, str]] = set()
    for name in column.columns:
        said = row.get(plain_name(name), "")
        read = read_phone(said) if said else None
        if said and read is None:
            table.reading.note(IssueCode.PHONE_UNREADABLE, name, said)
        if read is not None and (read.number, read.extension) not in met:
            met.add((read.number, read.extension))
            key = table.reading.own_id("phone", read.number, read.extension)
            yield PhoneDraft(key, read.number, read.extension)


def _email(row: Mapping[str, str], table: Table) -> str:
    said = _text(row, "email", table, 254)
    if said and not is_email(said):
        table.reading.note(IssueCode.EMAIL_UNREADABLE, "email", said)
        return ""
    return said


def _hours(row: Mapping[str, str], table: Table) -> str:
    """Return the hours as a sentence, or '' where a spreadsheet made a date of 9-5."""
    column = table.mapped.fields.get("hours_text", NO_COLUMN)
    for name in column.columns:
        if is_date(row.get(plain_name(name), "")):
            table.reading.note(IssueCode.HOURS_ARE_DATE, name, row[plain_name(name)])
            return ""
    return _text(row, "hours_text", table)


def _text(row: Mapping[str, str], name: str, table: Table, limit: int = MAX_TEXT) -> str:
    column = table.mapped.fields.get(name)
    if column is None:
        return ""
    said = [(each, row.get(plain_name(each), "")) for each in column.columns]
    parts = [f"{each} {value}" if column.label else value for each, value in said if value]
    text = column.join.join(parts)
    if len(text) > limit:
        table.reading.note(IssueCode.TEXT_TOO_LONG, name, text)
    return text[:limit]


def _leftover(row: Mapping[str, str], table: Table) -> dict[str, Any]:
    known = frozenset(map(plain_name, table.mapped.columns()))
    return table.reading.leftover(row, known, "")
