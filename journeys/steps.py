"""What a person does on the finder's pages, in the words of the page."""

from typing import NamedTuple

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
