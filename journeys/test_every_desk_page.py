"""What must hold on every page that a signed-in person sees, and where programs are told how."""

import json

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
    page.wait_for_url("**/end/**")
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


def of_the_directory(page, language):
    """Open each page that a steward has for one listing and for several, and return its name."""
    sign_in(page, "theo", password_of("theo"))
    page.wait_for_url("**/desk/**")
    if language == "es":
        page.get_by_role("button", name="Español").click()
    home = "/desk/estuary-blue-door/directory/"
    page.goto(f"{home}?words=Night+van")
    listing = page.locator("tbody th a").first.get_attribute("href")
    page.goto(listing)
    parts = page.locator("main .part__acts a, main .part__adds a")
    forms = parts.evaluate_all("all => all.map(each => each.href)")
    lists = [f"{home}{end}" for end in ("", "?words=zzzz", "hours/", "wrong/", "bulk/?words=van")]
    pages = [listing, *forms, f"{listing}publicity/", f"{listing}history/", *lists]
    for address in dict.fromkeys(pages):
        page.goto(address)
        page.evaluate(
            "document.querySelectorAll('main details').forEach(each => each.open = true)"
        )
        yield address.removeprefix(home)


@pytest.mark.parametrize(("language", "dark"), [("en", False), ("es", True)])
def test_axe_finds_nothing_in_the_directory(own_site, visits, axe_source, language, dark):
    visits.cookies_allowed = True
    page = visits.page(own_site, width=1280, dark=dark)

    found = {name: violations(page, axe_source) for name in of_the_directory(page, language)}

    assert len(found) > 15
    assert {name: seen for name, seen in found.items() if seen} == {}


@pytest.mark.parametrize(("language", "width"), [("es", 320), ("en", 1280)])
def test_the_directory_fits_and_every_target_can_be_hit(own_site, visits, language, width):
    visits.cookies_allowed = True
    page = visits.page(own_site, width=width)

    found = {
        name: (page.evaluate(SIDEWAYS), page.evaluate(SMALL_TARGETS))
        for name in of_the_directory(page, language)
    }

    assert {name: seen for name, seen in found.items() if seen != (0, [])} == {}


LISTED = {
    "id": "6c1f3a52-3f5b-4d0c-9a57-0d1c0f6b7e11",
    "name": "Amber Lantern",
    "status": "active",
    "organization": {"id": "f2f6a0c4-8f0e-4c39-b0b7-2d0f4b9a6c22", "name": "Amber County"},
    "contacts": [{"name": "Ana Invented", "title": "Manager", "phones": [{"number": "5550100"}]}],
}
GO = "main form[method=post] button.btn:not([name])"


@pytest.fixture
def lists(tmp_path):
    """Return a table and an HSDS list with a contact."""
    table, hsds = tmp_path / "amber.csv", tmp_path / "amber.json"
    table.write_text("Program,Street,City,Hours\nAmber Van,1 Main Street,Eureka,Mon 9-5\n")
    hsds.write_text(json.dumps([LISTED]))
    return table, hsds


def of_what_is_kept(page, language, lists):
    """Open landmarks, sources, needs, imports, a contact and acts in turn; return each name."""
    sign_in(page, "inez", password_of("inez"))
    page.wait_for_url("**/desk/**")
    if language == "es":
        page.get_by_role("button", name="Español").click()
    home = f"{page.url}directory/"
    for path in ("landmarks/", "landmarks/add/", "sources/", "needs/", "needs/add/"):
        page.goto(f"{home}{path}")
        yield path
    yield from of_a_landmark(page, f"{home}landmarks/add/")
    page.goto(f"{home}needs/legal-help/out/")
    yield "a need before it goes"
    followed(page, GO)
    yield "a need out of use"
    for file in lists:
        yield from of_an_import(page, f"{home}import/", file)
    page.goto(f"{home}{LISTED['id']}/")
    yield "a listing with a contact"
    followed(page, "main a[href*='/contacts/']")
    yield "a contact"
    page.locator("main input[type=date]").fill("2026-01-05")
    followed(page, GO)
    yield "a listing with a contact who agreed"
    yield from of_a_check(page, f"{home}check/", lists[1])
    for path in ("acts/", "sources/"):
        page.goto(f"{home}{path}")
        yield f"{path} after"
    page.goto(f"{home}acts/")
    followed(page, "main li.panel p > a[href*='/acts/']")
    yield "an act"


def followed(page, selector):
    """Click the first of some links or buttons and wait for where it leads."""
    with page.expect_navigation():
        page.locator(selector).first.click()


def of_a_check(page, address, file):
    """Check a feed and an address that may not be asked; return the name of each page."""
    page.goto(address)
    yield "a check"
    followed(page, GO)
    yield "a check of nothing"
    page.locator("main input[type=file]").set_input_files(file)
    followed(page, GO)
    page.wait_for_selector("main [data-print]")
    yield "what a check found"
    page.goto(address)
    page.locator("main [name=url]").fill("http://127.0.0.1:1234/" + "long/" * 60)
    followed(page, GO)
    page.wait_for_selector("main [role=alert]")
    yield "a check of an address inside"


def of_a_landmark(page, address):
    """Add a corner with listings around it; return the name of each page on the way."""
    page.goto(address)
    page.locator("input[value=cross-streets]").check()
    said = {"name": "Fulton and Tuolumne", "town": "Fresno", "where": "36.7378, -119.7930"}
    for field, text in said.items():
        page.locator(f"main [name={field}]").fill(text)
    followed(page, GO)
    page.wait_for_selector("main svg.ring")
    yield "a landmark that was added"
    followed(page, "main tbody th a")
    page.wait_for_selector("main svg.ring")
    yield "a landmark"


def of_an_import(page, address, file):
    """Bring a list, try it and import it; return the name of each page on the way."""
    page.goto(address)
    page.locator("main input[type=file]").set_input_files(file)
    followed(page, GO)
    page.wait_for_selector("main [name=name]")
    page.wait_for_load_state()
    yield f"{file.name} described"
    followed(page, "main button[value=try]")
    page.wait_for_selector("main form[action$='/begin/']")
    yield f"{file.name} tried"
    followed(page, "main form[action$='/begin/'] button")
    page.wait_for_selector("main form[action$='/undo/']")
    yield f"{file.name} imported"


@pytest.mark.parametrize(("language", "dark"), [("en", True), ("es", False)])
def test_axe_finds_nothing_where_the_directory_is_kept(
    own_site, visits, axe_source, lists, language, dark
):
    visits.cookies_allowed = True
    page = visits.page(own_site, width=1280, dark=dark)

    pages = of_what_is_kept(page, language, lists)
    found = {name: violations(page, axe_source) for name in pages}

    assert len(found) == 25
    assert {name: seen for name, seen in found.items() if seen} == {}


@pytest.mark.parametrize(("language", "width"), [("es", 320), ("en", 1280)])
def test_where_the_directory_is_kept_all_fits_and_can_be_hit(
    own_site, visits, lists, language, width
):
    visits.cookies_allowed = True
    page = visits.page(own_site, width=width)

    found = {
        name: (page.evaluate(SIDEWAYS), page.evaluate(SMALL_TARGETS))
        for name in of_what_is_kept(page, language, lists)
    }

    assert {name: seen for name, seen in found.items() if seen != (0, [])} == {}


CONFIRMING = 12


def of_confirming(page, language):
    """Open what is due, a link, and what waits for a second person; return each name."""
    home = "/desk/estuary-blue-door/directory/"
    as_somebody(page, "theo", language)
    for path in ("due/", "clocks/", "duplicates/", "changes/"):
        page.goto(f"{home}{path}")
        yield path
    page.goto(f"{home}due/")
    followed(page, "main tbody a[href*='/directory/due/']")
    yield "a call sheet"
    followed(page, "main form[action$='/link/'] button")
    yield "a link"
    page.goto(page.locator("p.link").nth(int(language == "es")).inner_text())
    yield "what a program sees"
    followed(page, "main form button")
    yield "a link that was used"
    page.goto(f"{home}?words=Night+van")
    followed(page, "tbody th a")
    followed(page, "main .part__acts a[href*='/address/']")
    page.locator("main [name=address_1]").fill("77 Telegraph Avenue")
    followed(page, GO)
    yield "a listing of which a change waits"
    followed(page, "main a[href*='/changes/']")
    yield "my own change"
    there = page.url.replace("estuary-blue-door", "golden-thread-coalition")
    as_somebody(page, "inez", language)
    page.goto(there)
    followed(page, "main button[value=no]")
    yield "a no without a reason"
    page.goto("/desk/golden-thread-coalition/directory/clocks/edit/")
    yield "clocks to edit"


def as_somebody(page, username, language):
    """Sign in as somebody else, in a language."""
    page.context.clear_cookies()
    sign_in(page, username, password_of(username))
    page.wait_for_url("**/desk/**")
    if language == "es":
        followed(page, "button:has-text('Español')")


@pytest.mark.parametrize(("language", "dark"), [("en", True), ("es", False)])
def test_axe_finds_nothing_where_listings_are_confirmed(
    own_site, visits, axe_source, language, dark
):
    visits.cookies_allowed = True
    page = visits.page(own_site, width=1280, dark=dark)

    found = {name: violations(page, axe_source) for name in of_confirming(page, language)}

    assert len(found) == CONFIRMING
    assert {name: seen for name, seen in found.items() if seen} == {}


@pytest.mark.parametrize(("language", "width"), [("es", 320), ("en", 1280)])
def test_where_listings_are_confirmed_all_fits_and_can_be_hit(own_site, visits, language, width):
    visits.cookies_allowed = True
    page = visits.page(own_site, width=width)

    found = {
        name: (page.evaluate(SIDEWAYS), page.evaluate(SMALL_TARGETS))
        for name in of_confirming(page, language)
    }

    assert {name: seen for name, seen in found.items() if seen != (0, [])} == {}


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_where_the_api_is_described(site, visits, axe_source, dark):
    page = visits.page(site, dark=dark)
    page.goto("/api/docs")

    assert violations(page, axe_source) == []
