"""Pages of places whose words exist only partly, or not at all, in the language of the page."""

import pytest

from tejido.directory.domain.public import PublicText
from tejido.finder.testing import a_listing, a_snapshot
from tejido.finder.tests.reading import Page

PLACE = "/place/00000000-0000-0000-0000-00000000000{}/"
FIND = {"en": "/find/", "es": "/es/find/"}
ENGLISH = PublicText("en", "Blue van", "", "Ring the bell.", "", {})
SPANISH = PublicText(
    "es",
    "",
    "Agua y sopa.",
    "Toque el timbre.",
    "",
    {"description": "source", "before_you_go": "translated"},
)
NO_ENGLISH = PublicText("en", "", "", "", "", {})
ONLY_SPANISH = PublicText(
    "es",
    "Casa Girasol",
    "Jeringas nuevas.",
    "Toque el timbre.",
    "La puerta verde.",
    dict.fromkeys(("name", "description", "before_you_go", "landmark"), "source"),
)


@pytest.fixture(autouse=True)
def half_translated(settings):
    a_snapshot(
        settings.SNAPSHOTS,
        [a_listing(1, texts=(ENGLISH, SPANISH)), a_listing(2, texts=(NO_ENGLISH, ONLY_SPANISH))],
    )


def test_the_spanish_page_shows_its_own_words_and_marks_the_english_ones(client):
    page = client.get(f"/es{PLACE.format(1)}").content.decode()

    assert "Toque el timbre." in page
    assert "Ring the bell." not in page
    assert "Agua y sopa." in page
    assert '<h1 lang="en">Blue van' in page
    assert "Nadie ha revisado" in page


def test_the_english_page_marks_what_exists_only_in_spanish(client):
    page = client.get(PLACE.format(1)).content.decode()

    assert "Ring the bell." in page
    assert "Toque el timbre." not in page
    assert "Only in Spanish:" in page
    assert ' lang="es">Agua y sopa.' in page
    assert ' lang="es">Blue van' not in page


def test_the_english_page_of_a_place_that_is_only_in_spanish_has_all_of_it_marked(client):
    page = client.get(PLACE.format(2)).content.decode()

    assert '<h1 lang="es">Casa Girasol' in page
    for words in ("Jeringas nuevas.", "Toque el timbre.", "La puerta verde."):
        assert f'lang="es">{words}' in page
    assert page.count("Only in Spanish:") >= 2
    assert "translated" not in page


def test_the_spanish_page_of_a_place_that_is_only_in_spanish_marks_and_doubts_nothing(client):
    page = client.get(f"/es{PLACE.format(2)}").content.decode()

    assert "<h1>Casa Girasol" in page
    assert "Solo en " not in page
    assert "Nadie ha revisado" not in page


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("words", ["Casa Girasol", "girasol"])
def test_a_place_that_is_only_in_spanish_is_found_by_its_name_in_both_languages(
    client, language, words
):
    page = Page(client.post(FIND[language], {"q": words, "place": "Oakland"}))

    assert "Casa Girasol" in page.text


def test_a_card_in_english_marks_a_name_that_is_only_in_spanish(client):
    page = client.post(FIND["en"], {"q": "girasol", "place": "Oakland"}).content.decode()

    assert ' lang="es">Casa Girasol</a>' in page


def test_a_description_that_is_partly_translated_shows_the_other_part_marked(client, settings):
    texts = (
        PublicText("en", "Van", "Kits.\n\nBlue door.", "", "", {}),
        PublicText(
            "es", "Van", "Paquetes.", "", "", {}, rest={"description": ("en", "Blue door.")}
        ),
    )
    a_snapshot(settings.SNAPSHOTS, [a_listing(3, texts=texts)])

    page = client.get(f"/es{PLACE.format(3)}").content.decode()

    assert "Paquetes." in page
    assert "Solo en inglés:" in page
    assert 'lang="en">Blue door.' in page
    assert "Blue door." in client.get(PLACE.format(3)).content.decode()
