"""A spreadsheet that we write holds what was said, and computes nothing."""

from io import BytesIO

from openpyxl import load_workbook

from tejido.foundation.sheet_file import sheet_bytes


def read(content):
    (sheet,) = load_workbook(BytesIO(content)).worksheets
    return sheet.title, [
        [(cell.value, cell.data_type) for cell in row] for row in sheet.iter_rows()
    ]


def test_a_sheet_holds_its_rows_as_text():
    title, rows = read(sheet_bytes([["Name", "Since"], ["María", "2026-11-20"]], title="Book"))

    assert title == "Book"
    assert rows == [[("Name", "s"), ("Since", "s")], [("María", "s"), ("2026-11-20", "s")]]


def test_a_formula_is_text_with_a_mark_before_it():
    _, rows = read(sheet_bytes([["=1+1", "+15105550142", "@x"]], title="Book"))

    assert rows == [[("'=1+1", "s"), ("'+15105550142", "s"), ("'@x", "s")]]


def test_what_a_sheet_may_not_hold_is_left_out():
    title, rows = read(sheet_bytes([["a\x00b\x0bc"]], title="Book: [A/B]?" + "x" * 40))

    assert title == ("BookAB" + "x" * 40)[:31]
    assert rows == [[("abc", "s")]]
