"""Spreadsheets as people send them, and files that only look like one."""

import csv
import io
import zipfile
from datetime import date, datetime, time

import openpyxl
import pytest

from tejido.directory.domain.issues import IssueCode
from tejido.directory.services.mapping_proposals import look_through
from tejido.directory.services.table_files import SheetsMany, open_table
from tejido.foundation.files import FileRefused

NAMES = ["Program", "Street", "City", "ZIP", "Phone", "Hours"]
ROW = ["Harbor", "1 Main Street", "Oakland", 94606, "510-555-0142", "Mon-Fri 9am-5pm"]
CELL = '<c r="{}" t="inlineStr"><is><t>{}</t></is></c>'


@pytest.fixture
def book(tmp_path):
    """Write sheets, given as name -> rows, and return the file."""

    def write(change=None, **sheets):
        made = openpyxl.Workbook()
        made.remove(made.active)
        for name, rows in sheets.items():
            sheet = made.create_sheet(name.replace("_", " "))
            for row in rows:
                sheet.append(row)
        if change:
            change(made)
        path = tmp_path / "list.xlsx"
        made.save(path)
        return path

    return write


@pytest.fixture
def with_sheet_xml(book):
    """Return a file whose one sheet is the given XML."""

    def write(
        data, head='<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    ):
        path = book(List=[["Program"]])
        with zipfile.ZipFile(path) as packed:
            parts = {name: packed.read(name) for name in packed.namelist()}
        parts["xl/worksheets/sheet1.xml"] = f"{head}{data}</worksheet>".encode()
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
            for name, contents in parts.items():
                packed.writestr(name, contents)
        return path

    return write


def opened(path, **options):
    table = open_table(path, **options)
    return table, list(table.rows)


def refusal_of(path, **options):
    with pytest.raises(FileRefused) as refusal:
        opened(path, **options)
    assert "Nothing changed" in str(refusal.value)
    return refusal.value.code


def test_a_sheet_is_read_as_people_see_it(book):
    table, rows = opened(book(List=[NAMES, ROW, [None] * 6, ["Pier", 2.5, True]]))

    assert (list(table.header.names), table.sheet) == (NAMES, "List")
    assert rows == [
        (2, ["Harbor", "1 Main Street", "Oakland", "94606", "510-555-0142", "Mon-Fri 9am-5pm"]),
        (4, ["Pier", "2.5", "TRUE", "", "", ""]),
    ]
    assert table.issues == []


@pytest.mark.parametrize(
    "above",
    [
        [],
        [[]],
        [[], ["Services of the county"], []],
        [["Services of the county"], ["Asked of each program"], [None], [None], [None]],
    ],
)
@pytest.mark.parametrize("is_text", [True, False])
def test_a_row_has_the_number_that_a_spreadsheet_program_shows(book, tmp_path, above, is_text):
    rows = [*above, NAMES, ROW, [], [None] * 6, ["Pier\nSecond floor", *ROW[1:]], ROW]
    path = book(List=rows)
    if is_text:
        path = tmp_path / "list.csv"
        with path.open("w", newline="") as file:
            csv.writer(file).writerows(rows)

    _table, read = opened(path)

    first = len(above) + 2
    assert [number for number, _cells in read] == [first, first + 3, first + 4]


def test_a_row_of_text_that_cannot_be_read_is_named_by_that_number(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text('Our list,\n\nProgram,City\n"Pier\nNorth",Eureka\n\n"Harbor,Oakland\n')

    with pytest.raises(FileRefused, match=r"Row 6 of list\.csv cannot be read"):
        opened(path)


def test_times_and_dates_become_text(book):
    said = [date(2026, 9, 5), datetime(2026, 9, 5, 14, 30), time(9, 0)]  # noqa: DTZ001

    _table, rows = opened(book(List=[["Program", "A", "B", "C"], ["Harbor", *said]]))

    assert rows[0][1] == ["Harbor", "2026-09-05", "2026-09-05 14:30", "09:00"]


def test_titles_and_merged_headings_are_understood(book):
    def merge(made):
        for cells in ("A1:F1", "A2:A3", "B2:D2", "E2:F2"):
            made["List"].merge_cells(cells)

    rows = [
        ["Services of the county, 2026"],
        ["Program", "Address", None, None, "Contact"],
        [None, "Street", "City", "ZIP", "Phone", "Hours"],
        ROW,
    ]

    table, read = opened(book(merge, List=rows))

    assert table.header.names == (
        *("Program", "Address Street", "Address City", "Address ZIP"),
        *("Contact Phone", "Contact Hours"),
    )
    assert [(number, cells[0]) for number, cells in read] == [(4, "Harbor")]
    assert table.issues == []


def test_merged_cells_hold_for_each_row_that_they_cover_and_are_reported(book):
    def merge(made):
        made["List"].merge_cells("A2:A3")

    rows = [["Agency", *NAMES], ["County", *ROW], [None, "Pier", "2 B", "Eureka", 95501]]

    table, read = opened(book(merge, List=rows))

    assert [cells[0] for _number, cells in read] == ["County", "County"]
    assert [(i.row, i.field, i.code) for i in table.issues] == [
        (2, "Agency", IssueCode.CELLS_MERGED)
    ]


def test_a_formula_without_its_result_and_one_that_went_wrong_are_empty_and_reported(book):
    rows = [NAMES, [*ROW[:3], "=A2", "#REF!", "Mon-Fri 9am-5pm"]]

    table, read = opened(book(List=rows))

    assert read[0][1][3:5] == ["", ""]
    assert {(i.row, i.field, i.code) for i in table.issues} == {
        (2, "ZIP", IssueCode.FORMULA_EMPTY),
        (2, "Phone", IssueCode.CELL_ERROR),
    }


def test_the_sheet_with_the_list_is_chosen(book):
    path = book(Read_me=[["How to use this file"], ["Ask Ana"]], Sites=[NAMES, ROW, ROW])

    assert opened(path)[0].sheet == "Sites"


def test_two_lists_in_one_file_are_asked_about(book):
    path = book(North=[NAMES, ROW], South=[NAMES, ROW])

    with pytest.raises(SheetsMany, match="North, South"):
        open_table(path)
    assert opened(path, sheet="south")[0].sheet == "South"
    with pytest.raises(SheetsMany, match="North, South"):
        open_table(path, sheet="East")


def test_a_hidden_sheet_is_not_read(book):
    def hide(made):
        made["South"].sheet_state = "hidden"

    assert opened(book(hide, North=[NAMES, ROW], South=[NAMES, ROW]))[0].sheet == "North"


@pytest.mark.django_db
def test_columns_may_stand_in_any_order(book):
    seen = look_through(book(List=[NAMES[::-1], ROW[::-1]]))

    assert {f: c.columns[0] for f, c in seen.proposal.fields.items()} == {
        "name": "Program",
        "address_1": "Street",
        "city": "City",
        "postal_code": "ZIP",
        "phone": "Phone",
        "hours_text": "Hours",
    }


def test_a_wrong_size_in_the_file_hides_no_row(with_sheet_xml):
    cells = CELL.format("A1", "Program") + CELL.format("B1", "City")
    below = CELL.format("A2", "Harbor") + CELL.format("B2", "Oakland")
    path = with_sheet_xml(
        '<dimension ref="A1"/><sheetData>'
        f'<row r="1">{cells}</row><row r="2">{below}</row></sheetData>'
    )

    assert opened(path)[1] == [(2, ["Harbor", "Oakland"])]


# Files that only look like a spreadsheet.


@pytest.mark.parametrize(
    ("contents", "code"),
    [
        (b"PK\x03\x04 and then nothing", "spreadsheet-broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old or locked", "file-old-spreadsheet"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "file-web-page"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "file-binary"),
        (b"", "file-empty"),
    ],
)
def test_what_is_no_spreadsheet_is_refused(tmp_path, contents, code):
    path = tmp_path / "list.xlsx"
    path.write_bytes(contents)

    assert refusal_of(path) == code


def test_a_table_of_text_is_read_whatever_its_name_says(tmp_path):
    path = tmp_path / "list.xlsx"
    path.write_text("Program,City\nHarbor,Oakland\n")

    assert opened(path)[1] == [(2, ["Harbor", "Oakland"])]


def test_a_zip_of_something_else_is_refused(tmp_path):
    path = tmp_path / "list.xlsx"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("word/document.xml", "<w/>")

    assert refusal_of(path) == "file-packed"


def test_a_spreadsheet_that_breaks_off_is_refused(book):
    path = book(List=[NAMES, ROW])
    whole = path.read_bytes()

    for length in range(100, len(whole), 311):
        path.write_bytes(whole[:length])
        assert refusal_of(path) == "spreadsheet-broken"


def test_an_empty_workbook_is_refused(book):
    assert refusal_of(book(List=[])) == "sheets-empty"


def test_a_zip_bomb_is_refused_before_it_is_unpacked(book):
    path = book(List=[NAMES, ROW])
    bomb = io.BytesIO(path.read_bytes())
    with zipfile.ZipFile(bomb, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/media/image.bin", b"\0" * (80 << 20))
    path.write_bytes(bomb.getvalue())

    assert path.stat().st_size < 200_000
    assert refusal_of(path) == "spreadsheet-bomb"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_part_larger_than_it_says_is_refused(with_sheet_xml):
    path = with_sheet_xml("<sheetData>" + "<row/>" * 10_000 + "</sheetData>")
    contents = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as packed:
        true = packed.getinfo("xl/worksheets/sheet1.xml").file_size
    contents = contents.replace(true.to_bytes(4, "little"), (100).to_bytes(4, "little"))
    path.write_bytes(contents)

    assert refusal_of(path) == "spreadsheet-broken"


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml"])
def test_a_file_that_defines_entities_is_refused(book, part):
    path = book(List=[NAMES, ROW])
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    parts[part] = laughs + parts[part].split(b"?>")[-1]
    with zipfile.ZipFile(path, "w") as packed:
        for name, contents in parts.items():
            packed.writestr(name, contents)

    assert refusal_of(path) == "spreadsheet-broken"


def test_more_merged_cells_than_a_list_has_are_refused(with_sheet_xml):
    path = with_sheet_xml(
        f'<sheetData><row r="1">{CELL.format("A1", "Program")}</row></sheetData>'
        '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    )

    assert refusal_of(path) == "sheet-too-large"


def test_a_cell_at_the_far_edge_does_not_make_rows_endless(with_sheet_xml):
    cells = CELL.format("A1", "Program") + CELL.format("B1", "City")
    far = CELL.format("A9000", "Harbor") + CELL.format("XFD9000", "far")
    path = with_sheet_xml(
        f'<sheetData><row r="1">{cells}</row><row r="9000">{far}</row></sheetData>'
    )

    table, rows = opened(path)

    assert len(table.header.names) == 2
    assert [(number, cells[0]) for number, cells in rows] == [(9000, "Harbor")]


def test_two_hundred_megabytes_of_one_line_are_refused(tmp_path):
    path = tmp_path / "list.csv"
    with path.open("wb") as file:
        file.write(b"name,city\n")
        for _ in range(200):
            file.write(b"," * (1 << 20))

    assert refusal_of(path) == "table-one-line"
