"""What came of an import at the desk, row by row, on the page and as a table."""

import csv
import io
import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tejido.directory.models import Act, Service, ServiceAtLocation
from tejido.directory.services.importing import reports_folder
from tejido.directory.tests.desk_pages import address, asked_of_listings
from tejido.directory.tests.import_pages import (
    NAMES,
    ROWS,
    a_book,
    a_tried_run,
    brought,
    described,
    posted,
    words_of,
)
from tejido.directory.web import import_results

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("import_data")]
FORMULA = '=HYPERLINK("https://example.org")'


def listings_linked(client, run):
    """Return the names of the listings that the lines on a page lead to."""
    page = client.get(run).content.decode()
    return set(re.findall(r'class="reach" href="[^"]*/directory/[0-9a-f-]{36}/">([^<]+)<', page))


def table_of(client, run, name="changes.csv"):
    answer = client.get(f"{run}{name}")
    assert answer.status_code == 200
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_what_is_new_and_what_changed_is_told_by_row_and_field(client, steward):
    posted(client, f"{a_tried_run(client)}begin/")

    run = a_tried_run(client, ROWS[0], [*ROWS[1][:4], "707-555-0199", "closed"])
    tried = table_of(client, run)
    posted(client, f"{run}begin/")

    done = table_of(client, run)
    assert done == tried
    assert done[0] == ["Row", "Listing", "What", "Field", "Before", "In the list"]
    lines = {
        (row, name, what, field): (before, after)
        for row, name, what, field, before, after in done[1:]
    }
    assert lines["3", "Pier", "field changed", "Phone numbers"] == (
        "(707) 555-0133",
        "(707) 555-0199",
    )
    assert lines["3", "Pier", "field changed", "Hours in words"] == ("24/7", "closed")
    assert {line[0] for line in lines} == {"3"}
    page = words_of(client.get(run))
    assert "What changed" in page
    assert "(707) 555-0199" in page


def test_a_place_without_a_name_is_called_by_its_listing(client, steward):
    posted(client, f"{a_tried_run(client)}begin/")

    run = a_tried_run(client, ROWS[0], [ROWS[1][0], ROWS[1][1], "Arcata", *ROWS[1][3:]])

    lines = table_of(client, run)[1:]
    assert {(name, field) for _row, name, _what, field, *_ in lines} == {("Pier", "Address")}


def test_a_new_list_is_told_line_by_line_and_what_is_gone(client, steward):
    run = a_tried_run(client)
    assert [line[:3] for line in table_of(client, run)[1:]] == [
        ["2", "Harbor", "new"],
        ["3", "Pier", "new"],
    ]
    posted(client, f"{run}begin/")

    run = a_tried_run(client, ROWS[0])

    assert [line[:3] for line in table_of(client, run)[1:]] == [
        ["", "Pier", "no longer in the list; still listed"]
    ]


def test_a_try_keeps_no_change(client, steward):
    posted(client, f"{a_tried_run(client)}begin/")

    run = a_tried_run(client, ["Harbor", *ROWS[0][1:5], "closed"])

    assert "Hours in words" in words_of(client.get(run))
    assert ServiceAtLocation.objects.filter(hours_text="closed").count() == 0
    assert Service.objects.filter(hours_text="closed").count() == 0


def test_a_page_whose_table_goes_while_it_is_made_shows_the_rest(client, steward, monkeypatch):
    run = a_tried_run(client)

    def gone(_path):
        raise FileNotFoundError

    monkeypatch.setattr(import_results, "read_changes", gone)

    page = client.get(run)
    assert page.status_code == 200
    assert "Harbor" not in words_of(page)


def test_no_cell_of_either_table_is_a_formula(client, steward):
    bad = [FORMULA, "1 Main Street", "Oakland", FORMULA, "510-555-0142", "@SUM(1)"]
    rows = [NAMES, *([f"Harbor {n}", *ROWS[0][1:]] for n in range(9)), bad]
    kept = io.StringIO()
    csv.writer(kept).writerows(rows)
    run = brought(client, SimpleUploadedFile("list.csv", kept.getvalue().encode()))
    described(client, run)

    for name in ("changes.csv", "issues.csv"):
        cells = [cell for line in table_of(client, run, name) for cell in line]
        assert any(FORMULA in cell for cell in cells)
        assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []


def test_the_table_is_in_the_language_of_the_reader(client, steward):
    steward.language = "es"
    steward.save()

    assert table_of(client, a_tried_run(client))[0][:2] == ["Fila", "Registro"]


def test_what_is_odd_names_the_field_as_the_page_before_did(client, steward):
    run = a_tried_run(client)

    assert "Row 3 ZIP code 9550" in words_of(client.get(run))


def test_an_import_that_changes_nothing_says_so(client, steward):
    posted(client, f"{a_tried_run(client)}begin/")

    run = a_tried_run(client)

    assert "everything stands here as in the list" in words_of(client.get(run))
    assert client.get(f"{run}changes.csv").status_code == 404


def test_each_line_leads_to_its_listing_where_there_is_one(client, steward):
    run = a_tried_run(client)
    assert listings_linked(client, run) == set()
    posted(client, f"{run}begin/")
    assert listings_linked(client, run) == {"Harbor", "Pier"}

    run = a_tried_run(client, ["Harbor", "1 Main Street", "Arcata", *ROWS[0][3:]])

    assert listings_linked(client, run) == {"Harbor", "Pier"}


def test_lines_that_were_kept_without_their_records_are_still_shown(client, steward):
    run = a_tried_run(client)
    (path,) = reports_folder().glob("*-changes.ndjson")
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    path.write_text(
        "".join(
            json.dumps({name: line[name] for name in line if name not in ("kind", "id")}) + "\n"
            for line in lines
        )
    )

    assert "Pier" in words_of(client.get(run))


def test_the_page_of_an_import_costs_the_same_however_much_it_changed(client, steward):
    counts = []
    for number in (1, 3):
        rows = [[f"Van {number} {n}", f"{n} Main Street", *ROWS[0][2:]] for n in range(number)]
        run = a_tried_run(client, *rows)
        posted(client, f"{run}begin/")
        counts.append(asked_of_listings(client, run))

    assert counts[0] == counts[1]


def test_what_is_new_of_the_source_is_told_of_the_list_itself(client, steward):
    for day in ("2021-06-01", "2021-07-01"):
        run = brought(client, a_book(*ROWS))
        described(client, run, published_on=day)
        posted(client, f"{run}begin/")

    told = ["", "The list itself", "field changed", "Date of the list"]
    assert [*told, "Jun 1, 2021", "Jul 1, 2021"] in table_of(client, run)
    assert " ".join([*told[1:], "Jun 1, 2021 Jul 1, 2021"]) in words_of(client.get(run))
    (act,) = Act.objects.filter(kind="import").order_by("-at")[:1]
    assert "The list itself Date of the list" in words_of(client.get(address("act", act.id)))
