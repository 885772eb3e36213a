"""What must hold on every page that a signed-in person sees, and where programs are told how."""

import pytest
from steps import password_of, sign_in, violations
from test_every_page import SIDEWAYS, SMALL_TARGETS

ACCOUNT = ("/account/", "/account/password/", "/account/confirm/", "/account/logout/")
WIDTHS = [320, 1280]


def opened(page, language):
    """Open each page of a manager in turn and return its name; in Spanish after asking for it."""
    sign_in(page, "dolores", password_of("dolores"))
    page.wait_for_url("**/desk/**")
    if language == "es":
        page.get_by_role("button", name="Español").click()
    home = page.url
    for path in ACCOUNT:
        page.goto(path if language == "en" else f"/es{path}")
        yield path
    page.goto(home)
    yield "home"
    page.goto(f"{home}people/")
    yield "people"
    page.locator("main a[href*='/end/']").first.click()
    yield "end"


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_axe_finds_nothing_behind_the_sign_in(own_site, visits, axe_source, language, dark):
    visits.cookies_allowed = True
    page = visits.page(own_site, width=1280, dark=dark)

    found = {name: violations(page, axe_source) for name in opened(page, language)}

    assert found == {name: [] for name in (*ACCOUNT, "home", "people", "end")}
    assert page.locator("html").get_attribute("lang") == language


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", ["en", "es"])
def test_the_desk_fits_and_every_target_can_be_hit(own_site, visits, language, width):
    visits.cookies_allowed = True
    page = visits.page(own_site, width=width)

    found = {
        name: (page.evaluate(SIDEWAYS), page.evaluate(SMALL_TARGETS))
        for name in opened(page, language)
    }

    assert {name: seen for name, seen in found.items() if seen != (0, [])} == {}


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_where_the_api_is_described(site, visits, axe_source, dark):
    page = visits.page(site, dark=dark)
    page.goto("/api/docs")

    assert violations(page, axe_source) == []
