"""What an importer could not take as it stood: where, what, and a code for what to do about it."""

from dataclasses import dataclass
from enum import StrEnum

SHOWN_OF_VALUE = 80


class IssueCode(StrEnum):
    """Each kind of problem; services/issue_words.py has the sentence that says what to do."""

    COPIES_DIFFER = "copies-differ"
    WORD_UNKNOWN = "word-unknown"
    ORPHAN = "orphan"
    PACKAGE_UNREADABLE = "package-unreadable"
    TABLE_UNKNOWN = "table-unknown"
    TABLE_EMPTY = "table-empty"
    FILE_ELSEWHERE = "file-elsewhere"
    ROW_UNREADABLE = "row-unreadable"
    ROW_CUT_SHORT = "row-cut-short"
    ROW_REPEATED = "row-repeated"
    ROW_TOO_LONG = "row-too-long"
    ROW_ENDLESS = "row-endless"
    NOT_A_SERVICE = "not-a-service"
    NO_SERVICES = "no-services"
    PAGE_OF_MANY = "page-of-many"
    ID_MISSING = "id-missing"
    ID_NOT_UUID = "id-not-uuid"
    ID_REPEATED = "id-repeated"
    KEY_REPEATED = "key-repeated"
    ID_SHARED = "id-shared"
    ID_TAKEN = "id-taken"
    NAME_MISSING = "name-missing"
    ORGANIZATION_MISSING = "organization-missing"
    STATUS_UNKNOWN = "status-unknown"
    NOT_A_TEXT = "not-a-text"
    NOT_A_LIST = "not-a-list"
    TEXT_TOO_LONG = "text-too-long"
    TEXT_ALONE = "text-alone"
    MACHINE_ALONE = "machine-alone"
    TOO_DEEP = "too-deep"
    TOO_LARGE = "too-large"
    VALUE_UNSTORABLE = "value-unstorable"
    LINK_UNREADABLE = "link-unreadable"
    PHONE_UNREADABLE = "phone-unreadable"
    DATE_UNREADABLE = "date-unreadable"
    DATE_IN_FUTURE = "date-in-future"
    TIME_UNREADABLE = "time-unreadable"
    HOURS_UNREADABLE = "hours-unreadable"
    POINT_UNREADABLE = "point-unreadable"
    POINT_ZERO = "point-zero"
    POINT_SWAPPED = "point-swapped"
    POINT_EAST = "point-east"
    POINT_OFF_EARTH = "point-off-earth"
    POINT_FAR = "point-far"
    PLACE_CONFIDENTIAL = "place-confidential"
    NAME_TELLS_PLACE = "name-tells-place"
    SENTENCE_LEFT_OUT = "sentence-left-out"
    COLUMN_LEFT_OUT = "column-left-out"
    FIELD_EMPTIED = "field-emptied"
    NEED_UNKNOWN = "need-unknown"
    ZIP_UNREADABLE = "zip-unreadable"
    ZIP_SHORT = "zip-short"
    EMAIL_UNREADABLE = "email-unreadable"
    HOURS_ARE_DATE = "hours-are-date"
    HEADING_REPAIRED = "heading-repaired"
    CELLS_MERGED = "cells-merged"
    CELL_ERROR = "cell-error"
    FORMULA_EMPTY = "formula-empty"
    COUNTY_UNKNOWN = "county-unknown"
    AREA_UNKNOWN = "area-unknown"
    LANGUAGE_UNKNOWN = "language-unknown"


@dataclass(frozen=True, slots=True)
class Issue:
    """One problem.

    `row` counts from 1: a line, a record of a list, or a row as a spreadsheet program shows it,
    where headings are rows too; 0 is the whole file. The rest of the row was imported, unless
    the code says that the row was left out.
    """

    row: int
    field: str
    value: str
    code: IssueCode


def shown(value: object) -> str:
    """Return a value on one line, cut to 80 characters."""
    text = (
        " ".join(str(value).split())
        if isinstance(value, str | int | float)
        else type(value).__name__
    )
    return text if len(text) <= SHOWN_OF_VALUE else f"{text[: SHOWN_OF_VALUE - 1]}…"
