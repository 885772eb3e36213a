"""Looking through a table at the desk: once, and nobody waits for it."""

import pytest

from tejido.directory.services import mapping_proposals, run_looks
from tejido.directory.services.run_files import drop_files, folder_of, hold_look, say_progress
from tejido.directory.tests.import_pages import ROWS, a_book, brought, described, the_run, words_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("import_data")]


def test_a_file_is_looked_through_once(client, steward):
    run = brought(client, a_book(*ROWS))
    first = client.get(f"{run}columns/")
    [file] = (folder_of(the_run().id) / "file").iterdir()
    file.write_bytes(b"no spreadsheet")

    second = client.get(f"{run}columns/")
    shown = described(client, run, act="show", row_key=["2"])

    assert "Street: 1 Main Street, Oakland, CA 94606" in words_of(first)
    assert words_of(second) == words_of(first)
    assert (shown.status_code, "2 rows." in words_of(shown)) == (200, True)


def test_rows_that_a_key_does_not_tell_apart_are_counted_from_what_was_kept(client, steward):
    run = brought(client, a_book(*ROWS, [*ROWS[0][:5], "closed"]))
    client.get(f"{run}columns/")

    shown = described(client, run, act="show", row_key=["0", "1"])

    assert "1 row has the same values in these columns" in words_of(shown)


def test_a_long_file_is_looked_through_while_the_page_says_how_far(client, steward, monkeypatch):
    monkeypatch.setattr(run_looks, "PATIENCE_S", 0)
    run = brought(client, a_book(*ROWS))
    held = hold_look(the_run().id)
    say_progress(the_run().id, "12,000 rows looked at.")

    page = client.get(f"{run}columns/")
    held.close()

    assert "Looking through our list.xlsx" in words_of(page)
    assert "12,000 rows looked at." in words_of(page)
    assert b'hx-trigger="every 1s"' in page.content
    monkeypatch.setattr(run_looks, "PATIENCE_S", 20)
    again = client.get(f"{run}columns/", headers={"HX-Request": "true"})
    assert again.headers["HX-Refresh"] == "true"
    assert "What each column is" in words_of(client.get(f"{run}columns/"))


def test_a_file_that_is_given_up_while_it_is_looked_through_goes(client, steward, monkeypatch):
    def given_up(run_id, sentence):
        drop_files(run_id)
        say_progress(run_id, sentence)

    monkeypatch.setattr(mapping_proposals, "ROWS_A_REPORT", 1)
    monkeypatch.setattr(run_looks, "say_progress", given_up)
    run = brought(client, a_book(*ROWS))

    client.get(f"{run}columns/")

    assert not folder_of(the_run().id).exists()


def test_two_sheets_are_asked_about(client, steward):
    run = brought(client, a_book(*ROWS, sheets=("North", "South")))
    assert "Which sheet is the list?" in words_of(client.get(f"{run}columns/"))

    client.post(f"{run}columns/", {"sheet": "South"})

    assert "What each column is" in words_of(client.get(f"{run}columns/"))
