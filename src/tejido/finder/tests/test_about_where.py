"""Places with an address and no point: found about where their ZIP code is, opened by address."""

import pytest

from tejido.directory.domain.vocabulary import Mode
from tejido.finder.tests.reading import ALWAYS, Page, place, publish

ADDRESS = {"address_lines": ("901 Fulton Street",), "city": "Fresno", "postal_code": "93721"}
ONE = "/place/00000000-0000-0000-0000-000000000001/"
SAID = "901%20Fulton%20Street%2C%20Fresno%2093721"


def asked(client, settings, **changes):
    publish(settings.SNAPSHOTS, place(1, "Window", rules=ALWAYS, **{"at": None, **changes}))
    return Page(client.post("/find/", {"place": "93721", "need": "naloxone"}))


def links(page):
    return [attrs["href"] for tag, attrs in page.tags if tag == "a" and "href" in attrs]


def test_a_place_without_a_point_stands_about_where_its_zip_code_is(client, settings):
    page = asked(client, settings, **ADDRESS)

    assert page.of("h1") == ["1 place near 93721 has naloxone"]
    assert "geo:0,0?q=" + SAID in links(page)


def test_its_map_and_its_way_lead_to_its_address_and_not_to_the_middle_of_the_zip_code(
    client, settings
):
    asked(client, settings, **ADDRESS)

    found = [link for link in links(Page(client.get(ONE))) if "openstreetmap" in link]

    assert found == [
        f"https://www.openstreetmap.org/directions?to={SAID}",
        f"https://www.openstreetmap.org/search?query={SAID}",
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"city": "Fresno"},
        {**ADDRESS, "postal_code": ""},
        {**ADDRESS, "postal_code": "99999"},
        {**ADDRESS, "mode": Mode.MAIL},
    ],
)
def test_without_a_public_address_with_a_known_zip_code_no_distance_is_told(
    client, settings, changes
):
    page = asked(client, settings, **changes)

    assert not any(link.startswith("geo:") for link in links(page))
    assert "mile" not in " ".join(page.of("span"))
