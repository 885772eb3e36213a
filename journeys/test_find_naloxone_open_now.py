"""Somebody with a phone looks for naloxone that can be had now."""

import pytest
from steps import ENGLISH, SPANISH, cards, heading, search


@pytest.mark.parametrize("words", [ENGLISH, SPANISH], ids=["en", "es"])
def test_find_naloxone_open_now(site, visits, words):
    page = visits.page(site, width=375)

    search(page, words, place="Fresno")
    assert "Fresno" in heading(page)
    assert words.naloxone.lower() in heading(page)

    page.locator("summary", has_text=words.filter).click()
    form = page.locator("details.filter form")
    form.get_by_label(words.open_now).check()
    with page.expect_navigation():
        form.get_by_role("button", name=words.show).click()
    shown = cards(page)
    assert shown
    assert not [card for card in shown if "Closed now" in card or "Cerrado ahora" in card]
    assert page.locator(".chip", has_text=words.open_now).is_visible()

    name = page.locator("article.place h3 a").first
    place = name.inner_text()
    with page.expect_navigation():
        name.click()
    assert heading(page) == place
    assert page.locator("a[href^='tel:']").first.is_visible()

    with page.expect_navigation():
        page.get_by_role("button", name=words.back).click()
    assert cards(page) == shown


@pytest.mark.parametrize(
    ("words", "typed", "open_then"),
    [
        (ENGLISH, "naloxone tomorrow 9am", "Open at that time"),
        (SPANISH, "naloxona mañana a las 9 am", "Abierto a esa hora"),
    ],
    ids=["en", "es"],
)
def test_an_hour_in_words_stands_in_its_field_and_can_be_changed(
    site, visits, words, typed, open_then
):
    page = visits.page(site)
    page.goto(words.home)
    page.get_by_label(words.where).fill("Fresno")
    page.locator("#id_q").fill(typed)
    with page.expect_navigation():
        page.locator("#id_q").press("Enter")
    assert page.locator(".chip", has_text="9:00").is_visible()
    assert page.locator(".chip", has_text=open_then).is_visible()

    with page.expect_navigation():
        page.get_by_role("button", name=words.change).click()
    assert page.locator("#id_q").input_value() == typed.split()[0]
    assert page.locator("#id_hour").input_value() == "09:00"
    page.locator("#id_hour").fill("14:00")
    with page.expect_navigation():
        page.get_by_role("button", name=words.find, exact=True).first.click()

    assert page.locator(".chip", has_text="2:00").is_visible()


def slow(page):
    """Let each answer, scripts and all, come 0.3 s later than it would."""
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    network.send("Network.setCacheDisabled", {"cacheDisabled": True})
    no_limit = {"downloadThroughput": -1, "uploadThroughput": -1}
    conditions = {"offline": False, "latency": 300} | no_limit
    network.send("Network.emulateNetworkConditions", conditions)


def test_back_forward_and_reload_show_the_list_and_the_place(site, visits):
    page = visits.page(site)
    # Whoever sees a page can go away from it at once, before all of it has come.
    slow(page)
    search(page, ENGLISH, place="90011")
    shown = cards(page)
    found = page.locator("h1", has_text=heading(page))
    # Stands on a place only where the search came along.
    way_back = page.get_by_role("button", name=ENGLISH.back)
    page.locator("article.place h3 a").first.click()
    way_back.wait_for()

    for step, seen in [
        (page.go_back, found),
        (page.go_forward, way_back),
        (page.go_back, found),
        (page.reload, found),
    ]:
        step()
        seen.wait_for()
    assert cards(page) == shown
    assert page.url.endswith("/find/")


def test_a_place_opens_in_a_tab_of_its_own(site, visits):
    page = visits.page(site)
    search(page, ENGLISH, place="90011")

    with page.context.expect_page() as opened:
        page.locator("article.place h3 a").first.click(modifiers=["Control"])

    opened.value.wait_for_load_state()
    assert opened.value.url.startswith(f"{site.url}/place/")
    assert "90011" in heading(page)


def test_the_search_is_one_tap_from_the_first_screen(site, visits):
    page = visits.page(site, width=375)
    page.goto("/es/")

    box = page.get_by_role("button", name="Buscar", exact=True).first.bounding_box()
    first_need = page.locator("button.need").first.bounding_box()

    assert box["y"] + box["height"] < 812
    assert first_need["y"] < 812


def test_the_other_language_shows_the_same_places(site, visits):
    page = visits.page(site)
    search(page, ENGLISH, place="Oakland")
    numbers = len(cards(page))

    with page.expect_navigation():
        page.get_by_role("button", name="Español").click()

    assert page.locator("html").get_attribute("lang") == "es"
    assert "Oakland" in heading(page)
    assert len(cards(page)) == numbers


def test_the_other_language_keeps_a_place_that_is_not_known(site, visits):
    page = visits.page(site)
    search(page, ENGLISH, place="Oaklnd")

    with page.expect_navigation():
        page.get_by_role("button", name="Español").click()

    assert page.get_by_label(SPANISH.where).input_value() == "Oaklnd"
    assert page.get_by_role("button", name="Oakland", exact=True).is_visible()


def test_change_search_keeps_the_place(site, visits):
    page = visits.page(site)
    search(page, ENGLISH, place="Oakland")

    with page.expect_navigation():
        page.get_by_role("button", name=ENGLISH.change).click()

    assert page.get_by_label(ENGLISH.where).input_value() == "Oakland"


def test_the_position_is_rounded_on_the_phone(site, visits):
    page = visits.page(
        site,
        geolocation={"latitude": 36.737812, "longitude": -119.787123},
        permissions=["geolocation"],
    )
    sent = []
    page.on("request", lambda request: sent.append(request.post_data or ""))
    page.goto("/")

    page.get_by_role("button", name="Use my location").click()
    page.get_by_text("Your location is set").wait_for()
    with page.expect_navigation():
        page.locator("button.need", has_text="Naloxone").click()

    assert "near you" in heading(page)
    assert any("lat=36.74" in data and "lon=-119.79" in data for data in sent)
    assert not [data for data in sent if "36.737" in data or "119.787" in data]


def test_no_address_of_a_search_is_left_in_the_history(site, visits):
    page = visits.page(site)
    search(page, ENGLISH, place="Fresno")

    assert page.url == f"{site.url}/find/"
    assert "naloxone" not in page.title().lower()
