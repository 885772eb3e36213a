"""Somebody looks through the browser and the server afterwards: what was searched is nowhere."""

import os
import sqlite3
from pathlib import Path

import pytest
from conftest import CHROMIUM, LEAVE, Site
from playwright.sync_api import Browser, Page
from steps import ENGLISH, password_of, sign_in

# No word, no place: nothing else on these pages has it.
CANARY = "zanate7731"
STORED = """async () => {
  const kept = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      kept.push(request.url, await (await cache.match(request)).text());
    }
  }
  return {
    caches: kept,
    databases: (await indexedDB.databases()).map(({name}) => name),
    local: Object.entries(localStorage),
    session: Object.entries(sessionStorage),
    cookies: document.cookie,
    workers: (await navigator.serviceWorker.getRegistrations()).length,
    title: document.title,
    address: location.href,
  };
}"""
NOTHING = {"caches": [], "databases": [], "local": [], "session": [], "cookies": "", "workers": 0}
# Where Chromium keeps the tabs that are open, with what their forms sent, until they are closed.
OPEN_TABS = {"Sessions"}


def search_and_look(page: Page) -> dict[str, object]:
    """Search, filter, open a place, come back; return what the browser stored meanwhile."""
    page.goto("/")
    page.get_by_label("Or say it in your own words").fill(f"naloxone {CANARY}")
    page.get_by_label(ENGLISH.where).fill("Fresno")
    with page.expect_navigation():
        page.get_by_role("button", name=ENGLISH.find, exact=True).click()
    assert CANARY in page.locator("main").inner_text()
    page.locator("article.place h3 a").first.click()
    page.get_by_role("button", name=ENGLISH.back).wait_for()
    with page.expect_navigation():
        page.get_by_role("button", name=ENGLISH.back).click()
    stored: dict[str, object] = page.evaluate(STORED)
    return stored


def files_with(folder: Path, words: str) -> list[Path]:
    """Return the files below a folder that hold the words, however a browser writes them."""
    written = (words.encode(), words.encode("utf-16-le"))
    return [
        path.relative_to(folder)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and any(each in path.read_bytes() for each in written)
    ]


def test_after_a_search_no_storage_holds_anything(site, visits):
    stored = search_and_look(visits.page(site))

    assert CANARY not in repr(stored)
    assert {name: stored[name] for name in NOTHING} == NOTHING
    assert "naloxone" not in str(stored["title"]).lower()


@pytest.fixture
def profile(site: Site, chromium: Browser, tmp_path: Path) -> Path:
    """Search in a browser that keeps its files in a folder, leave, and close it."""
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    context = chromium.browser_type.launch_persistent_context(
        tmp_path, executable_path=CHROMIUM, args=root, base_url=site.url
    )
    context.route(f"{LEAVE}**", lambda route: route.fulfill(body="<title>Weather</title>"))
    page = context.new_page()
    search_and_look(page)
    page.get_by_role("link", name="Leave this site fast").click()
    page.wait_for_url(LEAVE)
    context.close()
    return tmp_path


def test_the_files_of_the_browser_hold_nothing_of_a_search(site, profile):
    found = [path for path in files_with(profile, CANARY) if path.parent.name not in OPEN_TABS]
    with sqlite3.connect(profile / "Default" / "History") as history:
        visited = dict(history.execute("SELECT url, title FROM urls"))

    assert found == []
    # The name of a place that was opened stays, and the privacy page says so.
    assert "naloxone" not in visited[f"{site.url}/find/"].lower()


def test_the_files_of_the_server_hold_nothing_of_a_search_or_a_text(own_site, visits):
    visits.cookies_allowed = True
    page = visits.page(own_site, width=1280)
    search_and_look(page)
    page.goto(f"/find/?q={CANARY}&place=Fresno")
    page.goto(f"/api/finder/v1/search?q={CANARY}&near=Fresno")
    page.goto(f"/{CANARY}/")
    sign_in(page, "rosa", password_of("rosa"))
    page.goto("/desk/")
    page.get_by_role("link", name="Mensajes de texto").first.click()
    page.get_by_label("Mensaje").fill(f"naloxona {CANARY} Fresno")
    with page.expect_navigation():
        page.get_by_role("button", name="Enviar").click()
    assert page.locator(".texts__heard").last.inner_text()

    folder = own_site.data.parent
    assert files_with(folder, CANARY) == []
    assert (folder / f"{own_site.data.name}.log").stat().st_size


def test_a_file_that_holds_it_would_be_found(tmp_path):
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "one").write_bytes(b"\x00" + CANARY.encode())
    (tmp_path / "two").write_bytes(CANARY.encode("utf-16-le"))

    assert files_with(tmp_path, CANARY) == [
        Path("inner/one"),
        Path("two"),
    ]
