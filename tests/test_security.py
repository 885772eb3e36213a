"""What holds for every address: headers, tokens, sign-in first, calm answers to bad input."""

import gzip
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as project
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from tejido.accounts.testing import PASSWORD, an_account
from tejido.finder.testing import a_listing, a_snapshot
from tests.pages import (
    LISTING,
    is_html,
    named_addresses,
    page_of,
    personal_paths,
    public_paths,
)

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[1]
# Reads by POST (searches, so that no address holds the words), sign-in (origin is checked), and
# the API that only reads.
# A text message is proved by its signature instead; what anybody says is wrong, and a program's
# link, by what is signed in the form or the address. Both look at `Origin` (foundation/origin.py).
WITHOUT_TOKEN = {
    *("finder:home", "finder:find", "finder:listing", "account_login", "sms"),
    *("finder:wrong", "directory_link:confirm", "directory_link:stop", "invite:open"),
    "mfa_login_webauthn",
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


@pytest.fixture(autouse=True)
def listings(own_data_folder: Path) -> None:
    a_snapshot(project.SNAPSHOTS, [a_listing(LISTING.int, needs=("naloxone",))])
    cache.clear()


@pytest.fixture
def stranger() -> Client:
    return Client(raise_request_exception=False, enforce_csrf_checks=True)


def answers(client: Client) -> Iterator[tuple[str, HttpResponse]]:
    """Open each page, and send some of them what they do not understand."""
    for path in [*public_paths(), *personal_paths(), "/no-such-page/", "/es/no-such-page/"]:
        yield f"GET {path}", client.get(path)
        yield f"POST {path}", client.post(path, {"q": "naloxone", "place": "Oakland"})
    for path in ("/find/", "/es/find/"):
        yield f"POST {path} nowhere", client.post(path, {"place": "nowhere"})


def directives(response: HttpResponse) -> dict[str, list[str]]:
    parts = (part.split() for part in response["Content-Security-Policy"].split(";"))
    return {name: values for name, *values in parts}


def test_every_answer_carries_the_headers_that_protect_it(stranger: Client) -> None:
    bare = [
        (what, name)
        for what, answer in answers(stranger)
        for name, value in HEADERS.items()
        if answer.get(name) != value
    ]

    assert bare == []


def test_every_answer_forbids_what_is_inline_or_from_elsewhere(stranger: Client) -> None:
    loose = []
    for what, answer in answers(stranger):
        rules = directives(answer)
        open_to = {value for values in rules.values() for value in values}
        if rules["default-src"] != ["'none'"] or not open_to <= {"'none'", "'self'", "data:"}:
            loose.append(what)
        if "data:" in rules["script-src"] + rules["style-src"]:
            loose.append(what)

    assert loose == []


def test_no_page_has_anything_inline(stranger: Client) -> None:
    inline = [
        (what, found)
        for what, answer in answers(stranger)
        if is_html(answer)
        for found in page_of(answer.content.decode()).inline
    ]

    assert inline == []


def test_a_worker_sees_nothing_inline_or_from_elsewhere_either(stranger: Client) -> None:
    stranger.force_login(an_account())
    pages = [(what, page_of(a.content.decode())) for what, a in answers(stranger) if is_html(a)]

    assert [(what, page.inline) for what, page in pages if page.inline] == []
    assert [(what, page.foreign()) for what, page in pages if page.foreign()] == []


def test_what_is_inline_would_be_found() -> None:
    page = page_of(
        '<p style="x"><style></style><script>1</script><a onclick="x" href="JavaScript:1">'
        '<img src="//elsewhere.example/x.png"><form action="https://elsewhere.example/">'
    )

    assert len(page.inline) == 5
    assert len(page.foreign()) == 2


def test_personal_pages_ask_a_stranger_to_sign_in(stranger: Client) -> None:
    opened = {path: stranger.get(path) for path in personal_paths()}

    assert opened
    unguarded = [
        path
        for path, answer in opened.items()
        if answer.status_code not in {302, 404, 405}
        or (answer.status_code == 302 and "/account/" not in answer["Location"])
    ]
    assert [path for path in unguarded if "logout" not in path] == []


def test_personal_pages_are_not_kept_by_the_browser(stranger: Client) -> None:
    stranger.force_login(an_account())
    kept = []
    for path in personal_paths():
        answer = stranger.get(path)
        if answer.status_code == 200 and "no-store" not in answer.get("Cache-Control", ""):
            kept.append(path)

    assert kept == []


def test_only_reading_and_sign_in_go_without_a_token() -> None:
    exempt = {
        address.name
        for address in named_addresses()
        if getattr(address.pattern.callback, "csrf_exempt", False)
        and not all(path.startswith("/api/") for path in address.paths())
    }

    assert exempt <= WITHOUT_TOKEN


@pytest.mark.parametrize("path", ["/account/", "/es/account/", "/account/password/"])
def test_a_form_without_its_token_is_refused_with_a_page(stranger: Client, path: str) -> None:
    stranger.force_login(an_account())

    answer = stranger.post(path, {"language": "es"})

    assert answer.status_code == 403
    assert "<h1>" in answer.content.decode()


def test_a_form_with_its_token_is_accepted(stranger: Client) -> None:
    stranger.force_login(an_account())
    page = stranger.get("/account/").content.decode()
    token = page.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]

    answer = stranger.post("/account/", {"language": "es", "csrfmiddlewaretoken": token})

    assert (answer.status_code, answer["Location"]) == (302, "/es/account/")


@pytest.mark.parametrize("method", ["put", "patch", "delete", "trace", "options"])
def test_other_methods_are_answered_without_a_mistake(stranger: Client, method: str) -> None:
    broken = [
        path for path in public_paths() if getattr(stranger, method)(path).status_code >= 500
    ]

    assert broken == []


@pytest.mark.parametrize(
    ("path", "body", "kind"),
    [
        ("/find/", b"\xff\xfe\x00", "application/x-www-form-urlencoded"),
        ("/find/", b"q=%FF%FE%00&place=%C3%28", "application/x-www-form-urlencoded"),
        ("/find/", b"place=" + b"x" * 100_000, "application/x-www-form-urlencoded"),
        (
            "/find/",
            b"&".join(b"a%d=1" % n for n in range(2_000)),
            "application/x-www-form-urlencoded",
        ),
        ("/find/", b"--x\r\nbroken", "multipart/form-data; boundary=x"),
        ("/find/", b"--x\r\nbroken", "multipart/form-data"),
        ("/find/", b'{"q": "naloxone"}', "application/json"),
        ("/find/", b"place=Oakland&place=Fresno&need[]=x&need=../../etc/passwd", "text/plain"),
        ("/account/login/", b"\xff\xfe\x00", "application/x-www-form-urlencoded"),
        ("/account/login/", b"login=%00&password=%00", "application/x-www-form-urlencoded"),
        ("/account/login/", b"next=%0d%0aSet-Cookie:x", "application/x-www-form-urlencoded"),
    ],
)
def test_broken_input_gets_a_page_and_no_traceback(
    stranger: Client, path: str, body: bytes, kind: str
) -> None:
    answer = stranger.post(path, body, content_type=kind)

    page = answer.content.decode()
    assert answer.status_code in {200, 400}
    assert "<h1" in page
    assert [word for word in ("Traceback", "Exception", "django") if word in page] == []


@pytest.mark.parametrize(
    "typed", ["<script>alert(1)</script>", '"><img src=x onerror=y>', "{{7*7}}"]
)
def test_what_a_person_types_is_shown_as_text(stranger: Client, typed: str) -> None:
    for path in ("/find/", "/es/find/", "/"):
        page = stranger.post(path, {"place": typed, "q": typed}).content.decode()

        assert typed not in page or typed == "{{7*7}}"
        assert "49" not in page.partition("<main")[2].partition("</main")[0] or "{{" not in typed
        assert page_of(page).inline == []


@pytest.mark.parametrize("host", ["elsewhere.example", "testserver:99999x", "a b", ""])
def test_another_host_name_is_refused_with_a_page(stranger: Client, host: str) -> None:
    answer = stranger.get("/", headers={"Host": host})

    assert answer.status_code == 400
    assert "elsewhere" not in answer.content.decode()


def test_a_closed_account_loses_its_session_at_once(stranger: Client) -> None:
    user = an_account()
    stranger.post("/account/login/", {"login": "rosa", "password": PASSWORD})
    assert stranger.get("/account/").status_code == 200

    user.is_active = False
    user.save()

    assert stranger.get("/account/").status_code == 302


def test_a_deployment_over_https_passes_djangos_own_checks(tmp_path: Path) -> None:
    given = {
        "HTTPS": "1",
        "SECRET_KEY": "k9-" * 20 + "Qz7!",
        "ALLOWED_HOSTS": "tejido.example",
        "TEJIDO_DATA": str(tmp_path),
        "PYTHONPATH": str(ROOT / "src"),
        "DJANGO_SETTINGS_MODULE": "tejido.config.settings",
        "PATH": os.environ["PATH"],
    }
    code = (
        "import django; django.setup()\n"
        "from django.conf import settings as s\n"
        "from django.core.management import call_command\n"
        "call_command('check', '--deploy', '--fail-level', 'WARNING')\n"
        "print(s.PASSWORD_HASHERS[0], s.SESSION_COOKIE_NAME, s.DEBUG)\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", code], env=given, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    said = done.stdout.strip().splitlines()[-1].split()
    assert said == ["django.contrib.auth.hashers.Argon2PasswordHasher", "__Host-session", "False"]


def test_only_pages_without_a_secret_are_packed(stranger: Client) -> None:
    takes = {"Accept-Encoding": "gzip, br"}
    public = [*public_paths(), "/no-such-page/"]
    packed = [
        path
        for path in [*public, *personal_paths()]
        if stranger.get(path, headers=takes).get("Content-Encoding")
    ]

    assert {"/", "/es/", f"/place/{LISTING}/", "/overdose/"} <= set(packed)
    assert not [path for path in packed if "/desk/" in path or "/account/" in path]


def test_a_packed_page_is_the_page(stranger: Client) -> None:
    sent = {"q": "naloxone", "place": "Oakland"}
    packed = stranger.post("/find/", sent, headers={"Accept-Encoding": "gzip"})
    plain = stranger.post("/find/", sent)

    assert packed["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed["Vary"]
    assert gzip.decompress(packed.content) == plain.content
    assert len(packed.content) < len(plain.content) / 3
