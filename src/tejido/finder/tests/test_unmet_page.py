"""What was looked for and not found, as anybody reads it."""

import csv
import re
from datetime import UTC, date, datetime
from io import StringIO
from uuid import UUID

import pytest
from django.db import Error

from tejido.directory.domain.unmet_pools import Together
from tejido.directory.reference import load_reference as load_needs
from tejido.directory.services.release_unmet import release_unmet
from tejido.directory.services.unmet import add_unmet
from tejido.finder.web import unmet
from tejido.foundation.quarters import Quarter
from tejido.foundation.testing import begin_with, quietly
from tejido.geography.reference import load_reference as load_places

pytestmark = pytest.mark.django_db
AT = datetime(2027, 1, 15, 2, tzinfo=UTC)


@pytest.fixture
def released():
    begin_with(quietly(load_places), quietly(load_needs))
    counts = {"06019": 60, "06029": 95, "06003": 2, "06113": 31}
    add_unmet({("naloxone", county, date(2026, 7, 4)): many for county, many in counts.items()})
    add_unmet(
        {("naloxone", county, date(2026, 11, 4)): 3 * many for county, many in counts.items()}
    )
    for number in (3, 4):
        quarter = Quarter(2026, number)
        release_unmet(quarter=quarter, released_by=UUID(int=1), today=AT.date(), at=AT)


def test_before_anything_is_released_the_page_says_when_it_will_be(client):
    assert "No numbers are released yet" in client.get("/unmet/").content.decode()


def test_the_page_shows_the_last_quarter_and_leads_to_the_others(client, released):
    page = client.get("/unmet/").content.decode()

    assert "October to December 2026" in page
    assert "Released on Thursday, January 14, 2027" in " ".join(page.split())
    assert "Kern: 285" in page
    assert '/unmet/2026-Q3/"' in page
    assert "fewer than 11" in page


def test_the_page_speaks_spanish(client, released):
    page = client.get("/es/unmet/2026-Q3/").content.decode()

    assert "Naloxona" in page
    assert "menos de 11" in page


@pytest.mark.parametrize("path", ["/unmet/2026-Q3/", "/unmet/2026-Q4/", "/es/unmet/2026-Q4/"])
def test_a_county_with_few_is_named_without_its_number_on_page_and_table(client, released, path):
    page = " ".join(client.get(path).content.decode().split())
    table = client.get(f"{path}table/").content.decode("utf-8-sig")

    assert re.search(r"(Not shown|No se muestra): [^<]*Alpine", page)
    rows = [row for row in csv.reader(StringIO(table)) if row[2] == "Alpine"]
    assert rows
    assert {row[3] for row in rows} <= {"not shown", "no se muestra"}


def test_the_table_says_what_is_not_shown(client, released):
    answer = client.get("/unmet/2026-Q3/table/")

    rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0] == ["Period", "Looked for", "Place", "Searches"]
    assert {row[3] for row in rows[1:]} <= {"not shown", "60", "95", "31", "188"}
    assert answer.headers["Content-Type"] == "text/csv"


@pytest.mark.parametrize("path", ["/unmet/2020-Q1/", "/unmet/x/", "/unmet/2020-Q1/table/"])
def test_a_quarter_that_was_not_released_is_not_found(client, released, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/unmet/", "/es/unmet/2026-Q3/", "/unmet/2026-Q3/table/"])
def test_while_the_database_is_away_the_page_says_so(client, monkeypatch, path):
    def away():
        raise Error

    monkeypatch.setattr(unmet, "released_unmet", away)

    answer = client.get(path)

    assert answer.status_code == 503
    words = "Intente de nuevo" if path.startswith("/es/") else "Try again in a few minutes"
    assert words in answer.content.decode()


@pytest.mark.parametrize(
    ("path", "words"),
    [("/unmet/", "Kings and Tulare together"), ("/es/unmet/", "Kings y Tulare juntos")],
)
def test_counties_that_are_shown_together_are_named_on_page_and_table(client, path, words):
    begin_with(quietly(load_places), quietly(load_needs))
    counts = {"06029": 900, "06019": 800, "06031": 9, "06107": 8}
    add_unmet({("naloxone", county, date(2026, 7, 4)): many for county, many in counts.items()})
    release_unmet(
        quarter=Quarter(2026, 3), released_by=UUID(int=1), today=AT.date(), at=AT,
        together=Together(people=250_000),
    )  # fmt: skip

    page = client.get(path).content.decode()
    table = client.get(f"{path}2026-Q3/table/").content.decode("utf-8-sig")

    assert f"{words}: 17" in page
    kept_back = re.findall(r"(?:Not shown|No se muestra): ([^<]*)", page)
    assert not any("Kings" in each or "Tulare" in each for each in kept_back)
    assert [words, "17"] in [row[2:] for row in csv.reader(StringIO(table))]
