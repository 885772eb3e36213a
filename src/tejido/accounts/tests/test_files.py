"""A large file is refused before it is read, where a page takes none or to whom is nobody yet."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http.multipartparser import MultiPartParser
from django.test import Client
from django.urls import get_resolver

from tejido.accounts.middleware import BESIDE_A_FILE
from tejido.accounts.testing import an_account
from tejido.foundation.bodies import bytes_taken

pytestmark = pytest.mark.django_db
MIB = 1024 * 1024
BRING = "/desk/valley/directory/import/"


@pytest.fixture
def read(monkeypatch):
    """Return what was read of forms with files: the length of each."""
    found, parse = [], MultiPartParser.parse

    def reading(self):
        found.append(self._content_length)
        return parse(self)

    monkeypatch.setattr(MultiPartParser, "parse", reading)
    return found


def send(client, address, size, **typed):
    file = SimpleUploadedFile("a.bin", b"x" * size)
    return client.post(address, {**typed, "file": file})


@pytest.mark.parametrize("address", ["/account/login/", "/es/account/login/", "/", "/find/"])
def test_a_large_file_that_nobody_asked_for_is_refused_unread(client, read, address):
    answer = send(client, address, 3 * MIB)

    assert (answer.status_code, read) == (413, [])
    page = answer.content.decode()
    assert "That is too large" in page
    assert "Eso es demasiado grande" in page


def test_a_page_of_signed_in_work_that_takes_no_file_refuses_it_too(client, read):
    client.force_login(an_account())

    assert send(client, "/account/", 3 * MIB).status_code == 413
    assert read == []


def test_whoever_is_not_signed_in_is_asked_to_before_their_file_is_read(read):
    client = Client(enforce_csrf_checks=True)

    answer = send(client, BRING, 3 * MIB)

    assert answer["Location"].startswith("/account/login/?next=/desk/")
    assert read == []


def test_a_file_that_is_too_large_for_any_list_is_refused_unread(client, read, settings):
    client.force_login(an_account())

    answer = client.post(
        BRING,
        b"--x--",
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(settings.MAX_UPLOAD_BYTES + BESIDE_A_FILE + 1),
    )

    assert (answer.status_code, read) == (413, [])


@pytest.mark.parametrize("length", ["", "-1", "many", "1.5"])
def test_a_length_that_is_none_reads_nothing_and_breaks_nothing(client, length):
    answer = client.post(
        "/account/login/",
        b"--x--",
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=length,
    )

    assert answer.status_code in {200, 400}


def test_a_small_file_where_none_is_asked_for_is_of_no_concern(client):
    answer = send(client, "/account/login/", 100, login="rosa", password="wrong")

    assert "is not right" in answer.content.decode()


def test_only_pages_that_bring_lists_take_files():
    def taking(patterns, before=""):
        for each in patterns:
            here = before + str(each.pattern)
            if hasattr(each, "url_patterns"):
                yield from taking(each.url_patterns, here)
            elif bytes_taken(each.callback):
                yield here

    assert sorted(taking(get_resolver().url_patterns)) == [
        "desk/<slug:slug>/contacts/bring/",
        "desk/<slug:slug>/directory/check/",
        "desk/<slug:slug>/directory/import/",
    ]
