"""A person keeps the list on the phone, searches it without signal, and removes it."""

import json
import re
import urllib.request

import pytest
from conftest import LEAVE
from steps import heading, violations
from test_every_page import SIDEWAYS, SMALL_TARGETS

LEFT = """async () => ({
  caches: await caches.keys(),
  workers: (await navigator.serviceWorker.getRegistrations()).length,
  databases: ('databases' in indexedDB) ? await indexedDB.databases() : [],
  local: localStorage.length, session: sessionStorage.length, cookies: document.cookie,
})"""
NOTHING = {"caches": [], "workers": 0, "databases": [], "local": 0, "session": 0, "cookies": ""}
KEPT = """async () => {
  const found = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      found.push(request.url, await (await cache.match(request)).text());
    }
  }
  return found.join('\\n');
}"""
DAY_MS = 24 * 60 * 60 * 1000


def keep(page, *, language="en", counties=("Fresno",)):
    """Ask for the statewide list and some counties, as a person does."""
    page.goto("/keep/" if language == "en" else "/es/keep/")
    page.locator("[data-statewide] input").check()
    page.locator("[data-choose] summary").click()
    for county in counties:
        page.get_by_label(re.compile(county)).check()
    page.locator("[data-form] button").click()
    page.wait_for_selector("[data-have]:not([hidden])")


def search(page, *, place="", need="", words=""):
    """Search what was kept, and return the names of the places in order."""
    page.get_by_label(re.compile("Where are you|Dónde está")).fill(place)
    if need:
        page.locator(f'button.need[value="{need}"]').click()
    else:
        field = page.locator("#id_q")
        field.fill(words)
        field.press("Enter")
    page.wait_for_selector("[data-results]:not([hidden])")
    return page.locator("article.place h3").all_inner_texts()


def offline(page, path="/keep/search/"):
    page.context.set_offline(True)
    page.goto(path)
    page.wait_for_selector("[data-search]:not([hidden])")


def test_nothing_is_stored_before_the_person_asks(site, visits):
    page = visits.page(site)
    for path in ("/", "/keep/", "/keep/search/"):
        page.goto(path)
    page.wait_for_load_state("networkidle")

    assert page.evaluate(LEFT) == NOTHING


def test_keep_go_offline_search_and_remove(site, visits):
    page = visits.page(site)
    keep(page)
    offline(page, "/")

    found = search(page, place="Fresno", need="naloxone")

    assert page.url.endswith("/keep/search/")
    assert len(found) == 10
    assert page.locator("article.place").first.locator(".state").is_visible()
    assert page.get_by_text(re.compile("List made (today|yesterday)")).is_visible()
    page.context.set_offline(False)
    page.goto("/keep/")
    page.get_by_role("button", name="Remove from this phone").click()
    page.get_by_text("Removed. This browser no longer opens it.").wait_for()
    assert page.evaluate(LEFT) == NOTHING
    page.context.set_offline(True)
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        page.goto("/keep/search/")


def test_it_can_be_put_on_the_first_screen_and_opens_there_without_signal(site, visits):
    page = visits.page(site)
    keep(page, language="es", counties=())
    page.goto("/es/keep/search/")
    asked = page.context.new_cdp_session(page)
    described = asked.send("Page.getAppManifest")
    app = json.loads(described["data"])

    assert described["errors"] == []
    assert (app["name"], app["lang"], app["display"]) == ("Tejido", "es", "standalone")
    offline(page, app["start_url"])
    assert heading(page) == "Buscar sin señal"


def test_without_signal_the_order_is_the_one_with_signal(site, visits):
    page = visits.page(site)
    keep(page, counties=())
    offline(page)
    lat, lon = "36.74", "-119.79"
    asked = f"{site.url}/api/finder/v1/search?need=naloxone&lat={lat}&lon={lon}&limit=20"
    with urllib.request.urlopen(asked) as answer:
        results = json.load(answer)["results"]
    online = [each["name"] for each in results if each.get("tier", "core") == "core"]

    page.evaluate(
        "([lat, lon]) => { const {elements} = document.querySelector('[data-search]');"
        " elements.lat.value = lat; elements.lon.value = lon; }",
        [lat, lon],
    )
    found = search(page, need="naloxone")

    assert found == [name for name in online if name in found][: len(found)]
    assert found


def test_a_search_without_signal_leaves_no_trace_on_the_phone(site, visits):
    page = visits.page(site)
    keep(page)
    offline(page)
    before = page.evaluate(KEPT)
    entries = page.evaluate("history.length")

    search(page, place="Fresno", words="zanate7731 narcan")

    assert "zanate7731" not in page.evaluate(KEPT)
    assert page.evaluate(KEPT) == before
    assert page.evaluate("history.length") == entries
    assert "zanate7731" not in page.url + page.title() + page.evaluate(
        "JSON.stringify(history.state)"
    )
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def test_hours_that_are_too_old_are_not_believed(site, visits):
    page = visits.page(site)
    keep(page)
    page.clock.install()
    page.clock.fast_forward(60 * DAY_MS)
    offline(page)

    search(page, place="Fresno", need="naloxone")

    states = page.locator("article.place .state").all_inner_texts()
    assert all("Hours not known" in state and "call first" in state for state in states)
    assert page.get_by_text("This list is old.").is_visible()


def test_the_newest_list_is_got_when_asked_and_only_what_changed(own_site, visits):
    page = visits.page(own_site)
    keep(page)
    asked = []
    page.on("request", lambda request: asked.append(request.url))

    page.get_by_role("button", name="Get the newest list").click()

    page.get_by_text("You have the newest list.").wait_for()
    assert [url.split("/packs/")[1] for url in asked if "/packs/" in url] == ["manifest.json"]


def answer_manifest(page, change):
    """Let the server offer other lists from now on."""

    def answer(route):
        manifest = route.fetch().json()
        change(manifest)
        route.fulfill(json=manifest)

    page.route("**/packs/manifest.json", answer)


def test_a_county_that_is_offered_no_more_stays_and_the_page_says_so(site, visits, axe_source):
    page = visits.page(site)
    keep(page)
    answer_manifest(page, lambda all_: all_.update(
        packs=[pack for pack in all_["packs"] if pack["area"] != "06019"]
    ))  # fmt: skip

    page.get_by_role("button", name="Get the newest list").click()

    page.get_by_text("There is no newer list for some of it.").wait_for()
    rows = page.locator("[data-areas] li").all_inner_texts()
    assert re.search(
        r"Fresno County: .* No longer offered; it stays as it was\. List made", rows[1]
    )
    assert violations(page, axe_source) == []
    offline(page)
    assert search(page, place="Fresno", words="food")


def test_lists_of_a_newer_form_change_nothing_and_the_page_says_what_to_do(site, visits):
    page = visits.page(site)
    keep(page)
    before = page.evaluate(KEPT)
    answer_manifest(page, lambda all_: all_.update(format=all_["format"] + 1))

    page.get_by_role("button", name="Get the newest list").click()

    page.get_by_text("The lists have a new form. Load this page again").wait_for()
    assert page.evaluate(KEPT) == before


def test_the_list_of_packs_is_asked_for_by_nobody(site, visits):
    page = visits.page(site)
    with page.expect_request("**/packs/manifest.json") as seen:
        page.goto("/keep/")

    headers = seen.value.all_headers()
    assert "cookie" not in headers
    assert "referer" not in headers
    assert "?" not in seen.value.url


def test_leave_works_without_signal(site, visits):
    page = visits.page(site)
    keep(page)
    page.context.route(f"{LEAVE}**", lambda route: route.abort("internetdisconnected"))
    offline(page)
    search(page, place="Fresno", words="narcan")
    assert page.locator("article.place").count() > 0

    with page.expect_event("requestfailed", lambda request: request.url == LEAVE):
        page.locator("[data-leave]").click()

    page.locator("article.place").first.wait_for(state="hidden")
    page.go_back(wait_until="commit")
    page.locator("[data-keep]").wait_for()
    assert "/keep/search/" not in page.url
    assert page.locator("article.place").count() == 0


def test_what_to_do_in_an_overdose_opens_without_signal(site, visits):
    page = visits.page(site)
    keep(page)
    page.context.set_offline(True)

    for path in ("/overdose/", "/es/overdose/", "/lines/"):
        page.goto(path)
        assert page.locator("h1").is_visible()


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
    assert violations(page, axe_source) == []
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
    assert violations(page, axe_source) == []


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
    assert violations(page, axe_source) == []


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


def test_by_keyboard_alone(site, visits):
    page = visits.page(site, width=1280)
    page.goto("/keep/")
    page.locator("[data-statewide] input").focus()
    page.keyboard.press("Space")
    page.locator("[data-form] button").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-have]:not([hidden])")
    assert page.evaluate("document.activeElement.id") == "have"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-search]:not([hidden])")
    page.get_by_label("Where are you?").focus()
    page.keyboard.type("93721")
    page.keyboard.press("Enter")

    page.wait_for_selector("[data-results]:not([hidden])")
    assert page.evaluate("document.activeElement.id") == "found"


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_axe_finds_nothing_before_and_after(site, visits, axe_source, language, dark):
    page = visits.page(site, dark=dark)
    keep(page, language=language)
    assert violations(page, axe_source) == []

    page.goto("/keep/search/" if language == "en" else "/es/keep/search/")
    page.wait_for_selector("[data-search]:not([hidden])")
    search(page, place="Fresno", need="naloxone")
    page.locator("article.place summary").first.click()

    assert violations(page, axe_source) == []


@pytest.mark.parametrize("width", [320, 375, 1280])
@pytest.mark.parametrize("language", ["en", "es"])
def test_nothing_scrolls_sideways_and_every_target_can_be_hit(site, visits, language, width):
    page = visits.page(site, width=width)
    page.goto("/keep/" if language == "en" else "/es/keep/")
    page.locator("[data-choose] summary").click()
    assert (page.evaluate(SIDEWAYS), page.evaluate(SMALL_TARGETS)) == (0, [])
    keep(page, language=language)
    page.goto("/keep/search/" if language == "en" else "/es/keep/search/")
    page.wait_for_selector("[data-search]:not([hidden])")
    search(page, place="Fresno", need="naloxone")

    assert (page.evaluate(SIDEWAYS), page.evaluate(SMALL_TARGETS)) == (0, [])


def test_without_javascript_the_page_says_what_it_would_need(site, visits):
    page = visits.page(site, java_script_enabled=False)
    page.goto("/keep/")

    assert page.locator("noscript p").is_visible()
    assert not page.locator("[data-form]").is_visible()
