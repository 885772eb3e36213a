"""The file behind the HSDS API: whole or not used, and dates that move only with the bytes."""

import hashlib
import json
import os
import sqlite3
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connections
from django.test import Client

from tejido.directory.domain.words import stems
from tejido.directory.queries.feed_files import FEED_FILES, FORMAT, FeedMissing, current_feed
from tejido.directory.services.feed import feed_draft
from tejido.directory.services.feed_tables import INDEXES, SCHEMA
from tejido.directory.testing import NOON, a_feed
from tejido.directory.tests.asking_hsds import ROOT, ask, contents, ids, unhurried
from tejido.directory.tests.public_listings import CONCEPTS, PLACES, a_listing, random_listings

__all__ = ["unhurried"]
LATER = NOON + timedelta(days=1)
PACKAGE = Path(__file__).resolve().parents[3]
SERVICES = "/services"


@pytest.fixture
def folder(settings):
    return settings.SNAPSHOTS


def changes(path):
    return {each["id"][-2:]: each["last_modified"][:10] for each in contents(path, per_page=999)}


def names():
    return [each["name"] for each in contents(SERVICES)]


def test_the_same_listings_at_the_same_instant_give_the_same_file(tmp_path):
    listings = random_listings(20, seed=1)

    files = [
        a_feed(tmp_path / side, listings, concepts=CONCEPTS, places=PLACES) for side in ("a", "b")
    ]

    assert files[0].name == files[1].name
    assert files[0].read_bytes() == files[1].read_bytes()


def test_what_did_not_change_keeps_its_date(folder):
    before = [a_listing(1), a_listing(2), a_listing(3, service=2), a_listing(4)]
    a_feed(folder, before)
    a_feed(folder, [*before[:2], replace(before[2], city="Fresno", hours_text="?"), *before[3:]],
           at=LATER)  # fmt: skip

    assert changes(SERVICES) == {"41": "2026-11-20", "42": "2026-11-21", "44": "2026-11-20"}
    places = changes("/service_at_locations")
    assert places == {
        "01": "2026-11-20",
        "02": "2026-11-20",
        "03": "2026-11-21",
        "04": "2026-11-20",
    }
    assert set(changes("/organizations").values()) == {"2026-11-20"}
    assert set(changes("/taxonomy_terms").values()) == {"2026-11-20"}


def test_a_date_lasts_over_many_files(folder):
    for day in range(5):
        a_feed(folder, [a_listing(1)], at=NOON + timedelta(days=day))

    assert changes(SERVICES) == {"41": "2026-11-20"}


def test_what_was_away_and_comes_back_has_changed(folder):
    a_feed(folder, [a_listing(1), a_listing(2)])
    a_feed(folder, [a_listing(2)], at=LATER)
    a_feed(folder, [a_listing(1), a_listing(2)], at=LATER + timedelta(days=1))

    assert changes(SERVICES) == {"41": "2026-11-22", "42": "2026-11-20"}


def test_an_organization_changes_with_what_it_offers(folder):
    a_feed(folder, [a_listing(1), a_listing(2, organization="Other")])
    a_feed(folder, [a_listing(1, name="New"), a_listing(2, organization="Other")], at=LATER)

    by_name = {each["name"]: each["last_modified"][:10] for each in contents("/organizations")}
    assert by_name == {"The Weavers": "2026-11-21", "Other": "2026-11-20"}


def test_who_asks_for_what_changed_since_the_last_date_misses_nothing(folder):
    """Copies a directory as another system would, over changes, additions and removals."""
    copy, since = {}, None
    for day in range(4):
        listings = [
            each
            for each in random_listings(40, seed=3)
            if each.service_id.int % 5 != day
        ]  # fmt: skip
        listings = [
            replace(each, keywords=(f"day {day}",)) if each.service_id.int % 7 == day else each
            for each in listings
        ]
        a_feed(folder, listings, at=NOON + timedelta(days=day))

        since_then = {"modified_after": since} if since else {}
        for record in contents(SERVICES, full="true", per_page=999, **since_then):
            copy[record["id"]] = record
        there = set(ids(SERVICES, minimal="true"))
        copy = {key: record for key, record in copy.items() if key in there}
        since = max(each["last_modified"] for each in copy.values())

        whole = contents(SERVICES, full="true", per_page=999)
        assert copy == {record["id"]: record for record in whole}


def test_a_newer_file_is_seen_by_who_reads_already(folder):
    a_feed(folder, [a_listing(1, name="Before")])
    assert names() == ["Before"]

    a_feed(folder, [a_listing(1, name="After")], at=LATER)

    assert names() == ["After"]


def test_a_stream_that_began_ends_with_what_it_began_with(folder):
    a_feed(folder, [a_listing(number, name="Before") for number in range(1, 500)])
    answer = ask(SERVICES, format="ndjson")
    stream = iter(answer.streaming_content)
    first = next(stream)

    for day in range(1, 4):
        a_feed(folder, [a_listing(1, name="After")], at=NOON + timedelta(days=day))

    lines = b"".join((first, *stream)).splitlines()
    assert [json.loads(line)["name"] for line in lines] == ["Before"] * 499
    assert names() == ["After"]


def test_a_build_that_fails_leaves_the_last_file(folder):
    a_feed(folder, [a_listing(1, name="Before")])

    def broken():
        yield a_listing(1, name="After")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        a_feed(folder, broken(), at=LATER)

    assert names() == ["Before"]
    assert [each.name for each in folder.iterdir() if "draft" in each.name] == []


def test_a_draft_that_nobody_puts_in_use_is_gone(folder):
    with feed_draft(folder=folder, at=NOON, concepts=(), places=()) as (draft, _):
        draft.add([a_listing(1)])

    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("damage", ["cut", "changed", "gone"])
def test_a_damaged_file_is_refused_and_the_last_whole_one_answers(folder, damage):
    a_feed(folder, [a_listing(1, name="Before")])
    latest = a_feed(folder, [a_listing(1, name="After")], at=LATER)
    content = latest.read_bytes()
    if damage == "gone":
        latest.unlink()
    else:
        latest.write_bytes(content[:-10] if damage == "cut" else content[:-1] + b"x")

    assert names() == ["Before"]


def test_a_file_that_is_damaged_while_it_is_used_gives_way_to_the_last_whole_one(folder):
    a_feed(folder, [a_listing(1, name="Before")])
    latest = a_feed(folder, [a_listing(1, name="After")], at=LATER)
    assert names() == ["After"]

    latest.write_bytes(b"not a database" * 600)

    assert names() == ["Before"]
    assert contents(SERVICES, full="true")[0]["name"] == "Before"


def test_a_file_that_goes_while_it_is_used_gives_way_to_the_last_whole_one(folder):
    a_feed(folder, [a_listing(1, name="Before")])
    latest = a_feed(folder, [a_listing(1, name="After")], at=LATER)
    assert names() == ["After"]

    latest.unlink()

    assert names() == ["Before"]


def test_a_question_that_the_file_cannot_answer_is_a_mistake_of_ours(folder):
    a_feed(folder, [a_listing(1)])

    with pytest.raises(sqlite3.OperationalError), current_feed().opened() as connection:
        connection.execute("SELECT nothing FROM nowhere")

    assert names() == ["Service 1"]


def test_without_any_whole_file_there_is_none(folder):
    with pytest.raises(FeedMissing):
        current_feed()
    a_feed(folder, [a_listing(1)]).write_bytes(b"")
    with pytest.raises(FeedMissing):
        current_feed()


def test_a_file_of_another_format_is_left_alone(folder, monkeypatch):
    a_feed(folder, [a_listing(1, name="Before")])
    monkeypatch.setattr("tejido.directory.services.feed.FORMAT", "another")
    a_feed(folder, [a_listing(1, name="After")], at=LATER)

    assert names() == ["Before"]


def test_the_current_file_and_one_older_are_kept(folder):
    built = [a_feed(folder, [a_listing(1)], at=NOON + timedelta(days=day)) for day in range(4)]

    assert set(FEED_FILES.files_in(folder)) == set(built[-2:])


@pytest.fixture
def stopped(monkeypatch, tmp_path, django_db_setup, django_db_blocker):
    """Make every connection lead to a database that is not there."""
    gone = str(tmp_path / "gone" / "tejido.sqlite3")
    connection = connections["default"]
    if connection.vendor == "postgresql":
        connection.close()
        monkeypatch.setitem(connection.settings_dict, "OPTIONS", {"host": gone})
    else:
        monkeypatch.setitem(connection.settings_dict, "NAME", gone)
    with django_db_blocker.unblock():
        yield


def test_every_address_answers_with_the_database_stopped(folder, stopped):
    a_feed(folder, random_listings(10, seed=2), concepts=CONCEPTS, places=PLACES)

    for path in ("/", "/schema", "/schema/openapi.json", SERVICES, "/organizations"):
        assert ask(path).status_code == 200
    for path in ("/service_at_locations", "/taxonomies", "/taxonomy_terms"):
        (first, *_) = contents(path)
        assert ask(f"{path}/{first['id']}").status_code == 200
    assert Client().post(f"{ROOT}/services", {"search": "van"}, "application/json").json()


ASKING = """
import django
django.setup()
from django.conf import settings
from django.test import Client
settings.ALLOWED_HOSTS = ["testserver"]
answer = Client().get("/api/hsds/v3/services", {"format": "ndjson", "full": "true"})
print(len(b"".join(answer.streaming_content)))
"""


def test_two_processes_read_one_file_at_once(tmp_path):
    folder = tmp_path / "finder"
    a_feed(folder, random_listings(200, seed=4), concepts=CONCEPTS, places=PLACES)
    said = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tejido.config.settings",
        "PYTHONPATH": str(PACKAGE),
        "TEJIDO_DATA": str(tmp_path),
        "SECRET_KEY": "for tests only",
    }
    readers = [
        subprocess.Popen([sys.executable, "-c", ASKING], env=said, stdout=subprocess.PIPE)
        for _ in range(2)
    ]

    read = [int(reader.communicate(timeout=120)[0]) for reader in readers]

    assert read[0] == read[1] > 100_000


def test_threads_read_one_file_at_once(folder):
    a_feed(folder, random_listings(60, seed=4), concepts=CONCEPTS, places=PLACES)
    expected, found = ids(SERVICES), []
    threads = [threading.Thread(target=lambda: found.append(ids(SERVICES))) for _ in range(6)]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == [expected] * 6


def test_a_word_that_breaks_the_search_language_is_only_a_word(folder):
    a_feed(folder, [a_listing(1, name="AND OR NOT NEAR quote")])

    for words in ('"', 'NEAR("a" "b")', "AND OR", "a*", "{x}: y", "quote' OR '1'='1", "-quote"):
        assert ask(SERVICES, search=words).status_code in (200, 422)
    assert len(ids(SERVICES, search="NOT NEAR quote")) == 1
    assert all('"' not in stem for stem in stems("quote"))


def test_texts_of_any_kind_come_out_as_they_went_in(folder):
    name = 'Á "\\ \u2028\u0000 💉 </script>'
    a_feed(folder, [a_listing(1, name=name)])

    (record,) = contents(SERVICES)
    (whole,) = contents(SERVICES, full="true")

    assert record["name"] == whole["name"] == name
    assert len(ask(SERVICES, format="ndjson").getvalue().splitlines()) == 1


def test_the_tables_and_their_format_belong_together():
    """Another layout wants another format, so that no reader takes it for the old one."""
    layout = hashlib.sha256((SCHEMA + INDEXES).encode()).hexdigest()[:8]

    assert (FORMAT, layout) == ("1", "69d05bd0")
