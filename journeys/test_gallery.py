"""The gallery shows every component, in both languages, dark, and large."""

import pytest


@pytest.mark.parametrize(("path", "language"), [("/gallery/", "en"), ("/es/gallery/", "es")])
def test_the_gallery_stands_in_both_languages(site, visits, path, language):
    page = visits.page(site, width=1280)

    answer = page.goto(path)

    assert answer.status == 200
    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("h1").count() == 1
