"""A steward calls a program: hours copied from the page are read as they stand there."""

import pytest
from sound import faults
from steps import at_the_desk
from test_edit_a_listing import main_of

DUE = "/desk/estuary-blue-door/directory/due/"
EVERY = {"en": "every 2 weeks, next on", "es": "cada 2 semanas, la próxima vez el"}
UNDATED = {"en": "Friday 9 am-noon, every 2 weeks", "es": "viernes 9 am-12 pm, cada 2 semanas"}
WAITS = {"en": "Write the next date too", "es": "Escriba también la próxima fecha"}


def sheet_of_every_second_week(page, language):
    """Open the call sheet of a program that is there every second week; return that part."""
    page.goto(DUE)
    sheets = page.locator('th a[href*="/due/"]').evaluate_all("all => all.map(a => a.href)")
    for sheet in sheets:
        page.goto(sheet)
        found = page.locator("main section", has_text=EVERY[language])
        if found.count():
            return found.first
    raise AssertionError("no program is there every second week")


def answered(page, part, text):
    for name in ("channel", "outcome"):
        page.locator(f'input[name="{name}"]').first.check()
    part.locator('input[value="changed"]').check()
    part.locator("textarea").fill(text)
    page.locator("main form button.btn:not(.btn--2)").first.click()
    page.wait_for_load_state()


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("es", 375)])
def test_every_second_week_is_copied_from_the_page_and_stays_what_it_is(
    own_site, visits, axe_source, language, width
):
    page = at_the_desk(own_site, visits, "theo", language=language, width=width)
    part = sheet_of_every_second_week(page, language)
    shown = [each for each in part.locator("div > p").all_inner_texts() if EVERY[language] in each]
    seen = {"sheet": faults(page, axe_source)}

    answered(page, part, UNDATED[language])

    assert WAITS[language] in main_of(page)
    seen["refused"] = faults(page, axe_source)
    part = page.locator("main section", has_text=EVERY[language]).first
    answered(page, part, shown[0])
    assert page.locator(".note form button").count() == 1
    assert seen == {"sheet": {}, "refused": {}}
