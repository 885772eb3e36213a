import gzip
import socket
import time

import pytest

from tejido.gateways.domain.addresses import is_public
from tejido.gateways.tests.hostile import ALWAYS, answering, body, moved
from tejido.gateways.web_fetch import Fetcher, Limits, WebRefused, _loses_encryption

SHORT = Limits(answer_s=0.5, run_s=5.0, answer_bytes=100_000, run_bytes=150_000, requests=5)
PRIVATE = [
    *("127.0.0.1", "127.9.9.9", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254"),
    *("100.100.100.200", "0.0.0.0", "224.0.0.1", "240.0.0.1", "255.255.255.255"),
    *("192.0.2.1", "168.63.129.16", "::1", "::", "fe80::1", "fe80::1%eth0", "fd00:ec2::254"),
    *("ff02::1", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "2001:db8::1"),
    *("64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "2001:0:7f00:1::"),
]


def fetcher(limits=SHORT, **said):
    return Fetcher(limits=limits, **({"allow_private": True} | said))


def refused(code, work):
    with pytest.raises(WebRefused) as refusal:
        work()
    assert refusal.value.code == code
    assert str(refusal.value.sentence)


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_that_is_not_of_the_open_internet_is_none_to_fetch_from(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_an_address_of_the_open_internet_may_be_fetched_from(address):
    assert is_public(address)


def test_an_answer_comes_with_its_status_headers_and_body():
    with answering(body(b'{"version": "3.1"}', b"X-Colour: blue\r\n")) as (url, came):
        answer = fetcher().ask(f"{url}/hsds?full=true")

    assert (answer.status, answer.headers["x-colour"]) == (200, "blue")
    assert answer.body == b'{"version": "3.1"}'
    assert came[0].startswith("GET /hsds?full=true HTTP/1.1\r\n")
    assert "Cookie" not in came[0]
    assert "Authorization" not in came[0]


def test_a_body_is_sent_as_json():
    with answering(body(b"{}")) as (url, came):
        fetcher().ask(url, method="POST", body={"search": "food"})

    assert came[0].startswith("POST / HTTP/1.1\r\n")
    assert "Content-Type: application/json" in came[0]


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("ftp://example.org/x", "url-scheme"),
        ("file:///etc/passwd", "url-scheme"),
        ("gopher://example.org/", "url-scheme"),
        ("example.org", "url-scheme"),
        ("http://", "url-scheme"),
        ("http://[::1/", "url-scheme"),
        ("http://example.org/a b", "url-scheme"),
        ("http://example.org/\r\nX: y", "url-scheme"),
        ("http://example.org:99999/", "url-scheme"),
        ("http://user:word@example.org/", "url-credentials"),
        ("http://user@example.org/", "url-credentials"),
        ("http://example.org:25/", "url-port"),
        ("http://example.org:22/", "url-port"),
    ],
)
def test_what_is_no_web_address_is_refused_before_anything_is_asked(url, code):
    refused(code, lambda: fetcher(resolve=None).ask(url))


@pytest.mark.parametrize("address", ["127.0.0.1", "169.254.169.254", "10.0.0.8", "::1"])
def test_a_name_that_leads_into_a_private_network_is_refused(address):
    away = fetcher(allow_private=False, resolve=lambda *_: [address])

    refused("url-private", lambda: away.ask("http://feed.example.org/"))


def test_one_private_address_among_public_ones_is_enough_to_refuse():
    away = fetcher(allow_private=False, resolve=lambda *_: ["8.8.8.8", "127.0.0.1"])

    refused("url-private", lambda: away.ask("http://feed.example.org/"))


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.1", "2130706433", "[::1]"])
def test_this_computer_is_refused_however_it_is_written(host):
    refused("url-private", lambda: fetcher(allow_private=False).ask(f"http://{host}:8000/"))


def test_the_connection_goes_to_the_address_that_was_checked(monkeypatch):
    answers = iter([["8.8.8.8"], ["127.0.0.1"]])
    asked = []

    def connect(address, **_):
        asked.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", connect)
    away = fetcher(allow_private=False, resolve=lambda *_: next(answers))

    refused("url-closed", lambda: away.ask("http://feed.example.org/"))
    assert asked == [("8.8.8.8", 80)]


def test_a_name_that_nobody_knows_is_refused():
    def unknown(*_):
        raise socket.gaierror

    refused("url-unknown", lambda: fetcher(resolve=unknown).ask("http://nowhere.example/"))


def test_a_resolver_that_never_answers_ends_with_the_time():
    slow = fetcher(resolve=lambda *_: time.sleep(3))

    refused("url-slow", lambda: slow.ask("http://slow.example.org/"))


@pytest.mark.parametrize(
    "location",
    ["http://169.254.169.254/latest/meta-data/", "http://example.com/", "//10.0.0.1/"],
)
def test_a_redirect_to_another_host_is_refused(location):
    with answering(moved(location)) as (url, came):
        refused("url-redirect-elsewhere", lambda: fetcher().ask(url))

    assert len(came) == 1


def test_a_redirect_on_the_same_host_is_checked_again(monkeypatch):
    seen = iter([["8.8.8.8"], ["10.0.0.1"]])
    away = fetcher(allow_private=False, resolve=lambda *_: next(seen))
    connect = socket.create_connection

    with answering(moved("/v3/"), body(b"{}")) as (url, came):
        port = int(url.rsplit(":", 1)[1])
        # The public address stands for the server of this test.
        here = ("127.0.0.1", port)
        monkeypatch.setattr(socket, "create_connection", lambda *_, **__: connect(here))
        refused("url-private", lambda: away.ask(f"http://feed.example.org:{port}/"))

    assert len(came) == 1


def test_a_redirect_within_the_host_is_followed_three_times_at_most():
    with answering(moved("/a"), moved("/b"), moved("/c"), body(b"[]")) as (url, came):
        assert fetcher().ask(url).body == b"[]"
        assert len(came) == 4
    with answering(moved("/again")) as (url, came):
        refused("url-redirects", lambda: fetcher().ask(url))
        assert len(came) == 4


def test_a_redirect_to_another_scheme_that_is_no_web_is_refused():
    with answering(moved("file:///etc/passwd")) as (url, _):
        refused("url-scheme", lambda: fetcher().ask(url))


def test_a_slow_drip_ends_with_the_time():
    def drip(way):
        way.sendall(ALWAYS + b"\r\n")
        for _ in range(100):
            way.sendall(b" ")
            time.sleep(0.1)

    began = time.monotonic()
    with answering(drip) as (url, _):
        refused("url-slow", lambda: fetcher().ask(url))
    assert time.monotonic() - began < 3


def test_a_slow_drip_of_headers_ends_with_the_time():
    def drip(way):
        way.sendall(b"HTTP/1.1 200 OK\r\n")
        for _ in range(100):
            way.sendall(b"X: y\r\n")
            time.sleep(0.1)

    with answering(drip) as (url, _):
        refused("url-slow", lambda: fetcher().ask(url))


def test_silence_ends_with_the_time():
    with answering(lambda way: time.sleep(2)) as (url, _):
        refused("url-slow", lambda: fetcher().ask(url))


def test_an_endless_body_ends_with_the_limit():
    def endless(way):
        way.sendall(ALWAYS + b"\r\n")
        while True:
            way.sendall(b"x" * 60_000)

    with answering(endless) as (url, _):
        asked = fetcher()
        refused("url-large", lambda: asked.ask(url))
        assert asked.received < 300_000


def test_a_gzip_bomb_ends_with_the_limit():
    bomb = gzip.compress(b"0" * 50_000_000)

    with answering(body(bomb, b"Content-Encoding: gzip\r\n")) as (url, _):
        asked = fetcher()
        refused("url-large", lambda: asked.ask(url))
        assert asked.received < 300_000


def test_a_packed_answer_is_unpacked():
    packed = gzip.compress(b"[" + b"1," * 20_000 + b"1]")

    with answering(body(packed, b"Content-Encoding: gzip\r\n")) as (url, _):
        assert fetcher().ask(url).body == gzip.decompress(packed)


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 70_000 + b"\r\n\r\n",
        b"SSH-2.0-OpenSSH\r\n",
        body(b"no gzip at all", b"Content-Encoding: gzip\r\n"),
        body(b"x", b"Content-Encoding: br\r\n"),
    ],
)
def test_what_no_website_answers_is_refused(answer):
    with answering(answer) as (url, _):
        refused("url-broken", lambda: fetcher().ask(url))


def test_a_port_without_a_server_is_refused():
    with answering(b"") as (url, _):
        pass

    refused("url-closed", lambda: fetcher().ask(url))


def test_a_certificate_of_nobody_is_refused():
    with answering(b"no tls here") as (url, _):
        refused("url-tls", lambda: fetcher().ask(url.replace("http:", "https:")))


def test_a_run_has_a_limit_of_requests_and_of_bytes():
    with answering(body(b"x" * 60_000)) as (url, _):
        asked = fetcher()
        for _turn in range(2):
            asked.ask(url)
        refused("url-large", lambda: asked.ask(url))
        refused("url-large", lambda: asked.ask(url))
        refused("url-large", lambda: asked.ask(url))
        refused("url-requests", lambda: asked.ask(url))


def test_lines_come_one_by_one_and_end_with_their_limit():
    with answering(body(b'{"id": 1}\n{"id": 2}\n{"id": 3}')) as (url, _):
        first, *lines = fetcher().lines(url, most_bytes=50_000)
        assert first.status == 200
        assert lines == [b'{"id": 1}\n', b'{"id": 2}\n', b'{"id": 3}']

    def endless(way):
        way.sendall(ALWAYS + b"\r\n")
        while True:
            way.sendall(b'{"id": 1}\n' * 5_000)

    with answering(endless) as (url, _):
        _, *lines = fetcher().lines(url, most_bytes=80_000)
        assert 0 < len(lines) <= 8_000


def test_what_reads_after_the_end_of_its_time_is_too_slow():
    with answering(body(b"{}")) as (url, _):
        asked = fetcher(Limits(answer_s=-1))
        asked.resolve = lambda *_: ["127.0.0.1"]
        refused("url-slow", lambda: asked.ask(url))


@pytest.mark.parametrize(
    ("was", "goes", "loses"),
    [
        ("https://example.org/", "http://example.org/", True),
        ("https://example.org/", "https://example.org/v3", False),
        ("http://example.org/", "https://example.org/", False),
        ("http://example.org/", "http://example.org/v3", False),
    ],
)
def test_a_redirect_never_takes_the_encryption_away(was, goes, loses):
    assert _loses_encryption(was, goes) is loses
