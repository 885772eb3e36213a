"""A person keeps the list on the phone, searches it without signal, and removes it."""

import json
import re
import urllib.request

import pytest
from conftest import LEAVE
from kept import keep, offline, search
from sound import faults
from steps import heading

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
    assert faults(page, axe_source) == {}
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


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_pages_are_sound_before_and_after(site, visits, axe_source, language):
    page = visits.page(site)
    page.goto("/keep/" if language == "en" else "/es/keep/")
    assert faults(page, axe_source) == {}
    keep(page, language=language)
    assert faults(page, axe_source) == {}

    page.goto("/keep/search/" if language == "en" else "/es/keep/search/")
    page.wait_for_selector("[data-search]:not([hidden])")
    search(page, place="Fresno", need="naloxone")

    assert faults(page, axe_source) == {}


def test_without_javascript_the_page_says_what_it_would_need(site, visits):
    page = visits.page(site, java_script_enabled=False)
    page.goto("/keep/")

    assert page.locator("noscript p").is_visible()
    assert not page.locator("[data-form]").is_visible()
