"""The database is gone; people still find help."""

import json
import urllib.request

from steps import SPANISH, cards, heading, search


def test_the_finder_answers_without_its_database(own_site, visits):
    page = visits.page(own_site)
    search(page, SPANISH, place="Fresno")
    before = cards(page)

    for file in own_site.data.glob("tejido.sqlite3*"):
        file.rename(file.with_suffix(".away"))

    search(page, SPANISH, place="Fresno")
    assert (heading(page) != "", cards(page)) == (True, before)
    with page.expect_navigation():
        page.locator("article.place h3 a").first.click()
    assert page.locator("a[href^='tel:']").count() >= 1
    page.goto("/es/overdose/")
    assert heading(page) == "Alguien no despierta"
    with urllib.request.urlopen(f"{own_site.url}/healthz") as answer:
        assert json.load(answer)["snapshot"]["listings"] > len(before)
