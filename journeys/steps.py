"""What a person does on the pages, in the words of the page, and what axe finds there."""

import subprocess
import sys
from typing import Any, NamedTuple

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


def password_of(username: str) -> str:
    """Return the password that `demo` prints for somebody invented."""
    code = (
        "import django; django.setup(); from tejido.network.demo import PERSONAS; "
        f"print(next(one.password for one in PERSONAS if one.username == {username!r}))"
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
    return told.stdout.strip()


def sign_in(page: Page, username: str, password: str) -> None:
    """Sign in on the page for it, in English."""
    page.goto("/account/login/")
    page.get_by_label("User name").fill(username)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def at_the_desk(site: Any, visits: Any, username: str, **options: Any) -> Page:
    """Return a page of somebody who signed in; `options` are those of `visits.page`."""
    visits.cookies_allowed = True
    page: Page = visits.page(site, **{"width": 1280, **options})
    sign_in(page, username, password_of(username))
    page.wait_for_url("**/desk/**")
    return page


def violations(page: Page, axe_source: str) -> list[list[object]]:
    """Return what axe finds on the page: each rule with what breaks it."""
    page.wait_for_load_state()
    page.evaluate(axe_source)
    found: list[list[object]] = page.evaluate(
        """async () => (await axe.run(document, {resultTypes: ['violations']})).violations.map(
        each => [each.id, each.nodes.map(node => node.html.slice(0, 120))])"""
    )
    return found
