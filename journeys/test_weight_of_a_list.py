"""The first list of places, with everything that a browser fetches for it."""

import pytest
from conftest import Site
from playwright.sync_api import Browser

from tejido.config.benches.browser import weigh
from tejido.config.benches.pages import MOST_KB


@pytest.mark.parametrize("language", ["", "es/"])
def test_the_first_list_is_light_and_asks_nobody_else(
    site: Site, chromium: Browser, language: str
) -> None:
    weight = weigh(chromium, f"{site.url}/", f"{language}find/?need=naloxone&place=Oakland")

    assert weight.bytes / 1_000 <= MOST_KB
    assert weight.elsewhere == []
    assert len(weight.addresses) > 3
