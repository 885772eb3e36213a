"""Makes docs/pictures (`.venv/bin/python journeys/pictures.py`), whenever a page looks different.

The pictures show the demonstration as it stands at that moment; places, people and hours in them
are invented.
"""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from conftest import CHROMIUM, LEAVE, ROOT, Site, start
from playwright.sync_api import Browser, Page, sync_playwright
from steps import ENGLISH, SPANISH, password_of, search, sign_in

FOLDER = ROOT / "docs" / "pictures"
HEAVIEST = 250_000
PHONE, LONG, DESK = (375, 812), (375, 1400), (1280, 1000)


def results(words: object, place: str) -> Callable[[Page], None]:
    """Return how to get to a list of places."""
    return lambda page: search(page, words, place=place)


def open_places(page: Page) -> None:
    """Go to places near Oakland that are open now."""
    search(page, ENGLISH, place="Oakland")
    form = page.locator(".filter--wide form")
    form.get_by_label(ENGLISH.open_now).check()
    with page.expect_navigation():
        form.get_by_role("button", name=ENGLISH.show).click()


def one_place(page: Page) -> None:
    """Go to one place near Fresno."""
    search(page, ENGLISH, place="Fresno")
    with page.expect_navigation():
        page.locator("article.place h3 a", has_text="Orchard van").first.click()


def desk(page: Page) -> None:
    """Sign in as the invented coordinator."""
    sign_in(page, "inez", password_of("inez"))
    page.wait_for_url("**/desk/**")


def at(path: str) -> Callable[[Page], None]:
    """Return how to get to a page with an address of its own."""
    return lambda page: page.goto(path) and None


# Name, how to get there, size, dark.
PICTURES = [
    ("finder-home-es", at("/es/"), PHONE, False),
    ("finder-results-en", open_places, DESK, False),
    ("finder-results-es-dark", results(SPANISH, "Fresno"), LONG, True),
    ("finder-place-en", one_place, DESK, False),
    ("overdose-es", at("/es/overdose/"), PHONE, False),
    ("gallery-en", at("/gallery/"), DESK, False),
    ("desk-en", desk, DESK, False),
]


def main() -> None:
    """Take every picture, or those named."""
    wanted = set(sys.argv[1:]) or {name for name, *_ in PICTURES}
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        site = start("demo", Path(folder) / "data")
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(
                    executable_path=CHROMIUM, args=["--no-sandbox"]
                )
                for name, go, size, dark in PICTURES:
                    if name in wanted:
                        take(browser, site, name, go, size, dark=dark)
        finally:
            site.stop()


def take(
    browser: Browser,
    site: Site,
    name: str,
    go: Callable[[Page], None],
    size: tuple[int, int],
    *,
    dark: bool,
) -> None:
    """Take one picture and refuse one that is too heavy for the repository."""
    context = browser.new_context(
        base_url=site.url,
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if dark else "light",
        device_scale_factor=1.5 if size[0] < DESK[0] else 1,
    )
    context.route(f"{LEAVE}**", lambda route: route.abort())
    page = context.new_page()
    go(page)
    file = FOLDER / f"{name}.png"
    page.screenshot(path=file)
    context.close()
    weight = file.stat().st_size
    print(f"{file.relative_to(ROOT)} {weight / 1000:.0f} kB")
    if weight > HEAVIEST:
        sys.exit(f"{file.name} is heavier than {HEAVIEST / 1000:.0f} kB")


if __name__ == "__main__":
    main()
