"""A coordinator looks at what people looked for in vain, lets it out, and a stranger reads it."""

from sound import faults
from steps import at_the_desk
from test_edit_a_listing import main_of
from test_keyboard_only import tab_to


def open_unmet(page):
    page.goto(f"{page.url.split('?')[0]}directory/unmet/")


def test_a_coordinator_lets_a_quarter_out_by_keyboard_and_a_stranger_reads_it(own_site, visits):
    page = at_the_desk(own_site, visits, "inez")
    open_unmet(page)
    page.get_by_text("Show more: put neighbors together").click()
    page.get_by_label("Put together").select_option("250000-1")
    with page.expect_navigation():
        page.get_by_role("button", name="Show what that gives").click()
    assert "Put together as below" in main_of(page)
    tab_to(page, "main form[method=post] button", most=60)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "Look at the numbers first" in main_of(page)

    tab_to(page, "input[type=checkbox]", most=60)
    page.keyboard.press("Space")
    tab_to(page, "main form[method=post] button", most=60)
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert "was scored:" in main_of(page)
    assert "Anybody can read it now." in main_of(page)
    stranger = visits.page(own_site, width=375, java_script_enabled=False)
    stranger.goto("/es/unmet/")
    assert "Metadona" in main_of(stranger)
    stranger.get_by_text("Metadona").click()
    assert "Los Angeles:" in main_of(stranger)
    assert " juntos: " in main_of(stranger)


def test_the_page_where_counts_leave_is_sound(site, visits, axe_source):
    page = at_the_desk(site, visits, "inez")
    open_unmet(page)

    assert faults(page, axe_source) == {}
