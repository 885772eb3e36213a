import csv
import html
import re
from datetime import date

import pytest

from tejido.accounts.testing import an_account
from tejido.directory.domain.drafts import OrganizationDraft
from tejido.directory.domain.quality import Part
from tejido.directory.domain.vocabulary import Tier
from tejido.directory.testing import (
    a_location,
    a_phone,
    a_place,
    a_service,
    a_source,
    an_id,
    stored,
)
from tejido.directory.tests.desk_pages import address, asked_of_listings
from tejido.directory.web.quality_listings import MENDED_AT
from tejido.foundation.testing import begin_with, quietly
from tejido.geography.reference import load_reference
from tejido.network.domain.roles import Role
from tejido.network.testing import a_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def california():
    begin_with(quietly(load_reference))


def core(name="Naloxone", program="Harbor Program", **changes):
    owner = OrganizationDraft(an_id(f"organization {program}"), program)
    return a_service(name, **{"tier": Tier.CORE, "organization": owner, **changes})


def without_point(name="Van"):
    return a_place(name, location=a_location(name, latitude=None, longitude=None))


def rows_of(page):
    """The lines of the last table of a page: its cells as words."""
    body = page.content.decode().rpartition("<tbody>")[2].partition("</tbody>")[0]
    return [
        [
            " ".join(html.unescape(re.sub(r"<span.*?</span>|<[^>]+>", " ", cell)).split())
            for cell in re.findall(r"<t[hd].*?</t[hd]>", row)
        ]
        for row in body.split("</tr>")[:-1]
    ]


def numbers_of(text):
    return [int(number) for number in re.findall(r"(?<= )\d+(?=[,.])", text)]


def test_an_empty_directory_asks_for_a_list_and_shows_every_county(
    client, steward, words_of, california
):
    page = client.get(address("quality"))

    assert "No listings yet" in words_of(page)
    assert "58 lines, page 1 of 3" in words_of(page)
    assert rows_of(page)[0] == ["Alameda", "0", *["–"] * 7]
    assert "<figure" not in page.content.decode()


def test_each_picture_says_its_numbers_as_its_table_does(client, steward, california):
    stored(core(phones=(a_phone(),)), core("Second", description="Kits"))

    shown = client.get(address("quality")).content.decode()

    figures = re.findall(r"<figure.*?</figure>", shown, re.S)
    assert len(figures) == 5
    for figure in figures:
        narrow, wide = re.findall(r"<desc [^>]*>(.*?)</desc>", figure)
        body = figure.partition("<tbody>")[2]
        rows = [re.findall(r">(\d+)<", row)[:-1] for row in body.split("</tr>")[:-1]]
        assert narrow == wide
        assert numbers_of(narrow) == [int(number) for row in rows for number in row]


def test_headings_say_what_was_found(client, steward, words_of):
    stored(core(phones=(a_phone(),), description="Kits", languages=("en",)), core("Second"))

    said = words_of(client.get(address("quality")))

    assert "Hours of 2 of 2 listings are up to date" in said
    assert "Missing most: Who is served, 2 of 2" in said
    assert "0 of 3 texts are there in Spanish" in said
    assert "0 of 2 listings say that Spanish is spoken" in said


def test_a_number_leads_to_its_listings_and_those_to_the_form_that_mends_them(
    client, steward, words_of, california
):
    stored(core("Moving van", places=(without_point(),)), core("Clinic"))
    page = client.get(address("quality"), {"sort": "point"}).content.decode()
    href = html.unescape(re.search(r'href="([^"]+lacks=point&amp;county=06001)"', page)[1])

    listings = client.get(href)

    assert "Harm reduction itself, Alameda: 1 listing." in words_of(listings)
    assert rows_of(listings) == [["Moving van", "Harbor Program", "Van"]]
    form = address("edit", an_id("service Moving van"), "point", an_id("location Van"))
    assert f'href="{form}"' in listings.content.decode()
    assert client.get(form).status_code == 200


@pytest.mark.parametrize("part", Part)
def test_every_part_has_a_page_where_it_is_mended(client, steward, part):
    place = a_location("Van", latitude=None, longitude=None, address=None)
    place = a_place("Van", location=place)
    stored(core(needs=(), rules=(), places=(place,), description="Kits"))
    asked = {"lacks": part.value, "tier": "core"}

    page = client.get(address("quality-listings"), asked).content.decode()

    table = page.partition("<tbody>")[2].partition("</tbody>")[0]
    if part in {Part.BELIEVED, Part.DESCRIPTION}:
        assert not table
    else:
        mended = re.findall(r'<a class="reach" href="([^"]+)"', table)[1]
        assert client.get(mended).status_code == 200
    assert part in {*MENDED_AT, Part.BELIEVED, Part.HOURS}


def test_the_table_is_sorted_by_what_the_address_says(client, steward):
    stored(core("One", "A"), core("Two", "B", phones=(a_phone(),)), core("Three", "B"))

    def first(sort):
        page = client.get(address("quality"), {"by": "organization", "sort": sort})
        return [row[0] for row in rows_of(page)]

    assert (first("name"), first("-name")) == (["A", "B"], ["B", "A"])
    assert (first("phone"), first("-listings")) == (["A", "B"], ["B", "A"])
    assert first("nonsense") == ["A", "B"]


def test_the_picture_of_groups_shows_what_they_are_sorted_by(
    client, steward, words_of, california
):
    stored(core(phones=(a_phone(),)), core("Second"), core("Third", places=()))

    sorted_by_phone = words_of(client.get(address("quality"), {"sort": "phone"}))
    by_name = words_of(client.get(address("quality")))

    assert "Phone number: complete in 0 of 2" in sorted_by_phone
    assert "2 of 59 have listings at all." in sorted_by_phone
    assert "Hours confirmed in time: complete in 2 of 2" in by_name


def test_sorted_columns_say_so_and_a_second_tap_turns_them(client, steward):
    stored(core())

    shown = client.get(address("quality"), {"sort": "phone"}).content.decode()

    sorted_head = r'aria-sort="(\w+)"><span[^>]*>[^<]*</span><a [^>]*href="([^"]+)"'
    assert re.findall(sorted_head, shown) == [("ascending", "?sort=-phone#groups")]


def test_many_organizations_take_several_pages_and_words_narrow_them(client, steward, words_of):
    stored(*(core(str(number), f"Program {number:02}") for number in range(30)))
    asked = {"by": "organization"}

    second = client.get(address("quality"), asked | {"page": "2"})
    beyond = client.get(address("quality"), asked | {"page": "99"})
    narrowed = client.get(address("quality"), asked | {"words": "program 17"})

    assert "30 lines, page 2 of 2" in words_of(second)
    assert [row[0] for row in rows_of(second)] == [f"Program {n}" for n in range(25, 30)]
    assert rows_of(beyond) == rows_of(second)
    assert [row[0] for row in rows_of(narrowed)] == ["Program 17"]


@pytest.mark.parametrize(
    "asked",
    [
        {"tier": "x", "by": "x", "sort": "--", "page": "x", "words": "\0"},
        {"page": "-1"},
        {"page": "9" * 30},
        {"words": "<script>" * 90},
    ],
)
def test_an_address_that_nobody_understands_shows_the_usual_page(client, steward, asked):
    stored(core())

    page = client.get(address("quality"), asked)

    assert page.status_code == 200
    assert b"<script>" not in page.content


def test_a_page_beyond_the_end_of_what_is_missing_is_the_last_one(client, steward, words_of):
    stored(*(core(f"{number:02}") for number in range(30)))
    asked = {"lacks": "phone"}

    second = client.get(address("quality-listings"), asked | {"page": "2"})
    beyond = client.get(address("quality-listings"), asked | {"page": "99"})

    assert "30 listings, page 2 of 2" in words_of(second)
    assert [row[0] for row in rows_of(beyond)] == [str(number) for number in range(25, 30)]
    assert [b'rel="prev"' in each.content for each in (second, beyond)] == [True, True]
    assert b"page=1" in beyond.content
    assert b'rel="next"' not in beyond.content


@pytest.mark.parametrize("asked", [{}, {"lacks": "everything"}])
def test_a_list_of_what_nobody_counts_is_not_there(client, steward, asked):
    assert client.get(address("quality-listings"), asked).status_code == 404


def test_a_county_or_organization_that_nobody_knows_narrows_to_nothing_or_not_at_all(
    client, steward, words_of
):
    stored(core())
    asked = {"lacks": "phone"}

    def said(**more):
        return words_of(client.get(address("quality-listings"), asked | more))

    assert "0 listings" in said(county="06003")
    assert "0 listings" in said(organization=str(an_id("nobody")))
    assert "1 listing" in said(organization="x", county="x")


def test_the_download_has_every_part_with_what_it_is_counted_of_and_no_formula(client, steward):
    stored(core("One", "=HYPERLINK(1)", phones=(a_phone(),)), core("Two", "=HYPERLINK(1)"))

    answer = client.get(address("quality-table"), {"by": "organization"})

    head, row = csv.reader(answer.content.decode("utf-8-sig").splitlines())
    assert len(head) == len(row) == 2 + 2 * len(Part)
    said = dict(zip(head, row, strict=True))
    assert (said["Organization"], said["Listings"]) == ("'=HYPERLINK(1)", "2")
    assert (said["Phone number: have it"], said["Phone number: of"]) == ("1", "2")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="quality-core-')


def test_what_stands_around_it_shows_the_dates_of_its_lists(client, steward, words_of):
    stored(a_service("Pantry", tier=Tier.CONTEXT))

    page = client.get(address("quality"), {"tier": "context"})

    assert "No clock runs for hours" in words_of(page)
    assert "The county-list Nov 1, 2026 1" in words_of(page)


def test_hours_that_are_due_lead_to_the_due_list(client, steward):
    stored(core())
    shown = client.get(address("quality")).content.decode()
    assert f'href="{address("due")}"' not in shown.partition("<figure")[2]

    stored(core("Old"), source=a_source("old", published_on=date(2020, 1, 1)))

    shown = client.get(address("quality")).content.decode()
    assert f'href="{address("due")}"' in shown.partition("<figure")[2]


@pytest.mark.parametrize(
    "page",
    [
        "quality/",
        "quality/?by=organization",
        "quality/?tier=context",
        "quality/table/",
        "quality/listings/?lacks=phone",
        "quality/listings/?lacks=point",
    ],
)
def test_a_page_asks_the_database_as_often_for_thirty_listings_as_for_one(client, steward, page):
    page = f"{address('search')}{page}"
    stored(core(places=(without_point(),)))
    before = asked_of_listings(client, page)
    stored(
        *(
            core(str(number), f"Program {number}", places=(without_point(f"Van {number}"),))
            for number in range(30)
        )
    )

    assert asked_of_listings(client, page) == before


@pytest.mark.parametrize("name", ["quality", "quality-table", "quality-listings"])
def test_who_does_not_keep_listings_does_not_see_how_good_they_are(client, valley, name):
    account = an_account("mia")
    a_person(valley, Role.TRAINEE, name="Mia", id=account.id)
    client.force_login(account)

    assert client.get(address(name), {"lacks": "phone"}).status_code == 403
    client.logout()
    assert client.get(address(name)).status_code == 302


def test_the_page_in_spanish(client, sign_in, words_of):
    sign_in("steward", language="es")
    stored(core())

    said = words_of(client.get(address("quality")))

    assert "Qué tan bueno es el directorio" in said
    assert "El horario de 1 de 1 registro está al día" in said
