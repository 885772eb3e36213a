"""Files that hide something or would fill the memory; test_bad_rows says what stands where."""

import json
import os
import stat
import subprocess
import sys
import warnings
import zipfile

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tejido.directory.domain.issues import IssueCode
from tejido.directory.models import Service
from tejido.directory.services import files, sheet_scan
from tejido.directory.services.mapping_proposals import look_through
from tejido.directory.services.table_files import open_table
from tejido.directory.tests.import_pages import wait
from tejido.directory.tests.ways_in import (
    AGENCIES,
    GOOD,
    NAMES,
    SERVICES,
    WAYS,
    as_record,
    brought_in,
    codes_of,
    folder_of,
    refusal_of,
    row,
    sheet_of,
    written,
    zip_of,
)
from tejido.foundation.files import FileRefused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data")]


# Packages that hide something.


def test_a_link_in_a_zip_file_or_a_folder_is_refused(tmp_path):
    link = zipfile.ZipInfo("services.csv")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    zipped = zip_of(tmp_path / "l.zip", {link: "/etc/passwd", "organizations.csv": AGENCIES})
    folder = folder_of(tmp_path / "tables", {"organizations.csv": AGENCIES})
    (folder / "services.csv").symlink_to("/etc/passwd")

    assert [refusal_of(zipped), refusal_of(folder)] == ["package-link", "package-link"]


def test_a_pipe_or_a_folder_that_is_called_like_a_table_is_passed_over(tmp_path):
    folder = folder_of(tmp_path / "tables", {"organizations.csv": AGENCIES})
    os.mkfifo(folder / "services.csv")
    (folder / "locations.csv").mkdir()

    result = brought_in(folder)

    assert (result.read, result.issues) == (0, ())


@pytest.mark.parametrize("folder", ["export/", "Export/", ""])
def test_what_macos_puts_into_an_archive_is_passed_over(tmp_path, folder):
    tables = {f"{folder}services.csv": SERVICES, f"{folder}organizations.csv": AGENCIES}
    beside = {f"__MACOSX/{folder}._services.csv": b"\x00\x05", f"{folder}._locations.csv": b"\0"}

    result = brought_in(zip_of(tmp_path / "l.zip", tables | beside))

    assert (result.read, result.issues) == (1, ())


def test_a_table_that_is_there_twice_or_elsewhere_is_never_passed_over_in_silence(tmp_path):
    path = zip_of(tmp_path / "l.zip", {"a/services.csv": SERVICES, "b/services.csv": SERVICES})
    twice = tmp_path / "twice.zip"
    with warnings.catch_warnings(), zipfile.ZipFile(twice, "w") as archive:
        warnings.simplefilter("ignore")
        for name in ("One", "Two"):
            archive.writestr("services.csv", SERVICES.replace("Naloxone", name))

    assert refusal_of(twice) == "zip-twice"
    assert IssueCode.FILE_ELSEWHERE in codes_of(brought_in(path))


def test_files_that_share_what_is_packed_are_a_bomb(tmp_path):
    """Each entry alone is within its ratio; the archive is not (Fifield, 2019)."""
    path = zip_of(tmp_path / "l.zip", {"services.csv": SERVICES + os.urandom(30_000).hex()})
    contents = path.read_bytes()
    start = contents.index(b"PK\x01\x02")
    end = contents.index(b"PK\x05\x06")
    entry, last = contents[start:end], bytearray(contents[end:])
    entries = [entry.replace(b"services", f"table{n:03}".encode()) for n in range(900)]
    last[8:12] = (900).to_bytes(2, "little") * 2
    last[12:16] = (len(entry) * 900).to_bytes(4, "little")
    path.write_bytes(contents[:start] + b"".join(entries) + last)

    assert refusal_of(path) == "zip-bomb"


@pytest.mark.parametrize("services", ["", "id,organization_id,name,status\n"])
def test_an_empty_table_of_services_says_so(tmp_path, services):
    path = zip_of(tmp_path / "l.zip", {"services.csv": services, "organizations.csv": AGENCIES})

    result = brought_in(path)

    assert (result.read, codes_of(result)) == (0, [IssueCode.TABLE_EMPTY])


def test_a_header_and_nothing_else_is_refused(tmp_path):
    header = SERVICES.split("\n")[0]

    assert refusal_of(zip_of(tmp_path / "l.zip", {"services.csv": header})) == "no-services"
    with pytest.raises(FileRefused) as refused:
        look_through(written(tmp_path / "l.csv", ",".join(NAMES)))
    assert refused.value.code == "table-no-rows"


@pytest.mark.parametrize("suffix", ["zip", "csv", "xlsx"])
def test_twenty_thousand_columns_are_refused_at_once(tmp_path, suffix):
    names = [f"c{number}" for number in range(20_000)]
    path = tmp_path / f"l.{suffix}"
    if suffix == "zip":
        zip_of(path, {"services.csv": ",".join(names) + "\n"})
    elif suffix == "csv":
        path.write_text(",".join(names) + "\n" + "x" * 19_999)
    else:
        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet("List")
        for cells in (names[:18_000], ["x"] * 500):
            sheet.append(cells)
        book.save(path)

    assert refusal_of(path) in ("package-too-wide", "table-too-wide", "sheet-too-large")


# Too much of it.


def test_a_line_without_end_is_left_out_and_the_rest_goes_on(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "MAX_LINE", 20_000)
    lines = [as_record(row(name=name)) for name in ("One", "x" * 50_000, "Three")]
    path = written(tmp_path / "l.ndjson", "".join(json.dumps(each) + "\n" for each in lines))

    result = brought_in(path)

    assert [(issue.row, issue.code) for issue in result.issues] == [(2, IssueCode.ROW_ENDLESS)]
    assert set(Service.objects.values_list("name", flat=True)) == {"One", "Three"}


@pytest.mark.parametrize("limit", ["MAX_DOCUMENT", "MAX_OBJECTS"])
def test_json_in_one_piece_that_would_fill_the_memory_is_refused(tmp_path, monkeypatch, limit):
    monkeypatch.setattr(files, limit, 5)

    assert refusal_of(WAYS["json"](tmp_path, [row()])) == "file-one-piece"


ONE_LINE = """
import sys
from pathlib import Path
import django
django.setup()
from tejido.directory.services import files
from tejido.directory.services.table_files import open_table
from tejido.foundation.errors import Refused

def peak_kb():
    return int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0])

def read(path):
    if path.suffix == ".csv":
        return len(list(open_table(path).rows))
    if path.suffix == ".json":
        return files.read_json_file(path)
    return sum(line.is_endless for line in files.json_lines(path))

if len(sys.argv) > 2:
    files.MAX_LINE = files.MAX_ROW = files.MAX_DOCUMENT = int(sys.argv[2])
before = peak_kb()
try:
    print(read(Path(sys.argv[1])))
except Refused as refusal:
    print(refusal.code)
print(peak_kb() - before)
"""


@pytest.mark.parametrize(
    ("suffix", "said"), [("csv", "table-one-line"), ("json", "file-one-piece"), ("ndjson", "1")]
)
def test_one_endless_line_takes_no_more_memory_than_its_limit(tmp_path, suffix, said):
    """By hand with 200 MB and the true limits: CSV 1 MB, JSON 24 MB, ndjson 32 MB more."""
    path = tmp_path / f"l.{suffix}"
    with path.open("wb") as file:
        file.write(b'{"name": "')
        for _ in range(30):
            file.write(b"x" * 1_000_000)
    code = [sys.executable, "-c", ONE_LINE, str(path), "500000"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    environment["DJANGO_SETTINGS_MODULE"] = "tejido.config.settings"

    answer = subprocess.run(code, capture_output=True, text=True, check=True, env=environment)

    found, more_kb = answer.stdout.split()
    assert found == said
    assert int(more_kb) < 12_000


def sheet_with(path, data, head=""):
    sheet_of(path, [])
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts["xl/worksheets/sheet1.xml"] = f'<worksheet xmlns="{space}">{head}{data}</worksheet>'
    return zip_of(path, parts)


def cells(number, *texts):
    said = "".join(
        f'<c r="{letter}{number}" t="inlineStr"><is><t>{text}</t></is></c>'
        for letter, text in zip("ABCDEFG", texts, strict=False)
    )
    return f'<row r="{number}">{said}</row>'


SHEET = "<sheetData>" + cells(1, *NAMES) + cells(2, *GOOD) + "{}</sheetData>{}"


@pytest.mark.parametrize(
    ("inside", "behind"),
    [
        (cells(3, "x" * 1_100_000), ""),
        (f'<row r="3" x="{"y" * 3_000_000}"/>', ""),
        ("", "<a/>" * 3_000),
        ("", '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
    ],
)
def test_a_sheet_that_would_fill_the_memory_is_refused(tmp_path, monkeypatch, inside, behind):
    monkeypatch.setattr(sheet_scan, "MAX_OTHERS", 2_000)

    path = sheet_with(tmp_path / "l.xlsx", SHEET.format(inside, behind))

    assert refusal_of(path) == "sheet-too-large"


def test_formats_down_to_the_last_row_of_a_sheet_cost_nothing(tmp_path):
    end = '<row r="1048576"/><row r="99999999999"/>'
    path = sheet_with(
        tmp_path / "l.xlsx", SHEET.format(end, ""), head='<dimension ref="A1:XFD1048576"/>'
    )

    assert [number for number, _ in open_table(path).rows] == [2]


def test_numbers_that_were_dates_and_yes_and_no_are_read_as_they_stand(tmp_path):
    odd = '<row r="3"><c r="A3" t="b"><v>1</v></c><c r="B3"><v>45901</v></c></row>'

    brought_in(sheet_with(tmp_path / "l.xlsx", SHEET.format(odd, "")))

    assert Service.objects.filter(
        name="TRUE", places__location__address__address_1="45901"
    ).exists()


def test_a_formula_with_its_result_is_its_result_and_in_text_it_is_text(tmp_path):
    cell = '<c r="A3" t="str"><f>"Pi"&amp;"er"</f><v>Pier</v></c>'
    sheet = sheet_with(tmp_path / "l.xlsx", SHEET.format(f'<row r="3">{cell}</row>', ""))
    text = WAYS["csv"](tmp_path, [row(name='=HYPERLINK("x")')])

    for path in (sheet, text):
        brought_in(path)

    names = set(Service.objects.values_list("name", flat=True))
    assert names >= {"Pier", '=HYPERLINK("x")'}


def test_a_part_of_a_spreadsheet_with_endless_elements_is_a_bomb(tmp_path, monkeypatch):
    monkeypatch.setattr(sheet_scan, "MAX_OTHERS", 50)
    path = sheet_of(tmp_path / "l.xlsx", [row(name=f"{n}") for n in range(60)])

    assert refusal_of(path) == "spreadsheet-bomb"


# The desk: the same refusals, on the page.


@pytest.mark.parametrize(
    ("name", "contents", "sentence"),
    [
        ("l.zip", "linked", "a link to another place"),
        ("l.json", b"[" * 100_000, "nested too deeply"),
        ("l.csv", b",".join(b"c%d" % n for n in range(20_000)) + b"\nx", "20,000 columns"),
        ("l.xls", b"<html><table></table></html>", "a web page"),
        ("l.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "locked with a password"),
    ],
)
@pytest.mark.django_db(transaction=True)
def test_the_desk_says_the_same_sentences(
    tmp_path, client, steward, words_of, name, contents, sentence
):
    if contents == "linked":
        link = zipfile.ZipInfo("services.csv")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        contents = zip_of(tmp_path / name, {link: "/etc/passwd"}).read_bytes()
    home = "/desk/valley-harm-reduction/directory/import/"
    brought = client.post(home, {"file": SimpleUploadedFile(name, contents)})
    page = client.get(brought.url)
    if page.status_code == 200:
        run = brought.url.removesuffix("columns/")
        client.post(brought.url, {"key": "feed", "name": "Feed", "act": "try", "trusted": "on"})
        page = waited_for(client, run)

    assert sentence in words_of(page)
    assert not Service.objects.exists()


def waited_for(client, run):
    wait()
    return client.get(run)
