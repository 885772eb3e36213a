"""What a person does on the pages, in the words of the page."""

import base64
import hashlib
import hmac
import json
import struct
import subprocess
import sys
import time
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from conftest import ROOT, environment
from playwright.sync_api import Page


class Words(NamedTuple):
    """What the page says in one language."""

    home: str
    where: str
    find: str
    naloxone: str
    filter: str
    open_now: str
    no_id: str
    show: str
    back: str
    change: str
    call: str


ENGLISH = Words(
    home="/",
    where="Where are you?",
    find="Find",
    naloxone="Naloxone",
    filter="Filter",
    open_now="Open now",
    no_id="No ID asked",
    show="Show places",
    back="Back to the list",
    change="Change search",
    call="Call",
)
SPANISH = Words(
    home="/es/",
    where="¿Dónde está?",
    find="Buscar",
    naloxone="Naloxona",
    filter="Filtrar",
    open_now="Abierto ahora",
    no_id="No piden identificación",
    show="Mostrar lugares",
    back="Volver a la lista",
    change="Cambiar la búsqueda",
    call="Llamar",
)


def search(page: Page, words: Words, *, place: str) -> None:
    """Type a place and tap naloxone."""
    page.goto(words.home)
    page.get_by_label(words.where).fill(place)
    with page.expect_navigation():
        page.locator("button.need", has_text=words.naloxone).click()


def heading(page: Page) -> str:
    """Return the one heading of the page."""
    return page.locator("h1").inner_text()


def cards(page: Page) -> list[str]:
    """Return what each result says."""
    return page.locator("article.place").all_inner_texts()


@cache
def people() -> dict[str, tuple[str, str]]:
    """Return the password and the app's secret, or '', that `demo` prints for each person."""
    code = (
        "import django, json; django.setup(); from tejido.network.demo import PERSONAS; "
        "print(json.dumps({one.username: [one.password, one.app_secret] for one in PERSONAS}))"
    )
    settings = {"DJANGO_SETTINGS_MODULE": "tejido.config.settings", "PYTHONPATH": "src"}
    told = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env=environment() | settings,
    )
    return {name: tuple(each) for name, each in json.loads(told.stdout).items()}


def password_of(username: str) -> str:
    """Return the password that `demo` prints for somebody invented."""
    return people()[username][0]


def code_now(secret: str, *, later: int = 0) -> str:
    """Return the code that an authenticator app shows now (RFC 6238: SHA-1, 30 s, 6 digits).

    Args:
        secret: of the app.
        later: so many half minutes after now.
    """
    secret = "".join(secret.split())
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    mark = hmac.new(key, struct.pack(">Q", int(time.time()) // 30 + later), hashlib.sha1).digest()
    start = mark[-1] & 15
    return f"{(int.from_bytes(mark[start : start + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06d}"


# What was typed at each server: a code works once.
TYPED: set[tuple[str, str, str]] = set()


def next_code(page: Page, secret: str) -> str:
    """Return a code of an app that was not typed at this server yet; waits for it.

    That of the next half minute is good already, for whoever has a clock that is ahead.
    """
    site = urlsplit(page.url).netloc
    for _ in range(80):
        for code in (code_now(secret), code_now(secret, later=1)):
            if (site, secret, code) not in TYPED:
                TYPED.add((site, secret, code))
                return code
        time.sleep(0.5)
    raise AssertionError("the clock stands still")


def sign_in(page: Page, username: str, password: str) -> None:
    """Sign in on the page for it, in English, with a code where one is asked for."""
    page.goto("/account/login/")
    page.get_by_label("User name").fill(username)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    if page.url.endswith("/account/login/code/"):
        type_code(page, next_code(page, people()[username][1]))


def type_code(page: Page, code: str) -> None:
    """Type a code on the page that asks for one."""
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Sign in", exact=True).click()


def at_the_desk(
    site: Any, visits: Any, username: str, *, language: str | None = None, **options: Any
) -> Page:
    """Return a page of somebody who signed in; `options` are those of `visits.page`."""
    visits.cookies_allowed = True
    page: Page = visits.page(site, **{"width": 1280, **options})
    as_somebody(page, username, language)
    return page


# Who signed in at a server and never left, by what their browser kept.
SIGNED_IN: dict[tuple[str, str], Any] = {}


def as_somebody(page: Page, username: str, language: str | None = None) -> None:
    """Be signed in; ask for a language where one is named and the account has another.

    At one server nobody signs in twice: codes of the app would run out, and signing in is a
    journey of its own.
    """
    known = urlsplit(page.request.get("/healthz").url).netloc, username
    page.context.clear_cookies()
    page.context.add_cookies(SIGNED_IN.get(known, []))
    page.goto("/desk/")
    if "/account/login/" in page.url:
        sign_in(page, username, password_of(username))
    page.wait_for_url("**/desk/**")
    SIGNED_IN[known] = page.context.cookies()
    if language not in {None, page.locator("html").get_attribute("lang")}:
        with page.expect_navigation():
            page.locator("button[name=language]").first.evaluate(
                "each => each.form.requestSubmit(each)"
            )
