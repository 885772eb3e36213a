import re
from pathlib import Path

import pytest
from django.utils.translation import override

from tejido.ui.templatetags import ui
from tejido.ui.web.samples import ENTRIES, VARIANTS

pytestmark = pytest.mark.urls("tejido.ui.tests.urls")
SHELVES = Path(ui.__file__).parents[1] / "templates" / "ui" / "gallery"
PARTS_OF_THE_FRAME = {"language_switch", "leave", "network_phone", "rail", "drawn", "found_by"}


@pytest.fixture
def html(client):
    return client.get("/gallery/").content.decode()


def test_gallery_is_for_people_not_for_search_engines(client):
    response = client.get("/gallery/")

    assert response["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in response.content.decode()


def test_gallery_shows_every_component_in_four_ways(html):
    assert html.count('<div class="specimen ') == len(ENTRIES) * len(VARIANTS)
    assert html.count('data-theme="dark"') == len(ENTRIES)
    assert html.count("specimen--large") == len(ENTRIES)


def test_gallery_has_every_tag():
    shown = "".join(path.read_text(encoding="utf-8") for path in SHELVES.glob("*.html"))
    used = set(re.findall(r"\{% (\w+)", shown))

    assert set(ui.register.tags) - PARTS_OF_THE_FRAME - used == set()


def test_gallery_speaks_both_languages_at_once(html):
    assert "Where are you?" in html
    assert "¿Dónde está?" in html
    assert "Enter a city, ZIP code or cross streets" in html
    assert "Escriba una ciudad, un código postal o una esquina" in html


def test_gallery_has_no_id_twice(html):
    ids = re.findall(r'\sid="([^"]+)"', html)

    assert sorted(set(ids)) == sorted(ids)


def test_gallery_points_only_at_ids_that_exist(html):
    ids = set(re.findall(r'\sid="([^"]+)"', html))
    named = re.findall(r'(?:aria-labelledby|aria-describedby|\sfor)="([^"]+)"', html)

    assert {name for names in named for name in names.split()} - ids == set()


def test_gallery_has_no_english_in_its_spanish_words():
    with override("es"):
        same = [str(entry.title) for entry in ENTRIES]
    with override("en"):
        english = [str(entry.title) for entry in ENTRIES]

    assert [title for title in same if title in english] == []


def test_gallery_only_shows(client):
    assert client.post("/gallery/").status_code == 405
