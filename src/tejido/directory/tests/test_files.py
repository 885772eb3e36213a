"""Files that are not what they claim: each is refused with its own sentence."""

import json

import pytest

from tejido.directory.services.files import (
    json_lines,
    read_json_file,
    read_table_text,
)
from tejido.foundation.files import FileRefused


@pytest.fixture
def a_file(tmp_path):
    def write(contents, name="list.json"):
        path = tmp_path / name
        path.write_bytes(contents if isinstance(contents, bytes) else contents.encode())
        return path

    return write


@pytest.mark.parametrize(
    ("contents", "code"),
    [
        (b"", "file-empty"),
        (b" \n\t ", "file-empty"),
        (b"\xef\xbb\xbf", "file-empty"),
        (b"<!doctype html><html>", "file-web-page"),
        (b"\xef\xbb\xbf  <?xml version='1.0'?>", "file-web-page"),
        (b"PK\x03\x04rest", "file-packed"),
        (b"\x1f\x8b\x08", "file-packed"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "file-binary"),
        (b'{"a": "\xe9"}', "file-encoding"),
        ('{"a": 1}'.encode("utf-16"), "file-encoding"),
        (b"name,city,zip\nA,B,94606\n", "file-table"),
        (b"just words", "file-not-json"),
        (b'{"a": 1', "file-cut-short"),
        (b'{"a": "1', "file-cut-short"),
        (b'[{"a": 1},', "file-cut-short"),
        (b'{"a": 1,, "b": 2}', "file-broken"),
        (b'{"a": 1}}', "file-broken"),
        (b"[" * 200_000, "file-too-deep"),
        (b"[" + b"1" * 5_000 + b"]", "file-broken"),
    ],
)
def test_a_file_that_is_no_json_is_refused(a_file, contents, code):
    with pytest.raises(FileRefused) as refusal:
        read_json_file(a_file(contents))

    assert refusal.value.code == code
    assert "list.json" in str(refusal.value)


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    for path, code in ((tmp_path / "none.json", "file-missing"), (tmp_path, "file-no-file")):
        with pytest.raises(FileRefused) as refusal:
            read_json_file(path)
        assert refusal.value.code == code


def test_a_broken_document_names_its_line(a_file):
    with pytest.raises(FileRefused, match="line 3"):
        read_json_file(a_file('{\n"a": 1,\noh\n}'))


def test_a_byte_order_mark_is_no_mistake(a_file):
    assert read_json_file(a_file(b'\xef\xbb\xbf{"a": 1}')).document == {"a": 1}


@pytest.mark.parametrize(
    ("contents", "name", "lines"),
    [
        ('{"a": 1}\n{"a": 2}\n', "list.json", True),
        ('{"a": 1}\n', "list.ndjson", True),
        ('{"a": 1}\n', "list.json", False),
        ('{\n"a": 1\n}', "list.json", False),
        ('[\n{"a": 1},\n{"a": 2}\n]', "list.json", False),
        ('\n\n{"a": 1}\n\n{oh\n', "list.json", True),
    ],
)
def test_one_object_a_line_is_seen(a_file, contents, name, lines):
    assert read_json_file(a_file(contents, name)).lines is lines


def test_json_lines_goes_on_after_a_line_that_cannot_be_read(a_file):
    text = '{"a": 1}\n\noh\n' + "[" * 100_000 + '\n{"a": 2'

    lines = list(json_lines(a_file(text)))

    assert [(line.number, line.is_readable, line.is_cut) for line in lines] == [
        (1, True, False),
        (3, False, False),
        (4, False, False),
        (5, False, True),
    ]


def test_a_line_that_is_not_utf_8_refuses_the_file(a_file):
    with pytest.raises(FileRefused) as refusal:
        list(json_lines(a_file(b'{"a": 1}\n{"a": "\xe9"}\n')))

    assert refusal.value.code == "file-encoding"


def test_a_file_that_may_not_be_read_is_refused(a_file, monkeypatch):
    path = a_file('{"a": 1}')

    def closed(*_arguments):
        raise PermissionError(path)

    monkeypatch.setattr(type(path), "open", closed)

    with pytest.raises(FileRefused, match="let you read it"):
        read_json_file(path)


@pytest.mark.parametrize(
    ("contents", "encoding"),
    [
        ("name\nLa Clínica".encode(), "UTF-8"),
        ("name\nLa Clínica".encode("utf-8-sig"), "UTF-8"),
        ("name\nLa Clínica".encode("cp1252"), "Windows-1252"),
        ("name\nLa Clínica".encode("utf-16"), "UTF-16"),
        ("name\nLa Clínica".encode("utf-16-le"), "UTF-16"),
        ("name\nLa Clínica".encode("utf-16-be"), "UTF-16"),
        ("name\nLa Clínica".encode("mac_roman"), "Mac Roman"),
    ],
)
def test_a_table_in_any_usual_encoding_is_read(a_file, contents, encoding):
    assert read_table_text(a_file(contents, "list.csv")) == ("name\nLa Clínica", encoding)


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        *(
            (word, codec)
            for word in ("José", "niños", "corazón", "Días", "más", "según")
            for codec in ("mac_roman", "cp1252")
        ),
        *(
            (words, "cp1252")
            for words in ("Women’s O’Brien", "Mon–Fri", "food—water", "Naloxone‡")
        ),
        ("El niño’s – José", "cp1252"),
        ("ni–o señal", "cp1252"),
    ],
)
def test_accents_of_an_old_mac_are_told_from_those_of_windows(a_file, text, codec):
    path = a_file(f"name\n{text}\n".encode(codec), "list.csv")

    assert read_table_text(path)[0] == f"name\n{text}\n"


@pytest.mark.parametrize(
    ("contents", "code"),
    [
        (b"", "file-empty"),
        (b"<html>", "file-web-page"),
        (json.dumps({"a": 1}).encode(), "file-json"),
        (b"PK\x03\x04", "file-packed"),
        (b"name\x00,city", "file-binary"),
        (b"name\nA\x81\x8d", "file-encoding"),
        (b"\xff\xfea", "file-encoding"),
    ],
)
def test_a_file_that_is_no_table_is_refused(a_file, contents, code):
    with pytest.raises(FileRefused) as refusal:
        read_table_text(a_file(contents, "list.csv"))

    assert refusal.value.code == code
