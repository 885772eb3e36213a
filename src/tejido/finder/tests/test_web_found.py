"""What search engines are told: places that exist, in both languages, and no invented ones."""

import re

import pytest

from tejido.finder.tests.reading import ALWAYS, place, publish

ONE = "place/00000000-0000-0000-0000-000000000001/"


def links(html, rel):
    found = re.findall(rf'<link rel="{rel}"(?: hreflang="(\w+)")? href="([^"]+)"', html)
    return {language or rel: href for language, href in found}


@pytest.mark.parametrize("page", ["", "overdose/", ONE])
@pytest.mark.parametrize("language", ["", "es/"])
def test_a_page_that_may_be_found_names_itself_and_its_twin(client, settings, language, page):
    publish(settings.SNAPSHOTS, place(1, "Van", rules=ALWAYS, is_invented=False))

    response = client.get(f"/{language}{page}")
    html = response.content.decode()

    assert "X-Robots-Tag" not in response.headers
    assert 'name="robots"' not in html
    assert links(html, "canonical") == {"canonical": f"http://testserver/{language}{page}"}
    assert links(html, "alternate") == {
        "en": f"http://testserver/{page}",
        "es": f"http://testserver/es/{page}",
    }


def test_a_place_is_described_by_its_name_in_the_language_of_the_page(client, settings):
    publish(settings.SNAPSHOTS, place(1, "Van & more", is_invented=False))

    assert (
        '<meta name="description" content="Van &amp; more: what you can get, hours, address and '
        'phone.">' in client.get(f"/{ONE}").content.decode()
    )
    assert "Van &amp; more: qué hay" in client.get(f"/es/{ONE}").content.decode()


def test_an_invented_place_is_kept_from_search_engines(client, settings):
    publish(settings.SNAPSHOTS, place(1, "Van"))

    response = client.get(f"/{ONE}")
    html = response.content.decode()

    assert response.headers["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in html
    assert links(html, "canonical") == {}
