"""What we hold, as anybody reads it."""

import re
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.db import OperationalError, connection

from tejido.foundation.holds import HoldReason
from tejido.foundation.removing import begin_hold, set_days
from tejido.foundation.what_is_held import About, all_held

pytestmark = pytest.mark.django_db
BY = UUID(int=7)
AT = datetime(2026, 11, 22, 20, tzinfo=UTC)


def words(client, path="/held/"):
    response = client.get(path)
    assert response.status_code == 200
    assert not response.cookies
    page = re.sub(r"<[^>]+>", " ", response.content.decode().partition("<main")[2])
    return re.sub(r"\s+", " ", page)


def test_everything_that_is_held_stands_on_the_page_once(client):
    page = client.get("/held/").content.decode()

    heads = re.findall(r"<h3>(.*?)</h3>", page)
    assert heads == [str(each.what) for each in all_held()]
    assert len(re.findall("<h2 id=", page)) == len(About)


@pytest.mark.parametrize(
    ("path", "words_on_top"),
    [("/held/", "On this page"), ("/es/held/", "En esta página")],
)
def test_each_part_of_the_page_is_a_link_from_its_top_and_back(client, path, words_on_top):
    page = client.get(path).content.decode().partition("<main")[2]

    contents, _, parts = page.partition("</nav>")
    assert words_on_top in contents
    links = re.findall(r'<a class="foot__link" href="#(.*?)">(.*?) \(\d+\)</a>', contents)
    assert links == re.findall(r'<h2 id="(.*?)">(.*?)</h2>', parts)
    assert len(links) == parts.count('href="#contents"') == len(About)


def test_each_thing_says_for_how_long(client):
    page = words(client)

    assert page.count("How long?") == len(all_held())
    assert "Words about a place that somebody dealt with: 30 days after somebody dealt" in page
    assert "3 years after the end of their year" in page


def test_what_the_network_shortened_is_said(client):
    set_days(name="tasks", days=1, by=BY, at=AT)

    assert "1 day after they were done" in words(client).lower()


def test_the_page_is_spanish_under_es(client):
    page = words(client, "/es/held/")

    assert "Lo que guardamos" in page
    assert "30 días después de que alguien las atendió" in page
    assert not {"days", "after", "Kept", "keep"} & set(page.split())


def test_a_hold_is_told_with_its_day_and_reason(client):
    assert "Nothing is removed now" not in words(client)
    begin_hold(reason=HoldReason.SUBPOENA, by=BY, on=date(2026, 11, 20))

    page = words(client)

    assert "Since Friday, November 20" in page
    assert "because a court or an authority asked for something" in page


def test_without_the_database_the_longest_times_are_told(client):
    def refuse(*_):
        raise OperationalError

    with connection.execute_wrapper(refuse):
        page = words(client)

    assert "the longest times" in page
    assert "30 days after somebody dealt" in page


def test_the_page_is_reached_from_the_privacy_page_and_the_foot(client):
    assert client.get("/privacy/").content.decode().count('href="/held/"') == 2
    assert 'href="/es/held/"' in client.get("/es/about/").content.decode()
