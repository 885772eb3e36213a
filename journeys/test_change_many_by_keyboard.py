"""Two people without a mouse: one hides what a search finds, both publish it again."""

from steps import as_somebody, at_the_desk, cards
from test_keyboard_only import tab_to

DESK = "/desk/estuary-blue-door"


def entered(page, selector, most=60):
    """Tab to a link or button and press Enter."""
    tab_to(page, selector, most=most)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def chosen(page, selector):
    """Tab to a box or a radio button and press Space."""
    tab_to(page, selector)
    page.keyboard.press("Space")


def searched(page):
    page.goto(f"{DESK}/directory/")
    tab_to(page, "#id_words")
    page.keyboard.type("Night van")
    with page.expect_navigation():
        page.keyboard.press("Enter")


def changed_to(page, words, *, said):
    """Choose what to do by the arrow keys, look at what would change, and do it."""
    tab_to(page, "input[name=what]")
    for _ in range(12):
        if page.evaluate("document.activeElement.labels[0].textContent") == words:
            break
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    entered(page, "main form .btn")
    assert "1 listing would change" in page.locator("main").inner_text()
    entered(page, "form:has(input[name=mark]) .btn")
    assert said in page.locator("main").inner_text()


def places_found(page):
    page.goto(f"{DESK}/finder/")
    entered(page, "main form .btn")
    page.goto("/")
    page.get_by_label("Or say it in your own words").fill("Night van San Francisco")
    with page.expect_navigation():
        page.get_by_role("button", name="Search").click()
    return sum("Night van" in card for card in cards(page))


def test_hide_and_publish_again_with_keys_alone(own_site, visits):
    page = at_the_desk(own_site, visits, "theo")
    searched(page)

    chosen(page, "input[name=pick]")
    entered(page, "button[name=chosen]")
    changed_to(page, "Hide it: nobody finds it", said="Saved")
    row = page.locator("tbody tr", has_text="Night van")
    assert "Hidden" in row.inner_text()
    assert places_found(page) == 0

    searched(page)
    chosen(page, "button[data-chooses]")
    assert page.locator("input[name=pick]:checked").count() == 1
    entered(page, "button[name=chosen]")
    publish = "Publish it: everybody finds it with its place"
    changed_to(page, publish, said="It waits for a second person")
    assert places_found(page) == 0

    second = at_the_desk(own_site, visits, "inez")
    entered(second, "main a[href$='/changes/']")
    entered(second, "main tbody a")
    entered(second, "button[value=yes]")
    assert places_found(page) == 3


def test_nothing_chosen_leads_back_to_the_list(own_site, visits):
    visits.cookies_allowed = True
    page = visits.page(own_site, width=1280, java_script_enabled=False)
    as_somebody(page, "theo")
    page.goto(f"{DESK}/directory/?words=Night+van")
    assert page.locator("button[data-chooses]").is_hidden()

    with page.expect_navigation():
        page.get_by_role("button", name="Change what I chose").click()
    assert "No listing is chosen" in page.locator("main").inner_text()
    with page.expect_navigation():
        page.get_by_role("link", name="Choose listings").click()

    assert page.get_by_label("Words").input_value() == "Night van"


def test_the_menu_of_the_directory_opens_and_leads_on_without_a_mouse_or_scripts(own_site, visits):
    page = at_the_desk(own_site, visits, "theo", width=375, java_script_enabled=False)
    page.goto(f"{DESK}/directory/quality/")
    assert page.get_by_role("link", name="Listed twice?").count() == 0

    page.locator("main summary", has_text="More of the directory").focus()
    page.keyboard.press("Enter")
    assert here(page) == ["How good the directory is"]
    page.get_by_role("link", name="Listed twice?").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert page.locator("h1").inner_text() == "Listed twice?"
    page.locator("main summary", has_text="More of the directory").click()
    assert here(page) == ["Listed twice?"]


def here(page):
    return page.locator(".section__groups a[aria-current=page]:visible").all_inner_texts()
