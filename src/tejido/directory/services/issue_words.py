"""What each kind of issue means and what to do about it, for people."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tejido.directory.domain.issues import IssueCode as Code

# code -> what happened and what to do.
WORDS: dict[Code, Promise] = {
    Code.COPIES_DIFFER: _(
        "This record stands in the file several times, and not always with the same words. "
        "The first was kept. Make them the same."
    ),
    Code.WORD_UNKNOWN: _(
        "This installation does not know this word. It was left out. Check its spelling, or add "
        "the need to the list."
    ),
    Code.ORPHAN: _(
        "This row belongs to a record that is not in the file. It was kept by itself and nobody "
        "sees it. Add the record, or mend the id."
    ),
    Code.PACKAGE_UNREADABLE: _(
        "datapackage.json cannot be read. The tables were found by the names of their files."
    ),
    Code.TABLE_UNKNOWN: _(
        "HSDS has no table of this name. It was left out. Check the name of the file."
    ),
    Code.TABLE_EMPTY: _("This table has no rows. Check that it is the whole file."),
    Code.FILE_ELSEWHERE: _(
        "This file lies in another folder than the tables. It was left out. "
        "Put all tables into one folder."
    ),
    Code.ROW_ENDLESS: _(
        "This row is longer than any record. It was left out. Get the file again."
    ),
    Code.ROW_UNREADABLE: _("This row cannot be read and was left out. Mend it and import again."),
    Code.ROW_CUT_SHORT: _(
        "The file ends in the middle of this row. It was left out. Get the whole file again."
    ),
    Code.ROW_REPEATED: _("This row is the same as an earlier one. It was left out. Delete it."),
    Code.ROW_TOO_LONG: _(
        "This row has more or fewer fields than the header. It was left out. "
        "Look for a comma outside quotation marks."
    ),
    Code.NOT_A_SERVICE: _("This is not a service. It was left out. Import services."),
    Code.NO_SERVICES: _(
        "This organization has no services in the file. Export organizations with their services."
    ),
    Code.PAGE_OF_MANY: _("This is one page of several. Import the other pages as well."),
    Code.TEXT_ALONE: _(
        "This field has words in Spanish and none in English. They are kept, and people who read "
        "English see them in Spanish. Write the English too."
    ),
    Code.MACHINE_ALONE: _(
        "A machine translated this field, and what it translated is not there. It was left out. "
        "Write the original."
    ),
    Code.ID_MISSING: _("The record has no id. Give it one, so that it can be updated later."),
    Code.ID_NOT_UUID: _("This is not an id. Write a UUID."),
    Code.ID_REPEATED: _(
        "This id was used before in this file. The first record was kept. Give this one its own."
    ),
    Code.KEY_REPEATED: _(
        "An earlier row has the same words in these columns, and others elsewhere. That one was "
        "kept and this one left out. If they are two listings, know rows by more columns."
    ),
    Code.ID_SHARED: _(
        "Records of two kinds have this id. This one got an id of its own. "
        "Give each record its own."
    ),
    Code.ID_TAKEN: _(
        "This id belongs to another record that is stored already. That one was kept. "
        "Give this record its own id, or ask the other source."
    ),
    Code.NAME_MISSING: _("The service has no name. It was left out. Give it a name."),
    Code.ORGANIZATION_MISSING: _(
        "Nobody is named who offers the service. The service's own name stands in. "
        "Add the organization's name and id."
    ),
    Code.STATUS_UNKNOWN: _(
        "The status must be active, inactive, defunct or temporarily closed. "
        "A service with another word is not shown; one without a word is."
    ),
    Code.NOT_A_TEXT: _("This field must be text. It was left empty. Write text."),
    Code.NOT_A_LIST: _("This field must be a list of records. What is none was left out."),
    Code.TEXT_TOO_LONG: _("This text is too long. It was cut. Shorten it."),
    Code.TOO_DEEP: _("This record is nested too deeply. The deepest parts were left out."),
    Code.TOO_LARGE: _("These other fields are too large to keep. They were left out."),
    Code.VALUE_UNSTORABLE: _(
        "Something in this record cannot be stored: a NUL mark, half a character, or a number "
        "that is none or too large. It was left out, or kept as text. Write it again."
    ),
    Code.LINK_UNREADABLE: _(
        "This is not a web address. It was left out. Write it as https://example.org"
    ),
    Code.PHONE_UNREADABLE: _(
        "This is not a phone number. It was left out. Write it as 510-555-0142"
    ),
    Code.DATE_UNREADABLE: _("This is not a date. It was left out. Write it as 2026-11-20"),
    Code.DATE_IN_FUTURE: _("This date is in the future. It was left out. Check the year."),
    Code.TIME_UNREADABLE: _(
        "This is not a time. The hours were left out, so people are told to call first. "
        "Write it as 09:00"
    ),
    Code.HOURS_UNREADABLE: _(
        "These hours cannot be computed. They were left out, so people are told to call first. "
        "Write a weekly or monthly rule with days."
    ),
    Code.POINT_UNREADABLE: _(
        "Latitude and longitude must be two numbers. The point was left out. Write both."
    ),
    Code.POINT_ZERO: _("The point 0, 0 is in the sea. It was left out. Write the true one."),
    Code.POINT_SWAPPED: _(
        "Latitude and longitude were swapped. They were put right. Put them right in the source."
    ),
    Code.POINT_EAST: _(
        "The longitude has no minus sign. It was put right. Put it right in the source."
    ),
    Code.POINT_OFF_EARTH: _("There is no such point. It was left out. Write the true one."),
    Code.POINT_FAR: _("This point is not in California. It was kept. Check that it is true."),
    Code.PLACE_CONFIDENTIAL: _(
        "This place is confidential. The service is listed without street, ZIP code and point. "
        "Check that it may be listed at all."
    ),
    Code.FIELD_EMPTIED: _(
        "In no row could be read what stands in this column. Is it the right one? Change what the "
        "column is, and try again."
    ),
    Code.NEED_UNKNOWN: _(
        "No need has this word. People find it as a word of the listing only. Add the word to a "
        "need at the desk, or write another one."
    ),
    Code.NAME_TELLS_PLACE: _(
        "The place is confidential, and this name tells where it is. The row was left out. Write "
        "the name without street and number, and import the list again."
    ),
    Code.SENTENCE_LEFT_OUT: _(
        "The place is confidential, and a sentence of this text may tell where it is. The "
        "sentence was left out. Look at the row, and write the text without it."
    ),
    Code.COLUMN_LEFT_OUT: _(
        "Where a place is confidential, columns that are nothing here are not kept beside it: "
        "they may tell where it is. What this column says of so many rows was left out."
    ),
    Code.ZIP_UNREADABLE: _("This is not a ZIP code. Write five digits, or five and four."),
    Code.ZIP_SHORT: _(
        "This ZIP code lacks digits: a spreadsheet may have dropped a zero. It was left out. "
        "Write all five digits, and format the column as text."
    ),
    Code.EMAIL_UNREADABLE: _(
        "This is not an e-mail address. It was left out. Write it as help@example.org"
    ),
    Code.HOURS_ARE_DATE: _(
        "The spreadsheet turned these hours into a date. They were left out, so people are told "
        "to call first. Format the column as text and write the hours again."
    ),
    Code.HEADING_REPAIRED: _(
        "The heading of this column was missing, or another column has the same one. It was read "
        "under this name. Give each column a heading of its own."
    ),
    Code.CELLS_MERGED: _(
        "Cells are merged here. What stands in them was taken for each row and column that they "
        "cover. Check it, and unmerge them."
    ),
    Code.CELL_ERROR: _(
        "The formula in this cell went wrong. The cell was read as empty. Mend the formula."
    ),
    Code.FORMULA_EMPTY: _(
        "The file holds a formula here without its result. The cell was read as empty. "
        "Open the file in a spreadsheet program, save it, and import it again."
    ),
    Code.COUNTY_UNKNOWN: _("California has no county of this name. Check the spelling."),
    Code.AREA_UNKNOWN: _(
        "No county or town of California has this name. The area was not counted. Write a county."
    ),
    Code.LANGUAGE_UNKNOWN: _(
        "No language has this name or code. It was left out. Write a code such as es."
    ),
}
