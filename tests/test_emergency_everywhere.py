"""What to do in an overdose, and whom to call, stand on every page that a stranger can open."""

from collections.abc import Iterator

import pytest
from django.conf import settings as project
from django.http import HttpResponse
from django.test import Client

from tejido.finder.queries.lines import lines_to_call
from tejido.finder.testing import a_listing, a_snapshot
from tests.pages import LISTING, is_html, links_of, public_paths

pytestmark = pytest.mark.django_db
DIALLED = {f"tel:{line.dial}" for line in lines_to_call() if line.in_footer}
TEXTED = {"sms:988"}
SEARCHES: tuple[dict[str, str], ...] = (
    {"q": "naloxone", "place": "Oakland"},
    {"q": "mental health", "place": "Fresno", "open": "on"},
    {"place": "nowhere at all"},
    {"q": "naloxone yesterday"},
    {"q": "💉"},
    {},
)


@pytest.fixture
def stranger() -> Client:
    return Client(raise_request_exception=False)


@pytest.fixture
def listed(own_data_folder: object) -> None:
    a_snapshot(project.SNAPSHOTS, [a_listing(LISTING.int, needs=("naloxone",))])


def pages(client: Client) -> Iterator[tuple[str, HttpResponse]]:
    """Open every public page, in both languages, with every kind of answer to a search."""
    for path in [*public_paths(), "/no-such-page/", "/es/no-such-page/"]:
        page = client.get(path)
        # Where texts arrive there is nothing to see.
        if is_html(page) and page.content:
            yield path, page
    for path in ("/find/", "/es/find/"):
        for asked in SEARCHES:
            yield f"{path} {asked}", client.post(path, asked)


def without(found: list[tuple[str, HttpResponse]], links: set[str]) -> list[str]:
    return [what for what, page in found if not links <= links_of(page.content.decode())]


def test_every_public_page_names_the_lines_and_leads_to_the_others(
    stranger: Client, listed: None
) -> None:
    found = list(pages(stranger))

    assert sorted(DIALLED) == ["tel:911", "tel:988"]
    assert len(found) > 30
    assert without(found, DIALLED | TEXTED) == []
    spanish = [(what, page) for what, page in found if what.startswith("/es/")]
    english = [each for each in found if each not in spanish]
    assert without(spanish, {"/es/lines/", "/es/overdose/"}) == []
    assert without(english, {"/lines/", "/overdose/"}) == []


def test_every_public_page_asks_whether_someone_will_not_wake_up(
    stranger: Client, listed: None
) -> None:
    asks = ("Someone will not wake up?", "¿Alguien no despierta?")
    found = [(what, page.content.decode()) for what, page in pages(stranger)]

    silent = {what for what, page in found if not any(words in page for words in asks)}

    assert silent == set()


def test_without_a_list_the_page_still_names_them(stranger: Client) -> None:
    found = [("no list", stranger.post("/find/", {"place": "Oakland"}))]

    assert [page.status_code for _what, page in found] == [503]
    assert without(found, DIALLED | TEXTED) == []


def test_even_a_mistake_of_ours_names_them_in_both_languages(
    stranger: Client, settings: object
) -> None:
    mistaken = stranger.post("/find/", {str(number): "x" for number in range(1_500)})
    settings.ROOT_URLCONF = "tests.urls_with_a_mistake"  # type: ignore[attr-defined]
    broken = stranger.get("/mistake/")

    assert (mistaken.status_code, broken.status_code) == (400, 500)
    assert without([("400", mistaken), ("500", broken)], DIALLED | TEXTED) == []
    for page in (mistaken, broken):
        assert page.content.decode().count("tel:988") == 2
