"""Keeping a list on the phone and searching it, as a person does."""

import re


def keep(page, *, language="en", counties=("Fresno",)):
    """Ask for the statewide list and some counties, as a person does."""
    page.goto("/keep/" if language == "en" else "/es/keep/")
    page.locator("[data-statewide] input").check()
    page.locator("[data-choose] summary").click()
    for county in counties:
        page.get_by_label(re.compile(county)).check()
    page.locator("[data-form] button").click()
    page.wait_for_selector("[data-have]:not([hidden])")


def search(page, *, place="", need="", words=""):
    """Search what was kept, and return the names of the places in order."""
    page.get_by_label(re.compile("Where are you|Dónde está")).fill(place)
    if need:
        page.locator(f'button.need[value="{need}"]').click()
    else:
        field = page.locator("#id_q")
        field.fill(words)
        field.press("Enter")
    page.wait_for_selector("[data-results]:not([hidden])")
    return page.locator("article.place h3").all_inner_texts()


def offline(page, path="/keep/search/"):
    page.context.set_offline(True)
    page.goto(path)
    page.wait_for_selector("[data-search]:not([hidden])")
