"""Two members agree to share a table, one ends it, and the table is gone; a person takes back."""

import pytest
from sound import faults
from steps import at_the_desk
from test_edit_a_listing import main_of
from test_keyboard_only import tab_to

FRESNO, COALITION = "/desk/orchard-row-outreach/", "/desk/golden-thread-coalition/"
GO = "main form[method=post] button.btn"


def sent(page, name):
    """Press a button of the main part, and wait for where it leads."""
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name=name).click()


def propose(page, **options):
    page.goto(f"{FRESNO}agreements/propose/")
    page.get_by_label("With which member").select_option("Golden Thread Coalition")
    page.get_by_label("They may see ours").check()
    page.get_by_label("Who works here").check()
    page.get_by_label("Every member of the network").check()
    page.get_by_label("To plan together").check()
    sent(page, "Propose it")
    return page.url.split("?")[0].removesuffix("/").rsplit("/", 1)[1]


def sign(page, name):
    page.get_by_label("Your name, to sign").fill(name)
    sent(page, "Sign it")


def end(page):
    with page.expect_navigation():
        page.locator("main").get_by_role("link", name="End it now").click()
    page.get_by_label("People here do not want it").check()
    sent(page, "End it now")


def test_two_members_share_a_table_until_one_of_them_ends_it(own_site, visits):
    dolores = at_the_desk(own_site, visits, "dolores", java_script_enabled=False)
    agreement = propose(dolores)
    assert "What is never seen" in main_of(dolores)
    inez = at_the_desk(own_site, visits, "inez")
    inez.goto(f"{COALITION}shared/")
    assert "Orchard Row Outreach" not in main_of(inez)

    sign(dolores, "Dolores Invented")
    inez.goto(f"{COALITION}agreements/")
    assert "Sign it or not" in main_of(inez)
    inez.goto(f"{COALITION}agreements/{agreement}/")
    sign(inez, "Inez Invented")

    assert "In force." in main_of(inez)
    assert "Dolores Invented, Orchard Row Outreach" in main_of(inez)
    inez.goto(f"{COALITION}shared/")
    assert "Orchard Row Outreach" in main_of(inez)
    assert "Outreach worker" in main_of(inez)
    with inez.expect_download() as download:
        inez.get_by_role("link", name="Take it as a file").click()
    assert "Orchard Row Outreach" in download.value.path().read_text(encoding="utf-8")

    dolores.goto(f"{FRESNO}agreements/{agreement}/")
    assert "Golden Thread Coalition" in dolores.locator("table").inner_text()
    end(dolores)
    assert "Nothing more is shared by it." in main_of(dolores)
    inez.goto(f"{COALITION}shared/")
    assert "Orchard Row Outreach" not in main_of(inez)


def test_signing_what_the_other_side_took_back_meanwhile_is_refused_with_a_sentence(
    own_site, visits, axe_source
):
    dolores = at_the_desk(own_site, visits, "dolores")
    agreement = propose(dolores)
    inez = at_the_desk(own_site, visits, "inez", java_script_enabled=False)
    inez.goto(f"{COALITION}agreements/{agreement}/")
    inez.get_by_label("Your name, to sign").fill("Inez Invented")

    with dolores.expect_navigation():
        dolores.locator("main").get_by_role("link", name="Take the proposal back").click()
    assert faults(dolores, axe_source) == {}
    sent(dolores, "Take it back")
    sent(inez, "Sign it")

    assert "This was turned down or taken back meanwhile." in main_of(inez)
    assert "Nobody yet" in main_of(inez)


def test_a_person_takes_back_by_keyboard_what_they_agreed_to_and_undoes_it(own_site, visits):
    page = at_the_desk(own_site, visits, "rosa", width=375)
    page.goto("/desk/consents/")
    assert "Mostrar una foto mía" in main_of(page)
    before = page.locator("main li form").count()

    tab_to(page, "main li form button", most=60)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "Ya no vale." in main_of(page)
    assert page.locator("main li form").count() == before - 1

    tab_to(page, "main [role=status] button", most=60)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator("main li form").count() == before


def pages_of(page):
    """Open each page of agreements and consents in turn and return its name."""
    for path in (
        "agreements/",
        "agreements/propose/",
        "shared/",
        "consents/",
        "consents/add/",
        "release-rules/",
    ):
        page.goto(f"{FRESNO}{path}")
        yield path
    page.goto(f"{FRESNO}agreements/propose/")
    with page.expect_navigation():
        page.locator(GO).last.click()
    yield "a proposal without an answer"
    page.goto(f"{FRESNO}agreements/")
    page.goto(page.locator("main tbody th a").first.evaluate("link => link.href"))
    yield "an agreement"
    here = page.url
    for path in ("change/", "end/"):
        page.goto(f"{here}{path}")
        yield path
    page.goto(f"{here}change/")
    page.locator("[name=text_en]").fill("Other words.")
    with page.expect_navigation():
        page.locator(GO).last.click()
    yield "one language changed alone"
    page.goto("/desk/consents/")
    yield "my own"


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_pages_of_agreements_and_consents_are_sound(site, visits, axe_source, language):
    page = at_the_desk(site, visits, "dolores", language=language)

    found = {name: faults(page, axe_source) for name in pages_of(page)}

    assert found == {name: {} for name in found}
    assert len(found) == 12
