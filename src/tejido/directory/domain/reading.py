"""What a reader of files knows, and what it met on the way."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from tejido.directory.domain.cleaning import clean_text, safe_link
from tejido.directory.domain.hsds.own_words import mark_of
from tejido.directory.domain.issues import Issue, IssueCode, shown
from tejido.directory.domain.languages import iso_code, language_code

# One namespace for all ids that we make ourselves from a source's own keys.
NAMESPACE = UUID("a8ef4a52-2f4e-5b05-8f0c-6f4f1f6c7a10")
MAX_NAME = 300
MAX_TEXT = 20_000
MAX_EXTRA = 50_000


@dataclass(frozen=True, slots=True)
class Gazette:
    """County FIPS codes by county, town and ZIP code; names in lower case, without `county`."""

    counties: Mapping[str, str] = field(default_factory=dict)
    towns: Mapping[str, str] = field(default_factory=dict)
    zips: Mapping[str, str] = field(default_factory=dict)

    def county(self, name: str) -> str:
        """Return the FIPS code of a county, or ''."""
        said = name.casefold().strip().removesuffix("county").strip()
        return self.counties.get(said, "")

    def area(self, name: str) -> str:
        """Return the FIPS code of a county or of a town's county, or ''."""
        return self.county(name) or self.towns.get(name.casefold().strip(), "")


@dataclass(slots=True)
class Reading:
    """One file on its way in: what is known about the world, and what was found.

    Attributes:
        source_key: names the ids that are made here.
        today: dates after it are mistakes.
        concepts: concept id -> whether it is harm reduction itself.
        need_words: normal form of a word -> concept id, where a table lists needs by words.
        row: where the reader is, from 1.
        length: of the row in characters, where it is one line of JSON.
        heed: called at each row; what it raises ends the reading.
        services, places: ids that were met.
        locations, organizations: marks of those that were met, by id; '' once a copy differed.
    """

    source_key: str
    today: date
    concepts: Mapping[str, bool] = field(default_factory=dict)
    need_words: Mapping[str, str] = field(default_factory=dict)
    gazette: Gazette = field(default_factory=Gazette)
    issues: list[Issue] = field(default_factory=list)
    row: int = 0
    length: int | None = None
    heed: Callable[[], None] | None = None
    services: set[UUID] = field(default_factory=set)
    places: set[UUID] = field(default_factory=set)
    locations: dict[UUID, str] = field(default_factory=dict)
    organizations: dict[UUID, str] = field(default_factory=dict)

    def begin(self, row: int) -> None:
        """Go on to a row."""
        self.row = row
        if self.heed is not None:
            self.heed()

    def note(self, code: IssueCode, where: str, value: object = "") -> None:
        """Add an issue at the present row."""
        self.issues.append(Issue(self.row, where, shown(value), code))

    def hide_values(self) -> None:
        """Take the values out of what was noted at the present row; that it is odd stays."""
        for place in range(len(self.issues) - 1, -1, -1):
            if self.issues[place].row != self.row:
                return
            self.issues[place] = replace(self.issues[place], value="")

    def met_before(
        self, key: UUID, record: Mapping[str, Any], marks: dict[UUID, str], where: str
    ) -> None:
        """Remember a record that may stand in many others; note once where a copy differs."""
        mark = mark_of(record)
        if marks.setdefault(key, mark) not in ("", mark):
            self.note(IssueCode.COPIES_DIFFER, where, str(key))
            marks[key] = ""

    def own_id(self, *words: str) -> UUID:
        """Return an id made from the source and some words: the same words, the same id."""
        return uuid5(NAMESPACE, json.dumps([self.source_key, *words]))

    def id_of(self, value: Any, where: str) -> UUID | None:
        """Return a stated id: a UUID as it is, another key as one of ours, None where missing.

        A UUID that a record of another kind has becomes one of ours too.
        """
        if not isinstance(value, str | int) or isinstance(value, bool) or value == "":
            if value not in (None, ""):
                self.note(IssueCode.ID_NOT_UUID, where, value)
            return None
        try:
            key = UUID(str(value).strip())
        except ValueError:
            return self.own_id(where, clean_text(str(value)))
        if self._is_of_another_kind(key, where):
            self.note(IssueCode.ID_SHARED, where, value)
            return self.own_id(where, str(key))
        return key

    def _is_of_another_kind(self, key: UUID, kind: str) -> bool:
        return (
            (key in self.services and kind != "service")
            or (key in self.places and kind != "service_at_location")
            or (key in self.locations and kind != "location")
            or (key in self.organizations and kind != "organization")
        )

    def text(self, record: Mapping[str, Any], key: str, where: str, limit: int = MAX_TEXT) -> str:
        """Return a text field, '' where it is missing or no text, cut where it is too long."""
        value = record.get(key)
        if value is None or value == "" or value == []:
            return ""
        if isinstance(value, dict | list | bool):
            self.note(IssueCode.NOT_A_TEXT, f"{where}{key}", value)
            return ""
        text = clean_text(str(value))
        if len(text) > limit:
            self.note(IssueCode.TEXT_TOO_LONG, f"{where}{key}", text)
        return text[:limit]

    def children(
        self, record: Mapping[str, Any], key: str, where: str = ""
    ) -> list[dict[str, Any]]:
        """Return the objects of a list field; what is no object is noted and left out."""
        value = record.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.note(IssueCode.NOT_A_LIST, f"{where}{key}", value)
            value = [value]
        for each in value:
            if not isinstance(each, dict):
                self.note(IssueCode.NOT_A_LIST, f"{where}{key}", each)
        return [each for each in value if isinstance(each, dict)]

    def link(self, record: Mapping[str, Any], key: str, where: str = "") -> str:
        """Return a web address that a page may link to, or ''."""
        text = self.text(record, key, where, 2_000)
        safe = safe_link(text) if text else ""
        if safe is None:
            self.note(IssueCode.LINK_UNREADABLE, f"{where}{key}", text)
        return safe or ""

    def day(self, record: Mapping[str, Any], key: str, where: str = "") -> date | None:
        """Return a date written YYYY-MM-DD, with or without a time behind it."""
        text = self.text(record, key, where, 60)
        try:
            return date.fromisoformat(text[:10]) if text else None
        except ValueError:
            self.note(IssueCode.DATE_UNREADABLE, f"{where}{key}", text)
            return None

    def past_day(self, record: Mapping[str, Any], key: str, where: str = "") -> date | None:
        """Return a date that is not in the future."""
        day = self.day(record, key, where)
        if day is not None and day > self.today:
            self.note(IssueCode.DATE_IN_FUTURE, f"{where}{key}", day.isoformat())
            return None
        return day

    def languages(self, names: Iterable[tuple[str, str]], where: str) -> tuple[str, ...]:
        """Return the codes of languages given as (code, name), each once."""
        found: dict[str, None] = {}
        for code, name in names:
            known = iso_code(code) or language_code(name)
            if known:
                found[known] = None
            elif code or name:
                self.note(IssueCode.LANGUAGE_UNKNOWN, where, name or code)
        return tuple(found)

    def leftover(
        self, record: Mapping[str, Any], known: frozenset[str], where: str
    ) -> dict[str, Any]:
        """Return the fields that we have no place for, without people and their addresses."""
        rest = {k: v for k, v in record.items() if k not in known}
        kept = {k: v for k, v in _without_people(rest).items() if v not in (None, "", [], {})}
        if len(json.dumps(kept)) > MAX_EXTRA:
            self.note(IssueCode.TOO_LARGE, where or "extra", ", ".join(sorted(kept)))
            return {}
        return kept


def _without_people(value: Any) -> Any:
    """Leave out contacts, e-mail addresses and change logs: they name people."""
    if isinstance(value, dict):
        return {
            k: _without_people(v)
            for k, v in value.items()
            if k not in ("contacts", "contact", "metadata", "attention", "updated_by")
            and "email" not in k.casefold().replace("-", "")
        }
    if isinstance(value, list):
        return [_without_people(each) for each in value]
    return value
