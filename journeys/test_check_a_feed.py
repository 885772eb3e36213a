"""A coordinator checks a county's feed before anything is imported, without JavaScript."""

import json

import pytest
from sound import SIDEWAYS
from steps import as_somebody

HOURS = {"id": "0d0c2f60-8a6b-4a6d-9a57-3f5b6c1f3a52", "freq": "WEEKLY", "closes_at": "24:00"}
LISTED = {
    "id": "6c1f3a52-3f5b-4d0c-9a57-0d1c0f6b7e11",
    "name": "Quartz Lantern",
    "status": "open",
    "organization": {
        "id": "f2f6a0c4-8f0e-4c39-b0b7-2d0f4b9a6c22",
        "name": "Quartz County",
        "description": "Invented",
    },
    "schedules": [HOURS],
}


@pytest.fixture
def feed(tmp_path):
    path = tmp_path / "quartz.json"
    path.write_text(json.dumps([LISTED]))
    return path


def test_a_feed_is_checked_read_and_forgotten(own_site, visits, feed):
    visits.cookies_allowed = True
    page = visits.page(own_site, java_script_enabled=False)
    as_somebody(page, "inez")
    page.goto(f"{page.url}directory/")
    page.locator("main summary", has_text="More of the directory").click()
    page.get_by_role("link", name="Check an HSDS feed").click()

    page.get_by_label("Address of an API").fill(own_site.url)
    page.get_by_role("button", name="Check it").click()
    assert "Only public addresses are fetched." in page.get_by_role("alert").inner_text()

    page.get_by_role("link", name="Check another feed").click()
    page.get_by_label("Or a file").set_input_files(feed)
    page.get_by_role("button", name="Check it").click()
    said = page.locator("main").inner_text()
    assert "Fails: 2 kinds of failures." in said
    assert "quartz.json, /0/status: open" in said
    assert "quartz.json, /0/schedules/0/closes_at: 24:00" in said
    assert "Write 00:00. A place that never closes is 00:00 to 23:59." in said
    assert page.evaluate(SIDEWAYS) == 0

    page.get_by_role("button", name="Forget this check").click()
    assert page.get_by_role("heading", name="Check an HSDS feed").is_visible()
