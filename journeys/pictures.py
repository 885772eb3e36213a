"""Makes docs/pictures (`.venv/bin/python journeys/pictures.py`), whenever a page looks different.

The pictures show the demonstration as it stands at that moment; places, people and hours in them
are invented.
"""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from conftest import CHROMIUM, LEAVE, ROOT, Site, run, start
from playwright.sync_api import Browser, Page, sync_playwright
from steps import ENGLISH, SPANISH, as_somebody, search
from test_edit_a_listing import at_the_listing, followed, pressed
from test_make_two_records_one import ROWS
from test_something_is_wrong import WORDS, a_day_passes, at_a_place, say_closed

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
    as_somebody(page, "inez")


def at(path: str) -> Callable[[Page], None]:
    """Return how to get to a page with an address of its own."""
    return lambda page: page.goto(path) and None


def stewards(
    language: str, path: str, *clicked: str, member: str = "estuary-blue-door"
) -> Callable[[Page], None]:
    """Return how to get to a page of the directory's desk, and on by links and buttons."""

    def go(page: Page) -> None:
        as_somebody(page, "theo" if member == "estuary-blue-door" else "inez", language)
        page.goto(f"/desk/{member}/directory/{path}")
        for selector in clicked:
            with page.expect_navigation():
                page.locator(selector).first.click()

    return go


def of_a_member(language: str, path: str, *clicked: str) -> Callable[[Page], None]:
    """Return how whoever leads a program gets to one of its pages, and on by links."""

    def go(page: Page) -> None:
        as_somebody(page, "dolores", language)
        page.goto(f"/desk/orchard-row-outreach/{path}")
        for selector in clicked:
            with page.expect_navigation():
                page.locator(selector).first.click()

    return go


def as_a_program(language: str) -> Callable[[Page], None]:
    """Return how to get to what a program sees behind a link."""

    def go(page: Page) -> None:
        stewards(language, "due/", SHEET, "main form[action$='/link/'] button")(page)
        link = page.locator("textarea[readonly]").nth(int(language == "es")).input_value()
        page.context.clear_cookies()
        page.goto(link)

    return go


def saying_wrong(language: str) -> Callable[[Page], None]:
    """Return how to get to the page where anybody says what is wrong with a place."""

    def go(page: Page) -> None:
        at_a_place(page, language)
        followed(page, WORDS[language])

    return go


SECOND = "golden-thread-coalition"
SHEET = "main tbody a[href*='/directory/due/']"
PAIR = "tbody th a:has-text('Quillback')"
# Each in English on a desk and in Spanish on a phone.
KEPT = [
    ("due", lambda language: stewards(language, "due/")),
    ("call-sheet", lambda language: stewards(language, "due/", SHEET)),
    ("pair", lambda language: stewards(language, "duplicates/?kind=service", PAIR)),
    ("changes", lambda language: stewards(language, "changes/", member=SECOND)),
    ("told", lambda language: stewards(language, "wrong/")),
    ("quality", lambda language: stewards(language, "quality/")),
    ("program", as_a_program),
    ("something-wrong", saying_wrong),
    ("released", lambda language: stewards(language, "unmet/", member=SECOND)),
    ("partners", lambda language: of_a_member(language, "partners/")),
    ("agreement", lambda language: of_a_member(language, "agreements/", "main tbody th a")),
    ("record", lambda language: of_a_member(language, "record/")),
]

# Name, how to get there, size, dark.
PICTURES = [
    ("finder-home-es", at("/es/"), PHONE, False),
    ("finder-results-en", open_places, DESK, False),
    ("finder-results-es-dark", results(SPANISH, "Fresno"), LONG, True),
    ("finder-place-en", one_place, DESK, False),
    ("overdose-es", at("/es/overdose/"), PHONE, False),
    ("gallery-en", at("/gallery/"), DESK, False),
    ("desk-en", desk, DESK, False),
    *((f"{name}-en", how("en"), DESK, False) for name, how in KEPT),
    *((f"{name}-es", how("es"), PHONE, False) for name, how in KEPT),
]


def main() -> None:
    """Take every picture, or those named."""
    wanted = set(sys.argv[1:]) or {name for name, *_ in PICTURES}
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        site = start("demo", listed_twice(Path(folder)))
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(
                    executable_path=CHROMIUM, args=["--no-sandbox"]
                )
                if wanted & {name for name, *_ in PICTURES[-2 * len(KEPT) :]}:
                    keep(browser, site)
                for name, go, size, dark in PICTURES:
                    if name in wanted:
                        take(browser, site, name, go, size, dark=dark)
        finally:
            site.stop()


def listed_twice(folder: Path) -> Path:
    """Plant the demonstration with a list in which one place stands twice; return its folder."""
    data, table = folder / "data", folder / "list.csv"
    run("demo", "--data", str(data), "--plant-only")
    table.write_text(ROWS)
    mapped = ("--mapping", "ca-mental-health", "--data", str(data))
    run("import_table", "services", str(table), *mapped)
    run("find_duplicates", "--data", str(data))
    return data


def keep(browser: Browser, site: Site) -> None:
    """Let two people say that a place was closed, and a steward propose another address."""
    for language, note in (("en", "There is a chain on the door"), ("es", "Nadie abrió")):
        page = browser.new_page(base_url=site.url)
        at_a_place(page, language)
        say_closed(page, language, note)
        a_day_passes(site)
        page.close()
    page = browser.new_page(base_url=site.url)
    as_somebody(page, "theo", "en")
    at_the_listing(page, "Night van")
    page.locator("main .part__acts a[href*='/address/']").first.click()
    page.get_by_label("Street and number").fill("77 Telegraph Avenue")
    pressed(page, "Save")
    page.close()


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
