"""What must hold on every page that a signed-in person sees, and where programs are told how."""

import json

import pytest
from sound import faults
from steps import as_somebody, password_of

ACCOUNT = (
    *("/account/", "/account/password/", "/account/confirm/", "/account/logout/"),
    *("/account/passkeys/", "/account/passkeys/add/", "/account/second-step/off/"),
    *("/account/codes/new/", "/desk/close-account/"),
)
DESK = ("second step", "home", "people", "end", "recover", "leave", "leave network", "counties")


def opened(page, language):
    """Open each page of a manager in turn and return its name; in Spanish after asking for it."""
    as_somebody(page, "dolores", language)
    home = page.url
    for path in ACCOUNT:
        page.goto(path if language == "en" or "/desk/" in path else f"/es{path}")
        if "next=" in page.url:
            page.locator("main [name=password]").fill(password_of("dolores"))
            followed(page, "main form button")
        yield path
    page.goto("/desk/second-step/")
    yield "second step"
    page.goto(home)
    yield "home"
    page.goto(f"{home}people/")
    yield "people"
    page.locator("main a[href*='/end/']").last.click()
    page.wait_for_url("**/end/**")
    yield "end"
    page.goto(f"{home}people/")
    page.locator("main a[href*='/recover/']").first.click()
    page.wait_for_url("**/recover/**")
    yield "recover"
    page.goto(f"{home}leave/")
    yield "leave"
    page.goto(f"{home}leave-network/")
    yield "leave network"
    page.goto(f"{home}relationships/counties/")
    yield "counties"


def wrong_with(names, page, axe_source):
    """Return how many pages were opened, and what is wrong with those that are not sound."""
    found = {name: faults(page, axe_source) for name in names}
    return len(found), {name: wrong for name, wrong in found.items() if wrong}


@pytest.mark.parametrize("language", ["en", "es"])
def test_pages_behind_the_sign_in_are_sound(site, visits, axe_source, language):
    visits.cookies_allowed = True
    page = visits.page(site, width=1280)

    assert wrong_with(opened(page, language), page, axe_source) == (len(ACCOUNT) + len(DESK), {})
    assert page.locator("html").get_attribute("lang") == language


def of_the_directory(page, language):
    """Open each page that a steward has for one listing and for several, and return its name."""
    as_somebody(page, "theo", language)
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
        yield address.removeprefix(home)


@pytest.mark.parametrize("language", ["en", "es"])
def test_pages_of_a_listing_and_of_several_are_sound(site, visits, axe_source, language):
    visits.cookies_allowed = True
    page = visits.page(site, width=1280)

    count, wrong = wrong_with(of_the_directory(page, language), page, axe_source)

    assert (count > 15, wrong) == (True, {})


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
    as_somebody(page, "inez", language)
    home = f"{page.url}directory/"
    page.goto(f"{page.url}people/recoveries/")
    yield "recoveries"
    page.goto(f"{home.removesuffix('directory/')}record/?lines=changed&last=2026-13-01")
    yield "a record narrowed by a day that is none"
    page.goto(f"{home.removesuffix('directory/')}members/")
    yield "members"
    followed(page, "main tbody form button")
    yield "a tribal partner"
    page.goto(f"{home.removesuffix('directory/')}release-rules/")
    yield "what a tribal partner keeps back"
    page.goto(f"{home.removesuffix('directory/')}members/")
    followed(page, "main tbody a")
    yield "a member to leave"
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


@pytest.mark.parametrize("language", ["en", "es"])
def test_pages_where_the_directory_is_kept_are_sound(
    own_site, visits, axe_source, lists, language
):
    visits.cookies_allowed = True
    page = visits.page(own_site, width=1280)

    assert wrong_with(of_what_is_kept(page, language, lists), page, axe_source) == (31, {})


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
    sheet = page.url
    followed(page, "main a[href$='/mail/']")
    yield "links by mail"
    followed(page, "main form.stack button")
    yield "links by mail, without an address"
    page.goto(sheet)
    followed(page, "main form[action$='/link/'] button")
    yield "a link"
    page.goto(page.locator("textarea[readonly]").nth(int(language == "es")).input_value())
    yield "what a program sees"
    page.locator("main [name=changed]").first.check()
    page.locator("main [name^=now-]").first.fill("Monday to Friday 10 am to 6 pm")
    followed(page, "main form button")
    yield "a link that was used"
    followed(page, "main a[href='?correct']")
    yield "a correction"
    page.goto(f"{home}due/")
    yield "what programs say to confirm"
    page.goto(f"{home}wrong/")
    yield "what programs say in the queue"
    page.goto("/desk/estuary-blue-door/")
    followed(page, "main .todo__link")
    yield "a call sheet of what a program says"
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


@pytest.mark.parametrize("language", ["en", "es"])
def test_pages_where_listings_are_confirmed_are_sound(own_site, visits, axe_source, language):
    visits.cookies_allowed = True
    page = visits.page(own_site, width=1280)

    assert wrong_with(of_confirming(page, language), page, axe_source) == (18, {})


def test_the_page_that_describes_the_api_is_sound(site, visits, axe_source):
    page = visits.page(site)
    page.goto("/api/docs")

    assert faults(page, axe_source) == {}
