"""Checking feeds at the desk: an address or a file, what was found, and nothing left behind."""

import json
import os
import time
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tejido.directory.services import check_runs
from tejido.directory.tests.hsds_api import an_api
from tejido.directory.tests.hsds_feed import a_service
from tejido.gateways.web_fetch import Fetcher
from tejido.network.domain.roles import Role
from tejido.network.testing import a_member

pytestmark = pytest.mark.django_db
HOME = "/desk/valley-harm-reduction/directory/check/"


def a_feed(*services, name="feed.json"):
    return SimpleUploadedFile(name, json.dumps(list(services)).encode())


def checked(client, **sent):
    answer = client.post(HOME, sent)
    assert answer.status_code == 302, answer.content.decode()
    until = time.monotonic() + 20
    while (page := client.get(answer.url)).context["is_at_work"]:
        assert time.monotonic() < until
        time.sleep(0.02)
    return page


def left(own_data_folder):
    return [
        path for path in Path(own_data_folder).glob("checks/*/*/*") if path.name != "said.json"
    ]


def test_a_clean_file_passes_and_is_gone(client, steward, words_of, own_data_folder):
    page = checked(client, file=a_feed(a_service()))

    assert "Passes." in words_of(page)
    assert "service 1" in words_of(page)
    assert [path.name for path in left(own_data_folder)] == ["report.json"]


def test_each_broken_rule_is_told_with_its_places_and_what_to_do(client, steward, words_of):
    page = checked(client, file=a_feed(a_service(1, status="open"), a_service(2, url="x")))

    said = words_of(page)
    assert "Fails: 1 kind of failure." in said
    assert "A value is none of the words that HSDS has for this field." in said
    assert "feed.json, /0/status: open" in said
    assert "Use one of its words, written exactly as there." in said
    assert "This is no whole web address." in said
    assert said.index("What breaks the standard") < said.index("What leads people")


def test_hostile_words_of_a_feed_are_shown_as_words(client, steward):
    page = checked(client, file=a_feed(a_service(1, status="<script>alert(1)</script>")))

    assert b"<script>alert(1)" not in page.content
    assert b"&lt;script&gt;alert(1)" in page.content


def test_the_page_speaks_spanish(client, valley, sign_in, words_of):
    sign_in(Role.STEWARD, language="es")

    said = words_of(checked(client, file=a_feed(a_service(1, status="open"))))

    assert "No pasa: 1 clase de falla." in said
    assert "Use una de sus palabras, escrita tal cual." in said


def test_an_api_is_checked_by_its_address(client, steward, words_of, monkeypatch):
    monkeypatch.setattr(check_runs, "Fetcher", lambda: Fetcher(allow_private=True))

    with an_api() as api:
        api.faults = {"no empty"}
        said = words_of(checked(client, url=api.url))

    assert "A page does not say whether it is empty" in said
    assert f"{api.url}/services, /empty" in said


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("http://127.0.0.1:8000/hsds/v3", "Only public addresses are fetched."),
        ("http://169.254.169.254/latest/", "Only public addresses are fetched."),
        ("http://[::ffff:127.0.0.1]/", "Only public addresses are fetched."),
        ("http://me:secret@example.org/", "Give it without them."),
        ("ftp://example.org/feed", "Give one that begins with https:// or http://."),
        ("file:///etc/passwd", "Give one that begins with https:// or http://."),
        ("/etc/passwd", "Give one that begins with https:// or http://."),
        ("example.org/hsds", "Give one that begins with https:// or http://."),
    ],
)
def test_an_address_that_may_not_be_asked_is_refused_with_a_sentence(
    client, steward, words_of, own_data_folder, url, sentence
):
    page = checked(client, url=url)

    assert page.status_code == 422
    assert sentence in words_of(page)
    assert [path.name for path in left(own_data_folder)] == ["report.json"]


@pytest.mark.parametrize(
    ("name", "contents"),
    [
        ("feed.json", b"\x89PNG\x00"),
        ("feed.zip", b"PK\x03\x04 broken"),
        ("feed.csv", b"a,b,c\n1,2,3\n"),
        ("../../etc/feed.json", b"<html></html>"),
    ],
)
def test_a_file_that_is_no_feed_is_refused_with_a_sentence_and_is_gone(
    client, steward, words_of, own_data_folder, name, contents
):
    page = checked(client, file=SimpleUploadedFile(name, contents))

    assert page.status_code == 422
    assert "It could not be checked" in words_of(page)
    assert [path.name for path in left(own_data_folder)] == ["report.json"]


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "Write an address, or choose a file"),
        ({"url": "https://example.org", "file": a_feed()}, "not both"),
        ({"file": SimpleUploadedFile("feed.json", b"")}, "The file is empty."),
    ],
)
def test_a_form_that_names_nothing_is_asked_again(
    client, steward, words_of, own_data_folder, sent, sentence
):
    answer = client.post(HOME, sent)

    assert answer.status_code == 400
    assert sentence in words_of(answer)
    assert left(own_data_folder) == []


def test_a_file_that_is_too_large_is_refused_and_nothing_is_left(
    client, steward, settings, own_data_folder
):
    settings.MAX_UPLOAD_BYTES = 10

    answer = client.post(HOME, {"file": a_feed(a_service())})

    assert answer.status_code == 400
    assert list(Path(own_data_folder).glob("checks/*/*")) == []


def test_only_one_check_works_at_a_time(client, steward, words_of, own_data_folder):
    (Path(own_data_folder) / "checks").mkdir(parents=True)
    with check_runs.held_file(Path(own_data_folder) / "checks/at-work"):
        answer = client.post(HOME, {"file": a_feed(a_service())})

    assert answer.status_code == 400
    assert "Another check is on its way." in words_of(answer)


def test_a_check_that_takes_long_is_watched_and_stopped(
    client, steward, words_of, own_data_folder, monkeypatch
):
    may_go_on = []

    def slow(*, report, **_):
        report("400 objects checked.")
        while not may_go_on:
            time.sleep(0.01)
        report("800 objects checked.")

    monkeypatch.setattr(check_runs, "check_hsds", slow)
    monkeypatch.setattr(check_runs, "SHORT_S", 0.05)
    address = client.post(HOME, {"file": a_feed(a_service())}).url

    page = client.get(address)
    assert "400 objects checked." in words_of(page)
    assert 'hx-trigger="every 1s"' in page.content.decode()
    assert client.post(f"{address}forget/").status_code == 302
    may_go_on.append(True)

    until = time.monotonic() + 10
    while check_runs._at_work():
        assert time.monotonic() < until
        time.sleep(0.01)
    assert client.get(address).status_code == 404
    assert list(Path(own_data_folder).glob("checks/*/*")) == []


def test_a_check_that_the_server_lost_says_so(client, steward, words_of, own_data_folder):
    address = client.post(HOME, {"file": a_feed(a_service())}).url
    next(Path(own_data_folder).glob("checks/*/*/report.json")).unlink()

    assert "The server stopped during this check." in words_of(client.get(address))


def test_what_was_found_is_forgotten_after_a_day(client, steward, own_data_folder):
    address = checked(client, file=a_feed(a_service())).request["PATH_INFO"]
    folder = next(Path(own_data_folder).glob("checks/*/*"))
    long_ago = time.time() - 25 * 60 * 60
    os.utime(folder, (long_ago, long_ago))

    later = checked(client, file=a_feed(a_service())).request["PATH_INFO"]
    checked(client, file=a_feed(a_service()))

    assert client.get(address).status_code == 404
    assert client.get(later).status_code == 200


@pytest.mark.parametrize(
    ("error", "status", "kept"), [(MemoryError, 422, True), (PermissionError, 404, False)]
)
def test_a_check_that_the_computer_cannot_do_leaves_no_file(
    client, steward, own_data_folder, monkeypatch, error, status, kept
):
    def broken(**_):
        raise error

    monkeypatch.setattr(check_runs, "check_hsds", broken)

    answer = client.get(client.post(HOME, {"file": a_feed(a_service())}).url)

    assert answer.status_code == status
    assert [path.name for path in left(own_data_folder)] == ["report.json"] * kept


@pytest.mark.parametrize("role", [Role.STEWARD, Role.NETWORK_COORDINATOR])
def test_stewards_and_coordinators_check_feeds(client, sign_in, role):
    sign_in(role)

    assert client.get(HOME).status_code == 200
    assert HOME in client.get("/desk/valley-harm-reduction/directory/").content.decode()


@pytest.mark.parametrize("role", [Role.OUTREACH_WORKER, Role.TRANSLATOR])
def test_others_do_not(client, sign_in, role):
    sign_in(role)

    assert client.get(HOME).status_code == 403
    assert client.post(HOME, {"url": "https://example.org"}).status_code == 403


def test_a_check_of_another_member_is_not_found(client, steward, valley):
    address = checked(client, file=a_feed(a_service())).request["PATH_INFO"]
    other = a_member("Coast Harm Reduction")
    check_id = address.rstrip("/").rsplit("/", 1)[1]

    assert check_runs.check_seen(other.id, check_id) is None
    assert check_runs.check_seen(valley.id, check_id) is not None
