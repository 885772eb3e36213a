"""The finder answers while the database is down."""

import pytest
from django.test import Client

from tejido.finder.domain.answer import Question
from tejido.finder.queries.places import find_place
from tejido.finder.queries.search import find_listing, find_services, hours_at
from tejido.finder.testing import NOW, a_listing, a_snapshot


@pytest.fixture
def listed(settings):
    a_snapshot(settings.SNAPSHOTS, [a_listing(1, name="Soup", needs=("naloxone",))])


@pytest.mark.django_db
def test_a_search_asks_the_database_nothing(listed, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = find_services(Question(at=NOW, words="narcan oakland"))
        find_listing(answer.hits[0].listing.id)
        hours_at(answer.hits[0].listing, NOW)
        find_place("94606")

    assert answer.total == 1


def test_the_api_answers_with_the_database_stopped(listed, stopped):
    answer = Client().get("/api/finder/v1/search", {"q": "narcan", "near": "94606"})

    assert [result["name"] for result in answer.json()["results"]] == ["Soup"]


def test_health_says_that_the_database_is_down_and_stays_well(listed, stopped):
    answer = Client().get("/healthz")

    assert answer.status_code == 200
    assert answer.json()["database"] == "down"
    assert answer.json()["snapshot"]["listings"] == 1


def test_health_makes_no_database_where_there_is_none(listed, stopped, tmp_path):
    Client().get("/healthz")

    assert not (tmp_path / "gone").exists()
