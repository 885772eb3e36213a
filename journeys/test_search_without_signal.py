"""What a person types is understood without signal, and what cannot wait comes first."""

import re

import pytest
from kept import keep, offline, search
from sound import faults
from steps import heading


@pytest.mark.parametrize(
    ("language", "field", "words", "first"),
    [
        ("en", "#id_q", "my friend is not breathing", "Not breathing? Call 911 now."),
        ("es", "#id_q", "no respira", "¿No respira? Llame ya al 911."),
        ("en", "#id_place", "she won't wake up", "Not breathing? Call 911 now."),
    ],
)
def test_without_signal_an_overdose_is_answered_with_911_first(
    site, visits, axe_source, language, field, words, first
):
    page = visits.page(site)
    keep(page, language=language, counties=())
    offline(page, "/keep/search/" if language == "en" else "/es/keep/search/")

    page.locator(field).fill(words)
    page.locator(field).press("Enter")

    urgent = page.locator("[data-urgent]")
    urgent.wait_for()
    assert urgent.inner_text().startswith(first)
    assert urgent.locator('a[href="tel:911"]').is_visible()
    assert page.evaluate("document.activeElement.matches('[data-urgent]')")
    assert faults(page, axe_source) == {}
    urgent.locator("[data-steps]").click()
    assert page.locator("h1").inner_text() in {"Someone will not wake up", "Alguien no despierta"}


def test_without_signal_a_crisis_is_answered_with_988_and_other_searches_are_not(site, visits):
    page = visits.page(site)
    keep(page, counties=())
    offline(page)

    search(page, place="Fresno", words="mental health")
    lines = page.locator("[data-urgent] a").evaluate_all("all => all.map(each => each.href)")
    search(page, place="Fresno", need="naloxone")

    assert lines == ["tel:988", "sms:988"]
    assert not page.locator("[data-urgent]").is_visible()


@pytest.mark.parametrize(
    ("language", "words", "told"),
    [
        ("en", "naloxone tomorrow 9am near Fresno", r"This is for 9:00.am, .*from Fresno"),
        ("es", "naloxona mañana 9am cerca de Fresno", r"Esto es para: 9:00.a\..m\., .*Fresno"),
    ],
)
def test_without_signal_a_place_and_an_hour_in_the_words_are_understood(
    site, visits, language, words, told
):
    page = visits.page(site)
    keep(page, language=language, counties=())
    offline(page, "/keep/search/" if language == "en" else "/es/keep/search/")

    search(page, words=words)

    assert re.search(told, page.locator("[data-understood]").inner_text())
    states = " ".join(page.locator("article.place .state").all_inner_texts())
    assert not re.search("Open now|Closed now|Abierto ahora|Cerrado ahora", states)


def test_without_signal_an_hour_that_is_over_is_asked_about(site, visits, axe_source):
    page = visits.page(site)
    keep(page, counties=())
    offline(page)

    page.locator("#id_q").fill("naloxone yesterday 3pm")
    page.locator("#id_q").press("Enter")

    assert page.get_by_text("This time is over. Write a later one").is_visible()
    assert page.evaluate("document.activeElement.id") == "id_q"
    assert not page.locator("[data-results]").is_visible()
    assert faults(page, axe_source) == {}


def test_lines_and_languages_stand_there_without_signal(site, visits, axe_source):
    page = visits.page(site)
    keep(page, language="es", counties=())
    offline(page, "/es/keep/search/")
    page.locator("[data-lines] summary").click()

    said = page.locator("[data-lines]").inner_text()
    assert "A cualquier hora, todos los días. Idiomas: inglés, español, otros con" in said
    assert "Fuente: calpoison.org." in said
    assert page.locator('[data-lines] a[href="tel:+18002221222"]').is_visible()
    search(page, place="Fresno", need="naloxone")
    page.locator("article.place summary").first.click()
    assert "Idiomas:" in page.locator("article.place").first.inner_text()
    assert faults(page, axe_source) == {}


@pytest.mark.parametrize(
    ("language", "words", "sentence"),
    [
        ("en", "dental care", "It does not say that it has dental care. Call to ask."),
        ("es", "dentista", "No dice que tenga atención dental. Llame para preguntar."),
    ],
)
def test_what_may_help_instead_says_so_with_signal_and_without(
    site, visits, language, words, sentence
):
    page = visits.page(site)
    keep(page, language=language, counties=())
    page.goto("/find/" if language == "en" else "/es/find/")
    page.locator("#id_place").fill("Fresno")
    page.locator("#id_q").fill(words)
    with page.expect_navigation():
        page.locator("#id_q").press("Enter")
    with_signal = page.locator("article.place").all_inner_texts()
    offline(page, "/keep/search/" if language == "en" else "/es/keep/search/")

    search(page, place="Fresno", words=words)

    assert any(sentence in card for card in with_signal)
    assert sentence in page.locator("article.place").first.inner_text()


def test_what_cannot_be_read_is_said_without_signal(site, visits):
    page = visits.page(site)
    keep(page, counties=())
    offline(page)

    assert search(page, words="💉💉")
    assert page.get_by_text("We did not understand “💉💉”. Say it in words.").is_visible()
    page.locator("#id_q").fill("x" * 5_000)
    assert len(page.locator("#id_q").input_value()) == 200


def test_in_spanish_from_the_first_page_to_the_last(site, visits):
    page = visits.page(site)
    keep(page, language="es")
    offline(page, "/es/")

    search(page, place="Condado de Fresno", words="jeringas")

    assert heading(page) == "Buscar sin señal"
    assert page.get_by_text("Las distancias son desde").is_visible()
    said = page.locator("[data-results]").inner_text()
    assert not re.search(r"Open now|Closed now|Checked|miles|Call ", said)


def test_a_place_that_was_not_kept_is_said_so(site, visits):
    page = visits.page(site)
    keep(page)
    offline(page)

    page.get_by_label("Where are you?").fill("Atlantis")
    page.locator("button.need").first.click()

    assert page.get_by_text("We did not find “Atlantis”").is_visible()
    assert not page.locator("[data-results]").is_visible()


@pytest.mark.parametrize(
    ("language", "place", "told"),
    [
        ("en", "", r"^\d+ places in what you kept$"),
        ("en", "Fresno", r"^\d+ places near Fresno$"),
        ("en", "Fresno County", r"^\d+ places in Fresno County$"),
        ("es", "", r"^\d+ lugares en lo que guardó$"),
        ("es", "Fresno", r"^\d+ lugares cerca de Fresno$"),
    ],
)
def test_the_heading_says_where_was_looked_and_near_only_of_a_place(
    site, visits, language, place, told
):
    page = visits.page(site)
    keep(page, language=language, counties=())
    offline(page, "/keep/search/" if language == "en" else "/es/keep/search/")

    search(page, place=place, need="naloxone")

    assert re.match(told, page.locator("#found").inner_text())


def test_no_kept_page_has_a_link_that_needs_a_signal_to_sign_in(site, visits):
    page = visits.page(site)
    keep(page, counties=())
    offline(page)
    leads = page.locator("a[href^='/']").evaluate_all("all => all.map(each => each.pathname)")

    for path in sorted({*leads, "/overdose/", "/es/privacy/"}):
        page.goto(path)
        assert page.locator("h1").is_visible(), path
        assert page.locator("a[href*='/account/']").count() == 0, path
