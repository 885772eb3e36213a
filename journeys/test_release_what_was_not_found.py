"""A coordinator looks at what people looked for in vain, lets it out, and a stranger reads it."""

import pytest
from steps import at_the_desk, violations
from test_edit_a_listing import main_of
from test_every_page import SIDEWAYS, SMALL_TARGETS
from test_keyboard_only import tab_to


def open_unmet(page):
    page.goto(f"{page.url.split('?')[0]}directory/unmet/")


def test_a_coordinator_lets_a_quarter_out_by_keyboard_and_a_stranger_reads_it(own_site, visits):
    page = at_the_desk(own_site, visits, "inez")
    open_unmet(page)
    tab_to(page, "main form button", most=60)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "Look at the numbers first" in main_of(page)

    tab_to(page, "input[type=checkbox]", most=60)
    page.keyboard.press("Space")
    tab_to(page, "main form button", most=60)
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert "Anybody can read it now." in main_of(page)
    stranger = visits.page(own_site, width=375, java_script_enabled=False)
    stranger.goto("/es/unmet/")
    assert "Metadona" in main_of(stranger)
    stranger.get_by_text("Metadona").click()
    assert "Los Angeles:" in main_of(stranger)


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_where_counts_leave_and_everything_fits(
    own_site, visits, axe_source, dark, width
):
    page = at_the_desk(own_site, visits, "inez", width=width, dark=dark)
    open_unmet(page)

    assert violations(page, axe_source) == []
    assert (page.evaluate(SIDEWAYS), page.evaluate(SMALL_TARGETS)) == (0, [])
